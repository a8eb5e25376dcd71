//! One criterion over all vendors, with everybody's answers.

use crate::criteria::CriterionIndex;
use crate::reports::published::{Published, PublishedCriterion, PublishedVendor};
use crate::reports::score::ScoreText;
use crate::reports::sentence::About;
use crate::scoring::State;

use super::Addresses;
use super::matrix::score_text;
use super::vendors::{AnswerView, answer_views, owed_by};

/// One vendor in the criterion.
pub(crate) struct CriterionLine<'a> {
    pub(crate) vendor: &'a str,
    pub(crate) href: Option<String>,
    pub(crate) share: &'a str,
    pub(crate) score: ScoreText,
    pub(crate) is_missing: bool,
    pub(crate) points: String,
    pub(crate) contribution: String,
    pub(crate) owed_by: Option<String>,
    pub(crate) answers: Vec<AnswerView<'a>>,
}

/// What an evaluator noted about the criterion as a whole.
pub(crate) struct Note<'a> {
    pub(crate) evaluator: &'a str,
    pub(crate) text: &'a str,
}

/// Every vendor in the criterion, in page order.
pub(crate) fn lines<'a>(
    published: &'a Published<'a>,
    criterion: CriterionIndex,
    addresses: &dyn Addresses,
) -> Vec<CriterionLine<'a>> {
    let vendors = published.vendors.iter();
    let lines = vendors.filter_map(|vendor| {
        let card = vendor
            .criteria
            .iter()
            .find(|card| card.criterion == criterion)?;
        Some(line(published, vendor, card, addresses))
    });
    lines.collect()
}

fn line<'a>(
    published: &'a Published<'a>,
    vendor: &'a PublishedVendor,
    card: &'a PublishedCriterion,
    addresses: &dyn Addresses,
) -> CriterionLine<'a> {
    CriterionLine {
        vendor: published.vendor_name(vendor),
        href: addresses.of(About::Cell(vendor.vendor, card.criterion)),
        share: card.share.as_ref().map_or("–", |share| &share.text),
        score: score_text(card),
        is_missing: card.state == State::NotScored,
        points: card.points.shown(),
        contribution: card.contribution.shown(),
        owed_by: owed_by(published, card),
        answers: answer_views(published, vendor.vendor, card.criterion, addresses),
    }
}

/// What evaluators noted about the criterion as a whole.
pub(crate) fn notes<'a>(published: &'a Published<'a>, criterion: CriterionIndex) -> Vec<Note<'a>> {
    let notes = super::matrix::notes(published, criterion).into_iter();
    notes
        .map(|(evaluator, text)| Note { evaluator, text })
        .collect()
}
