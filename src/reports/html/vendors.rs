//! One vendor in detail: each criterion with everybody's answer and the cell it came from.

use crate::reports::answers::{AnswerShown, answers};
use crate::reports::published::{Published, PublishedCriterion, PublishedVendor};
use crate::reports::words;
use crate::scoring::State;

use super::matrix::score_text;
use super::ranking::{anchor, coverage};
use super::tree;

pub(super) struct VendorSection<'a> {
    pub(super) anchor: String,
    pub(super) vendor: &'a str,
    pub(super) rank: String,
    pub(super) status: &'static str,
    pub(super) total: String,
    pub(super) coverage: String,
    pub(super) rounding: Option<&'a str>,
    /// The total with "not applicable" as nothing, where something is not applicable.
    pub(super) na_as_zero: Option<String>,
    pub(super) groups: Vec<VendorGroup<'a>>,
}

/// The criteria of one category.
pub(super) struct VendorGroup<'a> {
    pub(super) title: &'a str,
    pub(super) rows: Vec<VendorRow<'a>>,
}

pub(super) struct VendorRow<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) share: &'a str,
    pub(super) score: String,
    pub(super) is_missing: bool,
    pub(super) points: String,
    pub(super) contribution: String,
    pub(super) owed_by: Option<String>,
    pub(super) answers: Vec<AnswerShown<'a>>,
}

pub(super) fn sections<'a>(published: &'a Published<'a>) -> Vec<VendorSection<'a>> {
    let vendors = published.vendors.iter().zip(1_usize..);
    vendors
        .map(|(vendor, number)| VendorSection {
            anchor: anchor(number),
            vendor: published.vendor_name(vendor),
            rank: vendor.rank_text(),
            status: words::vendor_status(vendor.status),
            total: vendor.total.shown(),
            coverage: coverage(vendor),
            rounding: vendor.rounding.as_deref(),
            na_as_zero: na_as_zero(vendor),
            groups: groups(published, vendor),
        })
        .collect()
}

fn na_as_zero(vendor: &PublishedVendor) -> Option<String> {
    let mut criteria = vendor.criteria.iter();
    criteria
        .any(|card| card.state == State::NotApplicable)
        .then(|| vendor.total_na_as_zero.shown())
}

fn groups<'a>(published: &'a Published<'a>, vendor: &'a PublishedVendor) -> Vec<VendorGroup<'a>> {
    let set = published.evaluation.set();
    let nodes = tree::nodes(set);
    let groups = nodes.into_iter().map(|node| {
        let cards = vendor.criteria.iter().zip(set.criteria());
        let within = cards.filter(|(_, criterion)| criterion.category() == node.index);
        let rows = within.map(|(card, criterion)| VendorRow {
            id: criterion.id(),
            title: criterion.title(),
            share: card.share.as_ref().map_or("–", |share| &share.text),
            score: score_text(card),
            is_missing: card.state == State::NotScored,
            points: card.points.shown(),
            contribution: card.contribution.shown(),
            owed_by: owed_by(published, card),
            answers: answers(published, vendor.vendor, card.criterion),
        });
        VendorGroup {
            title: node.category.title(),
            rows: rows.collect(),
        }
    });
    groups.filter(|group| !group.rows.is_empty()).collect()
}

fn owed_by(published: &Published<'_>, card: &PublishedCriterion) -> Option<String> {
    let names = published.evaluator_names(&card.owed_by);
    (!names.is_empty()).then(|| words::listed(&names))
}
