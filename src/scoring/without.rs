//! Who is left out of a result to see what would be.

use std::collections::BTreeSet;

use crate::evaluation::{EvaluatorIndex, VendorIndex};

/// Vendors and evaluators that are left out of a result. The record keeps all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Without {
    vendors: BTreeSet<VendorIndex>,
    evaluators: BTreeSet<EvaluatorIndex>,
}

impl Without {
    /// Without one vendor.
    #[must_use]
    pub fn vendor(vendor: VendorIndex) -> Self {
        Self::default().and_vendor(vendor)
    }

    /// Without what one evaluator scored. Prices filed under that name stay, since prices belong to no panel.
    #[must_use]
    pub fn evaluator(evaluator: EvaluatorIndex) -> Self {
        Self::default().and_evaluator(evaluator)
    }

    /// Without one more vendor.
    #[must_use]
    pub fn and_vendor(mut self, vendor: VendorIndex) -> Self {
        self.vendors.insert(vendor);
        self
    }

    /// Without what one more evaluator scored.
    #[must_use]
    pub fn and_evaluator(mut self, evaluator: EvaluatorIndex) -> Self {
        self.evaluators.insert(evaluator);
        self
    }

    /// Whether nobody is left out.
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        self.vendors.is_empty() && self.evaluators.is_empty()
    }

    /// Whether a vendor is left out.
    #[must_use]
    pub fn has_vendor(&self, vendor: VendorIndex) -> bool {
        self.vendors.contains(&vendor)
    }

    /// Whether an evaluator is left out.
    #[must_use]
    pub fn has_evaluator(&self, evaluator: EvaluatorIndex) -> bool {
        self.evaluators.contains(&evaluator)
    }

    /// The vendors, in the order they came.
    pub fn vendors(&self) -> impl Iterator<Item = VendorIndex> {
        self.vendors.iter().copied()
    }

    /// The evaluators, in the order they came.
    pub fn evaluators(&self) -> impl Iterator<Item = EvaluatorIndex> {
        self.evaluators.iter().copied()
    }
}
