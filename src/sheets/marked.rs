//! A sheet that was refused, as it came, with what is wrong in a column of its own: to be mended and sent again.

mod workbook;

use std::collections::BTreeMap;

use csv::{Terminator, WriterBuilder};

use crate::table::name::fold;
use crate::table::{Dialect, Met, Rows, write};

use super::excerpt::{UNLIMITED, with_text};
use super::texts::text_of;
use super::{Declared, Problem};

/// The heading of the column, which is never read as a vendor.
pub(super) const PROBLEM: &str = "problem";

/// The sheet in its own kind of file, with its problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marked {
    /// As text, between the separators it came with.
    Csv(Vec<u8>),
    /// As a workbook.
    Workbook(Vec<u8>),
}

/// The sheet with a last column that says the problems of each row: a workbook as a workbook, in which the cells to blame are
/// marked, any other as CSV. `None` if nothing of the file can be shown in rows.
///
/// In CSV the problems of no row stand above the header; in a workbook on a tab of their own, so that every row keeps its place.
#[must_use]
pub fn marked(
    bytes: &[u8],
    tab: Option<&str>,
    declared: &Declared,
    problems: &[Problem],
) -> Option<Marked> {
    with_text(bytes, tab, declared, |text, dialect, tab| {
        let sheet = Told::new(all_rows(text, dialect)?, dialect, problems)?;
        match tab {
            Some(tab) => workbook::write(&sheet, tab, problems).map(Marked::Workbook),
            None => sheet.csv(dialect).map(Marked::Csv),
        }
    })
    .flatten()
}

/// The rows of a sheet, and what is told of each.
struct Told {
    rows: Vec<(u32, Vec<String>)>,
    header_row: u32,
    /// The column of the problems.
    at: usize,
    by_row: BTreeMap<u32, Vec<String>>,
    /// Of no row, or of the header, whose heading stays what it is.
    above: Vec<String>,
}

impl Told {
    fn new(rows: Vec<(u32, Vec<String>)>, dialect: &Dialect, problems: &[Problem]) -> Option<Self> {
        let header = rows.iter().find(|(row, _)| *row == dialect.header_row);
        let at = header.and_then(|(_, cells)| cells.iter().position(|cell| fold(cell) == PROBLEM));
        let width = rows.iter().map(|(_, cells)| cells.len()).max()?;
        let mut by_row: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        let mut above = Vec::new();
        for problem in problems {
            match problem.row() {
                Some(row) if row != dialect.header_row => {
                    by_row.entry(row).or_default().push(in_words(problem));
                }
                Some(_) => above.push(in_words(problem)),
                None => above.push(problem.to_string()),
            }
        }
        Some(Self {
            header_row: dialect.header_row,
            at: at.unwrap_or(width),
            rows,
            by_row,
            above,
        })
    }

    /// What stands in the column of the problems.
    fn beside(&self, row: u32) -> String {
        if row == self.header_row {
            return PROBLEM.to_owned();
        }
        let told = self.by_row.get(&row);
        told.map(|messages| messages.join("; ")).unwrap_or_default()
    }

    fn csv(&self, dialect: &Dialect) -> Option<Vec<u8>> {
        let mut out = WriterBuilder::new()
            .delimiter(dialect.delimiter.byte())
            .terminator(Terminator::CRLF)
            .flexible(true)
            .from_writer("\u{feff}".as_bytes().to_vec());
        for message in &self.above {
            out.write_record([harmless(&format!("{PROBLEM}: {message}"))])
                .ok()?;
        }
        for (row, cells) in &self.rows {
            let width = cells.len().max(self.at.saturating_add(1));
            let beside = self.beside(*row);
            let cells = (0..width).map(|column| match cells.get(column) {
                _ if column == self.at => harmless(&beside),
                cell => harmless(cell.map_or("", String::as_str)),
            });
            out.write_record(cells).ok()?;
        }
        out.into_inner().ok()
    }
}

fn all_rows(text: &str, dialect: &Dialect) -> Option<Vec<(u32, Vec<String>)>> {
    let scan = crate::table::scan(text, dialect.delimiter, &UNLIMITED).ok()?;
    let mut rows = Rows::new(text, dialect.delimiter, &scan);
    let mut all = Vec::new();
    while let Some(met) = rows.advance_to_any() {
        all.push(match met {
            Met::Row(row) => {
                let cells = rows.cells().iter().map(|cell| text_of(cell).to_owned());
                (row, cells.collect())
            }
            Met::Broken(row, line) => (row, vec![line.to_owned()]),
        });
    }
    Some(all)
}

fn in_words(problem: &Problem) -> String {
    match problem.column() {
        Some(column) => format!("{column}: {problem}"),
        None => problem.to_string(),
    }
}

/// A cell that no spreadsheet runs, and that reads back as it was.
fn harmless(cell: &str) -> String {
    let text = write::restore(cell);
    let is_number = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.,".contains(&byte));
    if is_number && !text.starts_with('+') {
        return cell.to_owned();
    }
    write::neutralise(text)
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::*;

    fn csv(text: &str, problems: &[Problem]) -> String {
        match marked(text.as_bytes(), None, &Declared::default(), problems) {
            Some(Marked::Csv(bytes)) => String::from_utf8(bytes).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_problem_stands_beside_its_row_and_the_rest_is_as_it_came() {
        let text = "vendor;criterion;score\r\nAcme;X;9\r\nBolt;Y;=1+1\r\n";
        let problems = [
            Problem::of_file(Rule::UnknownVendor(None))
                .in_row(2)
                .in_column(0, Some("vendor")),
            Problem::of_file(Rule::EmptySheet),
        ];
        let shown = csv(text, &problems);
        let mut lines = shown.lines();
        assert!(
            lines
                .next()
                .unwrap()
                .contains("problem: the sheet holds no answers")
        );
        assert_eq!(lines.next(), Some("vendor;criterion;score;problem"));
        let row = "Acme;X;9;\"vendor: this vendor is not in the evaluation;";
        assert!(lines.next().unwrap().starts_with(row));
        assert_eq!(lines.next(), Some("Bolt;Y;'=1+1;"));
    }

    #[test]
    fn a_sheet_that_was_marked_before_keeps_one_column_of_problems() {
        let text = "problem,vendor,criterion,score\nold,Acme,X,9\n,Bolt,Y,3\n";
        let problem = Problem::of_file(Rule::UnknownVendor(None)).in_row(3);
        let shown = csv(text, &[problem]);
        let second = shown.lines().nth(1);
        assert_eq!(second, Some(",Acme,X,9"));
        assert!(
            shown
                .lines()
                .nth(2)
                .unwrap()
                .starts_with("this vendor is not")
        );
    }
}
