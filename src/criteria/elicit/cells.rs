//! The bytes of a file of judgements as rows of cells.

use crate::exact::{Fraction, read_decimal};
use crate::table::name::fold;
use crate::table::write::restore;
use crate::table::{
    Delimiter, Limits, Met, Rows, SeparatorLine, decode, detect, scan, split_off_separator_line,
};

use super::problem::{ElicitProblem, ElicitRule};

/// The headings that a header can be told by.
const KNOWN: [&str; 8] = [
    "criterion",
    "criteria",
    "kriterium",
    "kriterien",
    "rank",
    "rang",
    "points",
    "punkte",
];

/// A header and the rows below it.
#[derive(Debug)]
pub(super) struct Cells {
    pub(super) header: Row,
    pub(super) rows: Vec<Row>,
    pub(super) decimal_comma: bool,
}

/// The cells of one row, without the blanks around them.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) number: u32,
    cells: Vec<String>,
}

impl Row {
    /// A cell, empty where the row ends before it.
    pub(super) fn at(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// How many cells there are up to the last one with something in it.
    pub(super) fn width(&self) -> usize {
        let last = self.cells.iter().rposition(|cell| !cell.is_empty());
        last.map_or(0, |last| last.saturating_add(1))
    }
}

impl Cells {
    /// Reads a file; rows without content are left out.
    pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Self, Vec<ElicitProblem>> {
        if bytes.len() > limits.max_bytes {
            let rule = ElicitRule::TooLarge(limits.max_bytes);
            return Err(vec![ElicitProblem::of_file(rule)]);
        }
        let decoded = decode(bytes).map_err(|why| vec![why.into()])?;
        let (line, text) = split_off_separator_line(&decoded.text);
        let told = match line {
            SeparatorLine::Names(delimiter) => Some(delimiter),
            SeparatorLine::Absent | SeparatorLine::NamesAnother => None,
        };
        // Whoever opens the file does not see a line `sep=;`, but their spreadsheet counts it.
        let above = u32::from(line != SeparatorLine::Absent);
        let is_known = |cell: &&&str| KNOWN.contains(&fold(cell).as_str());
        let dialect = detect(text, told, |cells| cells.iter().filter(is_known).count());
        let Some(dialect) = dialect else {
            return Err(vec![ElicitProblem::of_file(ElicitRule::Empty)]);
        };
        let scanned =
            scan(text, dialect.delimiter, limits).map_err(|too_long| vec![too_long.into()])?;
        let mut rows = Rows::new(text, dialect.delimiter, &scanned);
        let (mut found, mut problems) = (Vec::new(), Vec::new());
        // A text in memory makes no reader fail.
        while let Some(met) = rows.advance_to_any() {
            match met {
                Met::Broken(row, line) => problems.push(ElicitProblem::of_cell(
                    row.saturating_add(above),
                    "the whole row",
                    line.trim_end(),
                    ElicitRule::BrokenQuotes,
                )),
                Met::Row(number) if number >= dialect.header_row => found.push(Row {
                    number: number.saturating_add(above),
                    cells: rows.cells().iter().map(text_of).collect(),
                }),
                Met::Row(_) => {}
            }
        }
        let mut found = found.into_iter().filter(|row| row.width() > 0);
        match found.next() {
            Some(header) if problems.is_empty() => Ok(Self {
                header,
                rows: found.collect(),
                decimal_comma: dialect.delimiter != Delimiter::Comma,
            }),
            None if problems.is_empty() => Err(vec![ElicitProblem::of_file(ElicitRule::Empty)]),
            _ => Err(problems),
        }
    }

    /// A number, with a decimal comma where commas do not part the cells.
    pub(super) fn number(&self, text: &str) -> Option<Fraction> {
        let pointed = if self.decimal_comma && !text.contains('.') {
            text.replacen(',', ".", 1)
        } else {
            text.to_owned()
        };
        read_decimal(&pointed).ok().map(Fraction::from)
    }

    /// A number, or a fraction of two.
    pub(super) fn ratio(&self, text: &str) -> Option<Fraction> {
        match text.split_once('/') {
            Some((over, under)) => {
                let under = self.number(under.trim())?;
                self.number(over.trim())?.over(&under)
            }
            None => self.number(text),
        }
    }
}

fn text_of(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell);
    restore(text.trim()).to_owned()
}
