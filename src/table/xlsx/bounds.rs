//! How much a workbook may ask of the machine: counted before anything that grows with it is kept.

use super::NotAWorkbook;
use crate::table::Limits;

/// Rows that may hold nothing, beside as many as the limit of answers.
const SPARE_ROWS: usize = 10_000;
/// Cells for each answer: more than four of all of them unpack to more bytes than are taken.
const CELLS_OF_AN_ANSWER: usize = 4;

/// The last row and column that a spreadsheet has, counted from 0.
pub(super) const LAST_ROW: u32 = 1_048_575;
/// See [`LAST_ROW`].
pub(super) const LAST_COLUMN: u32 = 16_383;

/// What is left of the cells and rows that all tabs of a workbook may have.
#[derive(Debug)]
pub(super) struct Bounds {
    most_rows: usize,
    most_cells: usize,
    rows: usize,
    cells: usize,
}

impl Bounds {
    pub(super) fn of(limits: &Limits) -> Self {
        let most_rows = limits.max_rows.saturating_add(SPARE_ROWS);
        let most_cells = most_rows.saturating_mul(CELLS_OF_AN_ANSWER);
        Self {
            most_rows,
            most_cells,
            rows: most_rows,
            cells: most_cells,
        }
    }

    /// The most cells, and so the most texts that cells share.
    pub(super) fn most_cells(&self) -> usize {
        self.most_cells
    }

    /// The most rows.
    pub(super) fn most_rows(&self) -> usize {
        self.most_rows
    }

    /// Counts a row, whatever is in it.
    pub(super) fn row(&mut self) -> Result<(), NotAWorkbook> {
        let max = self.most_rows;
        self.rows = self
            .rows
            .checked_sub(1)
            .ok_or(NotAWorkbook::TooManyRows(max))?;
        Ok(())
    }

    /// Counts cells, whatever is in them.
    pub(super) fn cells(&mut self, count: usize) -> Result<(), NotAWorkbook> {
        let max = self.most_cells;
        self.cells = self
            .cells
            .checked_sub(count)
            .ok_or(NotAWorkbook::TooManyCells(max))?;
        Ok(())
    }
}
