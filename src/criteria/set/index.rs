//! Positions in a criteria set, one type for each kind of thing, so that they cannot be mixed up.

/// Which category of a set, in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CategoryIndex(pub(in crate::criteria) usize);

/// Which criterion of a set, in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CriterionIndex(pub(in crate::criteria) usize);

impl CategoryIndex {
    /// The position in [`CriteriaSet::categories`].
    #[must_use]
    pub fn position(self) -> usize {
        self.0
    }
}

impl CriterionIndex {
    /// The position in [`CriteriaSet::criteria`].
    #[must_use]
    pub fn position(self) -> usize {
        self.0
    }
}
