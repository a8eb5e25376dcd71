//! The long shape: one row per answer.

use crate::table::name::fold;
use crate::table::{Cells, Rows};

use super::Rule;
use super::aside::{adds_up_to_nothing, marks_row_of_totals};
use super::columns::LongColumns;
use super::reading::{Asked, PlainColumns, Reading};
use super::texts::{is_blank, text_of};
use super::totals::Summed;

/// Reads rows below the header, to the last one.
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
    let plain = PlainColumns::of(columns, reading);
    loop {
        if let Some(plain) = &plain {
            reading.plain_rows(rows, plain)?;
        }
        let Some(row) = rows.advance() else {
            break;
        };
        let cells = rows.cells();
        if cells.iter().all(is_blank) {
            continue;
        }
        reading.count(1)?;
        if sums_up(cells, columns, reading) {
            note_total(row, cells, columns, reading);
            continue;
        }
        if repeats_header(cells, columns, reading) {
            let name = text_of(cells.get(columns.criterion).unwrap_or_default());
            reading.warning(row, columns.criterion, name, Rule::HeadingRowIgnored);
            continue;
        }
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
        if let Some(criterion) = criterion {
            reading.maxima(row, cells, criterion);
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

/// Whether a row sums up others: its criterion does, or its vendor does and it has no criterion.
fn sums_up(cells: &Cells, columns: &LongColumns, reading: &mut Reading<'_>) -> bool {
    let name = cells.get(columns.criterion).unwrap_or_default();
    if !is_blank(name) {
        // Nearly every row is of a criterion that was met before.
        if reading.criterion_near(name).is_some() {
            return false;
        }
        return marks_row_of_totals(text_of(name))
            && !matches!(reading.known_criterion(name), Some(Ok(_)));
    }
    let vendor = columns.vendor.and_then(|column| cells.get(column));
    vendor.is_some_and(|cell| {
        let text = text_of(cell);
        marks_row_of_totals(text) && !reading.knows_vendor(text)
    })
}

/// Whether a row is the header once more, as pages that were pasted together have it.
fn repeats_header(cells: &Cells, columns: &LongColumns, reading: &Reading<'_>) -> bool {
    let is_heading = |column: usize| {
        let heading = reading.header.heading(column).unwrap_or_default();
        let cell = text_of(cells.get(column).unwrap_or_default());
        cell.len() == heading.len() && fold(cell) == fold(heading)
    };
    let named = [columns.vendor, Some(columns.criterion), Some(columns.score)];
    named.into_iter().flatten().all(is_heading)
}

/// Keeps the total that a row says, of the vendor and the evaluator that it names, and tells that it is not an answer.
fn note_total(row: u32, cells: &Cells, columns: &LongColumns, reading: &mut Reading<'_>) {
    let cell = |column: usize| cells.get(column).unwrap_or_default();
    let named =
        |column: &usize| !is_blank(cell(*column)) && !marks_row_of_totals(text_of(cell(*column)));
    let label = match text_of(cell(columns.criterion)).trim() {
        "" => text_of(cell(columns.vendor.unwrap_or(columns.criterion))),
        label => label,
    };
    reading.warning(row, columns.criterion, label, Rule::TotalsRowIgnored);
    if adds_up_to_nothing(label) {
        return;
    }
    let vendor = columns.vendor.filter(named);
    let evaluator = columns.evaluator.filter(named);
    let of = Summed::Who {
        vendor: vendor.and_then(|column| reading.vendor(row, column, cell(column))),
        evaluator: evaluator.and_then(|_| reading.evaluator(row, columns.evaluator, cells, None)),
    };
    reading.note_total(row, columns.score, cells, of, label);
}
