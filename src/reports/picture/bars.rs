//! The contribution bars of all vendors.

use crate::reports::published::{Published, PublishedVendor};
use crate::reports::views::matrix::colour;
use crate::reports::views::tree;

use super::label::cut;
use super::{Drawing, Ink, Picture, Room, Sentence, Shape, Table, figure, text};

const ROW: i64 = 48;
const BAR: i64 = 22;

/// A bar from 0 to 100 for every vendor, in page order.
pub(crate) fn bars(published: &Published<'_>) -> Picture {
    let nodes = tree::nodes(published.evaluation.set());
    let top: Vec<_> = nodes.iter().filter(|node| node.number.is_some()).collect();
    let titles: Vec<&str> = top.iter().map(|node| node.category.title()).collect();
    let wide = drawn(published, &titles, Room::Wide);
    let told = published.vendors.iter().map(|one| {
        Sentence::of(published.vendor_name(one)).figure(format!(" {}", one.total.shown()))
    });
    Picture {
        name: "ranking",
        title: "What each category adds to the total".into(),
        told: Sentence::of("Each bar runs from 0 to 100; a dashed part is still open. Totals: ")
            .then(Sentence::joined(told, ", "))
            .say("."),
        height: wide.height,
        shapes: wide.shapes,
        narrow: Some(drawn(published, &titles, Room::Narrow)),
        table: Table {
            caption: "Points of 100 that each category adds.",
            heads: ["Vendor", "Rank", "Total"]
                .into_iter()
                .chain(titles)
                .map(Sentence::of)
                .collect(),
            rows: published
                .vendors
                .iter()
                .map(|one| {
                    let parts = top.iter().filter_map(|node| {
                        Some(
                            one.categories
                                .get(node.index.position())?
                                .contribution
                                .shown(),
                        )
                    });
                    [
                        published.vendor_name(one).to_owned(),
                        one.rank_shown(),
                        one.total.shown(),
                    ]
                    .into_iter()
                    .chain(parts)
                    .collect()
                })
                .collect(),
        },
    }
}

fn drawn(published: &Published<'_>, titles: &[&str], room: Room) -> Drawing {
    let mut shapes = Vec::new();
    let mut y = 0_i64;
    for vendor in &published.vendors {
        shapes.extend(bar(published, vendor, y, room));
        y = y.saturating_add(ROW);
    }
    let columns = room.pick(2, 1);
    for (row, line) in titles.chunks(columns).enumerate() {
        y = y.saturating_add(20);
        for (at, title) in line.iter().enumerate() {
            let number = row.saturating_mul(columns).saturating_add(at);
            shapes.extend(key(number, title, (at, y), room));
        }
    }
    Drawing {
        height: y.saturating_add(12),
        shapes,
    }
}

fn bar(published: &Published<'_>, vendor: &PublishedVendor, y: i64, room: Room) -> Vec<Shape> {
    let rank = vendor.rank_shown();
    let rank = if rank.is_empty() {
        "–".to_owned()
    } else {
        rank
    };
    let taken = vendor.total.shown().chars().count();
    let letters = room.pick(64_usize, 38).saturating_sub(taken);
    let name = format!("{rank}  {}", cut(published.vendor_name(vendor), letters));
    let base = y.saturating_add(14);
    let top = y.saturating_add(20);
    let mut shapes = vec![
        text(&Ink::TEXT, ("0%", 0), base, "start", name),
        text(
            &Ink::BOLD,
            ("100%", 0),
            base,
            "end",
            figure(vendor.total.shown()),
        ),
        Shape::Box {
            ink: &Ink::TRACK,
            x: "0%".to_owned(),
            width: "100%".to_owned(),
            y: top,
            height: BAR,
        },
    ];
    for (number, segment) in (1_usize..).zip(&vendor.bar.segments) {
        let Some(ink) = Ink::CATEGORY.get(colour(number)) else {
            continue;
        };
        shapes.push(Shape::Box {
            ink,
            x: format!("{}%", segment.start),
            width: format!("{}%", segment.width),
            y: top,
            height: BAR,
        });
        if segment.is_wide {
            let middle = (format!("{}%", segment.middle), 0);
            let at = top.saturating_add(15);
            shapes.push(text(&Ink::LIGHT, middle, at, "middle", number.to_string()));
        }
    }
    if let Some(open) = &vendor.bar.open {
        shapes.push(Shape::Box {
            ink: &Ink::GAP,
            x: format!("{}%", open.start),
            width: format!("{}%", open.width),
            y: top.saturating_add(2),
            height: BAR.saturating_sub(4),
        });
    }
    shapes
}

/// What a number and a colour mean; `number` counts from 0.
fn key(number: usize, title: &str, (column, y): (usize, i64), room: Room) -> Vec<Shape> {
    let x = if column == 0 { "0%" } else { "50%" };
    let shown = number.saturating_add(1);
    let Some(ink) = Ink::CATEGORY.get(colour(shown)) else {
        return Vec::new();
    };
    vec![
        Shape::Box {
            ink,
            x: x.to_owned(),
            width: room.pick("2.5%", "8%").to_owned(),
            y: y.saturating_sub(12),
            height: 16,
        },
        text(
            &Ink::TEXT,
            (x, 30),
            y,
            "start",
            format!("{shown} {}", cut(title, room.pick(48, 34))),
        ),
    ]
}
