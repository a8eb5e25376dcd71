//! What one stakeholder weighs differently.

use rust_decimal::Decimal;

use super::CriterionIndex;

/// A named reweighting of the same criteria for one stakeholder.
#[derive(Debug, Clone)]
pub struct Lens {
    pub(in crate::criteria) id: String,
    pub(in crate::criteria) title: String,
    /// By criterion; 0 for a pass-fail one.
    pub(in crate::criteria) weights: Vec<Decimal>,
    pub(in crate::criteria) metrics: Vec<Metric>,
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
    pub(in crate::criteria) id: String,
    pub(in crate::criteria) title: String,
    pub(in crate::criteria) criteria: Vec<CriterionIndex>,
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
