//! The rules a criteria set can break. Each says what is wrong and what to write instead.

mod costs;
mod form;
mod judging;
mod tree;
mod weight;

pub use costs::CostMistake;
pub use form::{Expected, FormMistake, Suggestion};
pub use judging::JudgingMistake;
pub use tree::TreeMistake;
pub use weight::WeightMistake;

use thiserror::Error;

/// The rule that a criteria set breaks.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SetRule {
    /// How the file is written: syntax, keys, types, limits.
    #[error(transparent)]
    Form(#[from] FormMistake),
    /// Ids, titles and how the nodes refer to each other.
    #[error(transparent)]
    Tree(#[from] TreeMistake),
    /// Weights and what they add up to.
    #[error(transparent)]
    Weight(#[from] WeightMistake),
    /// How criteria are judged: scales, anchors, gates, prices.
    #[error(transparent)]
    Judging(#[from] JudgingMistake),
    /// What the total cost of ownership is made of.
    #[error(transparent)]
    Costs(#[from] CostMistake),
}

impl SetRule {
    /// The stable name of the rule, in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Form(mistake) => mistake.code(),
            Self::Tree(mistake) => mistake.code(),
            Self::Weight(mistake) => mistake.code(),
            Self::Judging(mistake) => mistake.code(),
            Self::Costs(mistake) => mistake.code(),
        }
    }

    /// Whether the rule is broken even if the lines that could not be read say something helpful.
    ///
    /// A weight that seems to be missing, or an id nobody defines, may well stand in a line that is no TOML.
    pub(super) fn holds_beside_unread_lines(&self) -> bool {
        match self {
            Self::Form(mistake) => mistake.holds_beside_unread_lines(),
            Self::Tree(mistake) => mistake.holds_beside_unread_lines(),
            Self::Weight(mistake) => mistake.holds_beside_unread_lines(),
            Self::Judging(mistake) => mistake.holds_beside_unread_lines(),
            Self::Costs(mistake) => mistake.holds_beside_unread_lines(),
        }
    }
}
