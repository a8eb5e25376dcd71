//! Weights as the numbers that are written, which say exactly what is meant.

use rust_decimal::Decimal;

use super::Tailoring;
use super::views::View;
use crate::criteria::{CriteriaSet, CriterionIndex, Lens, Node, WeightRule, Weighting};
use crate::exact::{Fraction, exact_decimal, whole_in_proportion};

/// Every number of a tailored set.
#[derive(Debug)]
pub(super) struct Numbers {
    pub rule: WeightRule,
    /// By category and criterion that is kept and weighed.
    pub nodes: Vec<(Node, Decimal)>,
    /// By lens that is kept, its place in the old set and its weights.
    pub lenses: Vec<(usize, Vec<(CriterionIndex, Decimal)>)>,
    /// By lens that is made.
    pub views: Vec<Vec<(CriterionIndex, Decimal)>>,
}

/// The numbers by the rule of the set if they have an exact decimal each, else in proportion.
///
/// `None` if they have no exact form at all.
pub(super) fn numbers(set: &CriteriaSet, tailoring: &Tailoring) -> Option<Numbers> {
    let of_rule = |rule| {
        let members = tailoring.kept.weighed(set);
        Some(Numbers {
            rule,
            nodes: nodes(set, tailoring, rule)?,
            lenses: tailoring
                .kept
                .lenses(set)
                .map(|(at, lens)| Some((at, of_lens(rule, &members, lens)?)))
                .collect::<Option<_>>()?,
            views: tailoring
                .views
                .iter()
                .map(|view| of_view(rule, &members, view))
                .collect::<Option<_>>()?,
        })
    };
    of_rule(set.weight_rule()).or_else(|| of_rule(WeightRule::Relative))
}

/// What the parts of every group weigh.
fn nodes(
    set: &CriteriaSet,
    tailoring: &Tailoring,
    rule: WeightRule,
) -> Option<Vec<(Node, Decimal)>> {
    let record = Weighting::of_record(set);
    let new = Weighting::of_leaves(set, tailoring.shares.clone());
    // Where a whole group weighs nothing any more, its parts keep their proportions all the same.
    let shares = record.shares();
    let kept = set.indexed_criteria().map(|(index, _)| {
        let share = shares.of_criterion(index);
        if tailoring.keeps(index) {
            share
        } else {
            Fraction::zero()
        }
    });
    let old = Weighting::of_leaves(set, kept.collect());
    let mut found = Vec::new();
    for (_, mut group) in record.groups() {
        group.retain(|node| !tailoring.kept.weighed_in(set, *node).is_empty());
        let weights = |of: &Weighting| -> Vec<Fraction> {
            group.iter().map(|node| of.weight(*node)).collect()
        };
        let values = weights(&new);
        let numbers: Option<Vec<Decimal>> = match rule {
            WeightRule::Points => values
                .iter()
                .map(|value| exact_decimal(&value.percent()))
                .collect(),
            WeightRule::Shares => hundred(&or_old(values, || weights(&old))),
            WeightRule::Relative => {
                let values = or_old(values, || weights(&old));
                let stand = weights(&record);
                if are_alike(&values, &stand) {
                    stand.iter().map(exact_decimal).collect()
                } else {
                    whole_in_proportion(&values)
                }
            }
        };
        found.extend(group.into_iter().zip(numbers?));
    }
    Some(found)
}

/// The weights of a lens. Relative ones stay as they are, as their proportions do.
fn of_lens(
    rule: WeightRule,
    members: &[CriterionIndex],
    lens: &Lens,
) -> Option<Vec<(CriterionIndex, Decimal)>> {
    let weights = members
        .iter()
        .map(|index| lens.weights().get(index.position()).copied());
    let weights: Vec<Decimal> = weights.collect::<Option<_>>()?;
    let numbers = match rule {
        WeightRule::Points | WeightRule::Shares => {
            let weights: Vec<Fraction> = weights.into_iter().map(Fraction::from).collect();
            hundred(&weights)?
        }
        WeightRule::Relative => weights,
    };
    Some(members.iter().copied().zip(numbers).collect())
}

/// The weights of a lens that is made.
fn of_view(
    rule: WeightRule,
    members: &[CriterionIndex],
    view: &View,
) -> Option<Vec<(CriterionIndex, Decimal)>> {
    let weights = members
        .iter()
        .map(|index| view.weights.get(index.position()).cloned());
    let weights: Vec<Fraction> = weights.collect::<Option<_>>()?;
    let numbers = match rule {
        WeightRule::Points | WeightRule::Shares => hundred(&weights)?,
        WeightRule::Relative => whole_in_proportion(&weights)?,
    };
    Some(members.iter().copied().zip(numbers).collect())
}

/// Numbers that add up to 100.
fn hundred(values: &[Fraction]) -> Option<Vec<Decimal>> {
    if values.is_empty() {
        return Some(Vec::new());
    }
    let each = Fraction::hundred().over(&Fraction::sum(values))?;
    values
        .iter()
        .map(|value| exact_decimal(&(value * &each)))
        .collect()
}

/// The values, or others if they are all 0.
fn or_old(values: Vec<Fraction>, old: impl FnOnce() -> Vec<Fraction>) -> Vec<Fraction> {
    if values.iter().all(Fraction::is_zero) {
        old()
    } else {
        values
    }
}

/// Whether two lists of numbers are in the same proportion.
fn are_alike(one: &[Fraction], other: &[Fraction]) -> bool {
    let (sum, sum_of_other) = (Fraction::sum(one), Fraction::sum(other));
    let mut pairs = one.iter().zip(other);
    sum.is_zero() == sum_of_other.is_zero()
        && pairs.all(|(one, other)| one * &sum_of_other == other * &sum)
}
