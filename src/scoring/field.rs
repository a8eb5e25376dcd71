//! Who is in the running, and who owes which answers.

use crate::criteria::{CriteriaSet, CriterionIndex, Kind};
use crate::evaluation::{Evaluation, EvaluatorIndex, Given, VendorIndex};

use super::without::Without;

/// An evaluation as it is scored: its standing vendors, perhaps fewer, and each evaluator's panel.
pub(super) struct Field<'a> {
    evaluation: &'a Evaluation,
    without: &'a Without,
    /// The moderated score's place among the evaluators.
    consensus: Option<EvaluatorIndex>,
    /// By criterion: who has it in their panel, in evaluator order.
    panels: Vec<Vec<EvaluatorIndex>>,
}

impl<'a> Field<'a> {
    /// The evaluation, with some left out if asked for.
    pub(super) fn new(evaluation: &'a Evaluation, without: &'a Without) -> Self {
        let mut field = Self {
            evaluation,
            without,
            consensus: evaluation
                .evaluator_indices()
                .find(|&evaluator| evaluation.is_consensus(evaluator)),
            panels: Vec::new(),
        };
        field.panels = field.find_panels();
        field
    }

    pub(super) fn evaluation(&self) -> &'a Evaluation {
        self.evaluation
    }

    pub(super) fn set(&self) -> &'a CriteriaSet {
        self.evaluation.set()
    }

    /// Whether an evaluator is the moderated score.
    pub(super) fn is_consensus(&self, evaluator: EvaluatorIndex) -> bool {
        self.consensus == Some(evaluator)
    }

    /// Whether a vendor stands, that is, is not excluded.
    pub(super) fn stands(&self, vendor: VendorIndex) -> bool {
        !self.without.has_vendor(vendor) && !self.evaluation.is_excluded(vendor)
    }

    /// The answers that count: those of the evaluation, without the scores and verdicts of whoever is left out. A price
    /// belongs to no panel, so it stays whoever filed it.
    pub(super) fn counted(
        &self,
        vendor: VendorIndex,
        criterion: CriterionIndex,
    ) -> impl Iterator<Item = &'a Given> {
        let kind = self.set().criteria().get(criterion.position());
        let is_price = kind.is_some_and(|one| matches!(one.kind(), Kind::Priced(_)));
        let without = self.without;
        let given = self.evaluation.counted(vendor, criterion);
        given.filter(move |given| is_price || !without.has_evaluator(given.evaluator))
    }

    /// Who owes an answer about a standing vendor and a rated criterion, given who has answered (in evaluator order).
    pub(super) fn owing(
        &self,
        vendor: VendorIndex,
        criterion: CriterionIndex,
        answered: &[EvaluatorIndex],
    ) -> Vec<EvaluatorIndex> {
        if !self.stands(vendor) {
            return Vec::new();
        }
        let panel = self
            .panels
            .get(criterion.position())
            .map_or(&[][..], Vec::as_slice);
        // Nearly always whoever has it in their panel has answered, and nobody else.
        if answered == panel {
            return Vec::new();
        }
        let owing = panel
            .iter()
            .copied()
            .filter(|evaluator| answered.binary_search(evaluator).is_err());
        owing
            .filter(|&evaluator| !self.evaluation.is_recused(evaluator, vendor))
            .collect()
    }

    /// An evaluator's panel is what they are assigned, else the rated criteria they answered for a vendor that stands.
    /// The consensus has none.
    fn find_panels(&self) -> Vec<Vec<EvaluatorIndex>> {
        let standing: Vec<VendorIndex> = self
            .evaluation
            .vendor_indices()
            .filter(|&vendor| self.stands(vendor))
            .collect();
        let assigned: Vec<EvaluatorIndex> = self
            .evaluation
            .evaluator_indices()
            .filter(|&evaluator| self.evaluation.assignment(evaluator).is_some())
            .collect();
        let panel_of = |criterion: CriterionIndex| {
            let mut seen = Seen::nobody(self.evaluation.evaluators().len());
            for &vendor in &standing {
                if seen.is_everybody() {
                    break;
                }
                for given in self.counted(vendor, criterion) {
                    seen.see(given.evaluator);
                }
            }
            let mut seen = seen.seen;
            for &evaluator in &assigned {
                let has = self
                    .evaluation
                    .assignment(evaluator)
                    .is_some_and(|set| set.contains(&criterion));
                if let Some(slot) = seen.get_mut(evaluator.position()) {
                    *slot = has;
                }
            }
            let members = self
                .evaluation
                .evaluator_indices()
                .zip(seen)
                .filter(|(_, has)| *has);
            members
                .map(|(evaluator, _)| evaluator)
                .filter(|&evaluator| !self.is_consensus(evaluator))
                .filter(|&evaluator| !self.without.has_evaluator(evaluator))
                .collect()
        };
        self.set()
            .indexed_criteria()
            .map(|(index, criterion)| match criterion.kind() {
                Kind::Rated(_) => panel_of(index),
                Kind::Priced(_) | Kind::PassFail => Vec::new(),
            })
            .collect()
    }
}

/// Which evaluators were seen. In most sheets everybody is, for the first vendor already.
struct Seen {
    seen: Vec<bool>,
    missing: usize,
}

impl Seen {
    fn nobody(of: usize) -> Self {
        Self {
            seen: vec![false; of],
            missing: of,
        }
    }

    fn is_everybody(&self) -> bool {
        self.missing == 0
    }

    fn see(&mut self, evaluator: EvaluatorIndex) {
        if let Some(seen) = self.seen.get_mut(evaluator.position())
            && !std::mem::replace(seen, true)
        {
            self.missing = self.missing.saturating_sub(1);
        }
    }
}
