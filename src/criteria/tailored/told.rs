//! What a tailored set says about itself in its own text: where it comes from, and the lenses that were made.

use std::fmt::Write as _;

use super::Tailoring;
use super::numbers::Numbers;
use crate::criteria::{CriteriaSet, Node};
use crate::exact::plain;

/// The text with the lenses that were made at its end.
pub(super) fn with_lenses(
    set: &CriteriaSet,
    tailoring: &Tailoring,
    numbers: &Numbers,
    mut text: String,
    newline: &str,
) -> String {
    for (view, weights) in tailoring.views.iter().zip(&numbers.views) {
        if !text.ends_with('\n') {
            text.push_str(newline);
        }
        let points: Vec<String> = view
            .points
            .iter()
            .map(|(node, points)| format!("{} {}", node.id(set), plain(*points)))
            .collect();
        let mut lines = vec![
            String::new(),
            format!("# 100 points as spread: {}", points.join(", ")),
            "[[lens]]".to_owned(),
            format!("id = {}", quoted(&view.id)),
            format!("title = {}", quoted(&view.title)),
            String::new(),
            "[lens.weights]".to_owned(),
        ];
        lines.extend(weights.iter().map(|(index, weight)| {
            let id = Node::Criterion(*index).id(set);
            format!("{} = {}", key(id), plain(*weight))
        }));
        for line in lines {
            text.push_str(&line);
            text.push_str(newline);
        }
    }
    text
}

/// The text with a few lines at its start that say where it comes from.
pub(super) fn with_origin(
    set: &CriteriaSet,
    tailoring: &Tailoring,
    text: &str,
    newline: &str,
) -> String {
    let mut said = format!(
        "# Tailored from {} version {} (SHA-256 {}).{newline}",
        set.id(),
        set.version(),
        set.sha256()
    );
    let mut line = |what: &str, parts: &[String]| {
        if !parts.is_empty() {
            // Writing into a text does not fail.
            let _ = write!(said, "# {what}: {}.{newline}", parts.join(", "));
        }
    };
    line("Dropped", tailoring.dropped());
    line("Dropped lenses", tailoring.dropped_lenses());
    let price = tailoring
        .price_share()
        .map(|share| format!("{} percent", plain(share)));
    line("All prices together", &Vec::from_iter(price));
    let categories = tailoring.categories().iter();
    let categories: Vec<String> = categories
        .map(|(at, weight)| format!("{} {} percent", Node::Category(*at).id(set), plain(*weight)))
        .collect();
    line("Weights of categories", &categories);
    let lenses = tailoring.new_lenses().map(|(id, _, _)| id.to_owned());
    line("New lenses", &lenses.collect::<Vec<_>>());
    let _ = write!(
        said,
        "# Everything else kept its proportions. Comments below are of that set; numbers they name may have changed.{newline}{newline}"
    );
    match text.strip_prefix('\u{feff}') {
        Some(text) => format!("\u{feff}{said}{text}"),
        None => format!("{said}{text}"),
    }
}

/// A text in quotes, as TOML has it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A key, in quotes where it needs them.
pub(super) fn key(id: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    if !id.is_empty() && id.bytes().all(is_bare) {
        id.to_owned()
    } else {
        quoted(id)
    }
}
