//! What only the workbook knows of its cells: which of them are texts, and which show a currency.

use std::collections::HashMap;

/// The cells that are texts and may be read as numbers: how they use commas and points is their writer's, not the workbook's.
/// Rows and columns count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written(Vec<(u32, u32)>);

impl Written {
    /// The most bytes of a text that may be read as a number.
    const LONGEST: usize = 64;

    /// Whether the cell in a row as the spreadsheet counts it, in a column counted from 0, is one of them.
    #[must_use]
    pub fn has(&self, row: u32, column: usize) -> bool {
        place(row, column).is_some_and(|place| self.0.binary_search(&place).is_ok())
    }

    /// Remembers a text, if it is written like a number with a sign in it.
    pub(super) fn meet(&mut self, row: u32, column: u32, text: &str) {
        let has_sign = text.len() <= Self::LONGEST && text.contains(['.', ',']);
        if has_sign && text.bytes().any(|byte| byte.is_ascii_digit()) {
            self.0.push((row, column));
        }
    }

    /// Adds others.
    pub(super) fn add(&mut self, more: Self) {
        self.0.extend(more.0);
        self.0.sort_unstable();
    }

    /// All of them, in the order in which they are looked up.
    pub(super) fn sorted(mut self) -> Self {
        self.0.sort_unstable();
        self
    }
}

/// The numbers that are shown with a currency. Rows and columns count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Money {
    /// The currencies, by the styles that show them.
    currencies: HashMap<usize, String>,
    cells: Vec<(u32, u32, usize)>,
}

impl Money {
    /// The currency of the cell in a row as the spreadsheet counts it, in a column counted from 0.
    #[must_use]
    pub fn of(&self, row: u32, column: usize) -> Option<&str> {
        let place = place(row, column)?;
        let key = |&(row, column, _): &(u32, u32, usize)| (row, column);
        let found = self.cells.binary_search_by_key(&place, key).ok()?;
        let (_, _, style) = self.cells.get(found)?;
        self.currencies.get(style).map(String::as_str)
    }

    pub(super) fn meet(&mut self, row: u32, column: u32, style: usize, currency: &str) {
        let known = self.currencies.entry(style);
        known.or_insert_with(|| currency.to_owned());
        self.cells.push((row, column, style));
    }

    pub(super) fn sorted(mut self) -> Self {
        self.cells.sort_unstable();
        self
    }
}

fn place(row: u32, column: usize) -> Option<(u32, u32)> {
    row.checked_sub(1).zip(u32::try_from(column).ok())
}
