//! Price against quality: a picture of every vendor's offer, and the table behind it.

use crate::criteria::{CriteriaSet, Criterion, Kind};
use crate::evaluation::Evaluation;
use crate::exact::{self, Fraction};
use crate::reports::figure::{Ends, Figure, figures, numbers};
use crate::reports::picture::Picture;
use crate::reports::picture::offers::offers;
use crate::reports::sentence::About;
use crate::reports::words::listed;
use crate::scoring::price_quality::{Offer, Place, PriceQuality};

use super::Addresses;

/// The offers of all vendors about one price.
pub(crate) struct PriceQualityView<'a> {
    pub(crate) title: &'a str,
    pub(crate) id: &'a str,
    pub(crate) currency: String,
    pub(crate) rows: Vec<OfferRow<'a>>,
    pub(crate) steps: Vec<StepRow<'a>>,
    pub(crate) picture: Option<Picture>,
}

/// One vendor's offer.
pub(crate) struct OfferRow<'a> {
    pub(crate) name: &'a str,
    pub(crate) href: Option<String>,
    pub(crate) quality: String,
    pub(crate) price: String,
    pub(crate) per_point: String,
    pub(crate) place: String,
}

/// From one vendor on the frontier to the next.
pub(crate) struct StepRow<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) price: String,
    pub(crate) quality: String,
    pub(crate) per_point: String,
}

/// Lays out price against quality.
pub(crate) fn price_quality<'a>(
    evaluation: &'a Evaluation,
    found: &PriceQuality,
    addresses: &dyn Addresses,
) -> PriceQualityView<'a> {
    let set: &CriteriaSet = evaluation.set();
    let criterion = set.criteria().get(found.criterion.position());
    let currency = match criterion.map(Criterion::kind) {
        Some(Kind::Priced(priced)) => priced.currency().unwrap_or_default(),
        Some(Kind::Rated(_) | Kind::PassFail) | None => "",
    };
    let qualities: Vec<_> = found
        .vendors
        .iter()
        .map(|one| one.quality.clone())
        .collect();
    let qualities = figures(&qualities, Ends::WhereOpen);
    let rows = found.vendors.iter().zip(&qualities);
    let rows: Vec<OfferRow<'_>> = rows
        .map(|(one, quality)| row(evaluation, one, quality, addresses))
        .collect();
    PriceQualityView {
        picture: offers(evaluation, found, &rows, currency),
        title: criterion.map_or("", Criterion::title),
        id: criterion.map_or("", Criterion::id),
        currency: currency.to_owned(),
        rows,
        steps: step_rows(evaluation, found),
    }
}

fn row<'a>(
    evaluation: &'a Evaluation,
    one: &Offer,
    quality: &Figure,
    addresses: &dyn Addresses,
) -> OfferRow<'a> {
    OfferRow {
        name: evaluation.vendor_name(one.vendor),
        href: addresses.of(About::Vendor(one.vendor)),
        quality: quality.shown_percent(),
        price: one.price.map_or_else(|| "–".to_owned(), exact::plain),
        per_point: one.per_point.as_ref().map_or_else(|| "–".to_owned(), cents),
        place: place_text(evaluation, &one.place),
    }
}

pub(in crate::reports) fn place_text(evaluation: &Evaluation, place: &Place) -> String {
    match place {
        Place::Efficient => "on the frontier".to_owned(),
        Place::Beaten(by) => {
            let names: Vec<&str> = by.iter().map(|&one| evaluation.vendor_name(one)).collect();
            format!("beaten by {}", listed(&names))
        }
        Place::Open => "open: something missing decides".to_owned(),
        Place::Outside => "not compared".to_owned(),
    }
}

fn step_rows<'a>(evaluation: &'a Evaluation, found: &PriceQuality) -> Vec<StepRow<'a>> {
    let qualities: Vec<_> = found
        .steps
        .iter()
        .map(|one| Some(one.quality.clone()))
        .collect();
    let steps = found.steps.iter().zip(numbers(&qualities));
    steps
        .map(|(step, quality)| StepRow {
            from: evaluation.vendor_name(step.from),
            to: evaluation.vendor_name(step.to),
            price: cents(&step.price),
            quality: quality.map_or_else(String::new, |quality| quality.text),
            per_point: cents(&step.per_point),
        })
        .collect()
}

fn cents(value: &Fraction) -> String {
    exact::fixed(value, exact::PLACES)
}
