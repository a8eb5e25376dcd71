//! What the total cost of ownership of a priced criterion is made of.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::context::clip;
use super::field::{At, Field};
use super::fields::Fields;
use super::price::PriceDraft;
use crate::criteria::costs::likened;
use crate::criteria::{CostMistake, Costs, LAYERS, MAX_HORIZON, MAX_LAYERS, PriceRule};
use crate::exact::plain;
use crate::table::Name;

/// Reads a table like `{ horizon = 5, discount = "4.5", layers = ["subscription", "training"] }`.
///
/// `Err` if there is one that cannot be used, which is reported.
pub(super) fn read_costs(fields: &Fields<'_>, price: &PriceDraft) -> Result<Option<Costs>, ()> {
    let table = match fields.table("costs", format!("the table of costs of {}", fields.of)) {
        Field::Given(table) => table.value,
        Field::Absent => return Ok(None),
        Field::Broken => return Err(()),
    };
    table.allow_only(&["horizon", "discount", "layers"]);
    let whose = fields.of.as_str();
    refuse_without_currency(&table, price, whose);
    let horizon = needed(&table, "horizon", "horizon = 5", whose);
    let horizon = horizon.and_then(|at| horizon_of(&table, &at, whose));
    let discount = needed(&table, "discount", "discount = \"4.5\"", whose);
    let discount = discount.and_then(|at| discount_of(&table, &at, whose));
    let layers = match table.texts("layers") {
        Field::Absent => Some(LAYERS.map(str::to_owned).to_vec()),
        Field::Broken => None,
        Field::Given(layers) => layers_of(&table, &layers, whose),
    };
    match (horizon, discount, layers) {
        (Some(horizon), Some(discount), Some(layers)) => Ok(Some(Costs {
            horizon,
            discount,
            layers,
        })),
        _ => Err(()),
    }
}

fn needed(
    table: &Fields<'_>,
    key: &'static str,
    like: &'static str,
    whose: &str,
) -> Option<At<Decimal>> {
    let number = table.number(key);
    if matches!(number, Field::Absent) && table.lacks(key) {
        let of = whose.to_owned();
        let mistake = CostMistake::Missing { of, key, like };
        table.ctx.report(table.span, mistake);
    }
    number.given()
}

/// A range that is pinned later brings its currency; without one, nobody could say what an amount is in.
fn refuse_without_currency(table: &Fields<'_>, price: &PriceDraft, whose: &str) {
    let is_pinned_later = price.rule == PriceRule::FixedRange;
    if price.currency.is_none() && !is_pinned_later {
        let of = whose.to_owned();
        table
            .ctx
            .report(table.span, CostMistake::MissingCurrency { of });
    }
}

fn horizon_of(table: &Fields<'_>, at: &At<Decimal>, whose: &str) -> Option<u8> {
    let number = at.value.is_integer().then(|| at.value.to_u8()).flatten();
    let years = number.filter(|years| (1..=MAX_HORIZON).contains(years));
    if years.is_none() {
        let mistake = CostMistake::BadHorizon {
            of: whose.to_owned(),
            value: plain(at.value),
        };
        table.ctx.report(at.span, mistake);
    }
    years
}

fn discount_of(table: &Fields<'_>, at: &At<Decimal>, whose: &str) -> Option<Decimal> {
    if at.value >= Decimal::ZERO && at.value < Decimal::ONE_HUNDRED {
        return Some(at.value);
    }
    let mistake = CostMistake::BadDiscount {
        of: whose.to_owned(),
        value: plain(at.value),
    };
    table.ctx.report(at.span, mistake);
    None
}

fn layers_of(table: &Fields<'_>, layers: &At<Vec<At<&str>>>, whose: &str) -> Option<Vec<String>> {
    let found = layers.value.len();
    if found == 0 || found > MAX_LAYERS {
        let of = whose.to_owned();
        table
            .ctx
            .report(layers.span, CostMistake::LayerCount { of, found });
        return None;
    }
    let mut names: Vec<String> = Vec::with_capacity(found);
    let mut is_broken = false;
    for layer in &layers.value {
        let of = whose.to_owned();
        let mistake = match Name::parse(layer.value) {
            Ok(name)
                if names
                    .iter()
                    .any(|one| likened(one) == likened(name.shown())) =>
            {
                let layer = clip(layer.value);
                CostMistake::LayerTwice { of, layer }
            }
            Ok(name) => {
                names.push(name.shown().to_owned());
                continue;
            }
            Err(why) => {
                let why = why.to_string();
                CostMistake::LayerName { of, why }
            }
        };
        is_broken = true;
        table.ctx.report(layer.span, mistake);
    }
    (!is_broken).then_some(names)
}
