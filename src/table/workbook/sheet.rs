//! One sheet of a workbook: its cells, and how it is shown and printed.

use rust_decimal::Decimal;
use rust_xlsxwriter::{DataValidation, Formula, Note, ProtectionOptions, Worksheet, XlsxError};

use crate::exact::Fraction;

use super::style::Formats;
use super::{At, MAX_CELL, Style, WorkbookError};

/// The number of A4 among the paper sizes.
const A4: u8 = 9;
/// The most characters of a line at the foot of a page.
const MAX_FOOTER: usize = 255;
/// The height of a line of text, in points.
const LINE: u16 = 15;
/// What stands at the end of a text that is longer than a cell may be.
const CUT: &str = "… (longer than a cell may be; the rest is in scores.csv)";

/// What a cell holds, or what a formula came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(Fraction),
    /// A text; an empty one is a cell that shows nothing.
    Text(String),
}

impl Value {
    /// A cell that shows nothing.
    #[must_use]
    pub fn nothing() -> Self {
        Self::Text(String::new())
    }

    /// A number, or nothing.
    #[must_use]
    pub fn maybe(number: Option<&Fraction>) -> Self {
        number.map_or_else(Self::nothing, |number| Self::Number(number.clone()))
    }
}

impl From<Fraction> for Value {
    fn from(number: Fraction) -> Self {
        Self::Number(number)
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Self::Number(number.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// What stands at the foot of every printed page, beside the page's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footer {
    /// On the left, line by line.
    pub left: Vec<String>,
    /// On the right, line by line; the number of the page comes after it.
    pub right: Vec<String>,
}

impl Footer {
    fn code(&self) -> String {
        let side = |lines: &[String]| lines.join("\n").replace('&', "&&");
        let (mut left, right) = (side(&self.left), side(&self.right));
        let rest = |left: &str| format!("&L&7 {left}&R&7 {right}, page &P of &N");
        while rest(&left).encode_utf16().count() > MAX_FOOTER && left.pop().is_some() {}
        rest(&left)
    }
}

/// What may be typed into cells that are to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The formula that is true of what may be typed, for the first of the cells.
    pub rule: String,
    /// What to type, told when a cell is entered.
    pub told: String,
    /// What is wrong, told when something else was typed.
    pub refused: String,
}

/// A sheet under construction. What cannot be written is told when it is added to its workbook.
pub struct Sheet {
    inner: Box<Worksheet>,
    formats: Formats,
    broken: Option<XlsxError>,
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Sheet").finish_non_exhaustive()
    }
}

impl Sheet {
    pub(super) fn over(mut inner: Worksheet, name: &str) -> Result<Self, WorkbookError> {
        inner.set_name(name)?;
        // A formula that comes to nothing shows nothing, and not a 0.
        inner.set_formula_result_default("");
        inner.set_paper_size(A4);
        Ok(Self {
            inner: Box::new(inner),
            formats: Formats::default(),
            broken: None,
        })
    }

    pub(super) fn into_inner(self) -> Result<Worksheet, WorkbookError> {
        match self.broken {
            Some(error) => Err(error.into()),
            None => Ok(*self.inner),
        }
    }

    /// Keeps the first error.
    fn note_error<T>(&mut self, done: Result<T, XlsxError>) {
        if let Err(error) = done
            && self.broken.is_none()
        {
            self.broken = Some(error);
        }
    }

    /// Writes a text, whatever it looks like.
    pub fn text(&mut self, at: At, text: &str, style: Style) {
        let format = self.formats.of(style);
        let text = fitting(text);
        let done = self
            .inner
            .write_string_with_format(at.row, at.column, text, format)
            .map(drop);
        self.note_error(done);
    }

    /// Writes texts side by side.
    pub fn texts<T: AsRef<str>>(&mut self, at: At, texts: &[T], style: Style) {
        for (column, text) in (at.column..).zip(texts) {
            self.text(at.in_column(column), text.as_ref(), style);
        }
    }

    /// Writes a number.
    pub fn number(&mut self, at: At, number: &Fraction, style: Style) {
        let format = self.formats.of(style);
        let number = number.nearest_double();
        let done = self
            .inner
            .write_number_with_format(at.row, at.column, number, format)
            .map(drop);
        self.note_error(done);
    }

    /// Writes a text without a look of its own, for sheets of very many cells.
    pub fn bare_text(&mut self, at: At, text: &str) {
        let done = self.inner.write_string(at.row, at.column, fitting(text));
        let done = done.map(drop);
        self.note_error(done);
    }

    /// Writes a number without a look of its own.
    pub fn bare_number(&mut self, at: At, number: &Fraction) {
        let number = number.nearest_double();
        let done = self.inner.write_number(at.row, at.column, number).map(drop);
        self.note_error(done);
    }

    /// Writes a value.
    pub fn value(&mut self, at: At, value: &Value, style: Style) {
        match value {
            Value::Number(number) => self.number(at, number, style),
            Value::Text(text) => self.text(at, text, style),
        }
    }

    /// Writes a formula with what it comes to.
    pub fn formula(&mut self, at: At, formula: &str, result: &Value, style: Style) {
        let result = match result {
            Value::Number(number) => number.nearest_double().to_string(),
            Value::Text(text) => text.clone(),
        };
        let formula = Formula::new(formula).set_result(result);
        let format = self.formats.of(style);
        let done = self
            .inner
            .write_formula_with_format(at.row, at.column, formula, format)
            .map(drop);
        self.note_error(done);
    }

    /// Gives an empty cell its look.
    pub fn blank(&mut self, at: At, style: Style) {
        self.text(at, "", style);
    }

    /// Hangs a note on a cell.
    pub fn note(&mut self, at: At, text: &str) {
        let note = Note::new(fitting(text)).add_author_prefix(false);
        let note = note.set_width(360).set_height(160);
        let done = self.inner.insert_note(at.row, at.column, &note).map(drop);
        self.note_error(done);
    }

    /// Says what may be typed into cells; the rule names the first of them.
    pub fn accept(&mut self, cells: &[At], accepted: &Accepted) {
        let Some(first) = cells.first() else {
            return;
        };
        let names: Vec<String> = cells.iter().map(At::to_string).collect();
        let done = validation(accepted).and_then(|validation| {
            let validation = validation.set_multi_range(names.join(" "));
            let (row, column) = (first.row, first.column);
            self.inner
                .add_data_validation(row, column, row, column, &validation)
                .map(drop)
        });
        self.note_error(done);
    }

    /// Gives columns their widths, in characters, from the first column on.
    pub fn widths(&mut self, widths: &[u8]) {
        for (column, width) in (0..).zip(widths) {
            self.width(column, *width);
        }
    }

    /// Gives a column its width, in characters.
    pub fn width(&mut self, column: u16, width: u8) {
        let done = self.inner.set_column_width(column, width).map(drop);
        self.note_error(done);
    }

    /// Keeps the rows above and the columns before a cell in sight.
    pub fn freeze(&mut self, at: At) {
        let done = self.inner.set_freeze_panes(at.row, at.column).map(drop);
        self.note_error(done);
    }

    /// Lets rows be filtered by the columns of a heading; both ends are included.
    pub fn filter(&mut self, from: At, to: At) {
        let done = self
            .inner
            .autofilter(from.row, from.column, to.row, to.column)
            .map(drop);
        self.note_error(done);
    }

    /// Prints in landscape on pages as wide as the sheet, with rows that stand on each of them.
    pub fn print(&mut self, repeated: Option<(u32, u32)>, footer: &Footer) {
        self.inner.set_landscape();
        self.inner.set_print_fit_to_pages(1, 0);
        self.inner.set_footer(footer.code());
        if let Some((first, last)) = repeated {
            let done = self.inner.set_repeat_rows(first, last).map(drop);
            self.note_error(done);
        }
    }

    /// Prints on so many pages side by side instead of one, with columns that stand on each of them.
    pub fn print_wide(&mut self, pages: u16, first: u16, last: u16) {
        self.inner.set_print_fit_to_pages(pages, 0);
        let done = self.inner.set_repeat_columns(first, last).map(drop);
        self.note_error(done);
    }

    /// Makes a row so many lines high.
    pub fn lines(&mut self, row: u32, lines: u8) {
        let height = u16::from(lines).saturating_mul(LINE);
        let done = self.inner.set_row_height(row, height).map(drop);
        self.note_error(done);
    }

    /// Protects, without a password, all cells but the open ones; rows cannot be sorted then, for formulas count on their order.
    pub fn protect(&mut self) {
        self.inner.protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::new()
        });
    }
}

fn validation(accepted: &Accepted) -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_custom(Formula::new(&accepted.rule))
        .ignore_blank(true)
        .set_input_message(shortened(&accepted.told))?
        .set_error_title("This cell takes something else")?
        .set_error_message(shortened(&accepted.refused))
}

/// The most characters of what is told about a cell.
const MAX_TOLD: usize = 255;

fn shortened(text: &str) -> String {
    if text.encode_utf16().count() <= MAX_TOLD {
        return text.to_owned();
    }
    cut(text, MAX_TOLD.saturating_sub(1)).to_owned() + "…"
}

/// The text, or what a cell can hold of it and the word that it goes on.
fn fitting(text: &str) -> String {
    // A character is at most two units, so short texts need no count.
    if text.len() <= MAX_CELL || text.encode_utf16().count() <= MAX_CELL {
        return text.to_owned();
    }
    let room = MAX_CELL.saturating_sub(CUT.encode_utf16().count());
    cut(text, room).to_owned() + CUT
}

/// The beginning of a text that takes at most so many UTF-16 units.
fn cut(text: &str, units: usize) -> &str {
    let mut taken = 0_usize;
    for (at, letter) in text.char_indices() {
        taken = taken.saturating_add(letter.len_utf16());
        if taken > units {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_longer_than_a_cell_says_so_at_its_end() {
        let kept = "é".repeat(MAX_CELL);
        assert_eq!(fitting(&kept), kept);
        let told = fitting(&"𝄞".repeat(MAX_CELL));
        assert!(told.ends_with(CUT) && told.encode_utf16().count() <= MAX_CELL);
    }

    #[test]
    fn a_footer_is_never_longer_than_a_page_takes() {
        let footer = Footer {
            left: vec!["R&D".to_owned(), "x".repeat(300)],
            right: vec!["12".to_owned()],
        };
        let code = footer.code();
        assert!(code.starts_with("&L&7 R&&D\nx") && code.ends_with("&R&7 12, page &P of &N"));
        assert_eq!(code.encode_utf16().count(), MAX_FOOTER);
    }
}
