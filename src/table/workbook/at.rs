//! Where a cell stands, and what a formula calls it.

use std::fmt;

/// A cell by its row and column, both counted from 0. It is shown as formulas name it: `C12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The row: 0 is row 1.
    pub row: u32,
    /// The column: 0 is column A.
    pub column: u16,
}

impl At {
    /// The cell in a row and a column.
    #[must_use]
    pub fn new(row: u32, column: u16) -> Self {
        Self { row, column }
    }

    /// The cell in another column of the same row.
    #[must_use]
    pub fn in_column(self, column: u16) -> Self {
        Self { column, ..self }
    }
}

impl fmt::Display for At {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = self.row.saturating_add(1);
        write!(out, "{}{row}", column_letters(self.column))
    }
}

/// Cells of one column, from one row to another. It is shown as formulas name it: `C12:C14`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first row.
    pub first: u32,
    /// The last row.
    pub last: u32,
    /// The column.
    pub column: u16,
}

impl Span {
    /// The cells of a column from one row to another.
    #[must_use]
    pub fn new(column: u16, first: u32, last: u32) -> Self {
        Self {
            first,
            last,
            column,
        }
    }

    /// The same rows in another column.
    #[must_use]
    pub fn in_column(self, column: u16) -> Self {
        Self { column, ..self }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = At::new(self.first, self.column);
        let last = At::new(self.last, self.column);
        write!(out, "{first}:{last}")
    }
}

/// The letters a spreadsheet names a column with: 0 is A, 26 is AA.
#[must_use]
pub fn column_letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column).saturating_add(1);
    while rest > 0 {
        let digit = rest.saturating_sub(1);
        letters.extend(char::from_digit(10_u32.saturating_add(digit % 26), 36));
        rest = digit / 26;
    }
    letters.iter().rev().map(char::to_ascii_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn cells_and_spans_are_named_as_formulas_name_them() {
        assert_eq!(At::new(11, 2).to_string(), "C12");
        assert_eq!(Span::new(2, 11, 13).to_string(), "C12:C14");
    }
}
