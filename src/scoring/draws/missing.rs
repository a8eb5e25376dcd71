//! What is missing, as something to draw.

use crate::criteria::{Collapse, Criterion, CriterionIndex, Direction, Kind, PointsRule, Rated};
use crate::evaluation::{Answer, Evaluation, VendorIndex};
use crate::exact::Fraction;
use crate::scoring::card::CriterionCard;
use crate::scoring::points::Line;

use super::generator::{Words, below, unit};

/// Points that are drawn.
#[derive(Debug)]
pub(super) struct Missing {
    /// The criterion.
    pub(super) criterion: usize,
    /// The first of its words.
    first_word: usize,
    what: What,
    /// The points at the worst end, and how many more there are at the best.
    worst: f64,
    width: f64,
}

#[derive(Debug)]
enum What {
    /// A number between the ends.
    Between,
    /// The scores that are there, as parts of the way from the worst to the best, and how many more are drawn.
    Scores {
        given: Vec<f64>,
        owed: usize,
        steps: Option<u64>,
        rule: Collapse,
    },
}

impl Missing {
    /// What to draw for a cell whose points are not known.
    pub(super) fn of(
        evaluation: &Evaluation,
        vendor: VendorIndex,
        cell: &CriterionCard,
        first_word: usize,
    ) -> Self {
        let set = evaluation.set();
        let criterion = set.criteria().get(cell.criterion.position());
        if let Some(Kind::Rated(rated)) = criterion.map(Criterion::kind) {
            return Self::scores(evaluation, vendor, cell, rated, first_word);
        }
        let (low, high) = match &cell.points {
            Some(points) => (points.low.clone(), points.high.clone()),
            None => (Fraction::zero(), Fraction::one()),
        };
        Self {
            criterion: cell.criterion.position(),
            first_word,
            what: What::Between,
            worst: low.nearest_double(),
            width: (&high - &low).nearest_double(),
        }
    }

    fn scores(
        evaluation: &Evaluation,
        vendor: VendorIndex,
        cell: &CriterionCard,
        rated: &Rated,
        first_word: usize,
    ) -> Self {
        let rules = evaluation.set().rules();
        let ends = Ends::of(rated, rules.points());
        // Where people disagree on whether it applies, nothing said so far counts.
        let given = if cell.conflict {
            Vec::new()
        } else {
            given(evaluation, vendor, cell.criterion)
                .filter_map(|answer| ends.part(answer))
                .collect()
        };
        Self {
            criterion: cell.criterion.position(),
            first_word,
            what: What::Scores {
                owed: if given.is_empty() || cell.conflict {
                    cell.owed_by.len().max(1)
                } else {
                    cell.owed_by.len()
                },
                given,
                steps: steps(rated),
                rule: rules.evaluators(),
            },
            worst: ends.points_worst.nearest_double(),
            width: (&ends.points_best - &ends.points_worst).nearest_double(),
        }
    }

    /// The first word after its own.
    pub(super) fn next_word(&self) -> usize {
        let words = match &self.what {
            What::Between => 1,
            What::Scores { owed, .. } => *owed,
        };
        self.first_word.saturating_add(words)
    }

    /// The points in one draw; `room` is scratch.
    pub(super) fn draw(&self, words: Words, room: &mut Vec<f64>) -> f64 {
        let word = |at: usize| words.word(self.first_word.saturating_add(at));
        let part = match &self.what {
            What::Between => unit(word(0)),
            What::Scores {
                given,
                owed,
                steps,
                rule,
            } => {
                room.clear();
                room.extend_from_slice(given);
                room.extend((0..*owed).map(|at| on_step(word(at), *steps)));
                match rule {
                    Collapse::Mean => mean(room),
                    Collapse::Median => median(room),
                }
            }
        };
        self.worst + self.width * part
    }
}

/// The ends of a scale and their points.
struct Ends {
    worst: Fraction,
    best: Fraction,
    points_worst: Fraction,
    points_best: Fraction,
}

impl Ends {
    fn of(rated: &Rated, rule: PointsRule) -> Self {
        let (min, max) = (rated.scale().min().into(), rated.scale().max().into());
        let (worst, best) = match rated.direction() {
            Direction::Higher => (min, max),
            Direction::Lower => (max, min),
        };
        let line = Line::of(rated, rule);
        Self {
            points_worst: line.at(&worst),
            points_best: line.at(&best),
            worst,
            best,
        }
    }

    /// How far an answer lies on the way from the worst to the best; `None` if it is no score.
    fn part(&self, answer: Answer) -> Option<f64> {
        match answer {
            Answer::Scored(score) => {
                let way = &Fraction::from(score) - &self.worst;
                let part = way.over(&(&self.best - &self.worst))?;
                Some(part.nearest_double())
            }
            Answer::NoResponse => Some(0.0),
            Answer::NotApplicable | Answer::Passed | Answer::Failed => None,
        }
    }
}

fn given(
    evaluation: &Evaluation,
    vendor: VendorIndex,
    criterion: CriterionIndex,
) -> impl Iterator<Item = Answer> {
    let counted = evaluation.counted(vendor, criterion);
    counted.map(|given| given.answer)
}

/// How many steps a scale has; `None` if it has none, or more than can be counted.
fn steps(rated: &Rated) -> Option<u64> {
    let scale = rated.scale();
    let width = &Fraction::from(scale.max()) - &scale.min().into();
    let steps = width.over(&scale.step()?.into())?.floor();
    u64::try_from(steps.to_big().to_integer()).ok()
}

/// A part of the scale that lies on one of its steps, all alike likely.
#[expect(
    clippy::cast_precision_loss,
    reason = "a scale has fewer steps than a float has whole numbers"
)]
fn on_step(word: u64, steps: Option<u64>) -> f64 {
    match steps {
        Some(steps) if steps > 0 => below(word, steps.saturating_add(1)) as f64 / steps as f64,
        _ => unit(word),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "there are fewer evaluators than a float has whole numbers"
)]
fn mean(parts: &[f64]) -> f64 {
    let mut sum = 0.0;
    for part in parts {
        sum += part;
    }
    sum / parts.len() as f64
}

fn median(parts: &mut [f64]) -> f64 {
    parts.sort_unstable_by(f64::total_cmp);
    let upper = parts.len() / 2;
    let lower = parts.len().saturating_sub(1) / 2;
    let at = |at: usize| parts.get(at).copied().unwrap_or(0.0);
    f64::midpoint(at(lower), at(upper))
}
