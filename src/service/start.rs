//! Starting an evaluation.

use std::sync::Arc;

use crate::accounts::{Action, Actor, Role};
use crate::criteria::CriteriaSet;
use crate::evaluation::{EvaluationKind, Results};
use crate::record::{Attached, Change, Dossier, EvaluationId, Head, Sealed, SetRef};
use crate::reports::MethodImprint;
use crate::store::Attachment;

use super::method::{PriceRange, freezing, pinned};
use super::people::{evaluator_steps, vendor_steps};
use super::{Entry, Error, FieldProblem, File, Service};

/// The longest title, in characters.
pub(super) const MAX_TITLE: usize = 200;

/// What an evaluation starts with.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// What is decided.
    pub title: String,
    /// Internal choice or tender.
    pub kind: EvaluationKind,
    /// When results show; `None` for what is usual: at once in an internal choice, hidden in a tender.
    pub results: Option<Results>,
    /// Whether prices are sealed until scoring is closed and somebody opens them.
    pub sealed_prices: bool,
    /// Whether whoever scores says first if they have a conflict of interest; `None` for what is usual: where people have
    /// accounts.
    pub declarations: Option<bool>,
    /// The id of a criteria set on offer.
    pub criteria: String,
    /// The vendors; none if the first sheet is to bring them.
    pub vendors: Vec<String>,
    /// The evaluators; none if sheets may bring anybody.
    pub evaluators: Vec<String>,
    /// The price ranges of priced criteria.
    pub prices: Vec<PriceRange>,
    /// Whether the method is frozen at once, so that sheets can come in.
    pub frozen: bool,
}

impl Service {
    /// Starts an evaluation.
    ///
    /// # Errors
    /// [`Error::Fields`] with everything that cannot be taken.
    pub fn start(&self, actor: Actor, start: &Start) -> Result<EvaluationId, Error> {
        self.start_unless(actor, start, Vec::new())
    }

    /// Starts an evaluation, unless something was found wrong with the request already; then all is told together.
    ///
    /// # Errors
    /// [`Error::Fields`] with what was found, and with everything else that cannot be taken.
    pub fn start_unless(
        &self,
        actor: Actor,
        start: &Start,
        found: Vec<FieldProblem>,
    ) -> Result<EvaluationId, Error> {
        self.start_with(actor, start, false, found)
    }

    pub(super) fn start_with(
        &self,
        actor: Actor,
        start: &Start,
        is_sample: bool,
        mut found: Vec<FieldProblem>,
    ) -> Result<EvaluationId, Error> {
        self.ask_house(actor, Action::StartEvaluation)?;
        let mut problems = Vec::new();
        let title = collected(title(&start.title), &mut problems);
        collected(results_fit(start), &mut problems);
        let set = collected(self.offered("criteria", &start.criteria), &mut problems);
        let set =
            set.and_then(|set| collected(pinned(&set, &start.prices, start.frozen), &mut problems));
        let mut steps = vendor_steps(&start.vendors, &mut problems);
        steps.extend(evaluator_steps(&start.evaluators, &mut problems));
        // A field that could not even be read has been told; that it is missing then goes without saying.
        problems.retain(|problem| !found.iter().any(|told| told.covers(problem)));
        found.append(&mut problems);
        let (Some(title), Some(set), true) = (title, set, found.is_empty()) else {
            return Err(Error::Fields(found));
        };
        if start.frozen {
            let imprint = MethodImprint {
                title: &title,
                kind: start.kind,
                results: start.results.unwrap_or(start.kind.results()),
                at: self.now(),
                is_draft: false,
            };
            steps.push(freezing(&set, &imprint)?);
        }
        let first = Entry {
            change: Change::EvaluationStarted {
                title,
                evaluation_kind: start.kind,
                sample: is_sample,
                set: SetRef::of(&set),
                results: start.results,
                sealed_prices: start.sealed_prices,
                declarations: start
                    .declarations
                    .unwrap_or(!is_sample && matches!(actor, Actor::User(_))),
            },
            files: vec![File::new(set.source().as_bytes().to_vec())],
            attached: Attached::Set(set),
        };
        self.begin(actor, first, steps)
    }

    pub(super) fn begin(
        &self,
        actor: Actor,
        first: Entry,
        steps: Vec<Entry>,
    ) -> Result<EvaluationId, Error> {
        let id = EvaluationId::from_random(self.chance.bytes()?);
        let sealed = self.seal(actor, &Head::NONE, &id, first.change)?;
        let mut dossier = Dossier::start(&sealed, first.attached)?;
        let mut events: Vec<Sealed> = vec![sealed];
        let mut files = first.files;
        // Whoever starts it leads it.
        let owner = actor.login().map(|user| {
            let role = Role::Owner;
            Entry::plain(Change::MemberAdded { user, role })
        });
        for step in owner.into_iter().chain(steps) {
            let sealed = self.seal(actor, &dossier.head(), &id, step.change)?;
            dossier.apply(&sealed, step.attached)?;
            events.push(sealed);
            files.extend(step.files);
        }
        let attachments: Vec<Attachment<'_>> = files.iter().map(File::attachment).collect();
        self.store.start_evaluation(&events, &attachments)?;
        self.register.note(&events);
        self.desks.begin(&id, dossier);
        Ok(id)
    }

    /// The criteria set on offer with an id.
    pub(super) fn offered(&self, field: &str, id: &str) -> Result<Arc<CriteriaSet>, Error> {
        if let Some(set) = self.library().find(id) {
            return Ok(Arc::clone(set));
        }
        let ids: Vec<&str> = self.library().sets().iter().map(|set| set.id()).collect();
        let message = format!(
            "there is no criteria set \"{id}\"; choose one of: {}",
            ids.join(", ")
        );
        Err(Error::field(
            field,
            Some(id),
            "unknown-criteria-set",
            message,
        ))
    }
}

/// The value, or its problems added to the others.
pub(super) fn collected<T>(
    result: Result<T, Error>,
    problems: &mut Vec<FieldProblem>,
) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(Error::Fields(more)) => {
            problems.extend(more);
            None
        }
        Err(other) => {
            problems.push(FieldProblem {
                field: String::new(),
                value: None,
                code: "refused",
                message: other.to_string(),
            });
            None
        }
    }
}

/// A tender cannot show its results while scores come in.
fn results_fit(start: &Start) -> Result<(), Error> {
    match (start.kind, start.results) {
        (EvaluationKind::Tender, Some(Results::Open)) => Err(Error::field(
            "results",
            Some("open"),
            "results-open-in-a-tender",
            "in a tender results stay hidden until scoring is closed; leave this out or write hidden, or start an \
             internal choice",
        )),
        (EvaluationKind::Tender, Some(Results::Hidden) | None) | (EvaluationKind::Internal, _) => {
            Ok(())
        }
    }
}

pub(super) fn title(text: &str) -> Result<String, Error> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let title = words.join(" ");
    let refuse = |code, message| Err(Error::field("title", Some(text), code, message));
    if title.is_empty() {
        return refuse(
            "title-missing",
            "write what is decided, like \"ITSM tool 2027\"",
        );
    }
    if title.chars().count() > MAX_TITLE {
        return refuse("title-too-long", "write at most 200 characters");
    }
    if title.chars().any(char::is_control) {
        return refuse(
            "title-invisible",
            "the title contains a character that cannot be seen; delete it",
        );
    }
    Ok(title)
}
