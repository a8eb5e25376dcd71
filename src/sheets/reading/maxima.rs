//! What a sheet says of the highest score of a criterion, in a column or a row of its own.

use rust_decimal::Decimal;

use crate::criteria::{Criterion, CriterionIndex, Direction, Kind};
use crate::evaluation::{Answer, Entry};
use crate::exact::Fraction;
use crate::table::Cells;
use crate::table::name::fold;

use super::super::header::Header;
use super::super::number::read_number;
use super::super::prose::{Called, called_in, scales_in};
use super::super::role::SaidScale;
use super::super::texts::text_of;
use super::super::told::Told;
use super::super::{Declared, Problem, Rule};
use super::Reading;

/// A sentence beside the table about the scale.
#[derive(Debug)]
pub(super) struct SaidAbove {
    told: Told,
    scales: Vec<SaidScale>,
    /// The scores that it calls the best or the worst.
    called: Vec<Called>,
}

/// The most sentences that are held against the scales.
const MOST_SAID: usize = 100;

impl SaidAbove {
    /// What a text tells of the scale, if anything.
    fn of(told: &Told) -> Option<Self> {
        let (scales, called) = (scales_in(&told.text), called_in(&told.text));
        let tells = !scales.is_empty() || !called.is_empty();
        tells.then(|| Self {
            told: told.clone(),
            scales,
            called,
        })
    }
}

/// Whether a heading or a label is of the highest score: `max`, `Maximum score`, `Scale`, `Out of`.
pub(in crate::sheets) fn says_maximum(label: &str) -> bool {
    let folded = fold(label);
    let ends = [" score", " points", " punkte"];
    let word = ends.iter().find_map(|end| folded.strip_suffix(end));
    matches!(
        word.unwrap_or(&folded),
        "max" | "max." | "maximum" | "highest" | "scale" | "skala" | "out of"
    )
}

/// The end of a scale as a cell says it: `5`, `0-5`, `1..10`, `1 to 5`.
fn highest(text: &str) -> &str {
    let ends = ["..", "-", "\u{2013}", " to ", " bis ", "/"];
    let last = ends.iter().filter_map(|mark| text.rsplit_once(mark));
    let last = last.map(|(_, end)| end).min_by_key(|end| end.len());
    last.unwrap_or(text).trim()
}

/// The columns of highest scores that are not declared to be something else.
pub(super) fn columns(header: &Header, declared: &Declared) -> Vec<usize> {
    let is_said = |column: &usize| {
        let heading = header.heading(*column).unwrap_or_default();
        says_maximum(heading) && declared.role(heading, *column).is_none()
    };
    (0..header.width()).filter(is_said).collect()
}

impl Reading<'_> {
    /// Takes note of what is told beside the table: the scale in a sentence, and who scored.
    pub(in crate::sheets) fn heed(&mut self, told: &[Told], evaluator: Option<Told>) {
        self.told_evaluator = evaluator;
        self.said_above = told.iter().filter_map(SaidAbove::of).collect();
    }

    /// Takes note of what a row without answers tells of the scale.
    pub(in crate::sheets) fn heed_row(&mut self, row: u32, column: usize, text: &str) {
        if self.said_above.len() < MOST_SAID && !self.form.declared.ignores_text(text) {
            let said = SaidAbove::of(&Told::in_cell(row, column, text));
            self.said_above.extend(said);
        }
    }

    /// Holds it against the scales of the criteria that are scored, until it differs from one; then all texts that do are told.
    pub(super) fn compare_said_above(&mut self) {
        if self.said_above.is_empty() {
            return;
        }
        let criteria = self.set().criteria();
        let mut scored = vec![false; criteria.len()];
        for line in self.lines.iter() {
            if let Entry::Answer(Answer::Scored(_)) = line.entry
                && let Some(met) = scored.get_mut(line.criterion.position())
            {
                *met = true;
            }
        }
        let scored = criteria
            .iter()
            .zip(scored)
            .filter(|(_, is_scored)| *is_scored);
        let mut wrong = scored.map(|(one, _)| self.said_otherwise(one));
        for problem in wrong.find(|wrong| !wrong.is_empty()).unwrap_or_default() {
            self.problems.push(problem);
        }
    }

    /// What is said of the scale that is not so for a criterion. Of several scales, one has to be its own.
    fn said_otherwise(&self, criterion: &Criterion) -> Vec<Problem> {
        let Kind::Rated(rated) = criterion.kind() else {
            return Vec::new();
        };
        let (min, max) = (rated.scale().min(), rated.scale().max());
        let mut scales = self.said_above.iter().flat_map(|one| &one.scales);
        if !scales.any(|said| said.is_of(rated.scale())) {
            let differs = |one: &SaidAbove| {
                let said = one.scales.first()?;
                Some(one.told.problem(Rule::SentenceDiffers {
                    text: one.told.name(),
                    said: said.to_string(),
                    criterion: criterion.title().to_owned(),
                    min,
                    max,
                }))
            };
            let wrong: Vec<Problem> = self.said_above.iter().filter_map(differs).collect();
            if !wrong.is_empty() {
                return wrong;
            }
        }
        let best_is_low = rated.direction() == Direction::Lower;
        let is_wrong = |one: &&SaidAbove| calls_it_wrong(&one.called, (min, max), best_is_low);
        let better = match rated.direction() {
            Direction::Lower => "high",
            Direction::Higher => "low",
        };
        let inverts = |one: &SaidAbove| {
            one.told.problem(Rule::SentenceInverts {
                text: one.told.name(),
                better,
                criterion: criterion.title().to_owned(),
            })
        };
        let wrong = self.said_above.iter().filter(is_wrong);
        wrong.map(inverts).collect()
    }

    /// Compares the highest score and the unit that a row says with its criterion's.
    pub(in crate::sheets) fn maxima(&mut self, row: u32, cells: &Cells, criterion: CriterionIndex) {
        self.units(row, cells, criterion);
        for at in 0..self.maxima.len() {
            if let Some(&column) = self.maxima.get(at) {
                self.maximum(
                    row,
                    column,
                    cells.get(column).unwrap_or_default(),
                    criterion,
                );
            }
        }
    }

    /// Compares the highest score that a cell says with a criterion's, until one differs.
    ///
    /// The highest score times the weight is no other scale: it is the most points there are to get.
    pub(in crate::sheets) fn maximum(
        &mut self,
        row: u32,
        column: usize,
        cell: &[u8],
        criterion: CriterionIndex,
    ) {
        let criterion = self.set().criteria().get(criterion.position());
        let (Some(criterion), false) = (criterion, self.scale_differs) else {
            return;
        };
        let Kind::Rated(rated) = criterion.kind() else {
            return;
        };
        let (min, max) = (rated.scale().min(), rated.scale().max());
        let text = text_of(cell).trim();
        let Ok(read) = read_number(highest(text), self.writing_at(row, column), |_| false) else {
            return;
        };
        let weighted = &Fraction::from(max) * &Fraction::from(criterion.weight());
        if read.value != max && Fraction::from(read.value) != weighted {
            self.scale_differs = true;
            let said = read.value.normalize();
            self.problem(row, column, text, Rule::MaximumDiffers { said, min, max });
        }
    }
}

/// Whether scores are called the best that are the worst on a scale: of two, the wrong one is the better, or one is called so
/// that stands at the other end.
fn calls_it_wrong(called: &[Called], (min, max): (Decimal, Decimal), best_is_low: bool) -> bool {
    let of = |is_best: bool| called.iter().find(|one| one.1 == is_best).map(|one| one.0);
    if let (Some(best), Some(worst)) = (of(true), of(false)) {
        return if best_is_low {
            best > worst
        } else {
            best < worst
        };
    }
    called.iter().any(|(score, is_best)| {
        let twice = score.checked_add(*score);
        let middle = min.checked_add(max);
        if *is_best == best_is_low {
            twice > middle && score.checked_add(Decimal::ONE) >= Some(max)
        } else {
            twice < middle && score.checked_sub(Decimal::ONE) <= Some(min)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_scale_is_what_stands_behind_its_last_mark() {
        for (text, end) in [
            ("5", "5"),
            ("0-5", "5"),
            ("1 \u{2013} 10", "10"),
            ("0..4.5", "4.5"),
            ("1 to 5", "5"),
            ("0 bis 10", "10"),
            ("/10", "10"),
        ] {
            assert_eq!(highest(text), end, "{text}");
        }
    }

    #[test]
    fn a_scale_and_the_most_that_is_possible_are_headings_of_the_highest_score() {
        for label in [
            "max",
            "Max points",
            "Maximum score",
            "Scale",
            "Skala",
            "Out of",
        ] {
            assert!(says_maximum(label), "{label}");
        }
        for label in ["Scale and reliability", "Score", "Points", "Scalability"] {
            assert!(!says_maximum(label), "{label}");
        }
    }
}
