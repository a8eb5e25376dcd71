//! The filters of templates: figures and days as the reader writes them, where a page passes a [`Locale`]; else as in files.

#![expect(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    clippy::inline_always,
    reason = "the form that askama asks of a filter, and what it makes of it"
)]

use std::fmt::Display;

use askama::{Values, get_value};

use super::locale::{LOCALE, Locale};
use super::score::ScoreText;

fn locale(values: &dyn Values) -> Locale {
    get_value(values, LOCALE).copied().unwrap_or_default()
}

/// A text of figures.
#[askama::filter_fn]
pub(crate) fn number<T: Display>(text: T, values: &dyn Values) -> askama::Result<String> {
    let text = text.to_string();
    let page = get_value::<Locale>(values, LOCALE).ok();
    Ok(page.map_or(text.clone(), |reader| reader.figures(&text)))
}

/// A score, on a page with no more decimals than are read.
#[askama::filter_fn]
pub(crate) fn score(text: &ScoreText, values: &dyn Values) -> askama::Result<String> {
    let page = get_value::<Locale>(values, LOCALE).ok();
    Ok(page.map_or(text.to_string(), |reader| reader.figures(text.brief())))
}

/// The score as it is published, where a page shows it shorter.
#[askama::filter_fn]
pub(crate) fn published(text: &ScoreText, values: &dyn Values) -> askama::Result<Option<String>> {
    let page = get_value::<Locale>(values, LOCALE).ok();
    let page = page.filter(|_| text.short.is_some());
    Ok(page.map(|reader| reader.figures(&text.text)))
}

/// A number in a field, as it can be typed there.
#[askama::filter_fn]
pub(crate) fn typed<T: Display>(text: T, values: &dyn Values) -> askama::Result<String> {
    Ok(locale(values).number(&text.to_string()).into_owned())
}

/// The exact value of one number, where it is written otherwise.
#[askama::filter_fn]
pub(crate) fn exact<T: Display>(text: T, values: &dyn Values) -> askama::Result<Option<String>> {
    Ok(locale(values).exact(&text.to_string()).map(str::to_owned))
}

/// A text that begins with a day.
#[askama::filter_fn]
pub(crate) fn moment<T: Display>(text: T, values: &dyn Values) -> askama::Result<String> {
    Ok(locale(values).moment(&text.to_string()).into_owned())
}
