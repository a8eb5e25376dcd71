//! Mistakes in what the total cost of ownership is made of.

use thiserror::Error;

use crate::criteria::{MAX_HORIZON, MAX_LAYERS};

/// A mistake in the costs of a priced criterion.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CostMistake {
    /// Costs without one of the two numbers that every set must say.
    #[error("the costs of {of} have no {key}; add one, like {like}")]
    Missing {
        /// The criterion.
        of: String,
        /// The key.
        key: &'static str,
        /// How it is written.
        like: &'static str,
    },
    /// A horizon that is no whole number of years in range.
    #[error(
        "the horizon of the costs of {of} is {value}; write a whole number of years from 1 to {MAX_HORIZON}"
    )]
    BadHorizon {
        /// The criterion.
        of: String,
        /// What the file has.
        value: String,
    },
    /// A discount rate out of range.
    #[error(
        "the discount of the costs of {of} is {value}; write percent a year, at least 0 and below 100, like \"4.5\""
    )]
    BadDiscount {
        /// The criterion.
        of: String,
        /// What the file has.
        value: String,
    },
    /// No layers, or too many.
    #[error(
        "the costs of {of} have {found} layers; name 1 to {MAX_LAYERS}, or leave layers out for the usual ones"
    )]
    LayerCount {
        /// The criterion.
        of: String,
        /// How many there are.
        found: usize,
    },
    /// A layer that is no name.
    #[error("a layer of the costs of {of} is no name: {why}")]
    LayerName {
        /// The criterion.
        of: String,
        /// Why.
        why: String,
    },
    /// Two layers of one name.
    #[error("the costs of {of} name the layer \"{layer}\" twice; keep one")]
    LayerTwice {
        /// The criterion.
        of: String,
        /// The layer.
        layer: String,
    },
    /// Costs without a currency.
    #[error("the costs of {of} have no currency; add one to its price, like currency = \"EUR\"")]
    MissingCurrency {
        /// The criterion.
        of: String,
    },
    /// Costs on two criteria.
    #[error(
        "{of} has costs, and so has a criterion before it; a cost line belongs to one price, so keep one of the two"
    )]
    Twice {
        /// The criterion.
        of: String,
    },
}

impl CostMistake {
    /// The stable name of the rule, in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing-key",
            Self::BadHorizon { .. } => "bad-horizon",
            Self::BadDiscount { .. } => "bad-discount",
            Self::LayerCount { .. } | Self::LayerName { .. } => "bad-layers",
            Self::LayerTwice { .. } => "duplicate-layer",
            Self::MissingCurrency { .. } => "missing-currency",
            Self::Twice { .. } => "two-costs",
        }
    }

    pub(super) fn holds_beside_unread_lines(&self) -> bool {
        !matches!(
            self,
            Self::Missing { .. } | Self::MissingCurrency { .. } | Self::LayerCount { .. }
        )
    }
}
