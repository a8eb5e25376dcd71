//! Who is evaluated and who evaluates.

use super::lines::{narrow, wide};

/// The reserved name of the moderated score, which overrides the individual ones.
pub const CONSENSUS: &str = "consensus";
/// The name of the evaluator where a sheet names none.
pub const PANEL: &str = "panel";

/// Which vendor of an evaluation, in the order they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VendorIndex(u32);

/// Which evaluator of an evaluation, in the order they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EvaluatorIndex(u32);

impl VendorIndex {
    pub(super) fn at(position: usize) -> Self {
        Self(narrow(position))
    }

    /// The position in the evaluation's vendors.
    #[must_use]
    pub fn position(self) -> usize {
        wide(self.0)
    }
}

impl EvaluatorIndex {
    pub(super) fn at(position: usize) -> Self {
        Self(narrow(position))
    }

    /// The position in the evaluation's evaluators.
    #[must_use]
    pub fn position(self) -> usize {
        wide(self.0)
    }
}
