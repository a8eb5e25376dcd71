//! The long shape: one row per answer.

use crate::table::Rows;

use super::Rule;
use super::columns::LongColumns;
use super::reading::{Asked, Reading};
use super::texts::is_blank;

/// Reads all rows below the header.
///
/// # Errors
/// What stops the reading: a limit, or a file that is no CSV.
pub(super) fn read(
    rows: &mut Rows<'_>,
    columns: &LongColumns,
    reading: &mut Reading<'_>,
) -> Result<(), Rule> {
    let needed = columns
        .vendor
        .unwrap_or(0)
        .max(columns.criterion)
        .max(columns.score);
    let mut unnamed = reading.header.unnamed();
    while let Some(row) = rows.advance().map_err(|_| Rule::NotCsv)? {
        let cells = rows.cells();
        if cells.iter().all(is_blank) {
            continue;
        }
        reading.count(1)?;
        if !reading.fits(row, cells, needed) {
            continue;
        }
        reading.refuse_unnamed(row, cells, &mut unnamed);
        let cell = |column: usize| cells.get(column).unwrap_or_default();
        let vendor = match columns.vendor {
            Some(column) => reading.vendor(row, column, cell(column)),
            None => reading.declared_vendor(),
        };
        let criterion = reading.criterion(row, columns.criterion, cell(columns.criterion));
        if let (Some(said), Some(criterion)) = (columns.scale, criterion) {
            reading.compare_scale(columns.score, criterion, said);
        }
        let evaluator = reading.evaluator(row, columns.evaluator, cells, criterion);
        if let (Some(column), Some(criterion)) = (columns.weight, criterion) {
            reading.weight(row, column, cell(column), criterion);
        }
        let score = cell(columns.score);
        match (vendor, evaluator, criterion) {
            (Some(vendor), Some(evaluator), Some(criterion)) => reading.answer(&Asked {
                row,
                column: columns.score,
                vendor,
                evaluator,
                criterion,
                score,
                comment: columns.comment.map(cell).unwrap_or_default(),
                comment_follows: columns.comment == Some(columns.score.saturating_add(1)),
                has_reason: false,
            }),
            // The score is checked although nobody knows whose it is: all mistakes are told at once.
            (_, _, Some(criterion)) => reading.check(row, columns.score, criterion, score),
            (_, _, None) => {}
        }
    }
    Ok(())
}
