//! How totals and places change from one view to the next.

use crate::evaluation::VendorIndex;
use crate::exact::Fraction;
use crate::reports::published::{Published, PublishedVendor};
use crate::scoring::VendorStatus;

use super::label::{apart, beside, cut};
use super::place::{Scale, across, count};
use super::{Ink, Picture, Sentence, Shape, Table, line, text};

/// Where the first view stands and where the last, in percent across.
const FIRST: i64 = 33;
const LAST: i64 = 67;
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
    let values = paths.iter().flat_map(|path| path.at.iter());
    let height = DOWN.max(count(paths.len()).saturating_mul(GAP));
    let bottom = TOP.saturating_add(height);
    let scale = Scale::over(values, (bottom, TOP))?;
    let mut shapes = heads(views, bottom);
    for path in paths.iter().rev() {
        shapes.extend(path.drawn(views.len(), &scale));
    }
    for (last, anchor, dx) in [(false, "end", -12), (true, "start", 12)] {
        let wanted: Vec<i64> = paths
            .iter()
            .map(|path| scale.down(path.end(last)))
            .collect();
        let placed = apart(&wanted, GAP, (TOP, bottom));
        for (path, y) in paths.iter().zip(placed) {
            let x = if last { LAST } else { FIRST };
            let ink = if path.leads { &Ink::BOLD } else { &Ink::TEXT };
            let label = path.label(last);
            let place = (format!("{x}%"), dx);
            shapes.push(text(ink, place, y.saturating_add(4), anchor, label));
        }
    }
    Some(Picture {
        name: "lenses",
        title: "Totals through each view".into(),
        told: told(views, &paths),
        height: bottom.saturating_add(16),
        shapes,
        table: table(views, &paths),
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
    fn label(&self, last: bool) -> Sentence {
        let shown = if last {
            self.shown.last()
        } else {
            self.shown.first()
        };
        let shown = shown.map_or("", String::as_str);
        beside(self.name, shown, last)
    }

    fn drawn(&self, views: usize, scale: &Scale) -> Vec<Shape> {
        let (path, mark) = match (self.is_out, self.leads) {
            (true, _) => (&Ink::OUT, &Ink::OPEN),
            (false, true) => (&Ink::LEAD, &Ink::MARK),
            (false, false) => (&Ink::REST, &Ink::HOLLOW),
        };
        let places: Vec<(String, i64)> = self
            .at
            .iter()
            .enumerate()
            .map(|(at, total)| (column(at, views), scale.down(total)))
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
fn column(at: usize, views: usize) -> String {
    let steps = Fraction::count(views.saturating_sub(1));
    let room = Fraction::whole(LAST.saturating_sub(FIRST));
    let step = (&room * &Fraction::count(at)).over(&steps);
    across(&(&Fraction::whole(FIRST) + &step.unwrap_or_else(Fraction::zero)))
}

fn heads(views: &[View<'_>], bottom: i64) -> Vec<Shape> {
    let heads = views.iter().enumerate().flat_map(|(at, (title, _))| {
        let x = column(at, views.len());
        [
            line(&Ink::GRID, (&x, TOP.saturating_sub(14)), (&x, bottom)),
            text(&Ink::BOLD, (x, 0), 18, "middle", cut(title, 16)),
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
