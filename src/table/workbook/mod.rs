//! Cells to XLSX: typed cells, formulas with the result they had, and sheets fit to print.
//!
//! Texts are written as texts, so that nothing in them is ever run, and numbers as the doubles next to exact values.

mod at;
mod sheet;
mod style;

pub use at::{At, Span, column_letters};
pub use sheet::{Accepted, Footer, Sheet, Value};
pub use style::Style;

use jiff::Timestamp;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};
use thiserror::Error;

/// The media type of an XLSX file.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The most characters a cell of a spreadsheet holds.
pub const MAX_CELL: usize = 32_767;

/// Why a workbook cannot be written.
#[derive(Debug, Error)]
pub enum WorkbookError {
    /// It has more rows or columns than a spreadsheet has.
    #[error("a spreadsheet has at most 1,048,576 rows and 16,384 columns, and this takes more")]
    TooLarge,
    /// The file cannot be made.
    #[error("the workbook cannot be made: {0}")]
    Failed(#[source] XlsxError),
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::RowColumnLimitError => Self::TooLarge,
            other => Self::Failed(other),
        }
    }
}

/// A workbook under construction.
pub struct Workbook {
    inner: rust_xlsxwriter::Workbook,
}

impl std::fmt::Debug for Workbook {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Workbook").finish_non_exhaustive()
    }
}

impl Workbook {
    /// A workbook without sheets. The same sheets at the same time make the same bytes.
    #[must_use]
    pub fn new(title: &str, subject: &str, at: Timestamp) -> Self {
        let mut properties = DocProperties::new()
            .set_title(title)
            .set_subject(subject)
            .set_author("scorecard");
        if let Ok(time) = ExcelDateTime::from_timestamp(at.as_second()) {
            properties = properties.set_creation_datetime(&time);
        }
        let mut inner = rust_xlsxwriter::Workbook::new();
        inner.set_properties(&properties);
        Self { inner }
    }

    /// A sheet of this workbook, held in memory until the file is made.
    ///
    /// # Errors
    /// [`WorkbookError`] if a sheet cannot have this name.
    pub fn sheet(&self, name: &str) -> Result<Sheet, WorkbookError> {
        Sheet::over(rust_xlsxwriter::Worksheet::new(), name)
    }

    /// A sheet of this workbook that is written to disk row by row, whose rows must come in order.
    ///
    /// Where nothing can be written to disk the sheet is held in memory.
    ///
    /// # Errors
    /// [`WorkbookError`] if a sheet cannot have this name.
    pub fn streamed_sheet(&mut self, name: &str) -> Result<Sheet, WorkbookError> {
        match self.inner.new_worksheet_with_constant_memory() {
            Ok(sheet) => Sheet::over(sheet, name),
            Err(_) => self.sheet(name),
        }
    }

    /// Adds a sheet behind those that are there.
    ///
    /// # Errors
    /// The first cell of the sheet that could not be written.
    pub fn add(&mut self, sheet: Sheet) -> Result<(), WorkbookError> {
        self.inner.push_worksheet(sheet.into_inner()?);
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// [`WorkbookError`] if it cannot be made.
    pub fn into_bytes(mut self) -> Result<Vec<u8>, WorkbookError> {
        Ok(self.inner.save_to_buffer()?)
    }
}
