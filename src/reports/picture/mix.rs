//! The way from one weighting to another: every vendor's total, and where first place changes.

use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact::{self, Fraction};
use crate::reports::figure::{Ends, Figure, figures};
use crate::reports::views::mix::printed_ends;
use crate::reports::words::listed;
use crate::scoring::firmness::Mix;
use crate::scoring::{Bounds, Scorecard, VendorCard, VendorStatus};

use super::label::{apart, beside, cut, numbered};
use super::place::{Scale, count};
use super::{
    Drawing, Ink, Picture, Room, Sentence, Shape, Table, figure, legend_if_narrow, line, text,
};

/// Where the way begins and ends, in percent across.
fn ends(room: Room) -> (i64, i64) {
    room.pick((36, 64), (26, 74))
}
const TOP: i64 = 30;
const DOWN: i64 = 280;
const GAP: i64 = 18;

/// A result somewhere on the way: the part of the second weighting, and the card there.
pub(crate) type Stop = (Fraction, Scorecard);

/// The way between two weightings, called `one` and `other`; `stops` lie in order, the first at its beginning and the last at its
/// end. `None` if nobody in the running has a total.
pub(crate) fn mix_line(
    evaluation: &Evaluation,
    (one, other): (&str, &str),
    found: &Mix,
    stops: &[Stop],
) -> Option<Picture> {
    let paths = paths(evaluation, found, stops);
    let wide = drawn(&paths, (one, other), found, stops, Room::Wide)?;
    Some(Picture {
        name: "mix",
        title: format!("From {one} to {other}").into(),
        told: told(evaluation, found, other),
        height: wide.height,
        shapes: wide.shapes,
        narrow: drawn(&paths, (one, other), found, stops, Room::Narrow),
        table: table(&paths, stops, other),
    })
}

fn drawn(
    paths: &[Path<'_>],
    titles: (&str, &str),
    found: &Mix,
    stops: &[Stop],
    room: Room,
) -> Option<Drawing> {
    let values = paths.iter().flat_map(|path| path.at.iter());
    let bottom = TOP.saturating_add(DOWN.max(count(paths.len()).saturating_mul(GAP)));
    let up = Scale::over(values, (bottom, TOP))?;
    let way = Scale::percent(ends(room));
    let mut shapes = frame(titles, found, &way, bottom, room);
    for path in paths.iter().rev() {
        let ink = if path.leads { &Ink::LEAD } else { &Ink::REST };
        let places: Vec<(String, i64)> = stops
            .iter()
            .zip(&path.at)
            .map(|((part, _), total)| (way.across(&part.percent()), up.down(total)))
            .collect();
        shapes.extend(places.windows(2).filter_map(|two| match two {
            [from, to] => Some(line(ink, (&from.0, from.1), (&to.0, to.1))),
            _ => None,
        }));
    }
    shapes.extend(labels(paths, &up, bottom, room));
    let end = bottom.saturating_add(34);
    let end = legend_if_narrow(&mut shapes, paths.iter().map(|path| path.name), end, room);
    Some(Drawing {
        height: end.saturating_add(10),
        shapes,
    })
}

/// Every vendor's name and total at both ends of the way.
fn labels(paths: &[Path<'_>], up: &Scale, bottom: i64, room: Room) -> Vec<Shape> {
    let last = paths
        .first()
        .map_or(0, |path| path.at.len().saturating_sub(1));
    let (left, right) = ends(room);
    let sides = [(0, left, "end", -10), (last, right, "start", 10)];
    let both = sides.into_iter().flat_map(|(stop, x, anchor, dx)| {
        let wanted = paths.iter().map(|path| path.at.get(stop));
        let wanted: Vec<i64> = wanted
            .map(|total| total.map_or(bottom, |total| up.down(total)))
            .collect();
        let placed = apart(&wanted, GAP, (TOP, bottom));
        let totals = printed(paths, stop);
        let each = (1_usize..).zip(paths).zip(totals).zip(placed);
        each.map(move |(((number, path), total), y)| {
            let ink = if path.leads { &Ink::BOLD } else { &Ink::TEXT };
            let (total, is_right) = (total.shown(), anchor == "start");
            let label = match room {
                Room::Wide => beside(path.name, &total, is_right),
                Room::Narrow => numbered(number, &total, is_right),
            };
            let place = (format!("{x}%"), dx);
            text(ink, place, y.saturating_add(4), anchor, label)
        })
        .collect::<Vec<_>>()
    });
    both.collect()
}

/// One vendor on the way.
struct Path<'a> {
    name: &'a str,
    at: Vec<Fraction>,
    bounds: Vec<Option<Bounds>>,
    leads: bool,
}

fn paths<'a>(evaluation: &'a Evaluation, found: &Mix, stops: &[Stop]) -> Vec<Path<'a>> {
    let cards = stops.first().map_or(&[][..], |(_, card)| &card.vendors);
    let running = cards.iter().filter(|card| runs(card));
    let paths = running.filter_map(|card| {
        let bounds: Vec<Option<Bounds>> = stops
            .iter()
            .map(|(_, there)| there.vendor(card.vendor)?.total.clone())
            .collect();
        let at: Option<Vec<Fraction>> = bounds.iter().map(|one| middle(one.as_ref()?)).collect();
        Some(Path {
            name: evaluation.vendor_name(card.vendor),
            at: at?,
            bounds,
            leads: found
                .stretches
                .iter()
                .any(|one| one.first.contains(&card.vendor)),
        })
    });
    paths.collect()
}

fn runs(card: &VendorCard) -> bool {
    matches!(
        card.status,
        VendorStatus::Ranked | VendorStatus::Provisional
    )
}

fn middle(bounds: &Bounds) -> Option<Fraction> {
    (&bounds.low + &bounds.high).over(&Fraction::whole(2))
}

/// The ends of the way, and where first place changes.
fn frame(
    (one, other): (&str, &str),
    found: &Mix,
    way: &Scale,
    bottom: i64,
    room: Room,
) -> Vec<Shape> {
    let (start, end) = ends(room);
    let (start, end) = (format!("{start}%"), format!("{end}%"));
    let letters = room.pick(40, 16);
    let foot = bottom.saturating_add(34);
    let mut shapes = vec![
        line(&Ink::AXIS, (&start, bottom), (&end, bottom)),
        line(&Ink::AXIS, (&start, TOP), (&start, bottom)),
        line(&Ink::AXIS, (&end, TOP), (&end, bottom)),
        text(
            &Ink::SOFT,
            (start, 0),
            foot,
            "middle",
            cut(&format!("all {one}"), letters),
        ),
        text(
            &Ink::SOFT,
            (end, 0),
            foot,
            "middle",
            cut(&format!("all {other}"), letters),
        ),
    ];
    let inner = found.stretches.len().saturating_sub(1);
    let ends = printed_ends(found);
    let breaks = found.stretches.iter().take(inner).zip(ends.iter().skip(1));
    for (stretch, (printed, _)) in breaks {
        let x = way.across(&stretch.to.percent());
        shapes.push(line(&Ink::BREAK, (&x, TOP), (&x, bottom)));
        let y = bottom.saturating_add(16);
        shapes.push(text(
            &Ink::BOLD,
            (x, 0),
            y,
            "middle",
            figure(format!("{printed}%")),
        ));
    }
    shapes
}

fn names(evaluation: &Evaluation, vendors: &[VendorIndex]) -> String {
    let names: Vec<&str> = vendors
        .iter()
        .map(|&one| evaluation.vendor_name(one))
        .collect();
    if names.is_empty() {
        "undecided".to_owned()
    } else {
        listed(&names)
    }
}

fn told(evaluation: &Evaluation, found: &Mix, other: &str) -> Sentence {
    let ends = printed_ends(found);
    let starts = ends.iter().map(|(_, start)| start);
    let stretches = found.stretches.iter().zip(starts.zip(ends.iter().skip(1)));
    let each = stretches.map(|(one, (from, (to, _)))| {
        figure(format!("{from}% to {to}%: ")).say(names(evaluation, &one.first))
    });
    Sentence::of(format!(
        "Totals, higher is better, as the weights go over to {other}. First are, by percent of {other}: "
    ))
    .then(Sentence::joined(each, "; "))
    .say(".")
}

/// The totals at a stop, in print.
fn printed(paths: &[Path<'_>], stop: usize) -> Vec<Figure> {
    let column = paths
        .iter()
        .map(|path| path.bounds.get(stop).cloned().flatten());
    figures(&column.collect::<Vec<_>>(), Ends::WhereOpen)
}

fn table(paths: &[Path<'_>], stops: &[Stop], other: &str) -> Table {
    let heads = stops.iter().map(|(part, _)| {
        let part = exact::trimmed(&part.percent(), exact::PLACES);
        figure(format!("{part}%")).say(format!(" {other}"))
    });
    let columns: Vec<_> = (0..stops.len()).map(|at| printed(paths, at)).collect();
    let rows = paths.iter().enumerate().map(|(at, path)| {
        let cells = columns
            .iter()
            .filter_map(|column| Some(column.get(at)?.shown()));
        std::iter::once(path.name.to_owned()).chain(cells).collect()
    });
    Table {
        caption: "Totals on the way.",
        heads: std::iter::once(Sentence::of("Vendor"))
            .chain(heads)
            .collect(),
        rows: rows.collect(),
    }
}
