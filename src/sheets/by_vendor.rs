//! The shape with one row per vendor and one column per criterion.

use crate::table::Rows;

use super::Rule;
use super::aside::{adds_up_to_nothing, is_promised, marks_totals};
use super::columns::ByVendorColumns;
use super::reading::{Asked, Reading, says_maximum};
use super::role::Role;
use super::texts::{is_blank, text_of};
use crate::table::name::fold;

/// Reads all rows below the header.
///
/// # Errors
/// What stops the reading: a limit, or a file that is no CSV.
pub(super) fn read(
    rows: &mut Rows<'_>,
    columns: &ByVendorColumns,
    reading: &mut Reading<'_>,
) -> Result<(), Rule> {
    let last = columns.criteria.iter().map(|one| one.column).max();
    let needed = last.unwrap_or(0).max(columns.vendor);
    let mut unnamed = reading.header.unnamed();
    while let Some(row) = rows.advance() {
        let cells = rows.cells();
        if cells.iter().all(is_blank) {
            continue;
        }
        reading.count(columns.criteria.len())?;
        let cell = |column: usize| cells.get(column).unwrap_or_default();
        let name = cell(columns.vendor);
        if let Some(rule) = not_a_vendor(name, reading) {
            if matches!(rule, Rule::TotalsRowIgnored) && !adds_up_to_nothing(text_of(name)) {
                let criteria = columns.criteria.iter().map(|one| one.column);
                reading.note_totals(row, criteria, cells, text_of(name));
            }
            if says_maximum(text_of(name)) {
                for one in &columns.criteria {
                    reading.maximum(row, one.column, cell(one.column), one.criterion);
                }
            }
            reading.warning(row, columns.vendor, text_of(name), rule);
            continue;
        }
        if !reading.fits(row, cells, needed) {
            continue;
        }
        reading.refuse_unnamed(row, cells, &mut unnamed);
        let vendor = reading.vendor(row, columns.vendor, name);
        for one in &columns.criteria {
            let evaluator = reading.evaluator(row, columns.evaluator, cells, Some(one.criterion));
            let score = cell(one.column);
            match (vendor, evaluator) {
                (Some(vendor), Some(evaluator)) => reading.answer(&Asked {
                    row,
                    column: one.column,
                    vendor,
                    evaluator,
                    criterion: one.criterion,
                    score,
                    comment: one.comment.map(cell).unwrap_or_default(),
                    comment_follows: one.comment == Some(one.column.saturating_add(1)),
                    has_reason: false,
                }),
                _ => reading.check(row, one.column, one.criterion, score),
            }
        }
        reading.note_row_totals(row, &columns.totals, cells);
    }
    reading.compare_totals();
    Ok(())
}

/// Whether a row sums up or describes the others instead of naming a vendor.
fn not_a_vendor(name: &[u8], reading: &Reading<'_>) -> Option<Rule> {
    let text = text_of(name);
    if reading.knows_vendor(text) {
        return None;
    }
    if marks_totals(text) {
        return Some(Rule::TotalsRowIgnored);
    }
    let describes = Role::of(text) == Role::Weight || is_promised(&fold(text));
    describes.then_some(Rule::AsideRowIgnored)
}
