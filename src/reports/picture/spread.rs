//! How far the evaluators stand apart, vendor by vendor; for whoever may compare them.

use crate::evaluation::{Evaluation, EvaluatorIndex};
use crate::exact::Fraction;
use crate::reports::figure::numbers;
use crate::scoring::agreement::Mean;

use super::label::cut;
use super::place::{Scale, whole};
use super::{Drawing, Ink, Picture, Room, Sentence, Shape, Table, legend, line, text};

/// Where the tracks begin and end, in percent across.
fn ends(room: Room) -> (i64, i64) {
    room.pick((36, 96), (5, 92))
}
const TOP: i64 = 34;
const ROW: i64 = 34;
/// How near two marks may be, in pixels of the narrowest picture, before one steps down.
const NEAR: i64 = 20;

/// What each evaluator's scores reach for each vendor; `None` without any.
pub(crate) fn spread(evaluation: &Evaluation, means: &[Mean]) -> Option<Picture> {
    let mut people: Vec<_> = means.iter().map(|one| one.evaluator).collect();
    people.sort_unstable();
    people.dedup();
    let vendors = evaluation.vendor_indices();
    let told = vendors.filter_map(|vendor| {
        let mut own: Vec<&Mean> = means.iter().filter(|one| one.vendor == vendor).collect();
        own.sort_by(|one, other| one.points.cmp(&other.points));
        (!own.is_empty()).then(|| (evaluation.vendor_name(vendor), own))
    });
    let told: Vec<(&str, Vec<&Mean>)> = told.collect();
    let names: Vec<&str> = people
        .iter()
        .map(|&one| evaluation.evaluator_name(one))
        .collect();
    let rows = told.iter().map(|(name, own)| row(name, &people, own));
    let wide = drawn(&told, &people, &names, Room::Wide);
    let heads = std::iter::once("Vendor").chain(names.iter().copied());
    (!means.is_empty()).then(|| Picture {
        name: "evaluators",
        title: "How far the evaluators stand apart".into(),
        told: Sentence::of(format!(
            "For each vendor, what each evaluator’s scores reach of what they could, in percent. The marks are numbered: {}.",
            names.join(", ")
        )),
        height: wide.height,
        shapes: wide.shapes,
        narrow: Some(drawn(&told, &people, &names, Room::Narrow)),
        table: Table {
            caption: "What each evaluator’s scores reach of what they could, weighed, in percent.",
            heads: heads.map(Sentence::of).collect(),
            rows: rows.collect(),
        },
    })
}

fn drawn(
    told: &[(&str, Vec<&Mean>)],
    people: &[EvaluatorIndex],
    names: &[&str],
    room: Room,
) -> Drawing {
    let number = |mean: &Mean| {
        let found = people.iter().position(|&one| one == mean.evaluator);
        found.unwrap_or(0).saturating_add(1)
    };
    let scale = Scale::percent(ends(room));
    let mut shapes = Vec::new();
    let mut y = TOP;
    for (name, own) in told {
        let name = cut(name, room.pick(36, 40));
        shapes.push(text(
            &Ink::TEXT,
            ("0%", 0),
            y.saturating_add(16),
            "start",
            name,
        ));
        // Where there is little room, the name stands above.
        y = y.saturating_add(room.pick(0, 20));
        let (marks, below) = marks(&scale, own, number, y, room);
        shapes.extend(marks);
        y = y.saturating_add(ROW).saturating_add(below);
    }
    let (keys, end) = legend(names.iter().copied(), y);
    let mut all = axis(&scale, y);
    all.extend(shapes);
    all.extend(keys);
    Drawing {
        height: end.saturating_add(12),
        shapes: all,
    }
}

/// The numbered marks of one vendor with the line between the outermost; how far marks have stepped down.
fn marks(
    scale: &Scale,
    own: &[&Mean],
    number: impl Fn(&Mean) -> usize,
    y: i64,
    room: Room,
) -> (Vec<Shape>, i64) {
    let middle = y.saturating_add(12);
    let ends = own.first().zip(own.last());
    let mut shapes: Vec<Shape> = ends
        .map(|(first, last)| {
            let (from, to) = (scale.across(&first.points), scale.across(&last.points));
            line(&Ink::AXIS, (&from, middle), (&to, middle))
        })
        .into_iter()
        .collect();
    let (mut before, mut steps, mut most) = (i64::MIN, 0_i64, 0_i64);
    for mean in own {
        let at = scale.place(&mean.points);
        let pixel = whole(
            &(&at * &Fraction::whole(room.pixels()))
                .over(&Fraction::hundred())
                .unwrap_or(at),
        );
        steps = if pixel.saturating_sub(before) < NEAR {
            steps.saturating_add(1)
        } else {
            0
        };
        if steps == 0 {
            before = pixel;
        }
        let down = steps.saturating_mul(NEAR);
        most = most.max(down);
        let (x, y) = (scale.across(&mean.points), middle.saturating_add(down));
        shapes.push(Shape::Dot {
            ink: &Ink::HOLLOW,
            x: x.clone(),
            y,
            r: 9,
        });
        let label = number(mean).to_string();
        shapes.push(text(
            &Ink::BOLD,
            (x, 0),
            y.saturating_add(4),
            "middle",
            label,
        ));
    }
    (shapes, most)
}

fn row(name: &str, people: &[EvaluatorIndex], own: &[&Mean]) -> Vec<String> {
    let points = people.iter().map(|&one| {
        let found = own.iter().find(|mean| mean.evaluator == one);
        found.map(|mean| mean.points.clone())
    });
    let printed = numbers(&points.collect::<Vec<_>>());
    let cells = printed.into_iter();
    let cells = cells.map(|one| one.map_or_else(|| "–".to_owned(), |one| one.text));
    std::iter::once(name.to_owned()).chain(cells).collect()
}

fn axis(scale: &Scale, bottom: i64) -> Vec<Shape> {
    let marks = [0, 20, 40, 60, 80, 100].into_iter().flat_map(|percent| {
        let x = scale.across(&Fraction::whole(percent));
        [
            line(&Ink::GRID, (&x, TOP.saturating_sub(12)), (&x, bottom)),
            text(&Ink::SOFT, (x, 0), 14, "middle", format!("{percent}%")),
        ]
    });
    marks.collect()
}
