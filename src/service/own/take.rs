//! Taking what was looked at: the criteria set, the vendors and the sheets, all in one go.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::accounts::{Action, Actor};
use crate::evaluation::EvaluationKind;
use crate::record::{Attached, Change, Digest, Dossier, EvaluationId, SetRef, pack};
use crate::reports::MethodImprint;

use super::super::method::{freezing, imprint_of};
use super::super::opened::Opened;
use super::super::people::{unlisted, vendor_steps};
use super::super::{Entry, Error, File, Service};
use super::{OwnFile, OwnLook};

/// How much of a file is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Taken {
    /// The criteria, the vendors and the scores; the method is frozen, as scores come in only then.
    #[default]
    All,
    /// The criteria alone; the method stays open.
    Criteria,
}

/// An evaluation that starts from a file.
#[derive(Debug, Clone, Default)]
pub struct OwnStart {
    /// What is decided.
    pub title: String,
    /// Internal choice or tender.
    pub kind: EvaluationKind,
    /// How much of the file is taken.
    pub taken: Taken,
}

impl Service {
    /// Starts an evaluation from a file.
    ///
    /// # Errors
    /// [`Error::Own`] with everything that is wrong or open, [`Error::PreviewStale`] if it is not what was looked at.
    pub fn start_own(
        &self,
        actor: Actor,
        start: &OwnStart,
        own: &OwnFile,
    ) -> Result<EvaluationId, Error> {
        self.ask_house(actor, Action::StartEvaluation)?;
        let title = super::super::start::title(&start.title)?;
        let look = self.clear_look(own)?;
        let set = look.set.clone().ok_or(Error::NoSheet)?;
        let named = title.clone();
        let imprint = MethodImprint {
            title: &named,
            kind: start.kind,
            results: start.kind.results(),
            at: self.now(),
            is_draft: false,
        };
        let first = Entry {
            change: Change::EvaluationStarted {
                title,
                evaluation_kind: start.kind,
                sample: false,
                set: SetRef::of(&set),
                results: None,
                sealed_prices: false,
                declarations: matches!(actor, Actor::User(_)),
            },
            files: vec![File::new(set.source().as_bytes().to_vec())],
            attached: Attached::Set(set),
        };
        let mut steps = entries(own, &look, start.taken, (1, &imprint))?;
        if own.is_toml() {
            steps.remove(0);
        }
        self.begin(actor, first, steps)
    }

    /// Takes a file into an evaluation whose method is open.
    ///
    /// # Errors
    /// As [`Service::start_own`].
    pub fn take_own(
        &self,
        actor: Actor,
        id: &EvaluationId,
        own: &OwnFile,
        taken: Taken,
    ) -> Result<Arc<Opened>, Error> {
        let look = self.clear_look(own)?;
        self.change(actor, Action::SetMethod, id, |dossier| {
            let imprint = imprint_of(dossier, self.now(), false);
            let steps = entries(own, &look, taken, (next(dossier), &imprint))?;
            Ok(unlisted(steps, dossier))
        })
    }

    fn clear_look(&self, own: &OwnFile) -> Result<OwnLook, Error> {
        let look = self.look_at_own(own)?;
        if own.seen.is_some_and(|seen| seen != look.seen) {
            return Err(Error::PreviewStale);
        }
        if look.is_clear() {
            Ok(look)
        } else {
            Err(Error::Own(Box::new(look)))
        }
    }
}

fn next(dossier: &Dossier) -> u32 {
    let last = dossier.filings().last().map_or(0, |filing| filing.number);
    last.saturating_add(1)
}

/// What is recorded: from the number of the first sheet on, with what the method sheet says of itself.
fn entries(
    own: &OwnFile,
    look: &OwnLook,
    taken: Taken,
    (first, imprint): (u32, &MethodImprint<'_>),
) -> Result<Vec<Entry>, Error> {
    let set = look.set.clone().ok_or(Error::NoSheet)?;
    let original = Digest::of(&own.bytes);
    let file = || File {
        digest: original,
        bytes: own.bytes.clone(),
    };
    let said = own
        .statements
        .iter()
        .filter(|(_, text)| !text.trim().is_empty());
    let declared: BTreeMap<String, String> = said.cloned().collect();
    let mut steps = vec![Entry {
        change: Change::MethodRead {
            file_name: own.file_name.clone(),
            original,
            declared,
            set: SetRef::of(&set),
        },
        files: vec![File::new(set.source().as_bytes().to_vec()), file()],
        attached: Attached::Set(Arc::clone(&set)),
    }];
    if taken == Taken::Criteria || look.parts.is_empty() {
        return Ok(steps);
    }
    let mut problems = Vec::new();
    steps.extend(vendor_steps(&look.vendors, &mut problems));
    if !problems.is_empty() {
        return Err(Error::Fields(problems));
    }
    steps.push(freezing(&set, imprint)?);
    for (number, part) in (first..).zip(&look.parts) {
        let answers = File::new(pack(&part.read.sheet, &set)?);
        steps.push(Entry {
            change: Change::SheetFiled {
                sheet: number,
                file_name: own.file_name.clone(),
                original,
                bytes: u64::try_from(own.bytes.len()).unwrap_or(u64::MAX),
                answers: answers.digest,
                evaluator: part.evaluator.as_ref().map(|name| name.shown().to_owned()),
                new_vendors: true,
                new_evaluators: true,
                tab: part.tab.clone(),
                declared: part.declared.clone(),
                salt: None,
            },
            attached: Attached::Sheet(part.read.sheet.clone()),
            files: vec![file(), answers],
        });
    }
    Ok(steps)
}
