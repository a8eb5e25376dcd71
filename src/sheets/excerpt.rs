//! Some rows of a file as the spreadsheet shows them, for a person to find a mistake or the origin of a number.

use crate::table::Cells;

use crate::table::{self, Delimiter, Dialect, Limits, Met, Rows, SeparatorLine, xlsx};

use super::Declared;
use super::known::likeness_with;
use super::problem::shortened_to;
use super::texts::text_of;

/// How much of a file is shown; what is beyond it is counted or cut off, never an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExcerptLimits {
    /// The most rows.
    pub rows: usize,
    /// The most cells of a row.
    pub cells: usize,
    /// The most characters of a cell.
    pub characters: usize,
}

/// Some rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The headings, and the row they stand in; `None` if there are none.
    pub headings: Option<ExcerptRow>,
    /// The rows that were asked for and are there, from top to bottom.
    pub rows: Vec<ExcerptRow>,
    /// The last row of the file; 0 if it has none.
    pub last_row: u32,
}

/// One row as the spreadsheet shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcerptRow {
    /// Its number as a spreadsheet counts it.
    pub row: u32,
    /// What its cells say, with what cannot be seen escaped. A row whose quotes are broken is one cell.
    pub cells: Vec<String>,
    /// How many more cells it has.
    pub more_cells: usize,
    /// Whether its quotes are broken, so that nobody knows where its cells begin and end.
    pub is_broken: bool,
}

/// Shows the wanted rows of a file; nothing of a file that is no text.
///
/// It reads the file in the same way as [`read`](super::read), so that row numbers and columns are those of problems and
/// answers.
#[must_use]
pub fn excerpt(
    bytes: &[u8],
    tab: Option<&str>,
    declared: &Declared,
    wanted: impl Fn(u32) -> bool,
    limits: &ExcerptLimits,
) -> Excerpt {
    let show =
        |text: &str, dialect: &Dialect, _: Option<&str>| collect(text, dialect, wanted, limits);
    with_text(bytes, tab, declared, show).unwrap_or_default()
}

/// Gives the text of a sheet, its dialect and the tab it stands in on; `None` if it has none.
pub(super) fn with_text<T>(
    bytes: &[u8],
    tab: Option<&str>,
    declared: &Declared,
    using: impl FnOnce(&str, &Dialect, Option<&str>) -> T,
) -> Option<T> {
    let likeness = |cells: &[&str]| likeness_with(cells, declared);
    if xlsx::is_package(bytes) {
        let is_header = |cells: &[&str]| likeness(cells) > 0;
        let tab = xlsx::read(bytes, tab, is_header, &UNLIMITED).ok()?;
        let dialect = table::detect(&tab.text, Some(Delimiter::Comma), likeness)?;
        return Some(using(&tab.text, &dialect, Some(&tab.name)));
    }
    let decoded = table::decode(bytes).ok()?;
    let (told, text) = match table::split_off_separator_line(&decoded.text) {
        (SeparatorLine::Names(delimiter), text) => (Some(delimiter), text),
        (SeparatorLine::Absent | SeparatorLine::NamesAnother, text) => (None, text),
    };
    let dialect = table::detect(text, told, likeness)?;
    Some(using(text, &dialect, None))
}

fn collect(
    text: &str,
    dialect: &Dialect,
    wanted: impl Fn(u32) -> bool,
    limits: &ExcerptLimits,
) -> Excerpt {
    let Ok(scan) = table::scan(text, dialect.delimiter, &UNLIMITED) else {
        return Excerpt::default();
    };
    let mut rows = Rows::new(text, dialect.delimiter, &scan);
    let mut excerpt = Excerpt::default();
    while let Some(met) = rows.advance_to_any() {
        let row = match met {
            Met::Row(row) | Met::Broken(row, _) => row,
        };
        excerpt.last_row = row;
        let is_header = row == dialect.header_row;
        let is_wanted = excerpt.rows.len() < limits.rows && wanted(row);
        if !is_header && !is_wanted {
            continue;
        }
        let shown = match met {
            Met::Row(row) => in_order(row, rows.cells(), limits),
            Met::Broken(row, line) => broken(row, line, limits),
        };
        if is_header && !shown.is_broken {
            excerpt.headings = Some(shown.clone());
        }
        if is_wanted {
            excerpt.rows.push(shown);
        }
    }
    excerpt
}

/// Every row is counted, however long: which ones are too long has been told.
pub(super) const UNLIMITED: Limits = Limits {
    max_bytes: usize::MAX,
    max_rows: usize::MAX,
    max_columns: usize::MAX,
    max_cell: usize::MAX,
};

fn in_order(row: u32, cells: &Cells, limits: &ExcerptLimits) -> ExcerptRow {
    let shown = cells.iter().take(limits.cells);
    ExcerptRow {
        row,
        cells: shown
            .map(|cell| in_one_line(text_of(cell), limits))
            .collect(),
        more_cells: cells.len().saturating_sub(limits.cells),
        is_broken: false,
    }
}

fn broken(row: u32, line: &str, limits: &ExcerptLimits) -> ExcerptRow {
    // It stands for as many cells as are shown elsewhere.
    let characters = limits.characters.saturating_mul(4);
    let limits = ExcerptLimits {
        characters,
        ..*limits
    };
    ExcerptRow {
        row,
        cells: vec![in_one_line(line, &limits)],
        more_cells: 0,
        is_broken: true,
    }
}

/// A cell in one line: where it breaks, it says so.
fn in_one_line(text: &str, limits: &ExcerptLimits) -> String {
    let text = text.trim();
    // No more of a long cell is looked at than can be shown: a line end is at most two characters.
    let most = limits.characters.saturating_add(1).saturating_mul(2);
    let head: String = text.chars().take(most).collect();
    let lines: Vec<&str> = head.lines().map(str::trim_end).collect();
    shortened_to(limits.characters, &lines.join(" ↵ "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: ExcerptLimits = ExcerptLimits {
        rows: 3,
        cells: 4,
        characters: 12,
    };

    fn rows(text: &str, wanted: &[u32]) -> Vec<(u32, String)> {
        let excerpt = excerpt(
            text.as_bytes(),
            None,
            &Declared::default(),
            |row| wanted.contains(&row),
            &LIMITS,
        );
        let rows = excerpt.rows.iter();
        rows.map(|row| (row.row, row.cells.join("|"))).collect()
    }

    #[test]
    fn rows_have_the_numbers_and_cells_that_a_spreadsheet_shows() {
        let text = "vendor;criterion;score\r\n\r\nAcme;X;\"4\r\n5\"\r\nBolt;Y;3,5\r\n";
        assert_eq!(
            rows(text, &[1, 3, 4]),
            [
                (1, "vendor|criterion|score".to_owned()),
                (3, "Acme|X|4 ↵ 5".to_owned()),
                (4, "Bolt|Y|3,5".to_owned()),
            ]
        );
        let all = excerpt(
            text.as_bytes(),
            None,
            &Declared::default(),
            |_| false,
            &LIMITS,
        );
        assert_eq!(
            all.headings.unwrap().cells,
            ["vendor", "criterion", "score"]
        );
        assert_eq!((all.rows.len(), all.last_row), (0, 4));
    }

    #[test]
    fn a_row_whose_quotes_are_broken_is_shown_as_it_is_written() {
        let text = "vendor,criterion,score\nAcme,X,\"3\"5\nBolt,Y,4\n";
        let excerpt = excerpt(
            text.as_bytes(),
            None,
            &Declared::default(),
            |row| row > 1,
            &LIMITS,
        );
        assert!(excerpt.rows[0].is_broken);
        assert_eq!(excerpt.rows[0].cells, ["Acme,X,\"3\"5"]);
        assert_eq!(excerpt.rows[1].cells, ["Bolt", "Y", "4"]);
    }

    #[test]
    fn rows_cells_and_characters_have_an_end() {
        let long = "x".repeat(100_000);
        let text = format!(
            "vendor,criterion,score\n{}",
            format!("{long},a,b,c,d,e\n").repeat(9)
        );
        let excerpt = excerpt(
            text.as_bytes(),
            None,
            &Declared::default(),
            |_| true,
            &LIMITS,
        );
        assert_eq!((excerpt.rows.len(), excerpt.last_row), (3, 10));
        assert_eq!(excerpt.rows[1].cells[0].chars().count(), 13);
        assert_eq!(
            (excerpt.rows[1].cells.len(), excerpt.rows[1].more_cells),
            (4, 2)
        );
    }

    #[test]
    fn what_is_no_text_and_what_is_empty_has_no_rows() {
        for bytes in [
            &b""[..],
            b"%PDF-1.7\n",
            b"PK\x03\x04\0\0",
            b"\xff\xfe\0\0a",
            b"\n\n",
        ] {
            assert_eq!(
                excerpt(bytes, None, &Declared::default(), |_| true, &LIMITS),
                Excerpt::default()
            );
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_it_and_nothing_exceeds_its_limits(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let excerpt = excerpt(&bytes, None, &Declared::default(), |_| true, &LIMITS);
            prop_assert!(excerpt.rows.len() <= LIMITS.rows);
            for row in &excerpt.rows {
                prop_assert!(row.cells.len() <= LIMITS.cells);
                prop_assert!(row.row <= excerpt.last_row);
            }
        }
    }
}
