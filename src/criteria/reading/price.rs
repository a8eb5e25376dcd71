//! What is special to priced criteria.

use rust_decimal::Decimal;

use super::context::clip;
use super::field::{At, Field};
use super::fields::Fields;
use crate::criteria::{JudgingMistake, PriceRange, PriceRule};
use crate::exact::plain;

const RULES: [(&str, PriceRule); 4] = [
    ("fixed-range", PriceRule::FixedRange),
    ("lowest-ratio", PriceRule::LowestRatio),
    ("linear-to-lowest", PriceRule::LinearToLowest),
    ("linear-range", PriceRule::LinearRange),
];

/// What stands under `price`.
#[derive(Debug, Clone)]
pub(super) struct PriceDraft {
    pub rule: PriceRule,
    pub range: Option<PriceRange>,
    pub currency: Option<String>,
    pub maximum: Option<At<Decimal>>,
}

impl PriceDraft {
    /// What a priced criterion without a `price` table has.
    pub const DEFAULT: Self = Self {
        rule: PriceRule::FixedRange,
        range: None,
        currency: None,
        maximum: None,
    };
}

/// Reads a table like `{ rule = "fixed-range", floor = 100000, ceiling = 900000, currency = "EUR" }`.
pub(super) fn read_price(price: &Fields<'_>, whose: &str) -> Option<PriceDraft> {
    price.allow_only(&["rule", "floor", "ceiling", "currency", "maximum"]);
    let rule = match price.choice("rule", &RULES) {
        Field::Absent => Some(PriceRule::FixedRange),
        field => field.value(),
    };
    let range = read_range(price, whose);
    let currency = read_currency(price, whose);
    let has_range = price.key_span("floor").is_some() && price.key_span("ceiling").is_some();
    if has_range && rule == Some(PriceRule::FixedRange) && matches!(currency, Field::Absent) {
        let of = whose.to_owned();
        price
            .ctx
            .report(price.span, JudgingMistake::MissingCurrency { of });
    }
    Some(PriceDraft {
        rule: rule?,
        range,
        currency: currency.value(),
        maximum: price.number("maximum").given(),
    })
}

fn read_range(price: &Fields<'_>, whose: &str) -> Option<PriceRange> {
    let of = whose.to_owned();
    let half = |has, lacks| JudgingMistake::HalfRange {
        of: of.clone(),
        has,
        lacks,
    };
    match (price.number("floor"), price.number("ceiling")) {
        (Field::Given(floor), Field::Given(ceiling)) => {
            if floor.value < Decimal::ZERO {
                let floor_shown = plain(floor.value);
                let mistake = JudgingMistake::NegativeFloor {
                    of,
                    floor: floor_shown,
                };
                price.ctx.report(floor.span, mistake);
                return None;
            }
            if floor.value >= ceiling.value {
                let mistake = JudgingMistake::EmptyRange {
                    of,
                    floor: plain(floor.value),
                    ceiling: plain(ceiling.value),
                };
                price.ctx.report(ceiling.span, mistake);
                return None;
            }
            Some(PriceRange {
                floor: floor.value,
                ceiling: ceiling.value,
            })
        }
        (Field::Given(floor), Field::Absent) => {
            price.ctx.report(floor.span, half("floor", "ceiling"));
            None
        }
        (Field::Absent, Field::Given(ceiling)) => {
            price.ctx.report(ceiling.span, half("ceiling", "floor"));
            None
        }
        _ => None,
    }
}

fn read_currency(price: &Fields<'_>, whose: &str) -> Field<String> {
    match price.text("currency") {
        Field::Given(at) if is_currency(at.value) => Field::Given(At {
            value: at.value.to_owned(),
            span: at.span,
        }),
        Field::Given(at) => {
            let mistake = JudgingMistake::BadCurrency {
                of: whose.to_owned(),
                text: clip(at.value),
            };
            price.ctx.report(at.span, mistake);
            Field::Broken
        }
        Field::Absent => Field::Absent,
        Field::Broken => Field::Broken,
    }
}

/// Whether a text is three capital letters, as ISO 4217 writes currencies.
pub(in crate::criteria) fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}
