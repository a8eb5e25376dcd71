//! One vendor in detail: each criterion with everybody's answer and the cell it came from.

use crate::criteria::{CriterionIndex, Lens};
use crate::evaluation::VendorIndex;
use crate::reports::answers::{AnswerShown, answers};
use crate::reports::published::{Published, PublishedCriterion, PublishedVendor};
use crate::reports::score::ScoreText;
use crate::reports::sentence::About;
use crate::reports::words;
use crate::scoring::State;

use super::gates::{self, GateTrouble};
use super::matrix::{self, score_text};
use super::ranking::{self, RankRow};
use super::{Addresses, tree};

/// One vendor in detail.
pub(crate) struct VendorSection<'a> {
    /// The id of the section, and what the ids within begin with.
    pub(crate) anchor: String,
    pub(crate) row: RankRow<'a>,
    pub(crate) categories: Vec<CategoryLine<'a>>,
    pub(crate) gates: Vec<GateTrouble<'a>>,
    pub(crate) metrics: Vec<(&'a str, String)>,
    pub(crate) rounding: &'a str,
    /// The total with "not applicable" as nothing, where something is not applicable.
    pub(crate) na_as_zero: Option<String>,
    pub(crate) groups: Vec<VendorGroup<'a>>,
}

/// What one category adds to the vendor's total.
pub(crate) struct CategoryLine<'a> {
    pub(crate) number: Option<usize>,
    pub(crate) colour: usize,
    pub(crate) depth: usize,
    pub(crate) title: &'a str,
    pub(crate) href: Option<String>,
    pub(crate) share: &'a str,
    pub(crate) percent: String,
    pub(crate) contribution: String,
}

/// The criteria of one category.
pub(crate) struct VendorGroup<'a> {
    pub(crate) anchor: String,
    pub(crate) title: &'a str,
    pub(crate) rows: Vec<VendorRow<'a>>,
}

/// One criterion of a vendor.
pub(crate) struct VendorRow<'a> {
    pub(crate) anchor: String,
    pub(crate) href: Option<String>,
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) share: &'a str,
    pub(crate) score: ScoreText,
    pub(crate) is_missing: bool,
    pub(crate) points: String,
    pub(crate) contribution: String,
    pub(crate) owed_by: Option<String>,
    pub(crate) answers: Vec<AnswerView<'a>>,
}

/// An answer, and where its cell is shown.
pub(crate) struct AnswerView<'a> {
    pub(crate) said: AnswerShown<'a>,
    pub(crate) href: Option<String>,
}

/// Every vendor in detail, in page order.
pub(crate) fn sections<'a>(
    published: &'a Published<'a>,
    addresses: &dyn Addresses,
) -> Vec<VendorSection<'a>> {
    let vendors = published.vendors.iter();
    vendors
        .map(|vendor| {
            let anchor = anchor(vendor.vendor);
            let within = format!("{anchor}-");
            build(published, vendor, (anchor, &within), addresses)
        })
        .collect()
}

/// One vendor in detail, on a page of its own: the ids on it are those of categories and criteria.
pub(crate) fn section<'a>(
    published: &'a Published<'a>,
    vendor: VendorIndex,
    addresses: &dyn Addresses,
) -> Option<VendorSection<'a>> {
    let found = published.vendors.iter().find(|one| one.vendor == vendor)?;
    let anchor = ("criteria".to_owned(), "");
    Some(build(published, found, anchor, addresses))
}

/// What the section of a vendor is called in a document of all of them.
pub(crate) fn anchor(vendor: VendorIndex) -> String {
    format!("vendor-{}", vendor.position().saturating_add(1))
}

fn build<'a>(
    published: &'a Published<'a>,
    vendor: &'a PublishedVendor,
    (anchor, within): (String, &str),
    addresses: &dyn Addresses,
) -> VendorSection<'a> {
    let metrics = published.lens.map_or(&[][..], Lens::metrics).iter();
    VendorSection {
        anchor,
        row: ranking::row(published, vendor, addresses),
        categories: category_lines(published, vendor, addresses),
        gates: gates::of_vendor(published, vendor, addresses),
        metrics: metrics
            .zip(&vendor.metrics)
            .map(|(metric, figure)| (metric.title(), matrix::metric_text(figure.as_ref())))
            .collect(),
        rounding: vendor.rounding.as_deref().unwrap_or("–"),
        na_as_zero: na_as_zero(vendor),
        groups: groups(published, vendor, within, addresses),
    }
}

fn category_lines<'a>(
    published: &'a Published<'a>,
    vendor: &'a PublishedVendor,
    addresses: &dyn Addresses,
) -> Vec<CategoryLine<'a>> {
    let nodes = tree::nodes(published.evaluation.set()).into_iter();
    let lines = nodes.filter_map(|node| {
        let card = vendor.categories.get(node.index.position())?;
        Some(CategoryLine {
            number: node.number,
            colour: matrix::colour(node.number.unwrap_or(1)),
            depth: node.depth,
            title: node.category.title(),
            href: addresses.of(About::Category(vendor.vendor, node.index)),
            share: card.share.as_ref().map_or("–", |share| &share.text),
            percent: card.percent.shown_percent(),
            contribution: card.contribution.shown(),
        })
    });
    lines.collect()
}

fn na_as_zero(vendor: &PublishedVendor) -> Option<String> {
    let mut criteria = vendor.criteria.iter();
    criteria
        .any(|card| card.state == State::NotApplicable)
        .then(|| vendor.total_na_as_zero.shown())
}

fn groups<'a>(
    published: &'a Published<'a>,
    vendor: &'a PublishedVendor,
    within: &str,
    addresses: &dyn Addresses,
) -> Vec<VendorGroup<'a>> {
    let set = published.evaluation.set();
    let nodes = tree::nodes(set);
    let groups = nodes.into_iter().map(|node| {
        let cards = vendor.criteria.iter().zip(set.criteria());
        let inside = cards.filter(|(_, criterion)| criterion.category() == node.index);
        let rows = inside.map(|(card, criterion)| VendorRow {
            anchor: format!("{within}{}", criterion.id()),
            href: addresses.of(About::Criterion(card.criterion)),
            id: criterion.id(),
            title: criterion.title(),
            share: card.share.as_ref().map_or("–", |share| &share.text),
            score: score_text(card),
            is_missing: card.state == State::NotScored,
            points: card.points.shown(),
            contribution: card.contribution.shown(),
            owed_by: owed_by(published, card),
            answers: answer_views(published, vendor.vendor, card.criterion, addresses),
        });
        VendorGroup {
            anchor: format!("{within}{}", node.category.id()),
            title: node.category.title(),
            rows: rows.collect(),
        }
    });
    groups.collect()
}

/// Everybody's answers about one vendor and criterion.
pub(super) fn answer_views<'a>(
    published: &Published<'a>,
    vendor: VendorIndex,
    criterion: CriterionIndex,
    addresses: &dyn Addresses,
) -> Vec<AnswerView<'a>> {
    let answers = answers(published, vendor, criterion).into_iter();
    answers
        .map(|said| AnswerView {
            href: addresses.cell(said.origin),
            said,
        })
        .collect()
}

pub(super) fn owed_by(published: &Published<'_>, card: &PublishedCriterion) -> Option<String> {
    let names = published.evaluator_names(&card.owed_by);
    (!names.is_empty()).then(|| words::listed(&names))
}
