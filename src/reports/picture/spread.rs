//! How far the evaluators stand apart, vendor by vendor; for whoever may compare them.

use crate::evaluation::Evaluation;
use crate::exact::Fraction;
use crate::reports::figure::numbers;
use crate::scoring::agreement::Mean;

use super::label::cut;
use super::place::{Scale, whole};
use super::{Ink, Picture, Sentence, Shape, Table, line, text};

const ENDS: (i64, i64) = (34, 97);
const TOP: i64 = 34;
const ROW: i64 = 34;
/// How near two marks may be, in pixels of the narrowest picture, before one steps down.
const NEAR: i64 = 20;
const NARROW: i64 = 640;

/// What each evaluator's scores reach for each vendor; `None` without any.
pub(crate) fn spread(evaluation: &Evaluation, means: &[Mean]) -> Option<Picture> {
    let mut people: Vec<_> = means.iter().map(|one| one.evaluator).collect();
    people.sort_unstable();
    people.dedup();
    let number = |mean: &Mean| {
        let found = people.iter().position(|&one| one == mean.evaluator);
        found.unwrap_or(0).saturating_add(1)
    };
    let scale = Scale::percent(ENDS);
    let mut shapes = Vec::new();
    let mut rows = Vec::new();
    let mut y = TOP;
    let vendors = evaluation.vendor_indices();
    for vendor in vendors.filter(|&vendor| means.iter().any(|one| one.vendor == vendor)) {
        let mut own: Vec<&Mean> = means.iter().filter(|one| one.vendor == vendor).collect();
        own.sort_by(|one, other| one.points.cmp(&other.points));
        let name = evaluation.vendor_name(vendor);
        shapes.push(text(
            &Ink::TEXT,
            ("0%", 0),
            y.saturating_add(16),
            "start",
            cut(name, 30),
        ));
        let (marks, below) = marks(&scale, &own, number, y);
        shapes.extend(marks);
        y = y.saturating_add(ROW).saturating_add(below);
        rows.push(row(name, &people, &own));
    }
    let names: Vec<&str> = people
        .iter()
        .map(|&one| evaluation.evaluator_name(one))
        .collect();
    let bottom = y;
    for (number, name) in (1_usize..).zip(&names) {
        y = y.saturating_add(18);
        shapes.push(text(
            &Ink::SOFT,
            ("0%", 0),
            y,
            "start",
            format!("{number} {name}"),
        ));
    }
    let mut all = axis(&scale, bottom);
    all.extend(shapes);
    let heads = std::iter::once("Vendor").chain(names.iter().copied());
    (!means.is_empty()).then(|| Picture {
        name: "evaluators",
        title: "How far the evaluators stand apart".into(),
        told: Sentence::of(format!(
            "For each vendor, what each evaluator’s scores reach of what they could, in percent. The marks are numbered: {}.",
            names.join(", ")
        )),
        height: y.saturating_add(12),
        shapes: all,
        table: Table {
            caption: "What each evaluator’s scores reach of what they could, weighed, in percent.",
            heads: heads.map(Sentence::of).collect(),
            rows,
        },
    })
}

/// The numbered marks of one vendor with the line between the outermost; how far marks have stepped down.
fn marks(
    scale: &Scale,
    own: &[&Mean],
    number: impl Fn(&Mean) -> usize,
    y: i64,
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
            &(&at * &Fraction::whole(NARROW))
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

fn row(name: &str, people: &[crate::evaluation::EvaluatorIndex], own: &[&Mean]) -> Vec<String> {
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
