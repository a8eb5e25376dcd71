//! From weights to shares: each node's exact part of the whole, and what "not applicable" does to it.

use crate::exact::Fraction;

use super::{CategoryIndex, CriteriaSet, CriterionIndex, Lens};

/// The weights of every node of the tree, of the record or of a lens.
#[derive(Debug, Clone)]
pub struct Weighting {
    pub(super) criteria: Vec<Fraction>,
    pub(super) categories: Vec<Fraction>,
    pub(super) groups: Vec<Group>,
}

/// The children of one node. Deeper groups come first, the root's comes last.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) of: Option<CategoryIndex>,
    pub(super) criteria: Vec<CriterionIndex>,
    pub(super) categories: Vec<CategoryIndex>,
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

    /// A mix of two weightings: each criterion weighs its share under the one and the other, `part` of it under the other.
    #[must_use]
    pub fn between(set: &CriteriaSet, one: &Self, other: &Self, part: &Fraction) -> Self {
        let (one, other, rest) = (one.shares(), other.shares(), &Fraction::one() - part);
        let shares = one.criteria.iter().zip(&other.criteria);
        let mixed = shares.map(|(one, other)| &(one * &rest) + &(other * part));
        Self::of_leaves(set, mixed.collect())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::SetLimits;
    use proptest::prelude::*;
    use std::fmt::Write;

    /// One category: which earlier one it lies in, its weight, and the weights of its criteria.
    type Branch = (usize, u32, Vec<u32>);

    /// A set under relative weights, all of them multiplied by a factor.
    fn set_of(branches: &[Branch], factor: u32) -> CriteriaSet {
        let mut text = String::from(
            "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\nweights = \"relative\"\n[scale]\nmin = 0\nmax = 5\n",
        );
        for (index, (parent, weight, leaves)) in branches.iter().enumerate() {
            let weight = weight.checked_mul(factor).unwrap();
            write!(
                text,
                "[[category]]\nid = \"c{index}\"\ntitle = \"C\"\nweight = {weight}\n"
            )
            .unwrap();
            if index > 0 && *parent < index {
                writeln!(text, "parent = \"c{parent}\"").unwrap();
            }
            for (leaf, weight) in leaves.iter().enumerate() {
                let weight = weight.checked_mul(factor).unwrap();
                write!(
                    text,
                    "[[criterion]]\nid = \"x{index}.{leaf}\"\ntitle = \"X {index} {leaf}\"\n\
                     category = \"c{index}\"\nweight = {weight}\nnot_applicable = true\n"
                )
                .unwrap();
            }
        }
        let limits = SetLimits {
            depth: 20,
            ..SetLimits::default()
        };
        CriteriaSet::parse(&text, &limits).unwrap()
    }

    fn branches() -> impl Strategy<Value = Vec<Branch>> {
        let leaves = (1_u32..20, prop::collection::vec(0_u32..20, 0..4))
            .prop_map(|(first, rest)| std::iter::once(first).chain(rest).collect::<Vec<_>>());
        prop::collection::vec((0_usize..8, 1_u32..20, leaves), 1..8)
    }

    fn total(set: &CriteriaSet, shares: &Shares) -> Fraction {
        let shares: Vec<Fraction> = set
            .indexed_criteria()
            .map(|(index, _)| shares.of_criterion(index))
            .collect();
        Fraction::sum(&shares)
    }

    fn fraction(numerator: i64, denominator: i64) -> Fraction {
        Fraction::new(numerator, denominator).unwrap()
    }

    #[test]
    fn a_nested_tree_has_the_shares_one_finds_by_hand() {
        // c0 weighs 3 of 4 and holds x0.0 (1 of 6), x0.1 (2 of 6) and c1 (3 of 6), which holds x1.0 alone; c2 is 1 of 4.
        let set = set_of(
            &[(9, 3, vec![1, 2]), (0, 3, vec![7]), (9, 1, vec![4, 0])],
            1,
        );
        let shares = Weighting::of_record(&set).shares();
        let expected = [(1, 8), (1, 4), (3, 8), (1, 4), (0, 1)];
        for ((index, criterion), (numerator, denominator)) in set.indexed_criteria().zip(expected) {
            let share = shares.of_criterion(index);
            assert_eq!(
                share,
                fraction(numerator, denominator),
                "{}",
                criterion.id()
            );
        }
        assert_eq!(shares.of_category(CategoryIndex(1)), fraction(3, 8));
        // Without x1.0 nothing is left in c1, whose share goes to x0.0 and x0.1 as 1 to 2.
        let rest = Weighting::of_record(&set);
        let rest = rest.shares_without(|index| index.position() == 2).unwrap();
        assert_eq!(rest.of_criterion(CriterionIndex::at(0)), fraction(1, 4));
        assert_eq!(rest.of_criterion(CriterionIndex::at(1)), fraction(1, 2));
        assert_eq!(rest.of_category(CategoryIndex(1)), Fraction::zero());
        assert_eq!(rest.of_category(CategoryIndex(0)), fraction(3, 4));
    }

    #[test]
    fn with_everything_left_out_there_are_no_shares() {
        let set = set_of(&[(9, 3, vec![1, 2])], 1);
        assert_eq!(Weighting::of_record(&set).shares_without(|_| true), None);
    }

    #[test]
    fn leaves_of_the_whole_keep_their_proportions_whatever_the_tree() {
        let set = set_of(&[(9, 3, vec![1, 2]), (0, 3, vec![7])], 1);
        let leaves = [1, 1, 2].map(Fraction::whole).to_vec();
        let shares = Weighting::of_leaves(&set, leaves).shares();
        assert_eq!(shares.of_criterion(CriterionIndex::at(0)), fraction(1, 4));
        assert_eq!(shares.of_criterion(CriterionIndex::at(2)), fraction(1, 2));
        assert_eq!(shares.of_category(CategoryIndex(1)), fraction(1, 2));
        assert_eq!(shares.of_category(CategoryIndex(0)), Fraction::one());
    }

    proptest! {
        #[test]
        fn shares_add_up_to_one_whatever_is_left_out(branches in branches(), left_out in any::<u64>()) {
            let set = set_of(&branches, 1);
            let weighting = Weighting::of_record(&set);
            prop_assert_eq!(total(&set, &weighting.shares()), Fraction::one());
            let is_out = |index: CriterionIndex| left_out >> (index.position() % 64) & 1 == 1;
            let weighs = |shares: &Shares| {
                set.indexed_criteria()
                    .any(|(index, _)| !is_out(index) && !shares.of_criterion(index).is_zero())
            };
            match weighting.shares_without(is_out) {
                Some(shares) => prop_assert_eq!(total(&set, &shares), Fraction::one()),
                None => prop_assert!(!weighs(&weighting.shares())),
            }
        }

        #[test]
        fn scaling_relative_weights_changes_nothing(branches in branches(), factor in 1_u32..1000) {
            let shares = Weighting::of_record(&set_of(&branches, 1)).shares();
            let scaled = Weighting::of_record(&set_of(&branches, factor)).shares();
            prop_assert_eq!(shares, scaled);
        }

        #[test]
        fn the_share_of_one_left_out_goes_to_its_siblings_in_proportion(branches in branches(), pick in any::<prop::sample::Index>()) {
            let set = set_of(&branches, 1);
            let weighting = Weighting::of_record(&set);
            let out = CriterionIndex::at(pick.index(set.criteria().len()));
            let category = set.criteria()[out.position()].category();
            let before = weighting.shares();
            let remaining = &before.of_category(category) - &before.of_criterion(out);
            prop_assume!(!remaining.is_zero());
            let after = weighting.shares_without(|index| index == out).unwrap();
            let grown = before.of_category(category).over(&remaining).unwrap();
            for (index, criterion) in set.indexed_criteria().filter(|(index, _)| *index != out) {
                let old = before.of_criterion(index);
                let factor = if set.is_within(index, category) { grown.clone() } else { Fraction::one() };
                prop_assert_eq!(after.of_criterion(index), &old * &factor, "{}", criterion.id());
            }
        }
    }
}
