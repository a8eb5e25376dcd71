//! A sheet among the others of an evaluation.

use std::sync::Arc;

use crate::criteria::CriterionIndex;

use super::lines::{narrow, wide};
use super::{
    Entry, Evaluation, EvaluatorIndex, Given, Line, Origin, Sheet, SheetIndex, VendorIndex,
};

/// A sheet that was filed.
#[derive(Debug, Clone)]
pub(super) struct FiledSheet {
    pub(super) sheet: Arc<Sheet>,
    /// Where the sheet's own vendors and evaluators stand in the evaluation's lists.
    pub(super) vendors: Vec<VendorIndex>,
    pub(super) evaluators: Vec<EvaluatorIndex>,
    pub(super) withdrawn: bool,
}

/// A line of a filed sheet: whom it is about and who says it, in the evaluation's own lists.
#[derive(Debug, Clone, Copy)]
pub(super) struct FiledLine {
    pub(super) vendor: VendorIndex,
    pub(super) criterion: CriterionIndex,
    pub(super) evaluator: EvaluatorIndex,
    pub(super) entry: Entry,
    pub(super) sheet: SheetIndex,
    /// Where it stands among the sheet's lines.
    pub(super) at: u32,
}

/// Which answer: about which vendor and criterion, and whose.
pub(super) type FiledCell = (VendorIndex, CriterionIndex, EvaluatorIndex);

impl FiledLine {
    pub(super) fn cell(&self) -> FiledCell {
        (self.vendor, self.criterion, self.evaluator)
    }
}

impl FiledSheet {
    /// Its lines, as the sheet with this index.
    pub(super) fn lines(
        &self,
        sheet: SheetIndex,
    ) -> impl Iterator<Item = FiledLine> + Clone + Send {
        let cells = self.sheet.lines().cells().enumerate();
        cells.filter_map(move |(at, cell)| {
            Some(FiledLine {
                vendor: *self.vendors.get(cell.vendor)?,
                criterion: cell.criterion,
                evaluator: *self.evaluators.get(cell.evaluator)?,
                entry: cell.entry,
                sheet,
                at: narrow(at),
            })
        })
    }
}

impl Evaluation {
    /// The reason that came with an answer that stands, as typed.
    #[must_use]
    pub fn comment(&self, given: &Given) -> Option<&str> {
        self.line(given.sheet, given.line)?.comment
    }

    /// The cell that an answer came from.
    #[must_use]
    pub fn origin(&self, given: &Given) -> Origin {
        let (row, column) = self
            .line(given.sheet, given.line)
            .map_or((0, 0), |line| (line.row, line.column));
        Origin {
            sheet: given.sheet,
            row,
            column,
        }
    }

    pub(super) fn line(&self, sheet: SheetIndex, at: u32) -> Option<Line<'_>> {
        let filed = self.sheets.get(sheet.position())?;
        filed.sheet.lines().get(wide(at))
    }
}
