//! Who is evaluated and who evaluates.

/// The reserved name of the moderated score, which overrides the individual ones.
pub const CONSENSUS: &str = "consensus";
/// The name of the evaluator where a sheet names none.
pub const PANEL: &str = "panel";

/// Which vendor of an evaluation, in the order they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VendorIndex(pub(super) usize);

/// Which evaluator of an evaluation, in the order they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EvaluatorIndex(pub(super) usize);

impl VendorIndex {
    /// The position in the evaluation's vendors.
    #[must_use]
    pub fn position(self) -> usize {
        self.0
    }
}

impl EvaluatorIndex {
    /// The position in the evaluation's evaluators.
    #[must_use]
    pub fn position(self) -> usize {
        self.0
    }
}
