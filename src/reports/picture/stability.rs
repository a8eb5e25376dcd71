//! How far each weight may move before first place changes hands.

use crate::exact::Fraction;
use crate::reports::views::firmness::StabilityRow;
use crate::scoring::firmness::Stability;

use super::label::cut;
use super::place::Scale;
use super::{Drawing, Ink, Picture, Room, Sentence, Shape, Table, line, text};

/// Where the tracks begin and end, in percent across.
fn ends(room: Room) -> (i64, i64) {
    room.pick((36, 96), (5, 92))
}
const TOP: i64 = 34;
const ROW: i64 = 22;

/// The intervals, with their rows in print in the same order; `None` without any.
pub(crate) fn intervals(rows: &[(&Stability, StabilityRow)]) -> Option<Picture> {
    let wide = tracks(rows, Room::Wide);
    (!rows.is_empty()).then(|| Picture {
        name: "stability",
        title: "How far each weight may move before first place changes".into(),
        told: told(rows),
        height: wide.height,
        shapes: wide.shapes,
        narrow: Some(tracks(rows, Room::Narrow)),
        table: table(rows),
    })
}

fn tracks(rows: &[(&Stability, StabilityRow)], room: Room) -> Drawing {
    let scale = Scale::percent(ends(room));
    let mut shapes = Vec::new();
    let mut y = TOP;
    for (found, row) in rows {
        if row.is_category {
            y = y.saturating_add(8);
        }
        shapes.push(label(row, y, room));
        // Where there is little room, the label stands above.
        y = y.saturating_add(room.pick(0, 18));
        shapes.extend(drawn(&scale, found, y, room));
        y = y.saturating_add(ROW);
    }
    let mut all = axis(&scale, y);
    all.extend(shapes);
    Drawing {
        height: y.saturating_add(8),
        shapes: all,
    }
}

fn label(row: &StabilityRow, y: i64, room: Room) -> Shape {
    let (ink, indent) = if row.is_category {
        (&Ink::BOLD, 0)
    } else {
        (&Ink::TEXT, room.pick(12, 0))
    };
    let title = cut(&row.title, room.pick(36, 40));
    text(ink, ("0%", indent), y.saturating_add(14), "start", title)
}

fn axis(scale: &Scale, bottom: i64) -> Vec<Shape> {
    let marks = [0, 25, 50, 75, 100].into_iter().flat_map(|percent| {
        let x = scale.across(&Fraction::whole(percent));
        [
            line(&Ink::GRID, (&x, TOP.saturating_sub(12)), (&x, bottom)),
            text(&Ink::SOFT, (x, 0), 14, "middle", format!("{percent}%")),
        ]
    });
    marks.collect()
}

/// A track, the interval on it with open ends where nothing limits it, and a mark where the share is now.
fn drawn(scale: &Scale, found: &Stability, y: i64, room: Room) -> Vec<Shape> {
    let (left, right) = ends(room);
    let (low, high) = (found.low.at.percent(), found.high.at.percent());
    let (from, to) = (scale.place(&low), scale.place(&high));
    let middle = y.saturating_add(10);
    let now = scale.across(&found.share.percent());
    let mut shapes = vec![
        Shape::Box {
            ink: &Ink::TRACK,
            x: format!("{left}%"),
            width: format!("{}%", right.saturating_sub(left)),
            y: y.saturating_add(4),
            height: 12,
        },
        Shape::Box {
            ink: &Ink::BAND,
            x: scale.across(&low),
            width: super::across(&(&to - &from)),
            y: y.saturating_add(4),
            height: 12,
        },
    ];
    for (limit, at) in [(&found.low, &low), (&found.high, &high)] {
        if !limit.flips_to.is_empty() {
            let x = scale.across(at);
            shapes.push(Shape::Box {
                ink: &Ink::AGAINST,
                x,
                width: room.pick("0.35%", "1%").to_owned(),
                y,
                height: 20,
            });
        }
    }
    shapes.push(Shape::Dot {
        ink: &Ink::HOLLOW,
        x: now,
        y: middle,
        r: 4,
    });
    shapes
}

fn told(rows: &[(&Stability, StabilityRow)]) -> Sentence {
    let narrow = rows
        .iter()
        .filter(|(_, row)| row.below.is_some() || row.above.is_some());
    let mut told = narrow
        .take(12)
        .map(|(_, row)| {
            let ends = format!(" from {} to {}", row.low, row.high);
            Sentence::of(row.title.as_str()).figure(ends)
        })
        .peekable();
    let all = Sentence::of(
        "Each track runs from 0 to 100 percent of the siblings; the ring is the share now, the band is how far it may move while \
         first place stays, and an upright end is where another vendor comes first. ",
    );
    if told.peek().is_none() {
        return all.say("No move of one weight changes first place.");
    }
    all.say("Limited are: ")
        .then(Sentence::joined(told, "; "))
        .say(".")
}

fn table(rows: &[(&Stability, StabilityRow)]) -> Table {
    let heads = ["Category or criterion", "Share", "Lowest", "Highest"];
    Table {
        caption: "Shares among siblings in percent. First place stays from the lowest to the highest.",
        heads: heads.map(Sentence::of).to_vec(),
        rows: rows
            .iter()
            .map(|(_, row)| {
                vec![
                    row.title.clone(),
                    row.share.clone(),
                    row.low.clone(),
                    row.high.clone(),
                ]
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::whole;
    use super::*;

    #[test]
    fn the_axis_runs_over_the_track() {
        let scale = Scale::percent(ends(Room::Wide));
        assert_eq!(scale.across(&Fraction::hundred()), "96%");
        assert_eq!(whole(&scale.place(&Fraction::zero())), 36);
    }
}
