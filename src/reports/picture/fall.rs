//! From nothing to the difference of two totals, category by category.

use crate::reports::views::waterfall::Waterfall;
use crate::reports::views::why::Why;

use super::place::count;
use super::{Ink, Picture, Sentence, Shape, Table, figure, line, text};

/// The waterfall of two vendors; `None` where something missing leaves their difference open.
pub(crate) fn fall(why: &Why<'_>) -> Option<Picture> {
    let laid = why.waterfall.as_ref()?;
    let height = count(laid.height);
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
        height,
        shapes: shapes(laid, height),
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

fn shapes(laid: &Waterfall, height: i64) -> Vec<Shape> {
    let zero = format!("{}%", laid.zero);
    let mut shapes = vec![line(&Ink::AXIS, (&zero, 0), (&zero, height))];
    let last = laid.steps.len().saturating_sub(1);
    for (at, step) in laid.steps.iter().enumerate() {
        shapes.push(text(
            &Ink::TEXT,
            ("0%", 0),
            count(step.name_at),
            "start",
            step.name.as_str(),
        ));
        shapes.push(Shape::Box {
            ink: match step.kind {
                "for" => &Ink::FOR,
                "against" => &Ink::AGAINST,
                _ => &Ink::SUM,
            },
            x: format!("{}%", step.start),
            width: format!("{}%", step.width),
            y: count(step.bar_at),
            height: 16,
        });
        if at != last {
            let end = format!("{}%", step.end);
            shapes.push(line(
                &Ink::BREAK,
                (&end, count(step.below)),
                (&end, count(step.next)),
            ));
        }
        shapes.push(text(
            &Ink::BOLD,
            ("100%", 0),
            count(step.value_at),
            "end",
            figure(step.value.as_str()),
        ));
    }
    shapes
}
