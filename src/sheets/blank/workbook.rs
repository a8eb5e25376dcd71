//! The sheet to fill in as a workbook: everything but the answers is locked, and each cell says what it takes.

use jiff::Timestamp;

use crate::criteria::Criterion;
use crate::sheets::Shape;
use crate::table::workbook::{At, Footer, Sheet, Style, Workbook, WorkbookError};

use super::accepted::{accepted, anchors};
use super::{Blank, Cell};

/// The name of the sheet.
const NAME: &str = "Scores";
/// The widths of columns of ids and names, of titles, of answers and of reasons, in characters.
const SHORT: u8 = 16;
const LONG: u8 = 36;
const ANSWER: u8 = 13;
const REASON: u8 = 40;

impl Blank<'_> {
    /// The sheet as a workbook, which reads back like the CSV once it is filled in.
    ///
    /// # Errors
    /// [`WorkbookError`] if it outgrows what a spreadsheet holds.
    pub fn to_xlsx(&self, shape: Shape, at: Timestamp) -> Result<Vec<u8>, WorkbookError> {
        let grid = self.grid(shape, "reason");
        let subject = format!("{}, version {}", self.set.id(), self.set.version());
        let mut workbook = Workbook::new(self.set.title(), &subject, at);
        let mut sheet = workbook.sheet(NAME)?;
        sheet.texts(At::new(0, 0), &grid.headings, Style::HEAD);
        let mut answers: Vec<(&Criterion, Vec<At>)> = Vec::new();
        for (row, cells) in (1..).zip(&grid.rows) {
            for (column, cell) in (0..).zip(cells) {
                let at = At::new(row, column);
                match cell {
                    Cell::Text(text) => sheet.text(at, text, Style::WRAPPED),
                    Cell::Reason => sheet.blank(at, Style::WRAPPED.as_text().open()),
                    Cell::Answer(criterion) => {
                        sheet.blank(at, Style::PLAIN.open());
                        remember(&mut answers, criterion, at);
                    }
                }
            }
        }
        for (criterion, cells) in &answers {
            if let Some(first) = cells.first() {
                sheet.accept(cells, &accepted(criterion, *first));
            }
        }
        self.notes(&mut sheet, &grid.rows);
        widths(&mut sheet, &grid.headings, grid.rows.first());
        let footer = Footer {
            left: vec![subject],
            right: vec![at.strftime("%Y-%m-%d").to_string()],
        };
        let first_answer = grid.rows.first().and_then(|row| first_answer(row));
        sheet.freeze(At::new(1, first_answer.unwrap_or(0).min(2)));
        sheet.print(Some((0, 0)), &footer);
        sheet.protect();
        workbook.add(sheet)?;
        workbook.into_bytes()
    }

    /// What each criterion asks and what its scores mean, on the cell with its id.
    fn notes(&self, sheet: &mut Sheet, rows: &[Vec<Cell<'_>>]) {
        let by_id = |text: &str| self.asked().find(|criterion| criterion.id() == text);
        for (row, cells) in (1..).zip(rows) {
            let texts = (0..).zip(cells).filter_map(|(column, cell)| match cell {
                Cell::Text(text) => Some((column, by_id(text)?)),
                Cell::Answer(_) | Cell::Reason => None,
            });
            for (column, criterion) in texts {
                let asked = criterion.description().map(str::to_owned);
                let lines: Vec<String> = asked.into_iter().chain(anchors(criterion)).collect();
                if !lines.is_empty() {
                    sheet.note(At::new(row, column), &lines.join("\n"));
                }
            }
        }
    }
}

/// Adds a cell to those of its criterion, which mostly is the one before or comes again in the same order.
fn remember<'a>(answers: &mut Vec<(&'a Criterion, Vec<At>)>, criterion: &'a Criterion, at: At) {
    let known = answers
        .iter_mut()
        .rev()
        .find(|(one, _)| one.id() == criterion.id());
    match known {
        Some((_, cells)) => cells.push(at),
        None => answers.push((criterion, vec![at])),
    }
}

fn first_answer(row: &[Cell<'_>]) -> Option<u16> {
    let place = row
        .iter()
        .position(|cell| matches!(cell, Cell::Answer(_)))?;
    u16::try_from(place).ok()
}

fn widths(sheet: &mut Sheet, headings: &[String], row: Option<&Vec<Cell<'_>>>) {
    let Some(row) = row else {
        return;
    };
    for (column, (heading, cell)) in (0..).zip(headings.iter().zip(row)) {
        let width = match cell {
            Cell::Text(_) if heading == "title" => LONG,
            Cell::Text(_) => SHORT,
            Cell::Answer(_) => ANSWER,
            Cell::Reason => REASON,
        };
        sheet.width(column, width);
    }
}
