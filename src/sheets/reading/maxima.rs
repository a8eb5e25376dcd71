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

/// Whether a heading or a label is of the highest score: `max`, `Maximum score`.
pub(in crate::sheets) fn says_maximum(label: &str) -> bool {
    let folded = fold(label);
    let word = folded.strip_suffix(" score").unwrap_or(&folded);
    matches!(word, "max" | "max." | "maximum" | "highest")
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
        let Ok(read) = read_number(text, self.writing_at(row, column), |_| false) else {
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
