//! What a sheet says of the highest score of a criterion, in a column or a row of its own.

use crate::criteria::{CriterionIndex, Kind};
use crate::exact::Fraction;
use crate::table::Cells;
use crate::table::name::fold;

use super::super::header::Header;
use super::super::number::read_number;
use super::super::texts::text_of;
use super::super::{Declared, Rule};
use super::Reading;

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
    /// Compares the highest score that a row says with its criterion's.
    pub(in crate::sheets) fn maxima(&mut self, row: u32, cells: &Cells, criterion: CriterionIndex) {
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
