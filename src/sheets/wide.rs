//! The wide shape: one row per criterion, one column per vendor.

use crate::table::Cells;

use crate::criteria::CriterionIndex;
use crate::table::name::fold;
use crate::table::{Rows, write};

use super::Rule;
use super::aside::{adds_up_to_nothing, marks_row_of_totals};
use super::columns::WideColumns;
use super::reading::{Asked, Reading};
use super::texts::{is_blank, text_of};

/// Reads all rows below the header.
///
/// # Errors
/// What stops the reading: a limit, or a file that is no CSV.
pub(super) fn read(
    rows: &mut Rows<'_>,
    columns: &WideColumns,
    reading: &mut Reading<'_>,
) -> Result<(), Rule> {
    let header_row = reading.header.row;
    let vendors: Vec<Option<usize>> = columns
        .vendors
        .iter()
        .map(|vendor| {
            let heading = reading
                .header
                .heading(vendor.column)
                .unwrap_or_default()
                .to_owned();
            // The heading has lost its apostrophe already; the cell it came from is looked up.
            let cell = write::neutralise(&heading);
            reading.vendor(header_row, vendor.column, cell.as_bytes())
        })
        .collect();
    let last_vendor = columns
        .vendors
        .iter()
        .map(|vendor| vendor.column)
        .max()
        .unwrap_or(0);
    let needed = last_vendor.max(columns.criterion);
    let mut unnamed = reading.header.unnamed();
    while let Some(row) = rows.advance() {
        let cells = rows.cells();
        if cells.iter().all(is_blank) {
            continue;
        }
        reading.count(columns.vendors.len())?;
        if let Some(rule) = not_a_criterion(cells, columns, reading) {
            let name = cells.get(columns.criterion).unwrap_or_default();
            if matches!(rule, Rule::TotalsRowIgnored) && !adds_up_to_nothing(text_of(name)) {
                let vendors = columns.vendors.iter().map(|vendor| vendor.column);
                reading.note_totals(row, vendors, cells, text_of(name));
            }
            if matches!(rule, Rule::HeadingRowIgnored) {
                reading.heed_row(row, columns.criterion, text_of(name));
            }
            reading.warning(row, columns.criterion, text_of(name), rule);
            continue;
        }
        if !reading.fits(row, cells, needed) {
            continue;
        }
        reading.refuse_unnamed(row, cells, &mut unnamed);
        let cell = |column: usize| cells.get(column).unwrap_or_default();
        let criterion = reading.criterion(row, columns.criterion, cell(columns.criterion));
        let evaluator = reading.evaluator(row, columns.evaluator, cells, criterion);
        let Some(criterion) = criterion else {
            continue;
        };
        if let Some(column) = columns.weight {
            reading.weight(row, column, cell(column), criterion);
        }
        let place = Place {
            row,
            criterion,
            evaluator,
        };
        reading.maxima(row, cells, criterion);
        answers(place, cells, columns, &vendors, reading);
        reading.note_row_totals(row, &columns.totals, cells);
    }
    reading.compare_totals();
    Ok(())
}

#[derive(Clone, Copy)]
struct Place {
    row: u32,
    criterion: CriterionIndex,
    evaluator: Option<usize>,
}

fn answers(
    Place {
        row,
        criterion,
        evaluator,
    }: Place,
    cells: &Cells,
    columns: &WideColumns,
    vendors: &[Option<usize>],
    reading: &mut Reading<'_>,
) {
    let cell = |column: usize| cells.get(column).unwrap_or_default();
    let has_reason = columns.notes.iter().any(|column| !is_blank(cell(*column)));
    for (vendor_column, vendor) in columns.vendors.iter().zip(vendors) {
        let column = vendor_column.column;
        if let Some(said) = vendor_column.scale
            && !is_blank(cell(column))
        {
            reading.compare_scale(column, criterion, said);
        }
        match (*vendor, evaluator) {
            (Some(vendor), Some(evaluator)) => reading.answer(&Asked {
                row,
                column,
                vendor,
                evaluator,
                criterion,
                score: cell(column),
                comment: vendor_column.comment.map(cell).unwrap_or_default(),
                comment_follows: vendor_column.comment == Some(column.saturating_add(1)),
                has_reason,
            }),
            _ => reading.check(row, column, criterion, cell(column)),
        }
    }
    if let Some(evaluator) = evaluator {
        for column in &columns.notes {
            reading.note(evaluator, criterion, cell(*column));
        }
    }
}

/// Whether a row sums up others or is only a heading between them.
fn not_a_criterion(
    cells: &Cells,
    columns: &WideColumns,
    reading: &mut Reading<'_>,
) -> Option<Rule> {
    let name = cells.get(columns.criterion).unwrap_or_default();
    let text = text_of(name);
    if !is_blank(name) && matches!(reading.known_criterion(name), Some(Ok(_))) {
        return None;
    }
    if marks_row_of_totals(text) {
        return Some(Rule::TotalsRowIgnored);
    }
    let is_heading = |column: usize| {
        let heading = reading.header.heading(column).unwrap_or_default();
        fold(text_of(cells.get(column).unwrap_or_default())) == fold(heading)
    };
    let mut headed = columns.vendors.iter().map(|vendor| vendor.column);
    if is_heading(columns.criterion) && headed.all(is_heading) {
        return Some(Rule::HeadingRowIgnored);
    }
    let answers = columns
        .vendors
        .iter()
        .flat_map(|vendor| [Some(vendor.column), vendor.comment])
        .flatten();
    let mut said = answers.chain(columns.notes.iter().copied());
    let silent = said.all(|column| cells.get(column).is_none_or(is_blank))
        && cells.len() <= reading.header.width();
    let heading = is_blank(name) || reading.names_category(text) || is_note(cells, name, reading);
    (silent && heading).then_some(Rule::HeadingRowIgnored)
}

/// Whether a row has nothing but a text that is no criterion's name, nor nearly one: `Note: agreed on 3 May`.
fn is_note(cells: &Cells, name: &[u8], reading: &mut Reading<'_>) -> bool {
    let is_alone = cells.iter().filter(|cell| !is_blank(cell)).count() == 1;
    is_alone
        && matches!(
            reading.known_criterion(name),
            Some(Err(Rule::UnknownCriterion(None)))
        )
}
