//! The answers that stand, by vendor, criterion and evaluator.

use crate::criteria::CriterionIndex;
use crate::table::side_by_side;

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

    /// These and others.
    fn and(self, others: Self) -> Self {
        Self {
            new: self.new.saturating_add(others.new),
            changed: self.changed.saturating_add(others.changed),
            unchanged: self.unchanged.saturating_add(others.unchanged),
            cleared: self.cleared.saturating_add(others.cleared),
            not_scored: self.not_scored.saturating_add(others.not_scored),
        }
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

    /// Lays lines over what stands.
    pub(super) fn apply(&mut self, lines: impl Iterator<Item = FiledLine> + Clone) -> Changes {
        let vendors = lines.clone().map(|filed| filed.vendor.position());
        let rows = vendors.max().map_or(0, |last| last.saturating_add(1));
        self.reach(rows.saturating_mul(self.criteria));
        lay(&mut self.cells, placed(lines, self.criteria))
    }

    /// [`Matrix::apply`] for very many lines: cells get their room at once instead of being moved as they grow, and two threads
    /// share them.
    pub(super) fn apply_many(
        &mut self,
        lines: impl Iterator<Item = FiledLine> + Clone + Send,
    ) -> Changes {
        let expected = self.expected(lines.clone());
        self.reach(expected.len());
        let placed = placed(lines, self.criteria);
        let middle = self.cells.len() / 2;
        let (first, second) = self.cells.split_at_mut_checked(middle).unwrap_or_default();
        let (to_first, to_second) = expected.split_at_checked(middle).unwrap_or_default();
        let behind = placed
            .clone()
            .filter_map(move |(position, filed)| Some((position.checked_sub(middle)?, filed)));
        let (in_second, in_first) = side_by_side::both(
            move || {
                make_rooms(second, to_second);
                lay(second, behind.clone())
            },
            || {
                make_rooms(first, to_first);
                lay(first, placed)
            },
        );
        in_first.and(in_second)
    }

    /// How many answers lines give for each cell.
    fn expected(&self, lines: impl Iterator<Item = FiledLine>) -> Vec<u32> {
        let mut expected: Vec<u32> = Vec::new();
        for filed in lines {
            let position = self.position(filed.vendor, filed.criterion);
            if position >= expected.len() {
                let rows = filed.vendor.position().saturating_add(1);
                expected.resize(rows.saturating_mul(self.criteria), 0);
            }
            if let (Some(count), Entry::Answer(_)) = (expected.get_mut(position), filed.entry) {
                *count = count.saturating_add(1);
            }
        }
        expected
    }

    /// Has so many cells at least.
    fn reach(&mut self, cells: usize) {
        if cells > self.cells.len() {
            self.cells.resize_with(cells, Vec::new);
        }
    }

    fn position(&self, vendor: VendorIndex, criterion: CriterionIndex) -> usize {
        position(self.criteria, vendor, criterion)
    }
}

fn position(criteria: usize, vendor: VendorIndex, criterion: CriterionIndex) -> usize {
    vendor
        .position()
        .saturating_mul(criteria)
        .saturating_add(criterion.position())
}

/// Lines with their places among the cells.
fn placed<L: Iterator<Item = FiledLine> + Clone>(
    lines: L,
    criteria: usize,
) -> impl Iterator<Item = (usize, FiledLine)> + Clone + use<L> {
    lines.map(move |filed| {
        let position = position(criteria, filed.vendor, filed.criterion);
        (position, filed)
    })
}

/// Lays lines over the cells at their places; those at no place are left out.
fn lay(cells: &mut [Vec<Given>], lines: impl Iterator<Item = (usize, FiledLine)>) -> Changes {
    let mut changes = Changes::default();
    for (position, filed) in lines {
        let Some(cell) = cells.get_mut(position) else {
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

/// Makes room in empty cells for the answers that are expected there.
fn make_rooms(cells: &mut [Vec<Given>], expected: &[u32]) {
    for (cell, more) in cells.iter_mut().zip(expected) {
        if cell.is_empty() {
            cell.reserve_exact(wide(*more));
        }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::criteria::find_shipped;
    use crate::evaluation::SheetIndex;

    fn lines() -> impl Strategy<Value = Vec<(usize, usize, usize, Entry)>> {
        let entry = prop_oneof![
            6 => Just(Entry::Answer(Answer::Passed)),
            6 => Just(Entry::Answer(Answer::Failed)),
            2 => Just(Entry::Clear),
            2 => Just(Entry::NotScored),
        ];
        prop::collection::vec((0..6_usize, 0..3_usize, 0..4_usize, entry), 0..60)
    }

    proptest! {
        #[test]
        fn many_lines_on_two_threads_come_to_what_they_come_to_one_after_the_other(
            sheets in prop::collection::vec(lines(), 1..4),
        ) {
            let set = find_shipped("itsm-one-afternoon").unwrap().read().unwrap();
            let criteria: Vec<CriterionIndex> = set.indexed_criteria().map(|(index, _)| index).collect();
            let (mut one, mut two) = (Matrix::new(criteria.len()), Matrix::new(criteria.len()));
            for (sheet, lines) in (0..).zip(sheets) {
                let filed: Vec<FiledLine> = (0..).zip(lines).map(|(at, line)| {
                    let (vendor, criterion, evaluator, entry) = line;
                    FiledLine {
                        vendor: VendorIndex::at(vendor),
                        criterion: criteria[criterion],
                        evaluator: EvaluatorIndex::at(evaluator),
                        entry,
                        sheet: SheetIndex::at(sheet),
                        at,
                    }
                }).collect();
                let changes = one.apply(filed.iter().copied());
                prop_assert_eq!(two.apply_many(filed.iter().copied()), changes);
                let counted = [changes.answers(), changes.cleared, changes.not_scored];
                prop_assert_eq!(counted.iter().sum::<usize>(), filed.len());
                let reached = one.cells.len().max(two.cells.len());
                one.reach(reached);
                two.reach(reached);
                prop_assert_eq!(&one.cells, &two.cells);
            }
        }
    }
}
