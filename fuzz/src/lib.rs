//! What the fuzz targets run.

#[expect(dead_code, reason = "the tests of workbooks use more of it")]
#[path = "../../tests/workbooks/book.rs"]
mod book;
mod jobs;

pub use jobs::{cell, criteria, declared, form, sheet, tab, workbook};
