//! A sheet to fill in, which reads back as it was written.

use crate::criteria::CriteriaSet;
use crate::table::{CsvText, Name, Separator};

use super::Shape;
use super::role::can_head_a_column;

/// A sheet with every criterion and vendor, and nothing scored.
///
/// A vendor whose name would mean something else above a column (like `Total`) needs the long shape: then the sheet is
/// long whatever `shape` says.
#[must_use]
pub fn blank(
    set: &CriteriaSet,
    vendors: &[Name],
    evaluator: Option<&Name>,
    shape: Shape,
    separator: Separator,
) -> Vec<u8> {
    let mut csv = CsvText::new(separator);
    if shape == Shape::Wide && vendors.iter().all(can_head_a_column) {
        wide(&mut csv, set, vendors, evaluator);
    } else {
        long(&mut csv, set, vendors, evaluator);
    }
    csv.into_bytes()
}

fn long(csv: &mut CsvText, set: &CriteriaSet, vendors: &[Name], evaluator: Option<&Name>) {
    csv.text("vendor").text("criterion").text("title");
    if evaluator.is_some() {
        csv.text("evaluator");
    }
    csv.text("score").text("comment").end_row();
    for vendor in vendors {
        for criterion in set.criteria() {
            csv.text(vendor.shown())
                .text(criterion.id())
                .text(criterion.title());
            if let Some(evaluator) = evaluator {
                csv.text(evaluator.shown());
            }
            csv.number(None).text("").end_row();
        }
    }
}

fn wide(csv: &mut CsvText, set: &CriteriaSet, vendors: &[Name], evaluator: Option<&Name>) {
    csv.text("criterion").text("title");
    if evaluator.is_some() {
        csv.text("evaluator");
    }
    for vendor in vendors {
        csv.text(vendor.shown())
            .text(&format!("{} comment", vendor.shown()));
    }
    csv.end_row();
    for criterion in set.criteria() {
        csv.text(criterion.id()).text(criterion.title());
        if let Some(evaluator) = evaluator {
            csv.text(evaluator.shown());
        }
        for _ in vendors {
            csv.number(None).text("");
        }
        csv.end_row();
    }
}
