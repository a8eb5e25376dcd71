//! The rows of a file or of one tab, in memory.

use crate::table::xlsx::{self, Merged, NotAWorkbook};
use crate::table::{self, Delimiter, Limits, Rows, SeparatorLine, write};

use super::columns::likeness;
use super::terms::Terms;
use super::{OutlineProblem, OutlineRule};

/// Rows with the numbers that a spreadsheet shows beside them; empty ones are left out.
pub(super) type Body = Vec<(u32, Vec<String>)>;

/// A file or a tab as rows of cells.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) delimiter: Delimiter,
    pub(super) rows: Body,
    /// The place of the header among the rows.
    pub(super) header: usize,
    /// Which cells lie in merged ones.
    pub(super) merged: Merged,
}

impl Grid {
    /// Reads a file, or one tab of a workbook.
    pub(super) fn read(
        bytes: &[u8],
        tab: Option<&str>,
        terms: &Terms,
        limits: &Limits,
    ) -> Result<Self, OutlineProblem> {
        let likeness = |cells: &[&str]| likeness(cells, terms);
        if xlsx::is_package(bytes) {
            let tab = xlsx::read(bytes, tab, |cells| likeness(cells) > 1, limits)
                .map_err(|why| OutlineRule::Workbook(why).of_file())?;
            let grid = Self::of(&tab.text, Some(Delimiter::Comma), terms, limits)?;
            return Ok(Self {
                merged: tab.merged,
                ..grid
            });
        }
        let decoded = table::decode(bytes).map_err(|why| OutlineRule::NotText(why).of_file())?;
        let (told, text) = match table::split_off_separator_line(&decoded.text) {
            (SeparatorLine::Names(delimiter), text) => (Some(delimiter), text),
            (SeparatorLine::Absent | SeparatorLine::NamesAnother, text) => (None, text),
        };
        Self::of(text, told, terms, limits)
    }

    fn of(
        text: &str,
        told: Option<Delimiter>,
        terms: &Terms,
        limits: &Limits,
    ) -> Result<Self, OutlineProblem> {
        let dialect = table::detect(text, told, |cells| likeness(cells, terms));
        let dialect = dialect.ok_or_else(|| OutlineRule::NoCriteria.of_file())?;
        let unreadable = || OutlineRule::NoRows.of_file();
        let scan = table::scan(text, dialect.delimiter, limits).map_err(|_| unreadable())?;
        let is_broken = |flaw: &table::Flaw| flaw.quoting != table::Quoting::Bare;
        if scan.more_flaws > 0 || scan.flaws.iter().any(is_broken) {
            return Err(unreadable());
        }
        let mut rows = Rows::new(text, dialect.delimiter, &scan);
        let mut body = Body::new();
        let mut header = None;
        while let Some(row) = rows.advance() {
            let cell = |cell: &[u8]| {
                let text = std::str::from_utf8(cell).unwrap_or_default().trim();
                write::restore(text).to_owned()
            };
            let cells: Vec<String> = rows.cells().iter().map(cell).collect();
            if row == dialect.header_row {
                header = Some(body.len());
            }
            if body.len() >= limits.max_rows {
                return Err(unreadable());
            }
            if header == Some(body.len()) || cells.iter().any(|cell| !cell.is_empty()) {
                body.push((row, cells));
            }
        }
        Ok(Self {
            delimiter: dialect.delimiter,
            rows: body,
            header: header.ok_or_else(unreadable)?,
            merged: Merged::default(),
        })
    }

    /// These rows alone as a text, each in its place.
    pub(super) fn cut(&self, rows: impl Iterator<Item = usize>) -> String {
        let mut text = String::new();
        let mut next = 1_u32;
        for (row, cells) in rows.filter_map(|at| self.rows.get(at)) {
            for _ in next..*row {
                text.push('\n');
            }
            let mut writer = csv::WriterBuilder::new()
                .delimiter(self.delimiter.byte())
                .from_writer(Vec::new());
            // Writing to memory cannot fail; a line break inside a cell would move the rows below it.
            let cells = cells.iter().map(|cell| cell.replace(['\n', '\r'], " "));
            let _written = writer.write_record(cells.map(|cell| write::neutralise(&cell)));
            let line = writer.into_inner().unwrap_or_default();
            text.push_str(String::from_utf8_lossy(&line).trim_end_matches('\n'));
            text.push('\n');
            next = row.saturating_add(1);
        }
        text
    }
}

/// The tabs of a workbook that hold criteria, in their order; empty if the file is no workbook.
///
/// # Errors
/// Why it cannot be read.
pub fn outline_tabs(
    bytes: &[u8],
    terms: &Terms,
    limits: &Limits,
) -> Result<Vec<String>, OutlineProblem> {
    if !xlsx::is_package(bytes) {
        return Ok(Vec::new());
    }
    match xlsx::read(bytes, None, |cells| likeness(cells, terms) > 1, limits) {
        Ok(tab) => Ok(vec![tab.name]),
        Err(NotAWorkbook::SeveralTabs(names)) => Ok(names),
        Err(why) => Err(OutlineRule::Workbook(why).of_file()),
    }
}
