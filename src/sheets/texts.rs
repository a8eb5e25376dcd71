//! Cells as texts.

use crate::table::Cells;

/// A cell's text. Cells are valid UTF-8: the text is, and it is cut at ASCII characters only.
pub(super) fn text_of(cell: &[u8]) -> &str {
    str::from_utf8(cell).unwrap_or_default()
}

/// Whether a cell holds nothing but white space.
pub(super) fn is_blank(cell: &[u8]) -> bool {
    match cell.first() {
        None => true,
        Some(byte) if byte.is_ascii_graphic() => false,
        Some(_) => text_of(cell).trim().is_empty(),
    }
}

/// Whether two cells side by side could be the two halves of an unquoted `4,5`.
pub(super) fn has_split_decimal(cells: &Cells) -> bool {
    let neighbours = cells.iter().zip(cells.iter().skip(1));
    neighbours
        .into_iter()
        .any(|(left, right)| is_digits(left) && is_digits(right))
}

pub(super) fn is_digits(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    !cell.is_empty() && cell.iter().all(u8::is_ascii_digit)
}
