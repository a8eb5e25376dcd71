//! Scales and their anchors.

use std::collections::btree_map::{BTreeMap, Entry};

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::DeValue;

use super::context::clip;
use super::field::{At, Field};
use super::fields::Fields;
use crate::criteria::{Expected, FormMistake, JudgingMistake, Scale};
use crate::exact::{plain, read_decimal};

/// What scores mean, by score, ascending.
pub(super) type Anchors = Vec<(Decimal, String)>;

/// A scale with the anchors written beside it.
#[derive(Debug, Clone)]
pub(super) struct AnchoredScale {
    pub scale: Scale,
    pub anchors: Anchors,
}

/// Reads a table like `{ min = 0, max = 5, step = 0.5, anchors = { ... } }`.
pub(super) fn read_scale(table: &Fields<'_>, whose: &str) -> Option<AnchoredScale> {
    table.allow_only(&["min", "max", "step", "anchors"]);
    let min = table.needed_number("min");
    let max = table.needed_number("max");
    let step = table.number("step");
    let (min, max) = (min?, max?);
    let of = whose.to_owned();
    if min.value >= max.value {
        let (min, end) = (plain(min.value), max.span);
        let max = plain(max.value);
        table
            .ctx
            .report(end, JudgingMistake::EmptyScale { of, min, max });
        return None;
    }
    let step = match step {
        Field::Broken => return None,
        Field::Absent => None,
        Field::Given(step) => Some(step),
    };
    let scale = Scale {
        min: min.value,
        max: max.value,
        step: step.as_ref().map(|step| step.value),
    };
    if let Some(At { value: step, span }) = step {
        if step <= Decimal::ZERO {
            let step = plain(step);
            table
                .ctx
                .report(span, JudgingMistake::StepNotPositive { of, step });
            return None;
        }
        if !scale.is_on_step(scale.max) {
            let (min, max, step) = (plain(scale.min), plain(scale.max), plain(step));
            let mistake = JudgingMistake::StepMissesMax { of, min, max, step };
            table.ctx.report(span, mistake);
            return None;
        }
    }
    let anchors = read_anchors(table, whose, Some(&scale)).unwrap_or_default();
    Some(AnchoredScale { scale, anchors })
}

/// Reads the `anchors` of a table; `None` if it has none.
pub(super) fn read_anchors(
    table: &Fields<'_>,
    whose: &str,
    scale: Option<&Scale>,
) -> Option<Anchors> {
    let list = table
        .table("anchors", format!("the anchors of {whose}"))
        .value()?;
    let mut anchors: BTreeMap<Decimal, String> = BTreeMap::new();
    for (key, value) in list.entries() {
        let Some((anchor, text)) = read_anchor(&list, &key, value, whose) else {
            continue;
        };
        let of = whose.to_owned();
        if let Some(scale) = scale.filter(|scale| !is_score(scale, anchor)) {
            let mistake = JudgingMistake::AnchorOffScale {
                of,
                anchor: plain(anchor),
                scale: describe(scale),
            };
            list.ctx.report(key.span, mistake);
            continue;
        }
        match anchors.entry(anchor) {
            Entry::Vacant(free) => {
                free.insert(text.to_owned());
            }
            Entry::Occupied(_) => {
                let anchor = plain(anchor);
                list.ctx
                    .report(key.span, JudgingMistake::DuplicateAnchor { of, anchor });
            }
        }
    }
    Some(anchors.into_iter().collect())
}

fn read_anchor<'a>(
    list: &Fields<'a>,
    key: &At<&str>,
    value: &'a Spanned<DeValue<'a>>,
    whose: &str,
) -> Option<(Decimal, &'a str)> {
    let unquoted = list.unquoted(key, value);
    if !unquoted.is_empty() {
        for anchor in unquoted {
            let (of, anchor) = (whose.to_owned(), clip(&anchor));
            list.ctx
                .report(key.span, JudgingMistake::UnquotedAnchor { of, anchor });
        }
        return None;
    }
    let DeValue::String(text) = value.get_ref() else {
        let mistake = FormMistake::WrongType {
            of: list.of.clone(),
            key: clip(key.value),
            found: "not a text",
            expected: Expected::Text,
        };
        list.ctx.report(value.span().into(), mistake);
        return None;
    };
    match read_decimal(key.value) {
        Ok(anchor) => Some((anchor, text)),
        Err(why) => {
            let mistake = FormMistake::NotANumber {
                of: whose.to_owned(),
                key: "an anchor".to_owned(),
                text: clip(key.value),
                why,
            };
            list.ctx.report(key.span, mistake);
            None
        }
    }
}

fn is_score(scale: &Scale, score: Decimal) -> bool {
    scale.contains(score) && scale.is_on_step(score)
}

/// A scale in a few words: `0 to 5 in steps of 0.5`.
pub(super) fn describe(scale: &Scale) -> String {
    let ends = format!("{} to {}", plain(scale.min), plain(scale.max));
    match scale.step {
        Some(step) => format!("{ends} in steps of {}", plain(step)),
        None => ends,
    }
}
