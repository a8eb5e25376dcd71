//! The top of a sheet: its header, in one row or two, and what stands above it.

use crate::table::{Dialect, Rows, Scan};

use super::header::Header;
use super::problem::Findings;
use super::texts::{is_blank, text_of};
use super::told::CellAbove;
use super::two_rows::{self, TwoRows};
use super::{Declared, Form, Problem};

/// The header and the texts above it, whose rows are then behind; `None` if its row cannot be trusted or read.
///
/// # Errors
/// A second row of the header that can be read in more than one way.
pub(super) fn header(
    (text, dialect, scan): (&str, &Dialect, &Scan),
    rows: &mut Rows<'_>,
    form: &Form,
    above: &mut Vec<CellAbove>,
    warnings: &mut Findings,
) -> Result<Option<Header>, Vec<Problem>> {
    let Some(found) = find_header(rows, dialect.header_row, &form.declared, above) else {
        return Ok(None);
    };
    let below = two_rows::row_below(text, dialect, scan);
    match two_rows::join(found, above, below.as_deref()) {
        TwoRows::One(header) => Ok(Some(header)),
        TwoRows::Joined { header, is_below } => {
            if is_below {
                let _below = rows.advance();
            }
            above.retain(|cell| cell.row < header.row);
            two_rows::tell(&header, warnings);
            Ok(Some(header))
        }
        TwoRows::Open(problem) => Err(vec![problem]),
    }
}

fn find_header(
    rows: &mut Rows<'_>,
    header_row: u32,
    declared: &Declared,
    above: &mut Vec<CellAbove>,
) -> Option<Header> {
    loop {
        let row = rows.advance()?;
        let cells = rows.cells();
        if row == header_row {
            return Some(Header::new(row, cells.iter().map(text_of)).reaching(declared));
        }
        if row > header_row {
            return None;
        }
        let texts = cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell));
        above.extend(texts.map(|(column, cell)| CellAbove {
            row,
            column,
            text: text_of(cell).trim().to_owned(),
        }));
    }
}
