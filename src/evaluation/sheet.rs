//! A score sheet that could be read: every cell of it is proven, nothing of it counts yet.

use crate::criteria::CriterionIndex;
use crate::table::Name;

use super::lines::{narrow, wide};
use super::{CostLine, Lines};

/// Which sheet of an evaluation, in the order they were filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SheetIndex(u32);

impl SheetIndex {
    pub(super) fn at(position: usize) -> Self {
        Self(narrow(position))
    }

    /// The position in the order they were filed.
    #[must_use]
    pub fn position(self) -> usize {
        wide(self.0)
    }
}

/// The content of a score sheet, read without a problem.
#[derive(Debug, Clone)]
pub struct Sheet {
    name: String,
    vendors: Vec<Name>,
    evaluators: Vec<Name>,
    names_evaluator: bool,
    lines: Box<Lines>,
    notes: Vec<SheetNote>,
    costs: Vec<CostLine>,
}

/// What an evaluator noted about a criterion as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetNote {
    /// The position in [`Sheet::evaluators`].
    pub evaluator: usize,
    /// The criterion.
    pub criterion: CriterionIndex,
    /// The note as typed.
    pub text: Box<str>,
}

impl Sheet {
    /// Puts a sheet together. `names_evaluator` is false if it holds answers for which neither the file nor the
    /// uploader named anyone; they are the panel's.
    #[must_use]
    pub fn new(
        name: String,
        vendors: Vec<Name>,
        evaluators: Vec<Name>,
        names_evaluator: bool,
        lines: Lines,
        notes: Vec<SheetNote>,
    ) -> Self {
        Self {
            name,
            vendors,
            evaluators,
            names_evaluator,
            lines: Box::new(lines),
            notes,
            costs: Vec::new(),
        }
    }

    /// The same sheet with the cost lines that its prices are made of.
    #[must_use]
    pub fn with_costs(self, costs: Vec<CostLine>) -> Self {
        Self { costs, ..self }
    }

    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The vendors it names, in the order they come.
    #[must_use]
    pub fn vendors(&self) -> &[Name] {
        &self.vendors
    }

    /// The evaluators it speaks for, in the order they come.
    #[must_use]
    pub fn evaluators(&self) -> &[Name] {
        &self.evaluators
    }

    /// Whether the file or the uploader said of every answer who gave it.
    #[must_use]
    pub fn names_evaluator(&self) -> bool {
        self.names_evaluator
    }

    /// Its cells, in the order of its rows.
    #[must_use]
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// What it notes about criteria as a whole.
    #[must_use]
    pub fn notes(&self) -> &[SheetNote] {
        &self.notes
    }

    /// The cost lines that its prices are made of, in the order of its rows; none in a sheet of scores.
    #[must_use]
    pub fn costs(&self) -> &[CostLine] {
        &self.costs
    }
}
