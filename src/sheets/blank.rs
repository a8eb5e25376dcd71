//! A sheet to fill in, which reads back as it was written.

use crate::criteria::{CriteriaSet, Criterion, CriterionIndex};
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
    let criteria = set.indexed_criteria().map(|(index, _)| index).collect();
    let sheet = Blank {
        set,
        criteria,
        vendors,
        evaluator,
    };
    sheet.to_csv(shape, separator)
}

/// What a sheet to fill in asks for, and of whom.
#[derive(Debug, Clone)]
pub struct Blank<'a> {
    /// The criteria set.
    pub set: &'a CriteriaSet,
    /// The criteria that are asked for, in the order of the sheet.
    pub criteria: Vec<CriterionIndex>,
    /// The vendors, in the order of the sheet.
    pub vendors: &'a [Name],
    /// Who will score; without one the sheet has no column for it.
    pub evaluator: Option<&'a Name>,
}

impl Blank<'_> {
    /// The sheet with nothing scored; long whatever `shape` says where a vendor's name cannot stand above a column.
    #[must_use]
    pub fn to_csv(&self, shape: Shape, separator: Separator) -> Vec<u8> {
        let mut csv = CsvText::new(separator);
        match shape {
            Shape::Wide if self.vendors.iter().all(can_head_a_column) => self.wide(&mut csv),
            Shape::ByVendor => self.by_vendor(&mut csv),
            Shape::Wide | Shape::Long => self.long(&mut csv),
        }
        csv.into_bytes()
    }

    fn asked(&self) -> impl Iterator<Item = &Criterion> {
        let criteria = self.criteria.iter();
        criteria.filter_map(|index| self.set.criteria().get(index.position()))
    }

    fn long(&self, csv: &mut CsvText) {
        csv.text("vendor").text("criterion").text("title");
        if self.evaluator.is_some() {
            csv.text("evaluator");
        }
        csv.text("score").text("comment").end_row();
        for vendor in self.vendors {
            for criterion in self.asked() {
                csv.text(vendor.shown())
                    .text(criterion.id())
                    .text(criterion.title());
                if let Some(evaluator) = self.evaluator {
                    csv.text(evaluator.shown());
                }
                csv.number(None).text("").end_row();
            }
        }
    }

    fn by_vendor(&self, csv: &mut CsvText) {
        csv.text("vendor");
        if self.evaluator.is_some() {
            csv.text("evaluator");
        }
        for criterion in self.asked() {
            let comment = format!("{} comment", criterion.id());
            csv.text(criterion.id()).text(&comment);
        }
        csv.end_row();
        for vendor in self.vendors {
            csv.text(vendor.shown());
            if let Some(evaluator) = self.evaluator {
                csv.text(evaluator.shown());
            }
            for _ in self.asked() {
                csv.number(None).text("");
            }
            csv.end_row();
        }
    }

    fn wide(&self, csv: &mut CsvText) {
        csv.text("criterion").text("title");
        if self.evaluator.is_some() {
            csv.text("evaluator");
        }
        for vendor in self.vendors {
            csv.text(vendor.shown())
                .text(&format!("{} comment", vendor.shown()));
        }
        csv.end_row();
        for criterion in self.asked() {
            csv.text(criterion.id()).text(criterion.title());
            if let Some(evaluator) = self.evaluator {
                csv.text(evaluator.shown());
            }
            for _ in self.vendors {
                csv.number(None).text("");
            }
            csv.end_row();
        }
    }
}
