//! The ranking table with its contribution bars.

use crate::criteria::CriteriaSet;
use crate::reports::bar::Bar;
use crate::reports::published::{Published, PublishedVendor};
use crate::reports::words;
use crate::scoring::GateOutcome;

use super::tree;

pub(super) struct RankRow<'a> {
    pub(super) anchor: String,
    pub(super) rank: String,
    pub(super) vendor: &'a str,
    pub(super) status: &'static str,
    pub(super) total: String,
    /// Whether it has no rank and can get none.
    pub(super) is_out: bool,
    /// The gates it fails, or that are open.
    pub(super) reasons: Vec<String>,
    pub(super) coverage: String,
    pub(super) bar: &'a Bar,
    /// The bar in words.
    pub(super) bar_text: String,
}

pub(super) struct LegendItem<'a> {
    pub(super) number: usize,
    pub(super) colour: usize,
    pub(super) title: &'a str,
}

pub(super) fn rows<'a>(published: &'a Published<'a>) -> Vec<RankRow<'a>> {
    let rows = published.vendors.iter().zip(1_usize..);
    rows.map(|(vendor, number)| RankRow {
        anchor: anchor(number),
        rank: match vendor.rank_text() {
            none if none.is_empty() => "–".to_owned(),
            rank => rank,
        },
        vendor: published.vendor_name(vendor),
        status: words::vendor_status(vendor.status),
        total: vendor.total.shown(),
        is_out: vendor.rank_range.is_none(),
        reasons: reasons(published.evaluation.set(), vendor),
        coverage: coverage(vendor),
        bar: &vendor.bar,
        bar_text: bar_text(published.evaluation.set(), vendor),
    })
    .collect()
}

fn reasons(set: &CriteriaSet, vendor: &PublishedVendor) -> Vec<String> {
    let gates = vendor.gates.iter();
    let reasons = gates.filter_map(|gate| {
        let title = words::gate_title(set, gate.on);
        let value = gate.value_text();
        let needed = words::gate_bound(gate.on, gate.bound);
        match gate.outcome {
            GateOutcome::Failed => Some(format!("{title}: {value}, {needed} needed")),
            GateOutcome::Open => Some(format!("{title} open: {value}, {needed} needed")),
            GateOutcome::Passed | GateOutcome::NotApplicable => None,
        }
    });
    reasons.collect()
}

/// Where the details of the vendor in a place of the page order stand.
pub(super) fn anchor(number: usize) -> String {
    format!("vendor-{number}")
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
pub(super) fn legend(set: &CriteriaSet) -> Vec<LegendItem<'_>> {
    tree::nodes(set)
        .into_iter()
        .filter_map(|node| {
            let number = node.number?;
            Some(LegendItem {
                number,
                colour: super::matrix::colour(number),
                title: node.category.title(),
            })
        })
        .collect()
}
