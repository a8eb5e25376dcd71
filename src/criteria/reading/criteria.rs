//! Criteria: rated, priced or pass-fail.

use rust_decimal::Decimal;

use super::categories::CategoryIds;
use super::context::{At, Field, Span};
use super::fields::Fields;
use super::gates::{read_price_gate, read_score_gate, refuse_not_applicable_with_gate};
use super::ids::{IdOf, read_id, read_title};
use super::price::{PriceDraft, read_price};
use super::scale::{AnchoredScale, Anchors, read_anchors, read_scale};
use super::weights::{WeightDraft, read_weight};
use crate::criteria::{
    CategoryIndex, Criterion, Direction, JudgingMistake, Kind, PointsRule, Priced, Rated, Scale,
    WeightMistake,
};
use crate::exact::plain;
use crate::table::Name;

const KEYS: [&str; 15] = [
    "id",
    "category",
    "title",
    "description",
    "kind",
    "weight",
    "minimum",
    "maximum",
    "not_applicable",
    "direction",
    "scale",
    "anchors",
    "price",
    "practices",
    "clause",
];

/// A criterion as read so far.
#[derive(Debug)]
pub(super) struct CriterionDraft<'a> {
    pub of: String,
    pub span: Span,
    pub id: Option<At<&'a str>>,
    pub title: Option<At<Name>>,
    pub category: Option<usize>,
    pub weight: WeightDraft,
    pub is_rated: bool,
    description: Option<String>,
    practices: Vec<String>,
    clause: Option<String>,
    anchors: Anchors,
    kind: Option<Kind>,
}

impl CriterionDraft<'_> {
    /// The criterion, if nothing of it is missing.
    pub fn finish(self) -> Option<Criterion> {
        Some(Criterion {
            id: self.id?.value.to_owned(),
            title: self.title?.value,
            description: self.description,
            category: CategoryIndex(self.category?),
            practices: self.practices,
            clause: self.clause,
            anchors: self.anchors,
            kind: self.kind?,
        })
    }
}

/// What the whole set says about how its criteria are judged.
pub(super) struct Defaults {
    pub scale: Field<AnchoredScale>,
    pub points: Option<PointsRule>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KindName {
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

/// Reads one `[[criterion]]`.
pub(super) fn read_criterion<'a>(
    fields: &Fields<'a>,
    ids: &CategoryIds<'a>,
    defaults: &Defaults,
) -> CriterionDraft<'a> {
    fields.allow_only(&KEYS);
    let id = read_id(fields, IdOf::Criterion);
    let title = read_title(fields);
    let category = fields
        .needed_text("category")
        .and_then(|category| ids.resolve(fields, "category", &category));
    let kind = read_kind(fields);
    let weight = match kind {
        Some(KindName::PassFail) => WeightDraft::None,
        Some(_) => WeightDraft::needed(fields, read_weight(fields)),
        None => WeightDraft::Unknown,
    };
    let judged = kind.and_then(|kind| judge(fields, kind, &weight, defaults));
    let (kind_read, anchors) = judged.map_or((None, Anchors::new()), |(kind, anchors)| {
        (Some(kind), anchors)
    });
    let texts = fields.texts("practices").value().unwrap_or_default();
    CriterionDraft {
        of: fields.of.clone(),
        span: fields.span,
        id,
        title,
        category,
        weight,
        is_rated: kind == Some(KindName::Rated),
        description: fields.text("description").value().map(str::to_owned),
        practices: texts
            .into_iter()
            .map(|text| text.value.to_owned())
            .collect(),
        clause: fields.text("clause").value().map(str::to_owned),
        anchors,
        kind: kind_read,
    }
}

/// The kind as written, else what the presence of a price says.
fn read_kind(fields: &Fields<'_>) -> Option<KindName> {
    let has_price = fields.key_span("price").is_some();
    match fields.choice("kind", &KindName::ALL) {
        Field::Absent if has_price => Some(KindName::Priced),
        Field::Absent => Some(KindName::Rated),
        field => field.value(),
    }
}

fn judge(
    fields: &Fields<'_>,
    kind: KindName,
    weight: &WeightDraft,
    defaults: &Defaults,
) -> Option<(Kind, Anchors)> {
    match kind {
        KindName::Rated => {
            refuse_keys(fields, kind, &["price"], KindName::Priced);
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
            refuse_keys(fields, kind, &["price"], KindName::Priced);
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
    Some(Priced {
        weight,
        rule: price.rule,
        range: price.range,
        currency: price.currency,
        maximum,
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
