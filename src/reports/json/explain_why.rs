//! Why one vendor is before another, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::criteria::{CriteriaSet, Lens, Node};
use crate::evaluation::VendorIndex;
use crate::exact::unrounded_sum_gap;
use crate::reports::figure::{Ends, Figure, figures};
use crate::reports::published::{Published, PublishedVendor};
use crate::scoring::Scorecard;
use crate::scoring::explain::{Gap, Gaps, gaps};

use super::named::NamedFigure;
use super::write_pretty;

#[derive(Serialize)]
struct WhyJson<'a> {
    lens: Option<&'a str>,
    first: PartyJson<'a>,
    second: PartyJson<'a>,
    /// The printed total of the first less that of the second; null while something is missing.
    printed_difference: Option<String>,
    #[serde(flatten)]
    difference: NamedFigure<'a>,
    /// Those at the top, in the set's order.
    categories: Vec<GapJson<'a>>,
    /// Those that make a difference, those for the first vendor first.
    criteria: Vec<GapJson<'a>>,
    /// How many criteria make none.
    alike: usize,
}

#[derive(Serialize)]
struct PartyJson<'a> {
    vendor: &'a str,
    rank: Option<u32>,
    #[serde(flatten)]
    total: NamedFigure<'a>,
}

/// What one category or criterion adds to either total, and to their difference.
#[derive(Serialize)]
struct GapJson<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(flatten)]
    first: Option<NamedFigure<'a>>,
    #[serde(flatten)]
    second: Option<NamedFigure<'a>>,
    #[serde(flatten)]
    gap: NamedFigure<'a>,
}

/// Writes why one vendor is before another, in points of 100; null if one of the two has no total.
///
/// The gaps by category, and those by criterion, add up to the difference: exactly in the members called `_exact`.
///
/// # Errors
/// Whatever the writer says.
pub fn why_json(
    published: &Published<'_>,
    card: &Scorecard,
    (first, second): (VendorIndex, VendorIndex),
    out: &mut dyn Write,
) -> io::Result<()> {
    let vendor = |wanted| published.vendors.iter().find(|one| one.vendor == wanted);
    match (gaps(card, first, second), vendor(first), vendor(second)) {
        (Some(found), Some(first), Some(second)) => Pair {
            published,
            first,
            second,
        }
        .write(&found, out),
        _ => write_pretty(&None::<WhyJson<'_>>, out),
    }
}

/// The two vendors as published.
struct Pair<'a> {
    published: &'a Published<'a>,
    first: &'a PublishedVendor,
    second: &'a PublishedVendor,
}

impl Pair<'_> {
    fn write(&self, found: &Gaps, out: &mut dyn Write) -> io::Result<()> {
        let set = self.published.evaluation.set();
        let differing = found.by_size();
        let top = top_level(set, found);
        let (by_category, by_criterion) = (printed(&top), printed(&differing));
        let total = figures(&[Some(found.total.clone())], Ends::WhereOpen);
        let total = total.into_iter().next().unwrap_or_default();
        let why = WhyJson {
            lens: self.published.lens.map(Lens::id),
            first: self.party(self.first),
            second: self.party(self.second),
            printed_difference: self.printed_difference(),
            difference: NamedFigure {
                name: "difference",
                figure: &total,
            },
            categories: self.rows(set, &top, &by_category),
            alike: found.criteria.len().saturating_sub(differing.len()),
            criteria: self.rows(set, &differing, &by_criterion),
        };
        write_pretty(&why, out)
    }

    fn party<'a>(&'a self, vendor: &'a PublishedVendor) -> PartyJson<'a> {
        PartyJson {
            vendor: self.published.vendor_name(vendor),
            rank: vendor.rank,
            total: NamedFigure {
                name: "total",
                figure: &vendor.total,
            },
        }
    }

    fn printed_difference(&self) -> Option<String> {
        unrounded_sum_gap(self.first.total.text()?, &[self.second.total.text()?])
    }

    fn rows<'a>(
        &'a self,
        set: &'a CriteriaSet,
        gaps: &[&Gap],
        figures: &'a [Figure],
    ) -> Vec<GapJson<'a>> {
        let rows = gaps.iter().zip(figures);
        rows.map(|(gap, figure)| GapJson {
            id: gap.on.id(set),
            title: gap.on.title(set),
            first: contribution("first", self.first, gap.on),
            second: contribution("second", self.second, gap.on),
            gap: NamedFigure {
                name: "gap",
                figure,
            },
        })
        .collect()
    }
}

fn top_level<'a>(set: &CriteriaSet, found: &'a Gaps) -> Vec<&'a Gap> {
    let categories = set.categories().iter().zip(&found.categories);
    categories
        .filter(|(category, _)| category.parent().is_none())
        .map(|(_, gap)| gap)
        .collect()
}

fn printed(gaps: &[&Gap]) -> Vec<Figure> {
    let column: Vec<_> = gaps.iter().map(|gap| Some(gap.gap.clone())).collect();
    figures(&column, Ends::WhereOpen)
}

fn contribution<'a>(
    name: &'static str,
    vendor: &'a PublishedVendor,
    on: Node,
) -> Option<NamedFigure<'a>> {
    let figure = match on {
        Node::Category(index) => &vendor.categories.get(index.position())?.contribution,
        Node::Criterion(index) => &vendor.criteria.get(index.position())?.contribution,
    };
    Some(NamedFigure { name, figure })
}
