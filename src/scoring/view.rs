//! Through which weights a result is looked at.

use crate::criteria::{CriteriaSet, Lens, Metric, Weighting};

/// Through which weights a result is looked at. Gates are the record's in any case.
#[derive(Debug, Clone, Copy, Default)]
pub enum View<'a> {
    /// The record's own.
    #[default]
    Record,
    /// A lens's.
    Lens(&'a Lens),
    /// Others, to see what would be.
    Weights(&'a Weighting),
}

impl<'a> View<'a> {
    /// The weights of the view.
    #[must_use]
    pub fn weighting(self, set: &CriteriaSet) -> Weighting {
        match self {
            Self::Record => Weighting::of_record(set),
            Self::Lens(lens) => Weighting::of_lens(set, lens),
            Self::Weights(weighting) => weighting.clone(),
        }
    }

    /// The metrics of the view; only a lens has any.
    pub(super) fn metrics(self) -> &'a [Metric] {
        match self {
            Self::Lens(lens) => lens.metrics(),
            Self::Record | Self::Weights(_) => &[],
        }
    }

    pub(super) fn lens_id(self) -> Option<String> {
        match self {
            Self::Lens(lens) => Some(lens.id().to_owned()),
            Self::Record | Self::Weights(_) => None,
        }
    }
}

impl<'a> From<Option<&'a Lens>> for View<'a> {
    fn from(lens: Option<&'a Lens>) -> Self {
        lens.map_or(Self::Record, Self::Lens)
    }
}
