//! Price against quality: a picture of every vendor's offer, and the table behind it.

use crate::criteria::{CriteriaSet, Criterion, Kind};
use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact::{self, Fraction};
use crate::reports::figure::{Ends, Figure, figures, numbers};
use crate::reports::sentence::About;
use crate::reports::words::listed;
use crate::scoring::price_quality::{Offer, Place, PriceQuality};

use super::Addresses;

/// Where the picture's field begins and how wide it is, in percent across.
const LEFT: i64 = 8;
const ACROSS: i64 = 84;
/// Where it begins and how high it is, in pixels down.
const TOP: i64 = 24;
const DOWN: i64 = 240;

/// The offers of all vendors about one price.
pub(crate) struct PriceQualityView<'a> {
    pub(crate) title: &'a str,
    pub(crate) id: &'a str,
    pub(crate) currency: String,
    pub(crate) rows: Vec<OfferRow<'a>>,
    pub(crate) steps: Vec<StepRow<'a>>,
    pub(crate) scatter: Option<Scatter>,
}

/// One vendor's offer.
pub(crate) struct OfferRow<'a> {
    /// Its number in the picture.
    pub(crate) number: usize,
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

/// The picture: across in percent, down in pixels.
pub(crate) struct Scatter {
    pub(crate) dots: Vec<Dot>,
    pub(crate) lines: Vec<Segment>,
    pub(crate) least_price: String,
    pub(crate) most_price: String,
    pub(crate) least_quality: String,
    pub(crate) most_quality: String,
    /// What the picture shows, in words.
    pub(crate) told: String,
}

/// One vendor in the picture.
pub(crate) struct Dot {
    pub(crate) number: usize,
    /// `on`, `beaten`, `open` or `outside`.
    pub(crate) kind: &'static str,
    pub(crate) across: String,
    pub(crate) at: String,
    pub(crate) label_at: String,
    /// From its lowest quality to its highest, where they differ.
    pub(crate) span: Option<(String, String)>,
}

/// A line between two neighbours on the frontier.
pub(crate) struct Segment {
    pub(crate) from: (String, String),
    pub(crate) to: (String, String),
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
    let rows = (1..).zip(found.vendors.iter().zip(&qualities));
    PriceQualityView {
        title: criterion.map_or("", Criterion::title),
        id: criterion.map_or("", Criterion::id),
        currency: currency.to_owned(),
        rows: rows
            .map(|(number, (one, quality))| row(evaluation, number, one, quality, addresses))
            .collect(),
        steps: step_rows(evaluation, found),
        scatter: scatter(evaluation, found),
    }
}

fn row<'a>(
    evaluation: &'a Evaluation,
    number: usize,
    one: &Offer,
    quality: &Figure,
    addresses: &dyn Addresses,
) -> OfferRow<'a> {
    OfferRow {
        number,
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

/// From a range of values to places along a line.
struct Scale {
    least: Fraction,
    room: Fraction,
}

impl Scale {
    fn over(values: &[Fraction]) -> Option<Self> {
        let (least, most) = (values.iter().min()?, values.iter().max()?);
        Some(Self {
            least: least.clone(),
            room: most - least,
        })
    }

    /// How far along a value lies, from 0 to 1; half way if there is only one.
    fn part(&self, value: &Fraction) -> Fraction {
        let part = (value - &self.least).over(&self.room);
        part.or_else(|| Fraction::new(1, 2))
            .unwrap_or_else(Fraction::zero)
    }

    fn across(&self, value: &Fraction) -> String {
        let part = &self.part(value) * &Fraction::whole(ACROSS);
        exact::fixed(&(&part + &Fraction::whole(LEFT)), exact::PLACES)
    }

    /// The better, the higher up.
    fn down(&self, value: &Fraction) -> Fraction {
        let part = &(&Fraction::one() - &self.part(value)) * &Fraction::whole(DOWN);
        &part + &Fraction::whole(TOP)
    }
}

/// The picture; none if no vendor has both a price and a quality.
fn scatter(evaluation: &Evaluation, found: &PriceQuality) -> Option<Scatter> {
    let drawn = || {
        let offers = (1_usize..).zip(&found.vendors);
        offers.filter_map(|(number, one)| {
            Some((
                number,
                one,
                Fraction::from(one.price?),
                one.quality.as_ref()?,
            ))
        })
    };
    let prices: Vec<Fraction> = drawn().map(|(_, _, price, _)| price).collect();
    let qualities: Vec<Fraction> = drawn()
        .flat_map(|(_, _, _, quality)| [quality.low.clone(), quality.high.clone()])
        .collect();
    let (x, y) = (Scale::over(&prices)?, Scale::over(&qualities)?);
    let pixel = |value: &Fraction| exact::fixed(value, exact::PLACES);
    let dots = drawn().map(|(number, one, price, quality)| {
        let (low, high) = (y.down(&quality.low), y.down(&quality.high));
        let middle = &(&low + &high) * &Fraction::new(1, 2).unwrap_or_else(Fraction::one);
        Dot {
            number,
            kind: kind(&one.place),
            across: x.across(&price),
            at: pixel(&middle),
            label_at: pixel(&(&middle - &Fraction::whole(10))),
            span: (low != high).then(|| (pixel(&high), pixel(&low))),
        }
    });
    let point = |vendor: VendorIndex| {
        let (_, _, price, quality) = drawn().find(|(_, one, _, _)| one.vendor == vendor)?;
        Some((x.across(&price), pixel(&y.down(&quality.low))))
    };
    let lines = found.steps.iter().filter_map(|step| {
        Some(Segment {
            from: point(step.from)?,
            to: point(step.to)?,
        })
    });
    let end = |values: &[Fraction], last: bool| {
        let found = if last {
            values.iter().max()
        } else {
            values.iter().min()
        };
        found.map_or_else(String::new, |value| exact::trimmed(value, exact::PLACES))
    };
    let told: Vec<String> = drawn()
        .map(|(number, one, _, _)| {
            format!(
                "{number} is {}, {}",
                evaluation.vendor_name(one.vendor),
                place_text(evaluation, &one.place)
            )
        })
        .collect();
    Some(Scatter {
        dots: dots.collect(),
        lines: lines.collect(),
        least_price: end(&prices, false),
        most_price: end(&prices, true),
        least_quality: end(&qualities, false),
        most_quality: end(&qualities, true),
        told: told.join("; "),
    })
}

fn kind(place: &Place) -> &'static str {
    match place {
        Place::Efficient => "on",
        Place::Beaten(_) => "beaten",
        Place::Open => "open",
        Place::Outside => "outside",
    }
}
