//! Price against quality: a dot for every vendor, and the line of those that nobody beats.

use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact::{self, Fraction};
use crate::reports::views::price_quality::{OfferRow, place_text};
use crate::scoring::price_quality::{Offer, Place, PriceQuality};

use super::label::{Area, cut, labels};
use super::place::{Scale, whole};
use super::{Ink, Picture, Sentence, Shape, Table, figure, line, text};

/// Where the field begins and ends, in percent across and in pixels down.
const ACROSS: (i64, i64) = (14, 94);
/// Where the upright axis stands, in percent: what is written beside it has its room before the first dot.
const AXIS: &str = "3%";
const DOWN: (i64, i64) = (290, 34);
/// The width at which labels are placed, in pixels: on a wider picture they only move further apart.
const NARROW: i64 = 640;
const LETTERS: usize = 24;

/// The picture of the offers about one price, with their rows in print; `None` if no vendor has both a price and a quality.
pub(crate) fn offers(
    evaluation: &Evaluation,
    found: &PriceQuality,
    rows: &[OfferRow<'_>],
    currency: &str,
) -> Option<Picture> {
    let drawn: Vec<Drawn<'_>> = found.vendors.iter().filter_map(Drawn::of).collect();
    let prices = drawn.iter().map(|one| &one.price);
    let qualities = drawn.iter().flat_map(Drawn::ends);
    let scales = (
        Scale::over(prices.clone(), ACROSS)?,
        Scale::over(qualities.clone(), DOWN)?,
    );
    let mut shapes = axes(&scales, (prices.min()?, qualities.clone().min()?), currency);
    shapes.extend(ends(&drawn, &scales, currency));
    shapes.extend(frontier(found, &drawn, &scales));
    let names: Vec<String> = drawn
        .iter()
        .map(|one| cut(evaluation.vendor_name(one.offer.vendor), LETTERS))
        .collect();
    let dots: Vec<(i64, i64, &str)> = drawn
        .iter()
        .zip(&names)
        .map(|(one, name)| {
            (
                one.pixel(&scales.0),
                scales.1.down(&one.middle),
                name.as_str(),
            )
        })
        .collect();
    let field = Area {
        left: 0,
        top: DOWN.1.saturating_sub(10),
        width: NARROW,
        height: DOWN.0.saturating_sub(DOWN.1).saturating_add(20),
    };
    for ((one, name), beside) in drawn.iter().zip(&names).zip(labels(&dots, field)) {
        shapes.extend(one.shapes(&scales));
        let y = scales.1.down(&one.middle).saturating_add(beside.dy);
        let x = (scales.0.across(&one.price), beside.dx);
        shapes.push(text(&Ink::TEXT, x, y, beside.anchor, name.as_str()));
    }
    let told = drawn.iter().map(|one| {
        let name = evaluation.vendor_name(one.offer.vendor);
        Sentence::of(format!(
            "{name} is {}",
            place_text(evaluation, &one.offer.place)
        ))
    });
    Some(Picture {
        name: "price-quality",
        title: "Quality against price".into(),
        told: Sentence::of(
            "Quality goes up, price to the right. A filled dot is on the frontier and the line leads along it, a hollow one is beaten \
             or not compared, a dashed one is open. ",
        )
        .then(Sentence::joined(told, "; "))
        .say("."),
        height: DOWN.0.saturating_add(44),
        shapes,
        table: table(rows),
    })
}

/// A vendor with a price and a quality.
struct Drawn<'a> {
    offer: &'a Offer,
    price: Fraction,
    low: &'a Fraction,
    high: &'a Fraction,
    middle: Fraction,
}

impl<'a> Drawn<'a> {
    fn of(offer: &'a Offer) -> Option<Self> {
        let quality = offer.quality.as_ref()?;
        let middle = (&quality.low + &quality.high).over(&Fraction::whole(2))?;
        Some(Self {
            offer,
            price: Fraction::from(offer.price?),
            low: &quality.low,
            high: &quality.high,
            middle,
        })
    }

    fn ends(&self) -> [&'a Fraction; 2] {
        [self.low, self.high]
    }

    /// Where it stands on the narrowest picture.
    fn pixel(&self, scale: &Scale) -> i64 {
        let at = &scale.place(&self.price) * &Fraction::whole(NARROW);
        whole(&at.over(&Fraction::hundred()).unwrap_or_else(Fraction::zero))
    }

    fn shapes(&self, (x, y): &(Scale, Scale)) -> Vec<Shape> {
        let at = x.across(&self.price);
        let (low, high) = (y.down(self.low), y.down(self.high));
        let span = (low != high).then(|| line(&Ink::AXIS, (&at, high), (&at, low)));
        let dot = Shape::Dot {
            ink: match self.offer.place {
                Place::Efficient => &Ink::MARK,
                Place::Beaten(_) | Place::Outside => &Ink::HOLLOW,
                Place::Open => &Ink::OPEN,
            },
            x: at,
            y: y.down(&self.middle),
            r: 6,
        };
        span.into_iter().chain([dot]).collect()
    }
}

fn axes(
    scales: &(Scale, Scale),
    (price, quality): (&Fraction, &Fraction),
    currency: &str,
) -> Vec<Shape> {
    let left = AXIS.to_owned();
    let foot = DOWN.0.saturating_add(14);
    let top = DOWN.1.saturating_sub(14);
    let price = format!("{} {currency}", exact::trimmed(price, exact::PLACES));
    let y = scales.1.down(quality).saturating_sub(4);
    let quality = format!("{}%", exact::trimmed(quality, exact::PLACES));
    vec![
        line(&Ink::AXIS, (&left, foot), ("97%", foot)),
        line(&Ink::AXIS, (&left, top), (&left, foot)),
        text(&Ink::SOFT, (left.clone(), 0), 12, "start", "quality ↑"),
        text(
            &Ink::SOFT,
            ("50%", 0),
            foot.saturating_add(18),
            "middle",
            "price →",
        ),
        text(
            &Ink::SOFT,
            (left.clone(), 4),
            y.saturating_add(16),
            "start",
            figure(quality),
        ),
        text(
            &Ink::SOFT,
            (left, 0),
            foot.saturating_add(18),
            "start",
            figure(price.trim()),
        ),
    ]
}

/// What the dearest and the best come to.
fn ends(drawn: &[Drawn<'_>], (_, y): &(Scale, Scale), currency: &str) -> Vec<Shape> {
    let dearest = drawn.iter().map(|one| &one.price).max();
    let least = drawn.iter().map(|one| &one.price).min();
    let best = drawn.iter().map(|one| one.high).max();
    let foot = DOWN.0.saturating_add(32);
    let dearest = dearest
        .filter(|dearest| least != Some(*dearest))
        .map(|dearest| {
            let told = format!("{} {currency}", exact::trimmed(dearest, exact::PLACES));
            text(&Ink::SOFT, ("97%", 0), foot, "end", figure(told.trim()))
        });
    let best = best.map(|best| {
        let told = format!("{}%", exact::trimmed(best, exact::PLACES));
        let at = (AXIS, 4);
        text(
            &Ink::SOFT,
            at,
            y.down(best).saturating_sub(4),
            "start",
            figure(told),
        )
    });
    dearest.into_iter().chain(best).collect()
}

fn frontier(found: &PriceQuality, drawn: &[Drawn<'_>], (x, y): &(Scale, Scale)) -> Vec<Shape> {
    let point = |vendor: VendorIndex| {
        let one = drawn.iter().find(|one| one.offer.vendor == vendor)?;
        Some((x.across(&one.price), y.down(one.low)))
    };
    let steps = found.steps.iter().filter_map(|step| {
        let (from, to) = (point(step.from)?, point(step.to)?);
        Some(line(&Ink::LEAD, (&from.0, from.1), (&to.0, to.1)))
    });
    steps.collect()
}

fn table(rows: &[OfferRow<'_>]) -> Table {
    let heads = [
        "Vendor",
        "Quality",
        "Price",
        "Price for each percent",
        "Frontier",
    ];
    Table {
        caption: "Every vendor in the order of the ranking.",
        heads: heads.map(Sentence::of).to_vec(),
        rows: rows
            .iter()
            .map(|row| {
                vec![
                    row.name.to_owned(),
                    row.quality.clone(),
                    row.price.clone(),
                    row.per_point.clone(),
                    row.place.clone(),
                ]
            })
            .collect(),
    }
}
