//! Whose own answers are not all in yet.

use crate::accounts::Awaited;
use crate::criteria::CriterionIndex;
use crate::evaluation::{EvaluatorIndex, VendorIndex};
use crate::record::{Change, Event};
use crate::table::Name;

use super::{Declaration, Dossier};

impl Dossier {
    /// Those with an account or a personal link who have not yet answered everything they are to score, whatever was agreed on
    /// meanwhile; without an assignment, who has not answered anything yet.
    pub(super) fn awaited(&self) -> &Awaited {
        self.awaited.get_or_init(|| {
            let evaluators = self.members.evaluators();
            let waits = |name: &&str| {
                let parsed = Name::parse(name).ok();
                let found = parsed.and_then(|name| self.evaluation.evaluator_named(&name));
                found.is_none_or(|evaluator| self.waits_for(evaluator))
            };
            evaluators.filter(waits).map(str::to_owned).collect()
        })
    }

    /// Those with an account or a personal link who have not said about all vendors there are whether they have a conflict of
    /// interest, where that is asked.
    #[must_use]
    pub fn undeclared(&self) -> &Awaited {
        self.undeclared.get_or_init(|| {
            let evaluators = self.members.evaluators().filter(|_| self.declares);
            let waits = |name: &&str| {
                let mut said = self.declarations.iter().rev();
                let last = said.find(|one| one.evaluator == **name);
                let vendors = self.evaluation.vendors().names();
                last.is_none_or(|last| {
                    let asked =
                        |vendor: &Name| last.vendors.iter().any(|one| one == vendor.shown());
                    !vendors.iter().all(asked)
                })
            };
            evaluators.filter(waits).map(str::to_owned).collect()
        })
    }

    pub(super) fn declare(&mut self, event: &Event) {
        let Change::InterestsDeclared {
            evaluator,
            vendors,
            conflicts,
            words,
        } = &event.change
        else {
            return;
        };
        self.declarations.push(Declaration {
            evaluator: evaluator.clone(),
            vendors: vendors.clone(),
            conflicts: conflicts.clone(),
            words: words.clone(),
            by: event.actor.clone(),
            at: event.at,
        });
    }

    fn waits_for(&self, evaluator: EvaluatorIndex) -> bool {
        let evaluation = &self.evaluation;
        let theirs: Vec<VendorIndex> = evaluation
            .vendor_indices()
            .filter(|&vendor| !evaluation.is_excluded(vendor))
            .filter(|&vendor| !evaluation.is_recused(evaluator, vendor))
            .collect();
        if theirs.is_empty() {
            return false;
        }
        let has = |vendor, criterion| {
            let given = evaluation.matrix().given(vendor, criterion, evaluator);
            given.is_some()
        };
        let scored: Vec<CriterionIndex> = self.scored_criteria().collect();
        let owes = |criterion| theirs.iter().any(|&vendor| !has(vendor, criterion));
        if let Some(assigned) = evaluation.assignment(evaluator) {
            let mut assigned = scored.iter().filter(|one| assigned.contains(one));
            return assigned.any(|&criterion| owes(criterion));
        }
        // What somebody has answered for one vendor they owe for the others.
        let begun =
            |&criterion: &CriterionIndex| theirs.iter().any(|&vendor| has(vendor, criterion));
        let mut panel = scored.into_iter().filter(begun).peekable();
        panel.peek().is_none() || panel.any(owes)
    }
}
