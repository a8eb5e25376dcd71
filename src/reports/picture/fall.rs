//! From nothing to the difference of two totals, category by category.

use crate::exact::Fraction;
use crate::reports::views::waterfall::Waterfall;
use crate::reports::views::why::Why;

use super::label::cut;
use super::place::{across, count};
use super::{Drawing, Ink, Picture, Room, Sentence, Shape, Table, figure, line, text};

/// The waterfall of two vendors; `None` where something missing leaves their difference open.
pub(crate) fn fall(why: &Why<'_>) -> Option<Picture> {
    let laid = why.waterfall.as_ref()?;
    let wide = drawn(laid, Room::Wide);
    let told = laid
        .steps
        .iter()
        .map(|step| Sentence::of(step.name.as_str()).figure(format!(" {}", step.value)));
    let heads = ["Category", "Difference", why.first.name, why.second.name];
    Some(Picture {
        name: "why",
        title: Sentence::of(format!(
            "What sets {} apart from {}",
            why.first.name, why.second.name
        ))
        .figure(format!(": {} points", why.difference)),
        told: Sentence::joined(told, ", ").say("."),
        height: wide.height,
        shapes: wide.shapes,
        narrow: Some(drawn(laid, Room::Narrow)),
        table: Table {
            caption: "Points of 100 that each category adds to either total, and the difference.",
            heads: heads.map(Sentence::of).to_vec(),
            rows: why
                .categories
                .iter()
                .map(|row| {
                    vec![
                        row.title.to_owned(),
                        row.gap.clone(),
                        row.first.clone(),
                        row.second.clone(),
                    ]
                })
                .collect(),
        },
    })
}

fn drawn(laid: &Waterfall, room: Room) -> Drawing {
    let place = |part: &Fraction| across(&(&Fraction::whole(left(room)) + &width(room, part)));
    let step_high = room.pick(30, 46);
    // The name stands beside its bar, or above it: so no line goes through it.
    let bar_below = room.pick(4, 20);
    let zero = place(&laid.zero);
    let last = laid.steps.len().saturating_sub(1);
    let mut shapes = Vec::new();
    for (at, step) in laid.steps.iter().enumerate() {
        let top = count(at).saturating_mul(step_high);
        let bar = top.saturating_add(bar_below);
        let (above, below) = (bar.saturating_sub(4), bar.saturating_add(20));
        shapes.push(line(&Ink::AXIS, (&zero, above), (&zero, below)));
        let base = top.saturating_add(room.pick(17, 13));
        let name = cut(&step.name, room.pick(36, 40));
        shapes.push(text(&Ink::TEXT, ("0%", 0), base, "start", name));
        shapes.push(Shape::Box {
            ink: match step.kind {
                "for" => &Ink::FOR,
                "against" => &Ink::AGAINST,
                _ => &Ink::SUM,
            },
            x: place(&step.start),
            width: across(&width(room, &step.width)),
            y: bar,
            height: 16,
        });
        if at != last && room == Room::Wide {
            let end = place(&step.end);
            let next = bar.saturating_add(step_high);
            shapes.push(line(
                &Ink::BREAK,
                (&end, bar.saturating_add(16)),
                (&end, next),
            ));
        }
        shapes.push(text(
            &Ink::BOLD,
            ("100%", 0),
            bar.saturating_add(13),
            "end",
            figure(step.value.as_str()),
        ));
    }
    Drawing {
        height: count(laid.steps.len()).saturating_mul(step_high),
        shapes,
    }
}

/// Where bars begin, in percent across.
fn left(room: Room) -> i64 {
    room.pick(37, 0)
}

/// A part of what bars may take, in percent across; beside them stand the figures.
fn width(room: Room, part: &Fraction) -> Fraction {
    part * &Fraction::whole(room.pick(51, 76))
}
