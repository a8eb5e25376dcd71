//! The ranking table with its contribution bars.

use crate::criteria::{CriteriaSet, Lens};
use crate::reports::bar::Bar;
use crate::reports::published::{Published, PublishedVendor};
use crate::reports::sentence::{About, Sentence};
use crate::reports::words;
use crate::scoring::VendorStatus;

use super::order::{Column, Order};
use super::{Addresses, Words, gates, matrix, tree};

/// The ranking, and what its bars mean.
pub(crate) struct Ranking<'a> {
    pub(crate) rows: Vec<RankRow<'a>>,
    pub(crate) legend: Vec<LegendItem<'a>>,
    pub(crate) has_gates: bool,
    pub(crate) heads: Vec<ColumnHead>,
    /// What can be done with it; nothing in a document.
    pub(crate) live: Option<Live<'a>>,
}

/// The head of a column.
pub(crate) struct ColumnHead {
    pub(crate) title: &'static str,
    pub(crate) class: &'static str,
    /// Where it is shown by this column.
    pub(crate) href: Option<String>,
    /// `ascending` or `descending`, if it is shown by this column.
    pub(crate) sorted: Option<&'static str>,
}

/// What can be done with a ranking on a page.
pub(crate) struct Live<'a> {
    /// Where the chosen vendors are compared; `None` if there are no two.
    pub(crate) compare: Option<String>,
    /// The lens they are compared through.
    pub(crate) lens: Option<&'a str>,
    /// The order it is shown in, if it is not that of the result, and where it is shown in that one.
    pub(crate) sorted: Option<Sorted>,
}

/// That a ranking is shown in another order than that of the result.
pub(crate) struct Sorted {
    pub(crate) by: String,
    pub(crate) back: String,
}

/// One vendor of the ranking.
pub(crate) struct RankRow<'a> {
    /// The vendor's number in the list, from 1.
    pub(crate) number: usize,
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
    pub(crate) bar_text: Sentence,
}

/// A category as the bars show it.
pub(crate) struct LegendItem<'a> {
    pub(crate) number: usize,
    pub(crate) colour: usize,
    pub(crate) title: &'a str,
}

pub(crate) fn ranking<'a>(published: &'a Published<'a>, addresses: &dyn Addresses) -> Ranking<'a> {
    in_order(published, addresses, Order::PAGE)
}

/// The ranking on a page, in some order; `here` is the address of the page in an order.
pub(crate) fn live<'a>(
    published: &'a Published<'a>,
    addresses: &dyn Addresses,
    order: Order,
    (here, compare): (impl Fn(Order) -> String, String),
) -> Ranking<'a> {
    let plain = in_order(published, addresses, order);
    let columns = columns(plain.has_gates);
    let heads = plain.heads.into_iter().zip(columns);
    Ranking {
        heads: heads
            .map(|(head, column)| ColumnHead {
                href: column.map(|column| here(order.turned_to(column))),
                sorted: column.and_then(|column| order.told_of(column)),
                ..head
            })
            .collect(),
        live: Some(Live {
            compare: (plain.rows.len() > 1).then_some(compare),
            lens: published.lens.map(Lens::id),
            sorted: (order != Order::PAGE).then(|| Sorted {
                by: order.column.title().to_lowercase(),
                back: here(Order::PAGE),
            }),
        }),
        ..plain
    }
}

fn in_order<'a>(
    published: &'a Published<'a>,
    addresses: &dyn Addresses,
    order: Order,
) -> Ranking<'a> {
    let mut vendors = published.vendors.iter();
    let has_gates = vendors.any(|vendor| !vendor.gates.is_empty());
    Ranking {
        has_gates,
        rows: order
            .of(published)
            .into_iter()
            .map(|vendor| row(published, vendor, addresses))
            .collect(),
        legend: legend(published.evaluation.set()),
        heads: columns(has_gates)
            .into_iter()
            .map(|column| ColumnHead {
                title: column.map_or("Contributions", Column::title),
                class: match column {
                    None => "bars",
                    Some(Column::Total | Column::Coverage) => "number",
                    Some(Column::Rank | Column::Vendor | Column::Status | Column::Gates) => "",
                },
                href: None,
                sorted: None,
            })
            .collect(),
        live: None,
    }
}

/// The columns from left to right; `None` is that of the bars.
fn columns(has_gates: bool) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = Column::ALL.into_iter().map(Some).collect();
    columns.retain(|column| has_gates || *column != Some(Column::Gates));
    columns.insert(3, None);
    columns
}

pub(super) fn row<'a>(
    published: &'a Published<'a>,
    vendor: &'a PublishedVendor,
    addresses: &dyn Addresses,
) -> RankRow<'a> {
    let reasons = vendor.reasons.iter();
    RankRow {
        number: vendor.vendor.position().saturating_add(1),
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

fn bar_text(set: &CriteriaSet, vendor: &PublishedVendor) -> Sentence {
    let parts = vendor
        .categories
        .iter()
        .zip(set.categories())
        .filter(|(_, category)| category.parent().is_none())
        .map(|(published, category)| {
            let contribution = published.contribution.shown();
            Sentence::of(category.title()).figure(format!(" {contribution}"))
        });
    let parts: Vec<Sentence> = parts.collect();
    let count = parts.len();
    Sentence::default()
        .figure(format!("Total {} of 100: ", vendor.total.shown()))
        .list(parts, count)
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
