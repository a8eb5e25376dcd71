//! Every picture of a result, drawn from what the pages know.

use std::sync::Arc;

use crate::criteria::{Lens, Weighting};
use crate::evaluation::{EvaluationKind, VendorIndex};
use crate::exact::Fraction;
use crate::reports::Detail;
use crate::reports::picture::mix::mix_line;
use crate::reports::picture::slope::slopes;
use crate::reports::picture::spread::spread;
use crate::reports::picture::stability::intervals;
use crate::reports::picture::{Picture, bars::bars, fall::fall, heat::heat_map};
use crate::reports::views::firmness::stability_rows;
use crate::reports::views::price_quality::price_quality;
use crate::reports::views::why::why;
use crate::scoring::agreement::means;
use crate::scoring::firmness::{Firmness, Mix, mix};
use crate::scoring::{self, Scorecard};
use crate::service::Opened;
use crate::web::pages::results::{Looked, published};

/// A picture with what a page says about it.
pub(in crate::web::pages) struct Shown {
    pub(in crate::web::pages) picture: Picture,
    /// Where it is saved.
    pub(in crate::web::pages) file: String,
    pub(in crate::web::pages) note: &'static str,
    /// Whether a table of the page has the same numbers.
    pub(in crate::web::pages) is_told_below: bool,
}

impl Shown {
    /// A picture whose file is at an address below the evaluation's.
    pub(in crate::web::pages) fn new(picture: Picture, file: String, note: &'static str) -> Self {
        Self {
            picture,
            file,
            note,
            is_told_below: false,
        }
    }

    /// The same on a page whose table has its numbers.
    pub(in crate::web::pages) fn told_below(self) -> Self {
        Self {
            is_told_below: true,
            ..self
        }
    }
}

/// The contribution bars.
pub(super) fn ranking(looked: &Looked) -> Picture {
    bars(&looked.publish(&looked.scorecard(), Detail::Ranking))
}

/// Criteria by vendors.
pub(super) fn heat(looked: &Looked) -> Picture {
    heat_map(&looked.publish(&looked.scorecard(), Detail::Full))
}

/// The record's weights and every lens.
pub(in crate::web::pages) fn lenses(opened: &Opened) -> Option<Picture> {
    let lenses = opened.dossier().set().lenses().iter();
    let cards: Vec<(&str, Arc<Scorecard>)> = std::iter::once(None)
        .chain(lenses.map(Some))
        .map(|lens| (lens.map_or("Record", Lens::title), opened.scorecard(lens)))
        .collect();
    let seen: Vec<_> = cards
        .iter()
        .map(|(title, card)| (*title, published(opened, card, Detail::Ranking)))
        .collect();
    let views: Vec<_> = seen.iter().map(|(title, seen)| (*title, seen)).collect();
    slopes(&views)
}

/// The way between two views; `found` says where first place changes on it.
pub(in crate::web::pages) fn way(
    opened: &Opened,
    (one, other): (Option<&str>, Option<&str>),
) -> Option<Picture> {
    let set = opened.dossier().set();
    let weighting = |id: Option<&str>| match id.and_then(|id| set.lens(id)) {
        Some(lens) => Weighting::of_lens(set, lens),
        None => Weighting::of_record(set),
    };
    let title = |id: Option<&str>| {
        let lens = id.and_then(|id| set.lens(id));
        lens.map_or("the record", Lens::title)
    };
    let record = opened.scorecard(None);
    let (from, to) = (weighting(one), weighting(other));
    let found = mix(set, &record, &from, &to);
    let evaluation = opened.dossier().evaluation();
    let stops: Vec<_> = stops(&found)
        .into_iter()
        .map(|part| {
            let there = Weighting::between(set, &from, &to, &part);
            let card = scoring::look(evaluation, &record, scoring::View::Weights(&there));
            (part, card)
        })
        .collect();
    mix_line(evaluation, (title(one), title(other)), &found, &stops)
}

/// Where on the way totals are asked for: every quarter, and wherever first place changes.
fn stops(found: &Mix) -> Vec<Fraction> {
    let quarters = (0..=4).filter_map(|quarter| Fraction::new(quarter, 4));
    let changes = found.stretches.iter().map(|one| one.to.clone());
    let mut stops: Vec<Fraction> = quarters.chain(changes).collect();
    stops.sort();
    stops.dedup();
    stops
}

/// How far each weight may move.
pub(in crate::web::pages) fn stability(looked: &Looked, firmness: &Firmness) -> Option<Picture> {
    let evaluation = looked.opened.dossier().evaluation();
    let found = &firmness.stability;
    intervals(&stability_rows(evaluation, found, &looked.places()))
}

/// How far the evaluators stand apart: only for whoever may compare them.
pub(in crate::web::pages) fn evaluators(opened: &Opened) -> Option<Picture> {
    let evaluation = opened.dossier().evaluation();
    spread(evaluation, &means(evaluation))
}

/// Two vendors taken apart.
pub(super) fn two(looked: &Looked, pair: (VendorIndex, VendorIndex)) -> Option<Picture> {
    let card = looked.scorecard();
    let published = looked.publish(&card, Detail::Full);
    fall(&why(&published, &card, pair, &looked.places())?)
}

/// Price against quality, about the first price or the one that is asked for.
pub(super) fn prices(looked: &Looked, criterion: Option<&str>) -> Option<Picture> {
    let evaluation = looked.opened.dossier().evaluation();
    let found = looked.opened.price_quality(looked.lens.as_ref());
    let places = looked.places();
    let mut views = found
        .iter()
        .map(|one| price_quality(evaluation, one, &places));
    let found = views.find(|view| criterion.is_none_or(|id| id == view.id));
    found?.picture
}

/// Whether a picture is advice, and so no part of the record of a tender.
pub(super) fn is_tender(looked: &Looked) -> bool {
    looked.opened.dossier().kind() == EvaluationKind::Tender
}
