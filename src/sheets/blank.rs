//! A sheet to fill in, which reads back as it was written.

mod accepted;
mod costs;
mod workbook;

use crate::criteria::{CriteriaSet, Criterion, CriterionIndex};
use crate::table::{CsvText, Name, Separator};

use super::Shape;
use super::role::can_head_a_column;

pub use costs::CostBlank;

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

/// One cell of a sheet to fill in.
pub(super) enum Cell<'a> {
    /// What is there already.
    Text(&'a str),
    /// What is asked for.
    Answer(&'a Criterion),
    /// Why, in words.
    Reason,
}

/// The cells of a sheet to fill in.
pub(super) struct Grid<'a> {
    pub(super) headings: Vec<String>,
    pub(super) rows: Vec<Vec<Cell<'a>>>,
}

impl Blank<'_> {
    /// The sheet with nothing scored; long whatever `shape` says where a vendor's name cannot stand above a column.
    #[must_use]
    pub fn to_csv(&self, shape: Shape, separator: Separator) -> Vec<u8> {
        let grid = self.grid(shape, "comment");
        let mut csv = CsvText::new(separator);
        for heading in &grid.headings {
            csv.text(heading);
        }
        csv.end_row();
        for row in &grid.rows {
            for cell in row {
                match cell {
                    Cell::Text(text) => csv.text(text),
                    Cell::Answer(_) => csv.number(None),
                    Cell::Reason => csv.text(""),
                };
            }
            csv.end_row();
        }
        csv.into_bytes()
    }

    /// The cells in a shape, the columns of reasons called by a word.
    pub(super) fn grid(&self, shape: Shape, reason: &str) -> Grid<'_> {
        match shape {
            Shape::Wide if self.vendors.iter().all(can_head_a_column) => self.wide(reason),
            Shape::ByVendor => self.by_vendor(reason),
            // Costs have a blank sheet of their own.
            Shape::Wide | Shape::Long | Shape::Costs => self.long(reason),
        }
    }

    fn asked(&self) -> impl Iterator<Item = &Criterion> {
        let criteria = self.criteria.iter();
        criteria.filter_map(|index| self.set.criteria().get(index.position()))
    }

    /// The column of who scores, if there is somebody.
    fn evaluator_heading(&self) -> Option<String> {
        self.evaluator.map(|_| "evaluator".to_owned())
    }

    fn evaluator_cell(&self) -> Option<Cell<'_>> {
        self.evaluator.map(|name| Cell::Text(name.shown()))
    }

    fn long(&self, reason: &str) -> Grid<'_> {
        let mut headings = ["vendor", "criterion", "title"].map(str::to_owned).to_vec();
        headings.extend(self.evaluator_heading());
        headings.extend(["score", reason].map(str::to_owned));
        let pairs = self
            .vendors
            .iter()
            .flat_map(|vendor| self.asked().map(move |one| (vendor, one)));
        let rows = pairs.map(|(vendor, criterion)| {
            let mut row = vec![
                Cell::Text(vendor.shown()),
                Cell::Text(criterion.id()),
                Cell::Text(criterion.title()),
            ];
            row.extend(self.evaluator_cell());
            row.extend([Cell::Answer(criterion), Cell::Reason]);
            row
        });
        Grid {
            rows: rows.collect(),
            headings,
        }
    }

    fn by_vendor(&self, reason: &str) -> Grid<'_> {
        let mut headings = vec!["vendor".to_owned()];
        headings.extend(self.evaluator_heading());
        let ids = self.asked().map(Criterion::id);
        headings.extend(ids.flat_map(|id| [id.to_owned(), format!("{id} {reason}")]));
        let rows = self.vendors.iter().map(|vendor| {
            let mut row = vec![Cell::Text(vendor.shown())];
            row.extend(self.evaluator_cell());
            row.extend(
                self.asked()
                    .flat_map(|one| [Cell::Answer(one), Cell::Reason]),
            );
            row
        });
        Grid {
            rows: rows.collect(),
            headings,
        }
    }

    fn wide(&self, reason: &str) -> Grid<'_> {
        let mut headings = ["criterion", "title"].map(str::to_owned).to_vec();
        headings.extend(self.evaluator_heading());
        let names = self.vendors.iter().map(Name::shown);
        headings.extend(names.flat_map(|name| [name.to_owned(), format!("{name} {reason}")]));
        let rows = self.asked().map(|criterion| {
            let mut row = vec![Cell::Text(criterion.id()), Cell::Text(criterion.title())];
            row.extend(self.evaluator_cell());
            let answers = self.vendors.iter();
            row.extend(answers.flat_map(|_| [Cell::Answer(criterion), Cell::Reason]));
            row
        });
        Grid {
            rows: rows.collect(),
            headings,
        }
    }
}
