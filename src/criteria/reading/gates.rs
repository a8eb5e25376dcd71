//! Gates: what a vendor must reach, in scores, amounts or percent.

use rust_decimal::Decimal;

use super::field::{At, Field};
use super::fields::Fields;
use super::price::PriceDraft;
use super::scale::describe;
use crate::criteria::{Direction, JudgingMistake, Scale};
use crate::exact::plain;

/// A gate in percent, from 0 to 100.
pub(super) fn read_percent(fields: &Fields<'_>, gate: &'static str) -> Option<At<Decimal>> {
    let at = fields.number(gate).given()?;
    if at.value >= Decimal::ZERO && at.value <= Decimal::ONE_HUNDRED {
        return Some(at);
    }
    let mistake = JudgingMistake::GateOffPercent {
        of: fields.of.clone(),
        gate,
        value: plain(at.value),
    };
    fields.ctx.report(at.span, mistake);
    None
}

/// The gate of a rated criterion: a minimum where higher is better, a maximum where lower is.
pub(super) fn read_score_gate(
    fields: &Fields<'_>,
    direction: Direction,
    scale: Option<&Scale>,
) -> Option<Decimal> {
    let of = fields.of.clone();
    let (gate, other, mistake) = match direction {
        Direction::Higher => (
            "minimum",
            "maximum",
            JudgingMistake::MaximumWhereHigher { of },
        ),
        Direction::Lower => (
            "maximum",
            "minimum",
            JudgingMistake::MinimumWhereLower { of },
        ),
    };
    if let Some(key) = fields.key_span(other) {
        fields.ctx.report(key, mistake);
    }
    let at = fields.number(gate).given()?;
    if let Some(scale) = scale.filter(|scale| !scale.contains(at.value)) {
        let mistake = JudgingMistake::GateOffScale {
            of: fields.of.clone(),
            gate,
            value: plain(at.value),
            scale: describe(scale),
        };
        fields.ctx.report(at.span, mistake);
        return None;
    }
    Some(at.value)
}

/// The gate of a priced criterion, which may stand beside its price or in it.
pub(super) fn read_price_gate(fields: &Fields<'_>, price: &PriceDraft) -> Option<Decimal> {
    if let Some(key) = fields.key_span("minimum") {
        let of = fields.of.clone();
        fields
            .ctx
            .report(key, JudgingMistake::MinimumWhereLower { of });
    }
    let at = match (fields.number("maximum"), &price.maximum) {
        (Field::Absent, inner) => inner.clone()?,
        (field, None) => field.given()?,
        (_, Some(inner)) => {
            let of = fields.of.clone();
            fields
                .ctx
                .report(inner.span, JudgingMistake::TwoMaximums { of });
            return None;
        }
    };
    let allows_zero = price.rule.allows_zero();
    if at.value < Decimal::ZERO || (at.value == Decimal::ZERO && !allows_zero) {
        let of = fields.of.clone();
        let value = plain(at.value);
        fields
            .ctx
            .report(at.span, JudgingMistake::PriceGateTooLow { of, value });
        return None;
    }
    Some(at.value)
}

/// Reports "not applicable" on a criterion that has a gate.
pub(super) fn refuse_not_applicable_with_gate(fields: &Fields<'_>) {
    let gates = ["minimum", "maximum"];
    let Some(gate) = gates
        .into_iter()
        .find(|gate| fields.key_span(gate).is_some())
    else {
        return;
    };
    let of = fields.of.clone();
    let span = fields.value_span("not_applicable");
    fields
        .ctx
        .report(span, JudgingMistake::NotApplicableWithGate { of, gate });
}
