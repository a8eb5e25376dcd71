//! Why one vendor is before another: what each category and criterion adds to the difference of their totals.

use crate::criteria::{CriteriaSet, Node};
use crate::evaluation::VendorIndex;
use crate::exact::{self, Fraction};
use crate::reports::figure::{Ends, Figure, figures};
use crate::reports::published::{Published, PublishedVendor};
use crate::reports::sentence::About;
use crate::scoring::Scorecard;
use crate::scoring::explain::{Gap, gaps};

use super::signed::{signed, signed_figure};
use super::waterfall::{StepOf, Waterfall, waterfall};
use super::{Addresses, tree};

/// The difference between two vendors, taken apart.
pub(crate) struct Why<'a> {
    pub(crate) first: Party<'a>,
    pub(crate) second: Party<'a>,
    /// The printed total of the first less that of the second; a range while something is missing.
    pub(crate) difference: String,
    /// Whether nothing missing can move it.
    pub(crate) is_known: bool,
    /// What the printed rows by category and by criterion miss of the printed difference.
    pub(crate) category_rounding: Option<String>,
    pub(crate) criterion_rounding: Option<String>,
    /// The categories at the top, in the set's order.
    pub(crate) categories: Vec<GapRow<'a>>,
    /// The criteria that make a difference, those for the first vendor first.
    pub(crate) criteria: Vec<GapRow<'a>>,
    /// How many criteria make none.
    pub(crate) alike: usize,
    /// Only of a difference that is known.
    pub(crate) waterfall: Option<Waterfall>,
}

/// One of the two.
pub(crate) struct Party<'a> {
    pub(crate) name: &'a str,
    pub(crate) href: Option<String>,
    pub(crate) total: String,
    pub(crate) rank: String,
}

/// What one category or criterion adds to the difference.
pub(crate) struct GapRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) href: Option<String>,
    /// What it adds to either total.
    pub(crate) first: String,
    pub(crate) second: String,
    pub(crate) gap: String,
    /// `for` the first vendor, `against` it, or nothing certain.
    pub(crate) kind: &'static str,
}

/// Takes the difference between two vendors apart; `None` if one of them has no total. It needs every criterion published.
pub(crate) fn why<'a>(
    published: &'a Published<'a>,
    card: &Scorecard,
    (first, second): (VendorIndex, VendorIndex),
    addresses: &dyn Addresses,
) -> Option<Why<'a>> {
    let found = gaps(card, first, second)?;
    let pair = Pair {
        set: published.evaluation.set(),
        first: vendor(published, first)?,
        second: vendor(published, second)?,
        addresses,
    };
    let top_level: Vec<&Gap> = tree::nodes(pair.set)
        .iter()
        .filter(|node| node.depth == 0)
        .filter_map(|node| found.categories.get(node.index.position()))
        .collect();
    let differing = found.by_size();
    let (categories, criteria) = (printed(&top_level), printed(&differing));
    let difference = pair.printed_difference();
    let missed = |figures: &[Figure]| {
        let parts: Option<Vec<&str>> = figures.iter().map(Figure::text).collect();
        Some(signed(&exact::unrounded_sum_gap(
            difference.as_deref()?,
            &parts?,
        )?))
    };
    let told = match &difference {
        Some(known) => signed(known),
        None => signed_figure(&figures(&[Some(found.total.clone())], Ends::WhereOpen).remove(0)),
    };
    Some(Why {
        first: pair.party(published, pair.first),
        second: pair.party(published, pair.second),
        is_known: difference.is_some(),
        category_rounding: missed(&categories),
        criterion_rounding: missed(&criteria),
        waterfall: fall(&pair, (&top_level, &categories), &found.total.low, &told)
            .filter(|_| difference.is_some()),
        categories: pair.rows(&top_level, &categories),
        alike: found.criteria.len().saturating_sub(criteria.len()),
        criteria: pair.rows(&differing, &criteria),
        difference: told,
    })
}

fn vendor<'a>(published: &'a Published<'a>, wanted: VendorIndex) -> Option<&'a PublishedVendor> {
    published.vendors.iter().find(|one| one.vendor == wanted)
}

fn printed(gaps: &[&Gap]) -> Vec<Figure> {
    let column: Vec<_> = gaps.iter().map(|gap| Some(gap.gap.clone())).collect();
    figures(&column, Ends::WhereOpen)
}

/// The two vendors as published.
struct Pair<'a, 'b> {
    set: &'a CriteriaSet,
    first: &'a PublishedVendor,
    second: &'a PublishedVendor,
    addresses: &'b dyn Addresses,
}

impl<'a> Pair<'a, '_> {
    /// The first printed total less the second.
    fn printed_difference(&self) -> Option<String> {
        exact::unrounded_sum_gap(self.first.total.text()?, &[self.second.total.text()?])
    }

    fn party(&self, published: &'a Published<'a>, vendor: &PublishedVendor) -> Party<'a> {
        Party {
            name: published.evaluation.vendor_name(vendor.vendor),
            href: self.addresses.of(About::Vendor(vendor.vendor)),
            total: vendor.total.shown(),
            rank: vendor.rank_shown(),
        }
    }

    fn rows(&self, gaps: &[&Gap], figures: &[Figure]) -> Vec<GapRow<'a>> {
        let rows = gaps.iter().zip(figures);
        rows.map(|(gap, figure)| GapRow {
            id: gap.on.id(self.set),
            title: title(self.set, gap.on),
            href: match gap.on {
                Node::Category(index) => {
                    self.addresses.of(About::Category(self.first.vendor, index))
                }
                Node::Criterion(index) => self.addresses.of(About::Criterion(index)),
            },
            first: contribution(self.first, gap.on),
            second: contribution(self.second, gap.on),
            gap: signed_figure(figure),
            kind: kind(gap),
        })
        .collect()
    }
}

fn kind(gap: &Gap) -> &'static str {
    let zero = Fraction::zero();
    if gap.gap.low > zero {
        "for"
    } else if gap.gap.high < zero {
        "against"
    } else {
        "open"
    }
}

fn contribution(vendor: &PublishedVendor, on: Node) -> String {
    let figure = match on {
        Node::Category(index) => vendor
            .categories
            .get(index.position())
            .map(|card| &card.contribution),
        Node::Criterion(index) => vendor
            .criteria
            .get(index.position())
            .map(|card| &card.contribution),
    };
    figure.map_or_else(|| "–".to_owned(), Figure::shown)
}

pub(super) fn title(set: &CriteriaSet, on: Node) -> &str {
    match on {
        Node::Category(index) => set
            .categories()
            .get(index.position())
            .map_or("", |category| category.title()),
        Node::Criterion(index) => set
            .criteria()
            .get(index.position())
            .map_or("", |criterion| criterion.title()),
    }
}

/// The categories as steps from nothing to the difference; `None` while one of them is open.
fn fall(
    pair: &Pair<'_, '_>,
    (gaps, figures): (&[&Gap], &[Figure]),
    total: &Fraction,
    told: &str,
) -> Option<Waterfall> {
    let steps = gaps.iter().zip(figures).map(|(gap, figure)| {
        Some(StepOf {
            name: title(pair.set, gap.on).to_owned(),
            by: gap.gap.exact()?.clone(),
            value: signed_figure(figure),
        })
    });
    let sum = StepOf {
        name: "Difference of the totals".to_owned(),
        by: total.clone(),
        value: told.to_owned(),
    };
    Some(waterfall(steps.collect::<Option<Vec<_>>>()?, sum))
}
