//! What kind of decision an evaluation is, and how far it has come.

use serde::{Deserialize, Serialize};

/// What kind of decision an evaluation makes; chosen at its start, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvaluationKind {
    /// A choice of one's own: results and advice are open all the time.
    #[default]
    Internal,
    /// A tender: the method is fixed by the first answer, and results are hidden until scoring is closed.
    Tender,
}

/// How far an evaluation has come.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The method is being set.
    #[default]
    Draft,
    /// The method is frozen, and sheets come in.
    Open,
    /// No answer changes any more.
    ScoringClosed,
    /// The decision is recorded.
    Decided,
}
