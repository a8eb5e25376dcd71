//! The totals that a sheet says itself.

use crate::table::Cells;

use super::super::Rule;
use super::super::number::read_number;
use super::super::texts::text_of;
use super::super::totals::{SaidTotal, Summed, Totals};
use super::Reading;

impl Reading<'_> {
    /// Keeps the totals that a row says of the columns above it, to be compared once all scores are read.
    pub(in crate::sheets) fn note_totals(
        &mut self,
        row: u32,
        columns: impl Iterator<Item = usize>,
        cells: &Cells,
    ) {
        let after = self.totals.last().map_or(0, |before| before.row);
        for column in columns {
            self.note_total(row, column, cells, Summed::Column { after });
        }
    }

    /// Keeps a total that a cell says.
    pub(in crate::sheets) fn note_total(
        &mut self,
        row: u32,
        column: usize,
        cells: &Cells,
        of: Summed,
    ) {
        let text = text_of(cells.get(column).unwrap_or_default()).trim();
        let writing = self.writing_at(row, column);
        // What can be read in two ways is compared with nothing.
        if let Ok(read) = read_number(text, writing, |_| true)
            && read.doubt.is_none()
        {
            self.totals.push(SaidTotal {
                row,
                column,
                value: read.value,
                of,
            });
        }
    }

    /// Tells of totals that are not what the scores they sum up come to.
    pub(in crate::sheets) fn compare_totals(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let mut totals = Totals::new(&lines, self.set());
        for said in std::mem::take(&mut self.totals) {
            if let Some(sum) = totals.mismatch(&said) {
                let text = said.value.to_string();
                let rule = Rule::TotalsMismatch {
                    said: said.value,
                    sum,
                };
                self.warning(said.row, said.column, &text, rule);
            }
        }
        self.lines = lines;
    }
}
