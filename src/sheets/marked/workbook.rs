//! The same as a workbook: every cell in its place, those to blame marked.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::exact::{Fraction, plain, read_decimal};
use crate::table::workbook::{At, Sheet, Style, Workbook};

use super::{PROBLEM, Problem, Told};

/// How wide the column of the problems is, in characters.
const WIDE: u8 = 80;
/// The tab of what is wrong with the file and its header. Nothing on it looks like a score sheet.
const ABOVE: &str = "What is wrong";

/// Writes the sheet as the only tab with scores; `None` if it has more rows or columns than a spreadsheet.
pub(super) fn write(told: &Told, tab: &str, problems: &[Problem]) -> Option<Vec<u8>> {
    let mut workbook = Workbook::new(tab, PROBLEM, Timestamp::UNIX_EPOCH);
    let mut sheet = workbook.sheet(tab).ok()?;
    let blamed: BTreeSet<(u32, usize)> = problems
        .iter()
        .filter_map(|problem| Some((problem.row()?, problem.position()?)))
        .collect();
    for (row, cells) in &told.rows {
        for (column, text) in cells.iter().enumerate() {
            if column != told.at {
                let is_blamed = blamed.contains(&(*row, column));
                cell(&mut sheet, place(*row, column)?, text, is_blamed);
            }
        }
        let beside = told.beside(*row);
        if !beside.is_empty() {
            sheet.text(place(*row, told.at)?, &beside, Style::WRAPPED);
        }
    }
    sheet.width(u16::try_from(told.at).ok()?, WIDE);
    workbook.add(sheet).ok()?;
    if !told.above.is_empty() {
        let name = if tab == ABOVE { PROBLEM } else { ABOVE };
        let mut sheet = workbook.sheet(name).ok()?;
        for (row, message) in (0..).zip(&told.above) {
            sheet.text(At::new(row, 0), message, Style::WRAPPED);
        }
        sheet.width(0, WIDE);
        workbook.add(sheet).ok()?;
    }
    workbook.into_bytes().ok()
}

fn place(row: u32, column: usize) -> Option<At> {
    Some(At::new(row.checked_sub(1)?, u16::try_from(column).ok()?))
}

/// A number as a number if it is written as one is read, else a text: an id like 007 stays what it is.
fn cell(sheet: &mut Sheet, at: At, text: &str, is_blamed: bool) {
    let style = if is_blamed {
        Style::MARKED
    } else {
        Style::PLAIN
    };
    let number = read_decimal(text).ok();
    match number.filter(|number| plain(*number) == text) {
        Some(number) => sheet.number(at, &Fraction::from(number), style),
        None if text.is_empty() && !is_blamed => {}
        None => sheet.text(at, text, style),
    }
}

#[cfg(test)]
mod tests {
    use crate::sheets::{Declared, Marked, Problem, Rule, marked};
    use crate::table::workbook::{At, Style, Workbook};
    use crate::table::{Limits, xlsx};

    fn workbook(cells: &[(u32, u16, &str)]) -> Vec<u8> {
        let mut workbook = Workbook::new("t", "s", jiff::Timestamp::UNIX_EPOCH);
        let mut sheet = workbook.sheet("Ana").unwrap();
        for (row, column, text) in cells {
            sheet.text(At::new(*row, *column), text, Style::PLAIN);
        }
        workbook.add(sheet).unwrap();
        workbook.into_bytes().unwrap()
    }

    fn read_back(bytes: &[u8]) -> xlsx::Tab {
        let is_header = |cells: &[&str]| cells.contains(&"criterion");
        xlsx::read(bytes, None, is_header, &Limits::default()).unwrap()
    }

    #[test]
    fn a_workbook_comes_back_as_one_with_every_row_in_its_place() {
        let came = workbook(&[
            (0, 0, "Scores"),
            (2, 0, "criterion"),
            (2, 1, "Acme"),
            (3, 0, "007"),
            (3, 1, "4.5"),
            (5, 0, "Y"),
            (5, 1, "=1+1"),
        ]);
        let problems = [
            Problem::of_file(Rule::EmptySheet),
            Problem::of_file(Rule::SpreadsheetError)
                .in_row(6)
                .in_column(1, Some("Acme")),
        ];
        let Some(Marked::Workbook(back)) = marked(&came, None, &Declared::default(), &problems)
        else {
            panic!("no workbook");
        };
        let tab = read_back(&back);
        assert_eq!(tab.name, "Ana");
        let lines: Vec<&str> = tab.text.lines().collect();
        assert_eq!(lines[0], "Scores,,");
        assert_eq!(lines[2..5], ["criterion,Acme,problem", "007,4.5,", ""]);
        assert!(lines[5].starts_with("Y,=1+1,\"Acme: this is a spreadsheet's error"));
        assert_eq!(tab.notices, [], "a text that looks like a formula is none");
        // Marked once more, it keeps one column of problems.
        let Some(Marked::Workbook(again)) = marked(&back, None, &Declared::default(), &[]) else {
            panic!("no workbook");
        };
        assert!(
            read_back(&again)
                .text
                .contains("criterion,Acme,problem\n007,4.5,\n\nY,=1+1,\n")
        );
    }
}
