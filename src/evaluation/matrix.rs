//! The answers that stand, by vendor, criterion and evaluator.

use std::sync::Arc;

use crate::criteria::CriterionIndex;

use super::{Answer, Entry, EvaluatorIndex, Given, Line, Origin, SheetIndex, VendorIndex};

/// The answers that stand: for each vendor and criterion, at most one per evaluator.
#[derive(Debug, Clone)]
pub struct Matrix {
    criteria: usize,
    /// By vendor, then criterion; each cell in evaluator order.
    cells: Vec<Vec<Given>>,
}

/// What a sheet does, or would do, to the answers that stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Answers where there were none.
    pub new: usize,
    /// Answers that differ from the one they replace.
    pub changed: usize,
    /// Answers equal to the one that stands.
    pub unchanged: usize,
    /// Answers taken away.
    pub cleared: usize,
    /// Cells that are not scored yet.
    pub not_scored: usize,
}

impl Changes {
    /// How many answers the sheet gives, whatever stood before.
    #[must_use]
    pub fn answers(&self) -> usize {
        let changing = self.new.saturating_add(self.changed);
        changing.saturating_add(self.unchanged)
    }

    pub(super) fn count(&mut self, standing: Option<Answer>, entry: Entry) {
        let counter = match (entry, standing) {
            (Entry::NotScored, _) | (Entry::Clear, None) => &mut self.not_scored,
            (Entry::Clear, Some(_)) => &mut self.cleared,
            (Entry::Answer(_), None) => &mut self.new,
            (Entry::Answer(answer), Some(before)) if answer == before => &mut self.unchanged,
            (Entry::Answer(_), Some(_)) => &mut self.changed,
        };
        *counter = counter.saturating_add(1);
    }
}

impl Matrix {
    /// A matrix without answers for a set of so many criteria.
    #[must_use]
    pub fn new(criteria: usize) -> Self {
        Self {
            criteria,
            cells: Vec::new(),
        }
    }

    /// The answers about one vendor and criterion, in evaluator order.
    #[must_use]
    pub fn cell(&self, vendor: VendorIndex, criterion: CriterionIndex) -> &[Given] {
        let position = self.position(vendor, criterion);
        self.cells.get(position).map_or(&[], Vec::as_slice)
    }

    /// The answers of one evaluator about one vendor and criterion.
    #[must_use]
    pub fn given(
        &self,
        vendor: VendorIndex,
        criterion: CriterionIndex,
        evaluator: EvaluatorIndex,
    ) -> Option<&Given> {
        let cell = self.cell(vendor, criterion);
        let position = cell
            .binary_search_by_key(&evaluator, |given| given.evaluator)
            .ok()?;
        cell.get(position)
    }

    pub(super) fn preview<'a>(
        &self,
        lines: impl Iterator<Item = (VendorIndex, EvaluatorIndex, SheetIndex, Line<'a>)>,
    ) -> Changes {
        let mut changes = Changes::default();
        for (vendor, evaluator, _, line) in lines {
            let standing = self
                .given(vendor, line.criterion, evaluator)
                .map(|given| given.answer);
            changes.count(standing, line.entry);
        }
        changes
    }

    pub(super) fn apply<'a>(
        &mut self,
        lines: impl Iterator<Item = (VendorIndex, EvaluatorIndex, SheetIndex, Line<'a>)>,
    ) -> Changes {
        let mut changes = Changes::default();
        let mut said = None;
        for (vendor, evaluator, sheet, line) in lines {
            let position = self.position(vendor, line.criterion);
            if position >= self.cells.len() {
                let rows = vendor.position().saturating_add(1);
                self.cells
                    .resize_with(rows.saturating_mul(self.criteria), Vec::new);
            }
            let Some(cell) = self.cells.get_mut(position) else {
                continue;
            };
            let found = cell.binary_search_by_key(&evaluator, |given| given.evaluator);
            let standing = found
                .ok()
                .and_then(|at| cell.get(at))
                .map(|given| given.answer);
            changes.count(standing, line.entry);
            match (line.entry, found) {
                (Entry::Answer(answer), _) => {
                    let given = given(evaluator, answer, sheet, &line, &mut said);
                    match found.map(|at| cell.get_mut(at)) {
                        Ok(Some(slot)) => *slot = given,
                        Ok(None) => {}
                        Err(at) => {
                            make_room(cell);
                            cell.insert(at, given);
                        }
                    }
                }
                (Entry::Clear, Ok(at)) => drop(cell.remove(at)),
                (Entry::Clear, Err(_)) | (Entry::NotScored, _) => {}
            }
        }
        changes
    }

    fn position(&self, vendor: VendorIndex, criterion: CriterionIndex) -> usize {
        vendor
            .position()
            .saturating_mul(self.criteria)
            .saturating_add(criterion.position())
    }
}

/// Makes room for one more answer, and for few besides: there are very many cells, each with few answers.
fn make_room(cell: &mut Vec<Given>) {
    if cell.len() == cell.capacity() {
        cell.reserve_exact((cell.len() / 2).max(1));
    }
}

/// An answer that stands; a comment like the one before shares its text.
fn given(
    evaluator: EvaluatorIndex,
    answer: Answer,
    sheet: SheetIndex,
    line: &Line<'_>,
    said: &mut Option<Arc<str>>,
) -> Given {
    let comment = line.comment.map(|text| match said {
        Some(last) if **last == *text => Arc::clone(last),
        Some(_) | None => Arc::clone(said.insert(text.into())),
    });
    let origin = Origin {
        sheet,
        row: line.row,
        column: line.column,
    };
    Given {
        evaluator,
        answer,
        comment,
        origin,
    }
}
