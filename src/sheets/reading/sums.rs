//! The totals that a sheet says itself.

use std::collections::HashSet;

use crate::evaluation::Line;
use crate::table::Cells;

use super::super::Rule;
use super::super::aside::is_weighted;
use super::super::number::read_number;
use super::super::texts::text_of;
use super::super::totals::{Mismatch, SaidTotal, Summed, Totals};
use super::Reading;

impl Reading<'_> {
    /// Keeps the totals that a row says of the columns above it, to be compared once all scores are read.
    pub(in crate::sheets) fn note_totals(
        &mut self,
        row: u32,
        columns: impl Iterator<Item = usize>,
        cells: &Cells,
        label: &str,
    ) {
        let after = self.totals.last().map_or(0, |before| before.row);
        for column in columns {
            self.note_total(row, column, cells, Summed::Column { after }, label);
        }
    }

    /// Keeps the totals that a row says of its own scores.
    pub(in crate::sheets) fn note_row_totals(
        &mut self,
        row: u32,
        columns: &[usize],
        cells: &Cells,
    ) {
        for &column in columns {
            let heading = self.header.heading(column).unwrap_or_default().to_owned();
            self.note_total(row, column, cells, Summed::Row, &heading);
        }
    }

    /// Keeps a total that a cell says.
    pub(in crate::sheets) fn note_total(
        &mut self,
        row: u32,
        column: usize,
        cells: &Cells,
        of: Summed,
        label: &str,
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
                is_weighted: is_weighted(label),
            });
        }
    }

    /// Tells of totals that are not what the scores they sum up come to.
    pub(in crate::sheets) fn compare_totals(&mut self) {
        if self.totals.is_empty() {
            return;
        }
        let lines = std::mem::take(&mut self.lines);
        let all: Vec<Line<'_>> = lines.iter().collect();
        let mut totals = Totals::new(&all, self.set());
        let knows_weights = self.weights_compared.contains(&true) && !self.weights_differ;
        let mut not_compared = HashSet::new();
        for said in std::mem::take(&mut self.totals) {
            let rule = match totals.mismatch(&said, knows_weights) {
                None => continue,
                Some(Mismatch::Differs(sum)) => Rule::TotalsMismatch {
                    said: said.value,
                    sum,
                },
                // What all cells of a column or of a row of totals share is told once.
                Some(Mismatch::NotCompared) => match said.of {
                    Summed::Row if !not_compared.insert((None, Some(said.column))) => continue,
                    Summed::Column { .. } if !not_compared.insert((Some(said.row), None)) => {
                        continue;
                    }
                    Summed::Row | Summed::Column { .. } | Summed::Who { .. } => {
                        Rule::TotalNotCompared
                    }
                },
            };
            let text = said.value.to_string();
            self.warning(said.row, said.column, &text, rule);
        }
        self.lines = lines;
    }
}
