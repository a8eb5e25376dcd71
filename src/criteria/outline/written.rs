//! The criteria of a spreadsheet as the text of a set.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::exact::plain;
use crate::table::name::fold;

use super::{Found, Outline};

/// The text of the set.
pub(super) fn text(
    found: &[Found],
    ids: &[String],
    categories: &[(&str, String, Decimal)],
    outline: &Outline,
) -> String {
    let mut out = String::new();
    // Writing to a text does not fail.
    let _ = writeln!(
        out,
        "id = {}\ntitle = {}\nversion = \"1\"\nweights = \"relative\"\n",
        quoted(&outline.id),
        quoted(&outline.title)
    );
    let _ = writeln!(
        out,
        "[scale]\nmin = {}\nmax = {}",
        plain(outline.min),
        plain(outline.max)
    );
    if let Some(step) = outline.step {
        let _ = writeln!(out, "step = {}", plain(step));
    }
    for (title, id, weight) in categories {
        let _ = writeln!(
            out,
            "\n[[category]]\nid = {}\ntitle = {}\nweight = {}",
            quoted(id),
            quoted(title),
            plain(weight.normalize())
        );
    }
    for (one, id) in found.iter().zip(ids) {
        let category = categories
            .iter()
            .find(|(title, _, _)| fold(title) == fold(&one.category));
        let category = category.map(|(_, id, _)| id.as_str()).unwrap_or_default();
        let weight = one.weight.unwrap_or(Decimal::ONE);
        let _ = writeln!(
            out,
            "\n[[criterion]]\nid = {}\ncategory = {}\ntitle = {}\nweight = {}",
            quoted(id),
            quoted(category),
            quoted(&one.title),
            plain(weight.normalize())
        );
        if !one.description.is_empty() {
            let _ = writeln!(out, "description = {}", quoted(&one.description));
        }
    }
    out
}

fn quoted(text: &str) -> String {
    let one_line: Vec<&str> = text.split_whitespace().collect();
    toml::Value::String(one_line.join(" ")).to_string()
}

/// The id that a row says, if it can be one and no other has it; else a running one.
pub(super) fn own_id(said: &str, count: usize, taken: &mut BTreeSet<String>) -> String {
    let fits = !said.is_empty()
        && said.len() <= 40
        && said
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if fits && taken.insert(said.to_lowercase()) {
        return said.to_owned();
    }
    free(&format!("C{count:02}"), taken)
}

/// A title as an id that no other has.
pub(super) fn slug(title: &str, taken: &mut BTreeSet<String>) -> String {
    let mut slug = String::new();
    for letter in title.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_end_matches('-').chars().take(30).collect();
    let slug = slug.trim_end_matches('-');
    free(if slug.is_empty() { "category" } else { slug }, taken)
}

/// A name that is not taken yet: itself, or with the first number behind it that is free.
fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.to_owned();
    let mut count = 2_usize;
    while !taken.insert(candidate.to_lowercase()) {
        candidate = format!("{name}-{count}");
        count = count.saturating_add(1);
    }
    candidate
}
