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

impl EvaluationKind {
    /// When results show, unless the start of the evaluation says otherwise.
    #[must_use]
    pub fn results(self) -> Results {
        match self {
            Self::Internal => Results::Open,
            Self::Tender => Results::Hidden,
        }
    }
}

/// When totals, ranks and scores may be seen; chosen at the start of an evaluation, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Results {
    /// All the time.
    Open,
    /// Once scoring is closed; until then only progress and disagreement show. A tender has no choice.
    Hidden,
}

/// Whether prices may be seen. That they are sealed is chosen at the start of an evaluation, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prices {
    /// They were never sealed.
    #[default]
    Shown,
    /// They come in, and nobody sees them before scoring is closed and somebody opens them.
    Sealed,
    /// They were sealed, and were opened; quality stays as it was then.
    Opened,
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
