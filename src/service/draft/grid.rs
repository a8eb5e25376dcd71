//! The cells an evaluator owes: what is filed, what is typed and not filed yet, and what is wrong with it.

use std::sync::Arc;

use jiff::Timestamp;

use crate::criteria::CriterionIndex;
use crate::evaluation::{EvaluatorIndex, VendorIndex};
use crate::service::Opened;

use super::{DraftCell, TypedCell};

/// The cells of one evaluator, criterion by criterion in the order of the set, vendor by vendor within.
#[derive(Debug, Clone)]
pub struct ScoreGrid {
    pub(super) opened: Arc<Opened>,
    pub(super) evaluator: EvaluatorIndex,
    pub(super) criteria: Vec<CriterionIndex>,
    pub(super) vendors: Vec<VendorIndex>,
    pub(super) cells: Vec<GridCell>,
    pub(super) revision: u64,
    pub(super) saved_at: Option<Timestamp>,
    pub(super) problems: Vec<String>,
    /// What is typed about cells that are not on the grid just now, as of a vendor that is excluded.
    pub(super) elsewhere: Vec<DraftCell>,
}

/// One cell.
#[derive(Debug, Clone)]
pub struct GridCell {
    /// The vendor.
    pub vendor: VendorIndex,
    /// The criterion.
    pub criterion: CriterionIndex,
    /// The answer that is filed, as somebody would type it.
    pub filed: Option<TypedCell>,
    /// What is typed and not filed yet; `None` if it says the same as what is filed.
    pub draft: Option<TypedCell>,
    /// What is wrong with what is typed.
    pub problem: Option<CellProblem>,
}

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// Whether the reason is to blame, and not the score.
    pub is_reason: bool,
    /// The stable name of the rule.
    pub code: &'static str,
    /// What is wrong and what to write instead.
    pub message: String,
}

static BLANK: TypedCell = TypedCell {
    score: String::new(),
    reason: String::new(),
};

impl GridCell {
    /// What stands in the cell: what is typed, else what is filed.
    #[must_use]
    pub fn shown(&self) -> &TypedCell {
        self.draft
            .as_ref()
            .or(self.filed.as_ref())
            .unwrap_or(&BLANK)
    }

    /// What stood there before anything was typed.
    pub(super) fn before(&self) -> &TypedCell {
        self.filed.as_ref().unwrap_or(&BLANK)
    }

    /// Whether what is typed can become an answer, or takes one away. A reason without a score waits for it.
    #[must_use]
    pub fn is_to_be_filed(&self) -> bool {
        let draft = self.draft.as_ref();
        draft.is_some_and(|draft| !draft.is_unscored() || self.filed.is_some())
    }
}

impl ScoreGrid {
    /// The evaluation as it stood.
    #[must_use]
    pub fn opened(&self) -> &Arc<Opened> {
        &self.opened
    }

    /// Who scores.
    #[must_use]
    pub fn evaluator(&self) -> EvaluatorIndex {
        self.evaluator
    }

    /// The name of who scores.
    #[must_use]
    pub fn evaluator_name(&self) -> &str {
        let evaluation = self.opened.dossier().evaluation();
        evaluation.evaluator_name(self.evaluator)
    }

    /// The criteria they are to score.
    #[must_use]
    pub fn criteria(&self) -> &[CriterionIndex] {
        &self.criteria
    }

    /// The vendors that stand and from whom they are not recused.
    #[must_use]
    pub fn vendors(&self) -> &[VendorIndex] {
        &self.vendors
    }

    /// Every cell: criterion by criterion, vendor by vendor within.
    #[must_use]
    pub fn cells(&self) -> &[GridCell] {
        &self.cells
    }

    /// Counts every time that the draft was saved; 0 if it never was.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// When it was saved last.
    #[must_use]
    pub fn saved_at(&self) -> Option<Timestamp> {
        self.saved_at
    }

    /// What is wrong and is about no cell.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// How many cells have a score, filed or typed.
    #[must_use]
    pub fn scored(&self) -> usize {
        let scored = self.cells.iter().filter(|cell| !cell.shown().is_unscored());
        scored.count()
    }

    /// How many cells say something that is not filed yet.
    #[must_use]
    pub fn unfiled(&self) -> usize {
        let unfiled = self.cells.iter().filter(|cell| cell.draft.is_some());
        unfiled.count()
    }

    /// How many cells have something wrong with them, and what is about none of them.
    #[must_use]
    pub fn wrong(&self) -> usize {
        let wrong = self.cells.iter().filter(|cell| cell.problem.is_some());
        wrong.count().saturating_add(self.problems.len())
    }

    pub(super) fn cells_mut(&mut self) -> &mut [GridCell] {
        &mut self.cells
    }

    pub(super) fn add_problem(&mut self, message: String) {
        self.problems.push(message);
    }
}
