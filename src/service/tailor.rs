//! Step 1: tailoring the criteria set. What comes of it is a set of the evaluation's own.

use std::sync::Arc;

use crate::accounts::{Action, Actor};
use crate::criteria::{CriteriaSet, Node, TailorNote, TailorProblem, Tailoring, Wishes};
use crate::exact::plain;
use crate::record::{Attached, Change, EvaluationId, LensMade, SetRef};

use super::{Entry, Error, FieldProblem, File, Opened, Service};

/// What tailoring comes to, before anything is recorded.
#[derive(Debug, Clone)]
pub struct TailoredPreview {
    /// What is changed.
    pub tailoring: Tailoring,
    /// The set that would come of it.
    pub set: Arc<CriteriaSet>,
    /// What came with it that nobody asked for by name.
    pub notes: Vec<TailorNote>,
}

impl Service {
    /// Looks at what tailoring a set comes to; nothing is stored.
    ///
    /// # Errors
    /// [`Error::Fields`] with everything that stands against it.
    pub fn look_at_tailoring(
        &self,
        set: &CriteriaSet,
        wishes: &Wishes,
    ) -> Result<TailoredPreview, Error> {
        let is_offered = self.library().find(set.id()).is_some();
        let tailoring = Tailoring::of(set, wishes).map_err(refused)?;
        let name = set.tailored_name(is_offered);
        let tailored = set.tailored(&tailoring, &name).map_err(refused)?;
        Ok(TailoredPreview {
            tailoring,
            set: Arc::new(tailored.set),
            notes: tailored.notes,
        })
    }

    /// Looks at what tailoring the set of an evaluation comes to; nothing is stored.
    ///
    /// # Errors
    /// [`Error::Fields`] with everything that stands against it, [`Error::Denied`] once the method is frozen.
    pub fn check_tailoring(
        &self,
        actor: Actor,
        id: &EvaluationId,
        wishes: &Wishes,
    ) -> Result<(Arc<Opened>, TailoredPreview), Error> {
        let opened = self.open(actor, id)?;
        self.ask(actor, Action::SetMethod, opened.dossier())?;
        let preview = self.look_at_tailoring(opened.dossier().set(), wishes)?;
        Ok((opened, preview))
    }

    /// Tailors the set of an evaluation: another version of it, with what was done on record.
    ///
    /// # Errors
    /// [`Error::Fields`] with everything that stands against it, [`Error::Denied`] once the method is frozen.
    pub fn tailor_method(
        &self,
        actor: Actor,
        id: &EvaluationId,
        wishes: &Wishes,
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::SetMethod, id, |dossier| {
            let old = dossier.set();
            let TailoredPreview { tailoring, set, .. } = self.look_at_tailoring(old, wishes)?;
            Ok(vec![Entry {
                change: recorded(old, &tailoring, SetRef::of(&set)),
                files: vec![File::new(set.source().as_bytes().to_vec())],
                attached: Attached::Set(set),
            }])
        })
    }
}

/// What was done, as the log tells it.
fn recorded(old: &CriteriaSet, tailoring: &Tailoring, set: SetRef) -> Change {
    let category = |at| Node::Category(at).id(old).to_owned();
    let lenses = tailoring.new_lenses().map(|(id, title, points)| LensMade {
        id: id.to_owned(),
        title: title.to_owned(),
        points: points
            .iter()
            .map(|(node, points)| (node.id(old).to_owned(), plain(*points)))
            .collect(),
    });
    Change::MethodTailored {
        dropped: tailoring.dropped().to_vec(),
        dropped_lenses: tailoring.dropped_lenses().to_vec(),
        price_share: tailoring.price_share().map(plain),
        categories: tailoring
            .categories()
            .iter()
            .map(|(at, weight)| (category(*at), plain(*weight)))
            .collect(),
        lenses: lenses.collect(),
        set,
    }
}

fn refused(problems: Vec<TailorProblem>) -> Error {
    let problems = problems.into_iter().map(|problem| FieldProblem {
        code: problem.code(),
        message: problem.to_string(),
        field: problem.field,
        value: problem.value,
    });
    Error::Fields(problems.collect())
}
