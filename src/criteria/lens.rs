//! Lenses and their metrics.

use rust_decimal::Decimal;

use super::CriterionIndex;

/// A named reweighting of the same criteria for one stakeholder.
#[derive(Debug, Clone)]
pub struct Lens {
    pub(super) id: String,
    pub(super) title: String,
    /// By criterion; 0 for a pass-fail one.
    pub(super) weights: Vec<Decimal>,
    pub(super) metrics: Vec<Metric>,
}

impl Lens {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The lens's weight of every criterion, in criterion order; 0 for a pass-fail one.
    #[must_use]
    pub fn weights(&self) -> &[Decimal] {
        &self.weights
    }

    /// The named groups of criteria this stakeholder asks about.
    #[must_use]
    pub fn metrics(&self) -> &[Metric] {
        &self.metrics
    }
}

/// A named group of criteria.
#[derive(Debug, Clone)]
pub struct Metric {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) criteria: Vec<CriterionIndex>,
}

impl Metric {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The criteria it gathers.
    #[must_use]
    pub fn criteria(&self) -> &[CriterionIndex] {
        &self.criteria
    }
}
