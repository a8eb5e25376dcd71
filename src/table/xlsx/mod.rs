//! Workbooks as spreadsheets save them, read as the text that a careful person would type off them.
//!
//! Of every cell the text is what its number format makes of it: 0.8 under a percent format is `80%`, a day is a date, an error
//! is `#DIV/0!`, a formula that was never computed is the formula. What a score sheet refuses as text it then refuses here for
//! the same reason. Rows and columns keep their places.

mod beside;
mod bounds;
mod cells;
mod format;
mod inside;
mod merged;
mod number;
mod package;
mod parts;
mod render;
mod written;

use std::io::Cursor;

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx};
use thiserror::Error;

use super::Limits;

pub use beside::Beside;
pub use merged::Merged;
pub use written::{Money, Written};

use bounds::Bounds;
use cells::Grid;
use inside::Inside;
use package::Package;

/// The most tabs of a workbook.
const MAX_TABS: usize = 500;

/// The most bytes that all parts of a workbook unpack to.
const MAX_UNPACKED: u64 = 100 * 1024 * 1024;

/// Whether a file is one of those that begin like a workbook.
#[must_use]
pub fn is_package(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// One tab of a workbook as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Its name.
    pub name: String,
    /// Its cells as CSV: commas, decimal points, a line for each row.
    pub text: String,
    /// What was noticed about it.
    pub notices: Vec<Notice>,
    /// Cells that show another number than they hold, or may.
    pub rounded: Vec<Rounded>,
    /// Which cells are texts that are written like numbers.
    pub written: Written,
    /// Which numbers are shown with a currency.
    pub money: Money,
    /// Which cells lie in merged ones.
    pub merged: Merged,
    /// What stands on other tabs that can be seen and are no tables.
    pub beside: Vec<Beside>,
}

/// Something about a tab that changes no number, but that a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Other tabs were not looked at, because they are hidden.
    HiddenTabs(Vec<String>),
    /// So many rows that were read are hidden.
    HiddenRows(usize),
    /// So many columns that were read are hidden.
    HiddenColumns(usize),
    /// So many cells are formulas, whose saved results were read.
    SavedFormulas(usize),
    /// So many cells lie in merged ones and were read as what the merged cell says.
    Merged(usize),
}

/// A cell that shows another number than it holds, or may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rounded {
    /// The row as the spreadsheet counts it.
    pub row: u32,
    /// The column, 0 is the first.
    pub column: usize,
    /// What it holds, which is what was read.
    pub holds: String,
    /// What it shows; `None` if its format is not understood.
    pub shows: Option<String>,
}

/// Why a file is not read as a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotAWorkbook {
    /// A package of another kind.
    #[error(
        "this is {0}; save the sheet as XLSX or as \"CSV UTF-8\" in the spreadsheet and use that file"
    )]
    OtherKind(&'static str),
    /// The file is cut off, or its parts are not what it says.
    #[error(
        "the workbook is damaged ({0}); open it in the spreadsheet, save it again, and use that file"
    )]
    Damaged(String),
    /// It unpacks to more than is taken.
    #[error("the workbook unpacks to more than {} MiB; delete what is not scores, or save the tab as \"CSV UTF-8\"", MAX_UNPACKED / 1_048_576)]
    TooLarge,
    /// It has more rows than are taken.
    #[error(
        "the workbook has more than {0} rows; delete those that are empty, split it, or raise the limit with --max-rows"
    )]
    TooManyRows(usize),
    /// It has more cells than are taken.
    #[error(
        "the workbook has more than {0} cells; delete the empty rows and columns that only have a format, split it, or raise the limit with --max-rows"
    )]
    TooManyCells(usize),
    /// It has more tabs than are taken.
    #[error("the workbook has more than {MAX_TABS} tabs; delete those without scores")]
    TooManyTabs,
    /// It contains programs.
    #[error("the workbook contains macros; save it as XLSX without them")]
    Macros,
    /// A part declares entities.
    #[error(
        "a part of the workbook declares a document type, which spreadsheets never write; save it again in the spreadsheet"
    )]
    DocumentType,
    /// Two parts or two cells have one place.
    #[error(
        "the workbook has two {0} in one place, so nobody knows which counts; open it in the spreadsheet and save it again"
    )]
    Twice(&'static str),
    /// There is no tab of this name.
    #[error("the workbook has no tab \"{wanted}\"; it has: {}", .tabs.join(", "))]
    NoTab {
        /// The name that was asked for.
        wanted: String,
        /// The names there are.
        tabs: Vec<String>,
    },
    /// Several tabs look like score sheets.
    #[error("several tabs look like score sheets ({}); say which one, or upload one tab at a time", .0.join(", "))]
    SeveralTabs(Vec<String>),
    /// No tab can be seen, or none holds anything.
    #[error("the workbook has no tab with anything in it")]
    Empty,
    /// A cell lies beyond the limit of columns.
    #[error(
        "row {row} has a cell in column {column}; at most {max} columns are taken, so delete what stands so far to the right"
    )]
    TooWide {
        /// The row.
        row: u32,
        /// The column, 1 is the first.
        column: u32,
        /// The limit.
        max: usize,
    },
}

/// Reads one tab of a workbook: the one that is named, else the only one that is visible and looks like a table.
///
/// # Errors
/// [`NotAWorkbook`] if it is damaged, of another kind, beyond a limit, or if it is not clear which tab is meant.
pub fn read(
    bytes: &[u8],
    tab: Option<&str>,
    looks_like_table: impl Fn(&[&str]) -> bool,
    limits: &Limits,
) -> Result<Tab, NotAWorkbook> {
    let mut package = Package::open(bytes)?;
    let mut bounds = Bounds::of(limits);
    package.prove(&bounds)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let sheets = workbook.sheets_metadata().iter();
    let tables = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let (shown, hidden): (Vec<_>, Vec<_>) =
        tables.partition(|sheet| sheet.visible == SheetVisible::Visible);
    let names = |sheets: Vec<&calamine::Sheet>| -> Vec<String> {
        sheets.iter().map(|sheet| sheet.name.clone()).collect()
    };
    let (shown, hidden) = (names(shown), names(hidden));
    let wanted = match tab {
        Some(wanted) => {
            let all = shown.iter().chain(&hidden);
            let found = all.clone().find(|name| name.trim() == wanted.trim());
            let tabs = all.cloned().collect();
            let wanted = wanted.to_owned();
            vec![found.cloned().ok_or(NotAWorkbook::NoTab { wanted, tabs })?]
        }
        None => shown.clone(),
    };
    let mut found: Vec<(Grid, Inside)> = Vec::new();
    for name in wanted {
        let inside = package.inside(&name, &mut bounds)?;
        let grid = Grid::read(&mut workbook, &name, &inside, limits)?;
        if !grid.is_empty() {
            found.push((grid, inside));
        }
    }
    let tables: Vec<usize> = (0..found.len())
        .filter(|&at| {
            found
                .get(at)
                .is_some_and(|(grid, _)| grid.has_row(&looks_like_table))
        })
        .collect();
    let chosen = match tables.as_slice() {
        [] => 0,
        [only] => *only,
        several => {
            let names = several.iter().filter_map(|&at| found.get(at));
            let names = names.map(|(grid, _)| grid.name().to_owned());
            return Err(NotAWorkbook::SeveralTabs(names.collect()));
        }
    };
    if chosen >= found.len() {
        return Err(NotAWorkbook::Empty);
    }
    let (grid, inside) = found.swap_remove(chosen);
    let mut read = grid.into_tab(&inside);
    let others = shown.into_iter().filter(|name| *name != read.name);
    read.beside = beside::read(&mut workbook, others, &looks_like_table);
    if tab.is_none() && !hidden.is_empty() {
        read.notices.push(Notice::HiddenTabs(hidden));
    }
    Ok(read)
}

fn damaged(why: &dyn std::fmt::Display) -> NotAWorkbook {
    let text: String = why
        .to_string()
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect();
    NotAWorkbook::Damaged(text)
}

#[cfg(test)]
mod tests;
