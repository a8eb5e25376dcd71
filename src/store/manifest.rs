//! What a backup must add up to.

use crate::record::{Digest, EvaluationId};

/// What a backup must add up to once it is restored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The version of the program that made it.
    pub program: String,
    /// The last event of the house, as `seq:hash`; `None` in a backup of a program that kept no such log.
    pub house: Option<String>,
    /// Every evaluation, in the order they began.
    pub evaluations: Vec<Kept>,
}

/// What one evaluation of a backup must add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The evaluation.
    pub evaluation: EvaluationId,
    /// The last event of its log, as `seq:hash`.
    pub head: String,
    /// The digest of its result as JSON.
    pub result: Digest,
}
