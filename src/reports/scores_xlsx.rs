//! The scores as a workbook, which reads back to the same result.

use jiff::Timestamp;

use crate::evaluation::{Answer, Evaluation, Given};
use crate::table::workbook::{At, Footer, Sheet, Style, Workbook, WorkbookError};

/// The columns, in the words that the reading knows.
const HEADINGS: [&str; 5] = ["vendor", "criterion", "evaluator", "score", "comment"];
const WIDTHS: [u8; 5] = [24, 16, 20, 14, 60];

/// The scores: one row per answer that counts, by vendor, criterion and evaluator, as in the CSV. Rows go to disk as they come, so that a large
/// evaluation takes no more memory than a small one.
///
/// # Errors
/// [`WorkbookError`] if there are more answers than a spreadsheet has rows, or the file cannot be made.
pub fn scores_xlsx(evaluation: &Evaluation, at: Timestamp) -> Result<Vec<u8>, WorkbookError> {
    let set = evaluation.set();
    let subject = format!("{}, version {}", set.id(), set.version());
    let mut workbook = Workbook::new("Scores", &subject, at);
    let mut sheet = workbook.streamed_sheet("Scores")?;
    sheet.texts(At::new(0, 0), &HEADINGS, Style::HEAD);
    sheet.widths(&WIDTHS);
    sheet.freeze(At::new(1, 0));
    let footer = Footer {
        left: vec![subject, format!("SHA-256 {}", set.sha256())],
        right: vec![at.strftime("%Y-%m-%d").to_string()],
    };
    sheet.print(Some((0, 0)), &footer);
    let mut row = 1_u32;
    for vendor in evaluation.vendor_indices() {
        let vendor_name = evaluation.vendor_name(vendor);
        for (index, criterion) in set.indexed_criteria() {
            for given in evaluation.counted(vendor, index) {
                let at = |column| At::new(row, column);
                sheet.bare_text(at(0), vendor_name);
                sheet.bare_text(at(1), criterion.id());
                sheet.bare_text(at(2), evaluation.evaluator_name(given.evaluator));
                score(&mut sheet, at(3), given);
                sheet.bare_text(at(4), evaluation.comment(given).unwrap_or_default());
                row = row.saturating_add(1);
            }
        }
    }
    workbook.add(sheet)?;
    workbook.into_bytes()
}

fn score(sheet: &mut Sheet, at: At, given: &Given) {
    match given.answer {
        Answer::Scored(score) => sheet.bare_number(at, &score.into()),
        Answer::Passed => sheet.bare_text(at, "pass"),
        Answer::Failed => sheet.bare_text(at, "fail"),
        Answer::NoResponse => sheet.bare_text(at, "no response"),
        Answer::NotApplicable => sheet.bare_text(at, "N/A"),
    }
}
