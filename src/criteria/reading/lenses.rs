//! Lenses.

use std::collections::HashMap;

use rust_decimal::Decimal;
use toml::de::DeValue;

use super::context::clip;
use super::criteria::CriterionDraft;
use super::field::{At, Field};
use super::fields::Fields;
use super::ids::{IdOf, IdSpace, read_id, read_title};
use super::metrics::read_metrics;
use super::weights::{WeightDraft, difference};
use crate::criteria::{Lens, TreeMistake, WeightMistake, WeightRule};
use crate::exact::plain;

/// The criteria as lenses refer to them.
pub(super) struct CriterionIds<'d, 'a> {
    criteria: &'d [CriterionDraft<'a>],
    by_id: HashMap<&'a str, usize>,
}

impl<'d, 'a> CriterionIds<'d, 'a> {
    pub fn new(criteria: &'d [CriterionDraft<'a>]) -> Self {
        let mut by_id = HashMap::new();
        for (index, criterion) in criteria.iter().enumerate() {
            if let Some(id) = &criterion.id {
                by_id.entry(id.value).or_insert(index);
            }
        }
        Self { criteria, by_id }
    }

    /// The criterion that something names; an unknown one is reported.
    pub fn resolve(&self, fields: &Fields<'_>, id: &At<&str>) -> Option<usize> {
        if let Some(&index) = self.by_id.get(id.value) {
            return Some(index);
        }
        if self.criteria.is_empty() {
            return None;
        }
        let ids = self
            .criteria
            .iter()
            .filter_map(|criterion| criterion.id.as_ref());
        let mistake = TreeMistake::UnknownCriterion {
            of: fields.of.clone(),
            id: clip(id.value),
            near: fields.ctx.suggest(id.value, ids.map(|id| id.value)),
        };
        fields.ctx.report(id.span, mistake);
        None
    }

    /// Whether a criterion has no weight.
    pub fn is_pass_fail(&self, index: usize) -> bool {
        let found = self.criteria.get(index);
        found.is_some_and(|criterion| criterion.weight == WeightDraft::None)
    }
}

/// Reads every `[[lens]]`; a lens with a mistake is left out.
pub(super) fn read_lenses(
    root: &Fields<'_>,
    ids: &CriterionIds<'_, '_>,
    rule: Option<WeightRule>,
) -> Vec<Lens> {
    let mut taken = IdSpace::default();
    let mut lenses = Vec::new();
    for fields in root.tables("lens") {
        fields.allow_only(&["id", "title", "weights", "metric"]);
        let id = read_id(&fields, IdOf::Lens);
        if let Some(id) = &id {
            taken.take(fields.ctx, IdOf::Lens, id);
        }
        let title = read_title(&fields);
        let weights = read_weights(&fields, ids, rule);
        let metrics = read_metrics(&fields, ids);
        if let (Some(id), Some(title), Some(weights)) = (id, title, weights) {
            lenses.push(Lens {
                id: id.value.to_owned(),
                title: title.value.shown().to_owned(),
                weights,
                metrics,
            });
        }
    }
    lenses
}

/// The weights of a lens in the order of the criteria.
fn read_weights(
    lens: &Fields<'_>,
    ids: &CriterionIds<'_, '_>,
    rule: Option<WeightRule>,
) -> Option<Vec<Decimal>> {
    let table = lens.needed_table("weights", format!("the weights of {}", lens.of))?;
    let mut weights: Vec<Option<Decimal>> = vec![None; ids.criteria.len()];
    let mut is_whole = true;
    for (id, value) in table.entries() {
        let unquoted = table.unquoted(&id, value);
        if !unquoted.is_empty() {
            for id in &unquoted {
                // It is taken as given, so that it is not missed as well.
                let meant = ids.by_id.get(id.as_str());
                if let Some(slot) = meant.and_then(|&index| weights.get_mut(index)) {
                    *slot = Some(Decimal::ZERO);
                }
            }
            for full in unquoted {
                let (of, full) = (lens.of.clone(), clip(&full));
                lens.ctx
                    .report(id.span, TreeMistake::UnquotedId { of, id: full });
            }
            is_whole = false;
            continue;
        }
        let index = ids.resolve(lens, &id);
        let weight = read_lens_weight(&table, &id, value);
        let slot = index.and_then(|index| weights.get_mut(index));
        match (index, slot) {
            (Some(index), _) if ids.is_pass_fail(index) => {
                let mistake = WeightMistake::LensOnPassFail {
                    of: lens.of.clone(),
                    id: clip(id.value),
                };
                lens.ctx.report(id.span, mistake);
            }
            (Some(_), Some(slot)) => {
                is_whole &= weight.is_some();
                *slot = Some(weight.unwrap_or_default());
            }
            _ => is_whole = false,
        }
    }
    let whole = complete(lens, &table, ids, &weights) && is_whole;
    let weights: Vec<Decimal> = weights.into_iter().map(Option::unwrap_or_default).collect();
    if whole {
        check_sum(lens, &table, rule, &weights);
    }
    whole.then_some(weights)
}

fn read_lens_weight<'a>(
    table: &Fields<'a>,
    id: &At<&str>,
    value: &'a toml::Spanned<DeValue<'a>>,
) -> Option<Decimal> {
    match table.number_in(id.value, value) {
        Field::Given(weight) if weight.value < Decimal::ZERO => {
            let mistake = WeightMistake::Negative {
                of: format!("{} in {}", clip(id.value), table.of),
                weight: plain(weight.value),
            };
            table.ctx.report(weight.span, mistake);
            None
        }
        field => field.value(),
    }
}

/// Reports weighted criteria that have no weight here. Those the set itself weighs 0 may be left out.
fn complete(
    lens: &Fields<'_>,
    table: &Fields<'_>,
    ids: &CriterionIds<'_, '_>,
    weights: &[Option<Decimal>],
) -> bool {
    let missing: Vec<String> = ids
        .criteria
        .iter()
        .zip(weights)
        .enumerate()
        .filter(|(_, (criterion, weight))| {
            weight.is_none() && criterion.is_weighted && criterion.weight.may_count()
        })
        .filter_map(|(index, (criterion, _))| Some((index, criterion.id.as_ref()?.value)))
        .filter(|(index, id)| ids.by_id.get(id) == Some(index))
        .map(|(_, id)| clip(id))
        .collect();
    let is_complete = missing.is_empty();
    if !is_complete {
        let of = lens.of.clone();
        table
            .ctx
            .report(table.span, WeightMistake::LensLeavesOut { of, missing });
    }
    is_complete
}

fn check_sum(lens: &Fields<'_>, table: &Fields<'_>, rule: Option<WeightRule>, weights: &[Decimal]) {
    let sum = weights
        .iter()
        .try_fold(Decimal::ZERO, |sum, &weight| sum.checked_add(weight));
    let Some(sum) = sum else { return };
    let group = lens.of.clone();
    match rule {
        Some(WeightRule::Points | WeightRule::Shares) => {
            if let Some(difference) = difference(sum, Decimal::ONE_HUNDRED) {
                let sum = plain(sum);
                let mistake = WeightMistake::WrongSum {
                    group,
                    sum,
                    difference,
                };
                table.ctx.report(table.span, mistake);
            }
        }
        Some(WeightRule::Relative) if sum == Decimal::ZERO => {
            table
                .ctx
                .report(table.span, WeightMistake::NothingWeighs { group });
        }
        _ => {}
    }
}
