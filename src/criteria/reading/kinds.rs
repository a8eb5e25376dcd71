//! How a criterion is judged: rated, priced or pass-fail.

use rust_decimal::Decimal;

use super::costs::read_costs;
use super::field::Field;
use super::fields::Fields;
use super::gates::{read_price_gate, read_score_gate, refuse_not_applicable_with_gate};
use super::price::{PriceDraft, read_price};
use super::scale::{AnchoredScale, Anchors, read_anchors, read_scale};
use super::weights::WeightDraft;
use crate::criteria::{
    Direction, JudgingMistake, Kind, PointsRule, Priced, Rated, Scale, WeightMistake,
};
use crate::exact::plain;

/// What the whole set says about how its criteria are judged.
pub(super) struct Defaults {
    pub scale: Field<AnchoredScale>,
    pub points: Option<PointsRule>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KindName {
    Rated,
    Priced,
    PassFail,
}

impl KindName {
    const ALL: [(&'static str, Self); 3] = [
        ("rated", Self::Rated),
        ("priced", Self::Priced),
        ("pass-fail", Self::PassFail),
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Rated => "rated",
            Self::Priced => "priced",
            Self::PassFail => "pass-fail",
        }
    }
}

/// The kind as written, else what the presence of a price says.
pub(super) fn read_kind(fields: &Fields<'_>) -> Option<KindName> {
    let has_price = fields.key_span("price").is_some();
    match fields.choice("kind", &KindName::ALL) {
        Field::Absent if has_price => Some(KindName::Priced),
        Field::Absent => Some(KindName::Rated),
        field => field.value(),
    }
}

/// Reads what is special to the kind, and refuses what belongs to another.
pub(super) fn judge(
    fields: &Fields<'_>,
    kind: KindName,
    weight: &WeightDraft,
    defaults: &Defaults,
) -> Option<(Kind, Anchors)> {
    match kind {
        KindName::Rated => {
            refuse_keys(fields, kind, &["price", "costs"], KindName::Priced);
            let (rated, anchors) = read_rated(fields, weight.value(), defaults)?;
            Some((Kind::Rated(rated), anchors))
        }
        KindName::Priced => {
            refuse_keys(
                fields,
                kind,
                &["scale", "direction", "anchors"],
                KindName::Rated,
            );
            refuse_not_applicable(fields, kind);
            Some((
                Kind::Priced(read_priced(fields, weight.value())?),
                Anchors::new(),
            ))
        }
        KindName::PassFail => {
            if let Some(key) = fields.key_span("weight") {
                let of = fields.of.clone();
                fields.ctx.report(key, WeightMistake::OnPassFail { of });
            }
            let rated = ["minimum", "maximum", "scale", "direction", "anchors"];
            refuse_keys(fields, kind, &rated, KindName::Rated);
            refuse_keys(fields, kind, &["price", "costs"], KindName::Priced);
            refuse_not_applicable(fields, kind);
            Some((Kind::PassFail, Anchors::new()))
        }
    }
}

fn read_rated(
    fields: &Fields<'_>,
    weight: Decimal,
    defaults: &Defaults,
) -> Option<(Rated, Anchors)> {
    let directions = [("higher", Direction::Higher), ("lower", Direction::Lower)];
    let direction = match fields.choice("direction", &directions) {
        Field::Absent => Some(Direction::Higher),
        field => field.value(),
    };
    let scale = read_own_scale(fields, defaults);
    let own_anchors = read_anchors(fields, &fields.of, scale.as_ref().map(|scale| &scale.scale));
    let gate = direction
        .and_then(|way| read_score_gate(fields, way, scale.as_ref().map(|scale| &scale.scale)));
    let not_applicable = fields.flag("not_applicable");
    if not_applicable {
        refuse_not_applicable_with_gate(fields);
    }
    if defaults.points == Some(PointsRule::OfMax) {
        refuse_of_max(fields, direction, scale.as_ref().map(|scale| &scale.scale));
    }
    let AnchoredScale { scale, anchors } = scale?;
    let rated = Rated {
        weight,
        scale,
        direction: direction?,
        gate,
        not_applicable,
    };
    Some((rated, own_anchors.unwrap_or(anchors)))
}

/// The criterion's own scale, which inherits nothing, else the default one.
fn read_own_scale(fields: &Fields<'_>, defaults: &Defaults) -> Option<AnchoredScale> {
    match (
        fields.table("scale", format!("the scale of {}", fields.of)),
        defaults.scale.as_ref(),
    ) {
        (Field::Given(own), _) => read_scale(&own.value, &fields.of),
        (Field::Absent, Field::Given(default)) => Some(default.value.clone()),
        (Field::Absent, Field::Absent) => {
            let of = fields.of.clone();
            fields
                .ctx
                .report(fields.span, JudgingMistake::MissingScale { of });
            None
        }
        (Field::Broken, _) | (Field::Absent, Field::Broken) => None,
    }
}

fn refuse_of_max(fields: &Fields<'_>, direction: Option<Direction>, scale: Option<&Scale>) {
    let of = fields.of.clone();
    if direction == Some(Direction::Lower) {
        let span = fields.value_span("direction");
        fields.ctx.report(span, JudgingMistake::OfMaxLower { of });
    } else if let Some(scale) = scale.filter(|scale| scale.min < Decimal::ZERO) {
        let min = plain(scale.min);
        let span = fields.value_span("scale");
        fields
            .ctx
            .report(span, JudgingMistake::OfMaxBelowZero { of, min });
    }
}

fn read_priced(fields: &Fields<'_>, weight: Decimal) -> Option<Priced> {
    let price = match fields.table("price", format!("the price of {}", fields.of)) {
        Field::Given(price) => read_price(&price.value, &fields.of),
        Field::Absent => Some(PriceDraft::DEFAULT),
        Field::Broken => None,
    }?;
    let maximum = read_price_gate(fields, &price);
    let costs = read_costs(fields, &price).ok()?;
    Some(Priced {
        weight,
        rule: price.rule,
        range: price.range,
        currency: price.currency,
        maximum,
        costs,
    })
}

fn refuse_keys(fields: &Fields<'_>, kind: KindName, keys: &[&'static str], belongs: KindName) {
    for &key in keys {
        if let Some(span) = fields.key_span(key) {
            let mistake = JudgingMistake::NotForKind {
                of: fields.of.clone(),
                kind: kind.word(),
                key,
                belongs: belongs.word(),
            };
            fields.ctx.report(span, mistake);
        }
    }
}

fn refuse_not_applicable(fields: &Fields<'_>, kind: KindName) {
    if fields.flag("not_applicable") {
        let mistake = JudgingMistake::NotApplicable {
            of: fields.of.clone(),
            kind: kind.word(),
        };
        fields
            .ctx
            .report(fields.value_span("not_applicable"), mistake);
    }
}
