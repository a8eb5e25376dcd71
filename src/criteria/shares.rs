//! From weights to shares: each node's exact part of the whole, and what "not applicable" does to it.

use crate::exact::Fraction;

use super::{CategoryIndex, CriteriaSet, CriterionIndex, Lens};

/// The weights of every node of the tree, of the record or of a lens.
#[derive(Debug, Clone)]
pub struct Weighting {
    criteria: Vec<Fraction>,
    categories: Vec<Fraction>,
    groups: Vec<Group>,
}

/// The children of one node. Deeper groups come first, the root's comes last.
#[derive(Debug, Clone)]
struct Group {
    of: Option<CategoryIndex>,
    criteria: Vec<CriterionIndex>,
    categories: Vec<CategoryIndex>,
}

/// Each node's exact part of the whole. The shares of the criteria add up to 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    criteria: Vec<Fraction>,
    categories: Vec<Fraction>,
}

impl Shares {
    /// The share of a criterion; 0 for a pass-fail one and one that is not applicable.
    #[must_use]
    pub fn of_criterion(&self, index: CriterionIndex) -> Fraction {
        share_at(&self.criteria, index.position())
    }

    /// The share of a category.
    #[must_use]
    pub fn of_category(&self, index: CategoryIndex) -> Fraction {
        share_at(&self.categories, index.position())
    }
}

fn share_at(shares: &[Fraction], position: usize) -> Fraction {
    shares.get(position).cloned().unwrap_or_else(Fraction::zero)
}

impl Weighting {
    /// The weights of the record.
    #[must_use]
    pub fn of_record(set: &CriteriaSet) -> Self {
        Self {
            criteria: set
                .criteria()
                .iter()
                .map(|criterion| criterion.weight().into())
                .collect(),
            categories: set
                .categories()
                .iter()
                .map(|category| category.weight().into())
                .collect(),
            groups: groups(set),
        }
    }

    /// The weights of a lens: leaf weights of the whole, a category weighing the sum of its leaves.
    #[must_use]
    pub fn of_lens(set: &CriteriaSet, lens: &Lens) -> Self {
        let criteria: Vec<Fraction> = lens.weights().iter().map(|&weight| weight.into()).collect();
        Self::of_leaves(set, criteria)
    }

    /// Leaf weights of the whole, in criterion order; a category weighs the sum of its leaves.
    #[must_use]
    pub fn of_leaves(set: &CriteriaSet, criteria: Vec<Fraction>) -> Self {
        let groups = groups(set);
        let mut weighting = Self {
            criteria,
            categories: vec![Fraction::zero(); set.categories().len()],
            groups: groups.clone(),
        };
        for group in &groups {
            if let Some(of) = group.of {
                let sum = weighting.group_weight(group, |_| true, |_| true);
                if let Some(slot) = weighting.categories.get_mut(of.position()) {
                    *slot = sum;
                }
            }
        }
        weighting
    }

    /// The shares with nothing left out.
    #[must_use]
    pub fn shares(&self) -> Shares {
        self.shares_without(|_| false).unwrap_or_else(|| Shares {
            criteria: vec![Fraction::zero(); self.criteria.len()],
            categories: vec![Fraction::zero(); self.categories.len()],
        })
    }

    /// The shares where some criteria are not applicable: the share of one that is left out goes to its siblings in
    /// proportion to their weights, and that of a group with nothing left to the group's own siblings.
    ///
    /// `None` if nothing of any weight is left.
    #[must_use]
    pub fn shares_without(&self, left_out: impl Fn(CriterionIndex) -> bool) -> Option<Shares> {
        let mut remains = vec![false; self.categories.len()];
        for group in &self.groups {
            let weight = self.group_weight(
                group,
                |index| !left_out(index),
                |index| flag(&remains, index),
            );
            match group.of {
                Some(of) => {
                    if let Some(slot) = remains.get_mut(of.position()) {
                        *slot = !weight.is_zero();
                    }
                }
                None if weight.is_zero() => return None,
                None => {}
            }
        }
        Some(self.spread(|index| !left_out(index), |index| flag(&remains, index)))
    }

    fn spread(
        &self,
        has_criterion: impl Fn(CriterionIndex) -> bool,
        has_category: impl Fn(CategoryIndex) -> bool,
    ) -> Shares {
        let mut shares = Shares {
            criteria: vec![Fraction::zero(); self.criteria.len()],
            categories: vec![Fraction::zero(); self.categories.len()],
        };
        for group in self.groups.iter().rev() {
            let whole = group
                .of
                .map_or_else(Fraction::one, |of| shares.of_category(of));
            let weight = self.group_weight(group, &has_criterion, &has_category);
            let Some(per_weight) = whole.over(&weight) else {
                continue;
            };
            for &index in group.criteria.iter().filter(|&&index| has_criterion(index)) {
                if let Some(slot) = shares.criteria.get_mut(index.position()) {
                    *slot = &share_at(&self.criteria, index.position()) * &per_weight;
                }
            }
            for &index in group
                .categories
                .iter()
                .filter(|&&index| has_category(index))
            {
                if let Some(slot) = shares.categories.get_mut(index.position()) {
                    *slot = &share_at(&self.categories, index.position()) * &per_weight;
                }
            }
        }
        shares
    }

    fn group_weight(
        &self,
        group: &Group,
        has_criterion: impl Fn(CriterionIndex) -> bool,
        has_category: impl Fn(CategoryIndex) -> bool,
    ) -> Fraction {
        let criteria = group.criteria.iter().filter(|&&index| has_criterion(index));
        let categories = group
            .categories
            .iter()
            .filter(|&&index| has_category(index));
        Fraction::sum(
            criteria
                .filter_map(|index| self.criteria.get(index.position()))
                .chain(categories.filter_map(|index| self.categories.get(index.position()))),
        )
    }
}

fn flag(flags: &[bool], index: CategoryIndex) -> bool {
    flags.get(index.position()).copied().unwrap_or(false)
}

/// The groups of siblings, deeper ones first.
fn groups(set: &CriteriaSet) -> Vec<Group> {
    let mut order: Vec<Option<CategoryIndex>> = vec![None];
    let mut at = 0;
    while let Some(&of) = order.get(at) {
        order.extend(
            set.indexed_categories()
                .filter(|(_, category)| category.parent() == of)
                .map(|(index, _)| Some(index)),
        );
        at = at.saturating_add(1);
    }
    order
        .into_iter()
        .rev()
        .map(|of| Group {
            of,
            criteria: set
                .indexed_criteria()
                .filter(|(_, criterion)| Some(criterion.category()) == of)
                .map(|(index, _)| index)
                .collect(),
            categories: set
                .indexed_categories()
                .filter(|(_, category)| category.parent() == of)
                .map(|(index, _)| index)
                .collect(),
        })
        .collect()
}
