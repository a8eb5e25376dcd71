//! Criteria: rated, priced or pass-fail.

use super::categories::CategoryIds;
use super::field::{At, Span};
use super::fields::Fields;
use super::ids::{IdOf, read_id, read_title};
use super::kinds::{Defaults, KindName, judge, read_kind};
use super::scale::Anchors;
use super::weights::{WeightDraft, read_weight};
use crate::criteria::{CategoryIndex, Criterion, Kind};
use crate::table::Name;

const KEYS: [&str; 16] = [
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
    "costs",
    "practices",
    "clause",
];

/// A criterion as read so far.
#[derive(Debug)]
pub(super) struct CriterionDraft<'a> {
    pub span: Span,
    pub id: Option<At<&'a str>>,
    title: Option<At<Name>>,
    pub category: Option<usize>,
    pub weight: WeightDraft,
    pub is_rated: bool,
    /// Whether it is known to be of a kind that has a weight.
    pub is_weighted: bool,
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
        span: fields.span,
        id,
        title,
        category,
        weight,
        is_rated: kind == Some(KindName::Rated),
        is_weighted: kind.is_some_and(|kind| kind != KindName::PassFail),
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
