//! The tabs of a workbook that look like score sheets.

use crate::table::Limits;
use crate::table::xlsx::{self, NotAWorkbook};

use super::Declared;
use super::known::likeness_with;

/// The visible tabs that look like score sheets, as the workbook orders them; none of a file that is no workbook.
#[must_use]
pub fn score_tabs(bytes: &[u8], declared: &Declared, limits: &Limits) -> Vec<String> {
    if !xlsx::is_package(bytes) || bytes.len() > limits.max_bytes {
        return Vec::new();
    }
    let is_header = |cells: &[&str]| likeness_with(cells, declared) > 0;
    match xlsx::read(bytes, None, is_header, limits) {
        Ok(tab) => vec![tab.name],
        Err(NotAWorkbook::SeveralTabs(tabs)) => tabs,
        Err(_) => Vec::new(),
    }
}
