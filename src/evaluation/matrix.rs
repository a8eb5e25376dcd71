//! The answers that stand, by vendor, criterion and evaluator.

use crate::criteria::CriterionIndex;

use super::filed::FiledLine;
use super::lines::wide;
use super::{Answer, Entry, EvaluatorIndex, Given, VendorIndex};

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

    /// What stands where a sheet says something.
    pub(super) fn standing(&self, filed: &FiledLine) -> Option<&Given> {
        self.given(filed.vendor, filed.criterion, filed.evaluator)
    }

    pub(super) fn preview(&self, lines: impl Iterator<Item = FiledLine>) -> Changes {
        let mut changes = Changes::default();
        for filed in lines {
            let standing = self.standing(&filed);
            changes.count(standing.map(|given| given.answer), filed.entry);
        }
        changes
    }

    pub(super) fn apply(&mut self, lines: impl Iterator<Item = FiledLine>) -> Changes {
        let mut changes = Changes::default();
        for filed in lines {
            let Some(cell) = self.cell_mut(filed.vendor, filed.criterion) else {
                continue;
            };
            let found = place_of(cell, filed.evaluator);
            let standing = found.ok().and_then(|at| cell.get_mut(at));
            let entry = filed.entry;
            changes.count(standing.as_ref().map(|given| given.answer), entry);
            match (entry, standing, found) {
                (Entry::Answer(answer), Some(standing), _) => *standing = given(answer, &filed),
                (Entry::Answer(answer), None, Err(at)) => {
                    make_room(cell);
                    cell.insert(at, given(answer, &filed));
                }
                (Entry::Clear, Some(_), Ok(at)) => drop(cell.remove(at)),
                (Entry::Answer(_) | Entry::Clear | Entry::NotScored, _, _) => {}
            }
        }
        changes
    }

    /// Makes room for the answers of a sheet all at once, where it has many for each cell: else they are moved as a cell grows.
    pub(super) fn expect(&mut self, lines: impl Iterator<Item = FiledLine>) {
        let mut expected: Vec<u32> = Vec::new();
        for filed in lines {
            let position = self.position(filed.vendor, filed.criterion);
            if position >= expected.len() {
                expected.resize(position.saturating_add(self.criteria), 0);
            }
            if let (Some(count), Entry::Answer(_)) = (expected.get_mut(position), filed.entry) {
                *count = count.saturating_add(1);
            }
        }
        self.cells
            .resize_with(self.cells.len().max(expected.len()), Vec::new);
        for (cell, more) in self.cells.iter_mut().zip(expected) {
            if cell.is_empty() {
                cell.reserve_exact(wide(more));
            }
        }
    }

    fn cell_mut(
        &mut self,
        vendor: VendorIndex,
        criterion: CriterionIndex,
    ) -> Option<&mut Vec<Given>> {
        let position = self.position(vendor, criterion);
        if position >= self.cells.len() {
            let rows = vendor.position().saturating_add(1);
            self.cells
                .resize_with(rows.saturating_mul(self.criteria), Vec::new);
        }
        self.cells.get_mut(position)
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

/// Where an evaluator's answer stands in a cell, or belongs: mostly behind all others.
fn place_of(cell: &[Given], evaluator: EvaluatorIndex) -> Result<usize, usize> {
    match cell.last() {
        Some(last) if last.evaluator >= evaluator => {
            cell.binary_search_by_key(&evaluator, |given| given.evaluator)
        }
        Some(_) | None => Err(cell.len()),
    }
}

fn given(answer: Answer, filed: &FiledLine) -> Given {
    Given {
        evaluator: filed.evaluator,
        answer,
        sheet: filed.sheet,
        line: filed.at,
    }
}
