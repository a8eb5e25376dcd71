//! The ranking table with its contribution bars.

use crate::criteria::CriteriaSet;
use crate::reports::bar::Bar;
use crate::reports::published::{Published, PublishedVendor};
use crate::reports::sentence::About;
use crate::reports::words;
use crate::scoring::VendorStatus;

use super::{Addresses, Words, gates, matrix, tree};

/// The ranking, and what its bars mean.
pub(crate) struct Ranking<'a> {
    pub(crate) rows: Vec<RankRow<'a>>,
    pub(crate) legend: Vec<LegendItem<'a>>,
    pub(crate) has_gates: bool,
}

/// One vendor of the ranking.
pub(crate) struct RankRow<'a> {
    pub(crate) href: Option<String>,
    pub(crate) rank: String,
    pub(crate) vendor: &'a str,
    pub(crate) status: &'static str,
    pub(crate) total: String,
    /// Whether it has no rank and can get none.
    pub(crate) is_out: bool,
    /// Why it has no rank, or no certain one.
    pub(crate) reasons: Vec<Vec<Words<'a>>>,
    pub(crate) gates: String,
    pub(crate) open_gates: Vec<Vec<Words<'a>>>,
    pub(crate) coverage: String,
    pub(crate) bar: &'a Bar,
    /// The bar in words.
    pub(crate) bar_text: String,
}

/// A category as the bars show it.
pub(crate) struct LegendItem<'a> {
    pub(crate) number: usize,
    pub(crate) colour: usize,
    pub(crate) title: &'a str,
}

pub(crate) fn ranking<'a>(published: &'a Published<'a>, addresses: &dyn Addresses) -> Ranking<'a> {
    let vendors = published.vendors.iter();
    Ranking {
        has_gates: vendors.clone().any(|vendor| !vendor.gates.is_empty()),
        rows: vendors
            .map(|vendor| row(published, vendor, addresses))
            .collect(),
        legend: legend(published.evaluation.set()),
    }
}

pub(super) fn row<'a>(
    published: &'a Published<'a>,
    vendor: &'a PublishedVendor,
    addresses: &dyn Addresses,
) -> RankRow<'a> {
    let reasons = vendor.reasons.iter();
    RankRow {
        href: addresses.of(About::Vendor(vendor.vendor)),
        rank: match vendor.rank_shown() {
            none if none.is_empty() => "–".to_owned(),
            rank => rank,
        },
        vendor: published.vendor_name(vendor),
        status: words::vendor_status(vendor.status),
        total: vendor.total.shown(),
        is_out: matches!(
            vendor.status,
            VendorStatus::Disqualified | VendorStatus::Excluded
        ),
        reasons: reasons
            .map(|reason| super::words(reason, addresses))
            .collect(),
        gates: gates::summary(vendor),
        open_gates: vendor
            .open_gates
            .iter()
            .map(|gate| super::words(gate, addresses))
            .collect(),
        coverage: coverage(vendor),
        bar: &vendor.bar,
        bar_text: bar_text(published.evaluation.set(), vendor),
    }
}

pub(super) fn coverage(vendor: &PublishedVendor) -> String {
    let coverage = vendor.coverage.as_ref();
    coverage.map_or_else(|| "–".to_owned(), |number| format!("{}%", number.text))
}

fn bar_text(set: &CriteriaSet, vendor: &PublishedVendor) -> String {
    let parts = vendor
        .categories
        .iter()
        .zip(set.categories())
        .filter(|(_, category)| category.parent().is_none())
        .map(|(published, category)| {
            format!("{} {}", category.title(), published.contribution.shown())
        });
    let parts: Vec<String> = parts.collect();
    format!(
        "Total {} of 100: {}",
        vendor.total.shown(),
        words::listed(&parts)
    )
}

/// The top-level categories by number and colour; colours start over after the eighth.
fn legend(set: &CriteriaSet) -> Vec<LegendItem<'_>> {
    tree::nodes(set)
        .into_iter()
        .filter_map(|node| {
            let number = node.number?;
            Some(LegendItem {
                number,
                colour: matrix::colour(number),
                title: node.category.title(),
            })
        })
        .collect()
}
