//! The result as a page shows it: the sentences, and one row per vendor.

use super::published::Published;
use super::words;

/// The result as a page shows it.
#[derive(Debug)]
pub struct Standings<'a> {
    /// Who leads and by how much, or why nobody does.
    pub headline: &'a str,
    /// What brought the lead.
    pub because: Option<&'a str>,
    /// What a reader must know beside the numbers.
    pub notices: Vec<&'a str>,
    /// What is missing and who owes it, one sentence each.
    pub missing: &'a [String],
    /// Every vendor, in page order.
    pub rows: Vec<StandingsRow<'a>>,
}

/// One vendor's place.
#[derive(Debug)]
pub struct StandingsRow<'a> {
    /// `1`, `2=`, `1 to 3`, or empty.
    pub rank: String,
    /// The vendor.
    pub vendor: &'a str,
    /// The total, or its bounds.
    pub total: String,
    /// The status in a word.
    pub status: &'static str,
    /// How much of the weight is scored.
    pub coverage: String,
    /// The gates that failed or are open.
    pub gates: String,
}

/// The result as a page shows it.
#[must_use]
pub fn standings<'a>(published: &'a Published<'_>) -> Standings<'a> {
    let story = &published.story;
    let notices = published.notices.iter();
    let rows = published.vendors.iter().map(|vendor| StandingsRow {
        rank: vendor.rank_text(),
        vendor: published.vendor_name(vendor),
        total: vendor.total.shown(),
        status: words::vendor_status(vendor.status),
        coverage: vendor
            .coverage
            .as_ref()
            .map_or_else(|| "–".to_owned(), |number| format!("{} %", number.text)),
        gates: super::text::gates(published, vendor),
    });
    Standings {
        headline: &story.headline,
        because: story.because.as_deref(),
        notices: notices.map(|notice| notice.message.as_str()).collect(),
        missing: &story.missing,
        rows: rows.collect(),
    }
}
