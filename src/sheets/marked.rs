//! A sheet that was refused, as it came, with what is wrong in a column of its own: to be mended and sent again.

use std::collections::BTreeMap;

use csv::{Terminator, WriterBuilder};

use crate::table::name::fold;
use crate::table::{Dialect, Met, Rows, write};

use super::excerpt::{UNLIMITED, with_text};
use super::texts::text_of;
use super::{Declared, Problem};

/// The heading of the column, which is never read as a vendor.
pub(super) const PROBLEM: &str = "problem";

/// The sheet as CSV with a last column that says the problems of each row; those of no row stand above the header.
/// `None` if nothing of the file can be shown in rows.
#[must_use]
pub fn marked(
    bytes: &[u8],
    tab: Option<&str>,
    declared: &Declared,
    problems: &[Problem],
) -> Option<Vec<u8>> {
    with_text(bytes, tab, declared, |text, dialect| {
        write_marked(text, dialect, problems)
    })
    .flatten()
}

fn write_marked(text: &str, dialect: &Dialect, problems: &[Problem]) -> Option<Vec<u8>> {
    let rows = all_rows(text, dialect)?;
    let header = rows.iter().find(|(row, _)| *row == dialect.header_row);
    let at = header.and_then(|(_, cells)| cells.iter().position(|cell| fold(cell) == PROBLEM));
    let width = rows.iter().map(|(_, cells)| cells.len()).max()?;
    let at = at.unwrap_or(width);
    let mut told: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut of_file = Vec::new();
    for problem in problems {
        match problem.row() {
            Some(row) => told.entry(row).or_default().push(in_words(problem)),
            None => of_file.push(problem.to_string()),
        }
    }
    let mut out = WriterBuilder::new()
        .delimiter(dialect.delimiter.byte())
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for message in of_file {
        out.write_record([harmless(&format!("{PROBLEM}: {message}"))])
            .ok()?;
    }
    for (row, mut cells) in rows {
        let mut messages = told.remove(&row).unwrap_or_default();
        if row == dialect.header_row {
            messages.insert(0, PROBLEM.to_owned());
            if messages.len() > 1 {
                // The heading stays what it is; what is wrong with the header stands above it.
                let above = messages.split_off(1).join("; ");
                out.write_record([harmless(&format!("{PROBLEM}: {above}"))])
                    .ok()?;
            }
        }
        if cells.len() <= at {
            cells.resize(at.saturating_add(1), String::new());
        }
        if let Some(cell) = cells.get_mut(at) {
            *cell = messages.join("; ");
        }
        out.write_record(cells.iter().map(|cell| harmless(cell)))
            .ok()?;
    }
    out.into_inner().ok()
}

fn all_rows(text: &str, dialect: &Dialect) -> Option<Vec<(u32, Vec<String>)>> {
    let scan = crate::table::scan(text, dialect.delimiter, &UNLIMITED).ok()?;
    let mut rows = Rows::new(text, dialect.delimiter, &scan);
    let mut all = Vec::new();
    while let Ok(Some(met)) = rows.advance_to_any() {
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

    #[test]
    fn every_problem_stands_beside_its_row_and_the_rest_is_as_it_came() {
        let text = "vendor;criterion;score\r\nAcme;X;9\r\nBolt;Y;=1+1\r\n";
        let problems = [
            Problem::of_file(Rule::UnknownVendor(None))
                .in_row(2)
                .in_column(0, Some("vendor")),
            Problem::of_file(Rule::EmptySheet),
        ];
        let shown = marked(text.as_bytes(), None, &Declared::default(), &problems).unwrap();
        let shown = String::from_utf8(shown).unwrap();
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
        let shown = marked(text.as_bytes(), None, &Declared::default(), &[problem]).unwrap();
        let shown = String::from_utf8(shown).unwrap();
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
