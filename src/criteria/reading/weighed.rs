//! The tree with its weights: that they add up, and that gates stand on something that weighs.

use rust_decimal::Decimal;

use super::categories::{CategoryDraft, ancestors};
use super::context::Context;
use super::criteria::CriterionDraft;
use super::field::{Field, Span};
use super::weights::{Sum, WeightDraft, difference};
use crate::criteria::{JudgingMistake, TreeMistake, WeightMistake, WeightRule};
use crate::exact::plain;

/// The nodes of the tree with what they weigh together.
pub(super) struct WeighedTree<'d, 'a> {
    ctx: &'d Context<'d>,
    categories: &'d [CategoryDraft<'a>],
    criteria: &'d [CriterionDraft<'a>],
    /// By category: all weighted criteria in and below it.
    leaves: Vec<Sum>,
    /// By category: how many criteria of any kind are in and below it.
    held: Vec<usize>,
    /// By category: what it weighs among its siblings.
    weights: Vec<WeightDraft>,
    rule: Option<WeightRule>,
}

impl<'d, 'a> WeighedTree<'d, 'a> {
    pub fn new(
        ctx: &'d Context<'d>,
        categories: &'d [CategoryDraft<'a>],
        criteria: &'d [CriterionDraft<'a>],
        rule: Option<WeightRule>,
    ) -> Self {
        let mut tree = Self {
            ctx,
            categories,
            criteria,
            leaves: vec![Sum::EMPTY; categories.len()],
            held: vec![0; categories.len()],
            weights: Vec::new(),
            rule,
        };
        for criterion in criteria {
            for category in tree.path(criterion.category) {
                if let Some(sum) = tree.leaves.get_mut(category) {
                    sum.add(criterion.weight);
                }
                if let Some(count) = tree.held.get_mut(category) {
                    *count = count.saturating_add(1);
                }
            }
        }
        tree.weights = categories
            .iter()
            .zip(&tree.leaves)
            .map(|(category, leaves)| match (rule, &category.weight) {
                (Some(WeightRule::Points), _) => leaves.weight,
                _ if leaves.members == 0 => WeightDraft::None,
                (_, Field::Given(weight)) => WeightDraft::Known(weight.value),
                _ => WeightDraft::Unknown,
            })
            .collect();
        tree
    }

    /// What every category weighs.
    pub fn category_weights(&self) -> Vec<Decimal> {
        self.weights.iter().map(|weight| weight.value()).collect()
    }

    /// A category and those above it.
    fn path(&self, category: Option<usize>) -> Vec<usize> {
        let above = category.map_or_else(Vec::new, |index| ancestors(self.categories, index));
        category.into_iter().chain(above).collect()
    }

    fn weight_of(&self, category: usize) -> WeightDraft {
        self.weights
            .get(category)
            .copied()
            .unwrap_or(WeightDraft::Unknown)
    }

    /// Reports categories without criteria.
    pub fn refuse_empty(&self) {
        for (category, held) in self.categories.iter().zip(&self.held) {
            if *held == 0 && category.id.is_some() {
                let id = category.shown_id();
                self.ctx
                    .report(category.span, TreeMistake::EmptyCategory { id });
            }
        }
    }

    /// Reports every group of weights that does not add up. `place` is where the weights of the whole set are blamed.
    pub fn check_sums(&self, place: Span) {
        for (category, (leaves, held)) in self
            .categories
            .iter()
            .zip(self.leaves.iter().zip(&self.held))
        {
            self.check_category(category, *leaves, *held);
        }
        let has_lost_criterion = self
            .criteria
            .iter()
            .any(|criterion| criterion.category.is_none());
        match self.rule {
            Some(WeightRule::Points) => {
                let mut all = Sum::EMPTY;
                self.criteria
                    .iter()
                    .for_each(|criterion| all.add(criterion.weight));
                self.must_be_hundred(all, place, "all criteria");
            }
            Some(rule) if !has_lost_criterion && !self.categories.iter().any(|one| one.is_lost) => {
                self.check_groups(rule, place);
            }
            _ => {}
        }
    }

    fn check_category(&self, category: &CategoryDraft<'_>, leaves: Sum, held: usize) {
        let of = category.of.clone();
        match (&category.weight, self.rule) {
            (Field::Given(weight), _)
                if leaves.members == 0 && held > 0 && weight.value > Decimal::ZERO =>
            {
                self.ctx
                    .report(weight.span, WeightMistake::NothingToWeigh { of });
            }
            (Field::Given(weight), Some(WeightRule::Points)) => {
                if let WeightDraft::Known(sum) = leaves.weight
                    && let Some(difference) = difference(weight.value, sum)
                    && held > 0
                {
                    let mistake = WeightMistake::CategorySum {
                        of,
                        weight: plain(weight.value),
                        sum: plain(sum),
                        difference,
                    };
                    self.ctx.report(weight.span, mistake);
                }
            }
            (Field::Absent, Some(WeightRule::Shares | WeightRule::Relative))
                if leaves.members > 0 =>
            {
                self.ctx
                    .report(category.span, WeightMistake::Missing { of });
            }
            _ => {}
        }
    }

    /// Under shares and relative weights every group of siblings counts for itself.
    fn check_groups(&self, rule: WeightRule, place: Span) {
        let mut groups = vec![Sum::EMPTY; self.categories.len()];
        let mut top = Sum::EMPTY;
        for criterion in self.criteria {
            if let Some(group) = criterion.category.and_then(|index| groups.get_mut(index)) {
                group.add(criterion.weight);
            }
        }
        for (category, weight) in self.categories.iter().zip(&self.weights) {
            match category.parent {
                Some(parent) => {
                    if let Some(group) = groups.get_mut(parent) {
                        group.add(*weight);
                    }
                }
                None => top.add(*weight),
            }
        }
        for (index, (category, group)) in self.categories.iter().zip(groups).enumerate() {
            let span = category.id.as_ref().map_or(category.span, |id| id.span);
            if group.members == 0 {
                continue;
            }
            if rule == WeightRule::Shares {
                self.must_be_hundred(group, span, &format!("the nodes in {}", category.of));
            } else if self.weight_of(index).may_count() {
                self.must_count(group, span, &category.of);
            }
        }
        let group = "the categories at the top";
        if rule == WeightRule::Shares {
            self.must_be_hundred(top, place, group);
        } else {
            self.must_count(top, place, group);
        }
    }

    fn must_be_hundred(&self, group: Sum, span: Span, name: &str) {
        if let WeightDraft::Known(sum) = group.weight
            && let Some(difference) = difference(sum, Decimal::ONE_HUNDRED)
        {
            let mistake = WeightMistake::WrongSum {
                group: name.to_owned(),
                sum: plain(sum),
                difference,
            };
            self.ctx.report(span, mistake);
        }
    }

    fn must_count(&self, group: Sum, span: Span, name: &str) {
        if !group.weight.may_count() {
            let group = name.to_owned();
            self.ctx
                .report(span, WeightMistake::NothingWeighs { group });
        }
    }

    /// Reports gates on categories, and on the total, in which nothing rated weighs anything.
    pub fn check_gates(&self, total_minimum: Option<Span>) {
        let mut counts = vec![false; self.categories.len()];
        let mut total_counts = false;
        for criterion in self.criteria.iter().filter(|criterion| criterion.is_rated) {
            let path = self.path(criterion.category);
            let whole_path = path.iter().all(|&index| self.weight_of(index).may_count());
            if whole_path && criterion.weight.may_count() {
                total_counts = true;
                for index in path {
                    if let Some(count) = counts.get_mut(index) {
                        *count = true;
                    }
                }
            }
        }
        for (category, _) in self
            .categories
            .iter()
            .zip(counts)
            .filter(|(_, counts)| !counts)
        {
            if let Some(minimum) = &category.minimum {
                let (of, gate) = (category.of.clone(), "minimum");
                self.ctx
                    .report(minimum.span, JudgingMistake::GateWithoutWeight { of, gate });
            }
        }
        if let Some(span) = total_minimum.filter(|_| !total_counts) {
            let (of, gate) = ("the set".to_owned(), "total_minimum");
            self.ctx
                .report(span, JudgingMistake::GateWithoutWeight { of, gate });
        }
    }
}
