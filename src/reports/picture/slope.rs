//! How totals and places change from one view to the next.

use crate::evaluation::VendorIndex;
use crate::exact::Fraction;
use crate::reports::published::{Published, PublishedVendor};
use crate::scoring::VendorStatus;

use super::label::{apart, beside, cut, numbered};
use super::place::{Scale, across, count};
use super::{Drawing, Ink, Picture, Room, Sentence, Shape, Table, legend_if_narrow, line, text};

/// Where the first view stands and where the last, in percent across.
fn ends(room: Room) -> (i64, i64) {
    room.pick((36, 64), (26, 74))
}
/// Where the field begins, and how high it is at least, in pixels down.
const TOP: i64 = 44;
const DOWN: i64 = 300;
/// How far labels stand apart.
const GAP: i64 = 18;

/// One view: its title, and the result through it.
pub(crate) type View<'a> = (&'a str, &'a Published<'a>);

/// The slopes of all vendors over some views; `None` with fewer than two views or without any total.
pub(crate) fn slopes(views: &[View<'_>]) -> Option<Picture> {
    let (_, first) = views.first().filter(|_| views.len() > 1)?;
    let order = first.vendors.iter().map(|one| one.vendor);
    let paths: Vec<Path<'_>> = order.filter_map(|vendor| Path::of(views, vendor)).collect();
    let wide = drawn(views, &paths, Room::Wide)?;
    Some(Picture {
        name: "lenses",
        title: "Totals through each view".into(),
        told: told(views, &paths),
        height: wide.height,
        shapes: wide.shapes,
        narrow: drawn(views, &paths, Room::Narrow),
        table: table(views, &paths),
    })
}

fn drawn(views: &[View<'_>], paths: &[Path<'_>], room: Room) -> Option<Drawing> {
    let values = paths.iter().flat_map(|path| path.at.iter());
    let (first, last) = ends(room);
    let height = DOWN.max(count(paths.len()).saturating_mul(GAP));
    let bottom = TOP.saturating_add(height);
    let scale = Scale::over(values, (bottom, TOP))?;
    let mut shapes = heads(views, bottom, room);
    for path in paths.iter().rev() {
        shapes.extend(path.drawn(views.len(), &scale, room));
    }
    for (is_last, x, anchor, dx) in [(false, first, "end", -12), (true, last, "start", 12)] {
        let wanted: Vec<i64> = paths
            .iter()
            .map(|path| scale.down(path.end(is_last)))
            .collect();
        let placed = apart(&wanted, GAP, (TOP, bottom));
        for ((number, path), y) in (1_usize..).zip(paths).zip(placed) {
            let ink = if path.leads { &Ink::BOLD } else { &Ink::TEXT };
            let label = path.label(is_last, number, room);
            let place = (format!("{x}%"), dx);
            shapes.push(text(ink, place, y.saturating_add(4), anchor, label));
        }
    }
    let end = legend_if_narrow(
        &mut shapes,
        paths.iter().map(|path| path.name),
        bottom,
        room,
    );
    Some(Drawing {
        height: end.saturating_add(16),
        shapes,
    })
}

/// One vendor through all views.
struct Path<'a> {
    name: &'a str,
    /// The middle of what its total can be, by view.
    at: Vec<Fraction>,
    shown: Vec<String>,
    ranks: Vec<String>,
    /// Whether it comes first in any of them.
    leads: bool,
    is_out: bool,
}

impl<'a> Path<'a> {
    fn of(views: &[View<'a>], vendor: VendorIndex) -> Option<Self> {
        let cards: Option<Vec<&PublishedVendor>> = views
            .iter()
            .map(|(_, seen)| seen.vendors.iter().find(|one| one.vendor == vendor))
            .collect();
        let cards = cards?;
        let at: Option<Vec<Fraction>> = cards.iter().map(|card| middle(card)).collect();
        Some(Self {
            name: views.first()?.1.evaluation.vendor_name(vendor),
            at: at?,
            shown: cards.iter().map(|card| card.total.shown()).collect(),
            ranks: cards.iter().map(|card| card.rank_shown()).collect(),
            leads: cards.iter().any(|card| card.rank == Some(1)),
            is_out: cards.iter().any(|card| {
                matches!(
                    card.status,
                    VendorStatus::Disqualified | VendorStatus::Excluded
                )
            }),
        })
    }

    fn end(&self, last: bool) -> &Fraction {
        static NOWHERE: std::sync::LazyLock<Fraction> = std::sync::LazyLock::new(Fraction::zero);
        let found = if last {
            self.at.last()
        } else {
            self.at.first()
        };
        found.unwrap_or(&NOWHERE)
    }

    /// Its name and total, one after the other; an open total takes more room and leaves less for the name.
    fn label(&self, last: bool, number: usize, room: Room) -> Sentence {
        let shown = if last {
            self.shown.last()
        } else {
            self.shown.first()
        };
        let shown = shown.map_or("", String::as_str);
        match room {
            Room::Wide => beside(self.name, shown, last),
            Room::Narrow => numbered(number, shown, last),
        }
    }

    fn drawn(&self, views: usize, scale: &Scale, room: Room) -> Vec<Shape> {
        let (path, mark) = match (self.is_out, self.leads) {
            (true, _) => (&Ink::OUT, &Ink::OPEN),
            (false, true) => (&Ink::LEAD, &Ink::MARK),
            (false, false) => (&Ink::REST, &Ink::HOLLOW),
        };
        let places: Vec<(String, i64)> = self
            .at
            .iter()
            .enumerate()
            .map(|(at, total)| (column(at, views, room), scale.down(total)))
            .collect();
        let mut shapes: Vec<Shape> = places
            .windows(2)
            .filter_map(|two| match two {
                [from, to] => Some(line(path, (&from.0, from.1), (&to.0, to.1))),
                _ => None,
            })
            .collect();
        shapes.extend(places.into_iter().map(|(x, y)| Shape::Dot {
            ink: mark,
            x,
            y,
            r: 4,
        }));
        shapes
    }
}

fn middle(card: &PublishedVendor) -> Option<Fraction> {
    let known = card.total.known.as_ref();
    let low = &known.or(card.total.low.as_ref())?.exact;
    let high = &known.or(card.total.high.as_ref())?.exact;
    (low + high).over(&Fraction::whole(2))
}

/// Where a view stands.
fn column(at: usize, views: usize, room: Room) -> String {
    let (first, last) = ends(room);
    let steps = Fraction::count(views.saturating_sub(1));
    let width = Fraction::whole(last.saturating_sub(first));
    let step = (&width * &Fraction::count(at)).over(&steps);
    across(&(&Fraction::whole(first) + &step.unwrap_or_else(Fraction::zero)))
}

fn heads(views: &[View<'_>], bottom: i64, room: Room) -> Vec<Shape> {
    // As many letters as stand between two views.
    let gaps = views.len().saturating_sub(1).max(1);
    let letters = room.pick(40_usize, 22).div_euclid(gaps).clamp(4, 16);
    let heads = views.iter().enumerate().flat_map(|(at, (title, _))| {
        let x = column(at, views.len(), room);
        [
            line(&Ink::GRID, (&x, TOP.saturating_sub(14)), (&x, bottom)),
            text(&Ink::BOLD, (x, 0), 18, "middle", cut(title, letters)),
        ]
    });
    heads.collect()
}

fn told(views: &[View<'_>], paths: &[Path<'_>]) -> Sentence {
    let each = paths.iter().map(|path| {
        let totals = views
            .iter()
            .zip(&path.shown)
            .map(|((title, _), shown)| Sentence::of(*title).figure(format!(" {shown}")));
        Sentence::of(format!("{}: ", path.name)).then(Sentence::joined(totals, ", "))
    });
    Sentence::of(
        "Higher is better. A thick line with filled dots comes first somewhere, a dashed one is out of the running. ",
    )
    .then(Sentence::joined(each, "; "))
    .say(".")
}

fn table(views: &[View<'_>], paths: &[Path<'_>]) -> Table {
    let titles = views.iter().map(|(title, _)| Sentence::of(*title));
    Table {
        caption: "Total through each view, and the rank in brackets.",
        heads: std::iter::once(Sentence::of("Vendor"))
            .chain(titles)
            .collect(),
        rows: paths
            .iter()
            .map(|path| {
                let cells = path.shown.iter().zip(&path.ranks).map(|(shown, rank)| {
                    if rank.is_empty() {
                        shown.clone()
                    } else {
                        format!("{shown} ({rank})")
                    }
                });
                std::iter::once(path.name.to_owned()).chain(cells).collect()
            })
            .collect(),
    }
}
