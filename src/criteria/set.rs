//! The criteria set as types. Only this room can build them.

use super::{Category, Costs, Criterion, Kind, Lens, Priced, Rules, WeightRule};

/// Which category of a set, in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CategoryIndex(pub(super) usize);

/// Which criterion of a set, in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CriterionIndex(u32);

impl CategoryIndex {
    /// The position in [`CriteriaSet::categories`].
    #[must_use]
    pub fn position(self) -> usize {
        self.0
    }
}

impl CriterionIndex {
    /// Of the criterion in this position; there are never so many that it would not fit.
    pub(super) fn at(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position in [`CriteriaSet::criteria`].
    #[must_use]
    pub fn position(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A proven criteria set, identified by id, version and the SHA-256 of its TOML.
#[derive(Debug, Clone)]
pub struct CriteriaSet {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) version: String,
    pub(super) description: Option<String>,
    pub(super) framework: Option<String>,
    pub(super) source: String,
    pub(super) sha256: String,
    pub(super) weight_rule: WeightRule,
    pub(super) rules: Rules,
    pub(super) categories: Vec<Category>,
    pub(super) criteria: Vec<Criterion>,
    pub(super) lenses: Vec<Lens>,
}

impl CriteriaSet {
    /// The id, `[a-z0-9-]`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The version as written.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What the set is for.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The framework the criteria come from, like `ITIL 4`.
    #[must_use]
    pub fn framework(&self) -> Option<&str> {
        self.framework.as_deref()
    }

    /// The TOML this set was read from, byte for byte.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The SHA-256 of [`CriteriaSet::source`], in lower-case hex.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// How the weights in the file are to be read.
    #[must_use]
    pub fn weight_rule(&self) -> WeightRule {
        self.weight_rule
    }

    /// The rules that hold for the whole set.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The categories, in file order.
    #[must_use]
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// The criteria, in file order.
    #[must_use]
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// The lenses, in file order.
    #[must_use]
    pub fn lenses(&self) -> &[Lens] {
        &self.lenses
    }

    /// The lens with an id.
    #[must_use]
    pub fn lens(&self, id: &str) -> Option<&Lens> {
        self.lenses.iter().find(|lens| lens.id == id)
    }

    /// Every category with its index.
    pub fn indexed_categories(&self) -> impl Iterator<Item = (CategoryIndex, &Category)> {
        self.categories
            .iter()
            .enumerate()
            .map(|(index, category)| (CategoryIndex(index), category))
    }

    /// Every criterion with its index.
    pub fn indexed_criteria(&self) -> impl Iterator<Item = (CriterionIndex, &Criterion)> {
        self.criteria
            .iter()
            .enumerate()
            .map(|(index, criterion)| (CriterionIndex::at(index), criterion))
    }

    /// The index of the criterion with an id.
    #[must_use]
    pub fn criterion_index(&self, id: &str) -> Option<CriterionIndex> {
        let found = self
            .criteria
            .iter()
            .position(|criterion| criterion.id == id);
        found.map(CriterionIndex::at)
    }

    /// The criterion whose amount may be made of cost lines, with how; a set has at most one.
    #[must_use]
    pub fn costed(&self) -> Option<(CriterionIndex, &Priced, &Costs)> {
        let mut criteria = self.indexed_criteria();
        criteria.find_map(|(index, criterion)| match criterion.kind() {
            Kind::Priced(priced) => Some((index, priced, priced.costs()?)),
            Kind::Rated(_) | Kind::PassFail => None,
        })
    }

    /// Whether a criterion lies in a category or in one below it.
    #[must_use]
    pub fn is_within(&self, criterion: CriterionIndex, category: CategoryIndex) -> bool {
        let mut at = self
            .criteria
            .get(criterion.position())
            .map(|found| found.category);
        // A proven set has no cycle of parents, so this walk ends at a root.
        while let Some(index) = at {
            if index == category {
                return true;
            }
            at = self.categories.get(index.0).and_then(|found| found.parent);
        }
        false
    }
}
