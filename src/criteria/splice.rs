//! Writing a price into the text of a criteria set, leaving every other byte as it is.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::PricePin;

/// The text has the price in a form that cannot be changed.
#[derive(Debug)]
pub(super) struct SpliceError;

/// The text with a price range in the criterion at a position.
pub(super) fn with_price(
    source: &str,
    position: usize,
    pin: &PricePin,
) -> Result<String, SpliceError> {
    let (document, _) = DeTable::parse_recoverable(source);
    let criterion = document
        .get_ref()
        .get("criterion")
        .and_then(|list| list.get_ref().as_array())
        .and_then(|list| list.get(position))
        .and_then(|criterion| criterion.get_ref().as_table())
        .ok_or(SpliceError)?;
    let wanted = [
        ("floor", pin.floor().to_string()),
        ("ceiling", pin.ceiling().to_string()),
        ("currency", format!("\"{}\"", pin.currency())),
    ];
    let mut edits = match criterion.get("price") {
        Some(price) => price_edits(source, price, &wanted)?,
        None => vec![new_price(source, criterion, &wanted)?],
    };
    edits.sort_by_key(|(place, _)| place.start);
    let mut text = source.to_owned();
    for (place, new) in edits.iter().rev() {
        if source.get(place.clone()).is_none() {
            return Err(SpliceError);
        }
        text.replace_range(place.clone(), new);
    }
    Ok(text)
}

pub(super) type Edit = (Range<usize>, String);

/// Replaces the values that are there and adds the others.
fn price_edits(
    source: &str,
    price: &Spanned<DeValue<'_>>,
    wanted: &[(&str, String)],
) -> Result<Vec<Edit>, SpliceError> {
    let table = price.get_ref().as_table().ok_or(SpliceError)?;
    let mut edits = Vec::new();
    let mut missing = Vec::new();
    for (key, value) in wanted {
        match table.get(*key) {
            Some(old) => edits.push((old.span(), value.clone())),
            None => missing.push((*key, value.as_str())),
        }
    }
    if missing.is_empty() {
        return Ok(edits);
    }
    let last = table
        .iter()
        .max_by_key(|(_, value)| value.span().start)
        .map(|(key, value)| (key.span(), value.span()));
    let is_inline = source
        .get(price.span())
        .is_some_and(|text| text.starts_with('{'));
    let keys = |(key, value): &(&str, &str)| format!("{key} = {value}");
    let edit = match last {
        Some((_, value)) if is_inline => {
            let added: Vec<String> = missing.iter().map(keys).collect();
            (value.end..value.end, format!(", {}", added.join(", ")))
        }
        None if is_inline => (price.span(), inline(wanted)),
        Some((key, value)) => {
            let start = line_start(source, key.start);
            let prefix = source.get(start..key.start).ok_or(SpliceError)?;
            let lines = missing.iter().map(|one| format!("{prefix}{}", keys(one)));
            new_lines(source, value.end, lines)
        }
        None => return Err(SpliceError),
    };
    edits.push(edit);
    Ok(edits)
}

/// Adds a price to a criterion that has none, below its kind.
fn new_price(
    source: &str,
    criterion: &DeTable<'_>,
    wanted: &[(&str, String)],
) -> Result<Edit, SpliceError> {
    let (key, value) = criterion.get_key_value("kind").ok_or(SpliceError)?;
    let start = line_start(source, key.span().start);
    let prefix = source.get(start..key.span().start).ok_or(SpliceError)?;
    let line = format!("{prefix}price = {}", inline(wanted));
    Ok(new_lines(source, value.span().end, std::iter::once(line)))
}

fn inline(wanted: &[(&str, String)]) -> String {
    let parts: Vec<String> = wanted
        .iter()
        .map(|(key, value)| format!("{key} = {value}"))
        .collect();
    format!("{{ {} }}", parts.join(", "))
}

pub(super) fn line_start(source: &str, at: usize) -> usize {
    let before = source.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at.saturating_add(1))
}

/// Lines below the one that a place lies in, ended as that one is.
pub(super) fn new_lines(source: &str, at: usize, lines: impl Iterator<Item = String>) -> Edit {
    let rest = source.get(at..).unwrap_or_default();
    let to_end = rest.find('\n').unwrap_or(rest.len());
    let is_crlf = rest.get(..to_end).is_some_and(|tail| tail.ends_with('\r'));
    let (end, newline) = if is_crlf {
        (to_end.saturating_sub(1), "\r\n")
    } else {
        (to_end, "\n")
    };
    let end = at.saturating_add(end);
    let added: Vec<String> = lines.collect();
    (end..end, format!("{newline}{}", added.join(newline)))
}
