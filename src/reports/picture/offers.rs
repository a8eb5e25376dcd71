//! Price against quality: a dot for every vendor, and the line of those that nobody beats.

use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact::{self, Fraction};
use crate::reports::views::price_quality::{OfferRow, place_text};
use crate::scoring::price_quality::{Offer, Place, PriceQuality};

use super::label::{Area, along, cut, labels};
use super::place::{Scale, whole};
use super::{
    Drawing, Ink, Picture, Room, Sentence, Shape, Table, figure, legend_if_narrow, line, text,
};

/// Where the field begins and ends, in percent across and in pixels down.
fn ends(room: Room) -> (i64, i64) {
    room.pick((14, 94), (26, 92))
}
/// Where the upright axis stands, in percent: what is written beside it has its room before the first dot.
const AXIS: &str = "3%";
const DOWN: (i64, i64) = (290, 34);
/// How far what is written beside the upright axis reaches, in pixels.
const WRITTEN: i64 = 84;
const LETTERS: usize = 34;

/// The picture of the offers about one price, with their rows in print; `None` if no vendor has both a price and a quality.
pub(crate) fn offers(
    evaluation: &Evaluation,
    found: &PriceQuality,
    rows: &[OfferRow<'_>],
    currency: &str,
) -> Option<Picture> {
    let drawn: Vec<Drawn<'_>> = found.vendors.iter().filter_map(Drawn::of).collect();
    let names: Vec<&str> = drawn
        .iter()
        .map(|one| evaluation.vendor_name(one.offer.vendor))
        .collect();
    let wide = field(found, &drawn, &names, currency, Room::Wide)?;
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
        height: wide.height,
        shapes: wide.shapes,
        narrow: field(found, &drawn, &names, currency, Room::Narrow),
        table: table(rows),
    })
}

/// The dots between their axes. Where there is little room, each has its number beside it, and the names stand below.
fn field(
    found: &PriceQuality,
    drawn: &[Drawn<'_>],
    names: &[&str],
    currency: &str,
    room: Room,
) -> Option<Drawing> {
    let prices = drawn.iter().map(|one| &one.price);
    let qualities = drawn.iter().flat_map(Drawn::ends);
    let scales = (
        Scale::over(prices.clone(), ends(room))?,
        Scale::over(qualities.clone(), DOWN)?,
    );
    let mut shapes = axes(&scales, (prices.min()?, qualities.clone().min()?), currency);
    shapes.extend(farthest(drawn, &scales, currency));
    shapes.extend(frontier(found, drawn, &scales));
    let labelled: Vec<String> = (1_usize..)
        .zip(names)
        .map(|(number, name)| room.pick(cut(name, LETTERS), number.to_string()))
        .collect();
    let at = |one: &Drawn<'_>| (one.pixel(&scales.0, room), scales.1.down(&one.middle));
    let dots: Vec<(i64, i64, &str)> = drawn
        .iter()
        .zip(&labelled)
        .map(|(one, label)| (at(one).0, at(one).1, label.as_str()))
        .collect();
    let area = Area {
        left: WRITTEN,
        top: DOWN.1.saturating_sub(10),
        width: room.pixels().saturating_sub(WRITTEN),
        height: DOWN.0.saturating_sub(DOWN.1).saturating_add(20),
    };
    let steps = found.steps.iter().filter_map(|step| {
        let end = |vendor| Some(at(drawn.iter().find(|one| one.offer.vendor == vendor)?));
        Some(along(end(step.from)?, end(step.to)?))
    });
    let way: Vec<Area> = steps.flatten().collect();
    for ((one, label), beside) in drawn.iter().zip(&labelled).zip(labels(&dots, area, &way)) {
        shapes.extend(one.shapes(&scales));
        let y = scales.1.down(&one.middle).saturating_add(beside.dy);
        let x = (scales.0.across(&one.price), beside.dx);
        shapes.push(text(&Ink::TEXT, x, y, beside.anchor, label.as_str()));
    }
    let end = DOWN.0.saturating_add(34);
    let end = legend_if_narrow(&mut shapes, names.iter().copied(), end, room);
    Some(Drawing {
        height: end.saturating_add(10),
        shapes,
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

    /// Where it stands on the narrowest picture of its kind: on a wider one labels only move further apart.
    fn pixel(&self, scale: &Scale, room: Room) -> i64 {
        let at = &scale.place(&self.price) * &Fraction::whole(room.pixels());
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
    let least = scales.0.across(price);
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
        tick(&least, foot),
        text(
            &Ink::SOFT,
            (least, 0),
            foot.saturating_add(18),
            "middle",
            figure(price.trim()),
        ),
    ]
}

/// Where a price stands on the axis.
fn tick(at: &str, foot: i64) -> Shape {
    line(&Ink::AXIS, (at, foot), (at, foot.saturating_add(5)))
}

/// What the dearest and the best come to.
fn farthest(drawn: &[Drawn<'_>], (x, y): &(Scale, Scale), currency: &str) -> Vec<Shape> {
    let dearest = drawn.iter().map(|one| &one.price).max();
    let least = drawn.iter().map(|one| &one.price).min();
    let best = drawn.iter().map(|one| one.high).max();
    let foot = DOWN.0.saturating_add(14);
    let dearest = dearest
        .filter(|dearest| least != Some(*dearest))
        .map(|dearest| {
            let told = format!("{} {currency}", exact::trimmed(dearest, exact::PLACES));
            let (at, below) = (x.across(dearest), foot.saturating_add(18));
            let told = figure(told.trim());
            [
                tick(&at, foot),
                text(&Ink::SOFT, (at, 4), below, "end", told),
            ]
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
    dearest.into_iter().flatten().chain(best).collect()
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
