//! Merged cells: one value in the place of several.

use std::fmt;

use super::bounds::Bounds;
use super::{NotAWorkbook, inside::Area};
use crate::table::workbook::column_letters;

/// The cells of a tab that lie in merged ones and are not the first of them. Rows and columns count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    areas: Vec<Area>,
    /// Row, column, and which area they lie in.
    cells: Vec<(u32, u32, usize)>,
    /// Those that hold something else than the merged cell shows.
    hiding: Vec<(u32, u32)>,
}

impl Merged {
    /// The merged cells over the cell in a row as the spreadsheet counts it, in a column counted from 0: `B3:C3`.
    #[must_use]
    pub fn over(&self, row: u32, column: usize) -> Option<impl fmt::Display> {
        if self.cells.is_empty() {
            return None;
        }
        let place = (row.checked_sub(1)?, u32::try_from(column).ok()?);
        let key = |&(row, column, _): &(u32, u32, usize)| (row, column);
        let found = self.cells.binary_search_by_key(&place, key).ok()?;
        let (_, _, area) = self.cells.get(found)?;
        self.areas.get(*area).copied()
    }

    /// The cells that hold what nobody sees: their rows as the spreadsheet counts them, their columns from 0.
    pub fn hiding(&self) -> impl Iterator<Item = (u32, usize)> {
        let places = self.hiding.iter();
        places.filter_map(|(row, column)| {
            Some((row.saturating_add(1), usize::try_from(*column).ok()?))
        })
    }

    /// Adds the cells of an area in these rows and columns.
    pub(super) fn add(
        &mut self,
        area: Area,
        rows: &[u32],
        width: u32,
        bounds: &mut Bounds,
    ) -> Result<(), NotAWorkbook> {
        let columns = area.from.1..area.to.1.saturating_add(1).min(width);
        bounds.cells(rows.len().saturating_mul(columns.len()))?;
        let of = self.areas.len();
        self.areas.push(area);
        let places = rows
            .iter()
            .flat_map(|row| columns.clone().map(move |column| (*row, column, of)));
        self.cells
            .extend(places.filter(|(row, column, _)| (*row, *column) != area.from));
        Ok(())
    }

    /// Notes a cell that holds something else than the merged cell shows.
    pub(super) fn hides(&mut self, row: u32, column: u32) {
        self.hiding.push((row, column));
    }

    /// All of them, in the order in which they are looked up.
    pub(super) fn sorted(mut self) -> Self {
        self.cells.sort_unstable();
        self
    }
}

/// `B3:C3`.
impl fmt::Display for Area {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |(row, column): (u32, u32)| {
            let letters = u16::try_from(column).map_or_else(|_| String::new(), column_letters);
            format!("{letters}{}", row.saturating_add(1))
        };
        write!(out, "{}:{}", name(self.from), name(self.to))
    }
}
