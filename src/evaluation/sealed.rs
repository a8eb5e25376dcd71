//! Prices that nobody sees yet: they come in with sheets, and no answer is made of them before they are opened.
//!
//! The matrix never holds a sealed price, so nothing that is made of answers can tell one.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::criteria::{CriteriaSet, Criterion, CriterionIndex, Kind};

use super::{
    Changes, Entry, Evaluation, EvaluatorIndex, FiledCell, FiledLine, FiledSheet, Matrix,
    SheetIndex, VendorIndex,
};

/// From how many lines on two threads share a sheet: for one thread these take a millisecond, another takes some 50
/// microseconds to begin.
const MANY_LINES: usize = 16 * 1024;

impl Evaluation {
    /// Seals the prices: those that are in and those that come.
    pub fn seal_prices(&mut self) {
        self.sealed = true;
        self.fold();
    }

    /// Opens the prices: they become answers like others.
    pub fn open_prices(&mut self) {
        self.sealed = false;
        self.fold();
    }

    /// Whether prices are sealed.
    #[must_use]
    pub fn seals_prices(&self) -> bool {
        self.sealed
    }

    /// Whether a criterion is a sealed price.
    #[must_use]
    pub fn is_sealed(&self, criterion: CriterionIndex) -> bool {
        self.sealed && is_priced(&self.set, criterion)
    }

    /// Which vendors have a sealed price for which criterion: that they have one, and not which.
    #[must_use]
    pub fn sealed_prices(&self) -> BTreeSet<(VendorIndex, CriterionIndex)> {
        let cells = self.sealed_cells().into_iter();
        cells
            .map(|(vendor, criterion, _)| (vendor, criterion))
            .collect()
    }

    /// Whether a sheet says anything about a price.
    #[must_use]
    pub fn has_prices(&self, sheet: SheetIndex) -> bool {
        self.sheet(sheet).is_some_and(|sheet| {
            let mut lines = sheet.lines().iter();
            !sheet.costs().is_empty()
                || lines.any(|line| {
                    let says = line.entry != Entry::NotScored || line.comment.is_some();
                    says && is_priced(&self.set, line.criterion)
                })
        })
    }

    /// How many lines of a sheet are about sealed prices of the same evaluator that are in already. Whether they are the same
    /// is not looked at, or somebody could guess.
    pub(super) fn sealed_again(
        &self,
        filed: &FiledSheet,
        is_theirs: impl Fn(EvaluatorIndex) -> bool,
    ) -> usize {
        if !self.sealed {
            return 0;
        }
        let known = self.sealed_cells();
        let lines = filed.lines(SheetIndex::at(self.sheets.len()));
        let again = lines.filter(|one| is_theirs(one.evaluator) && known.contains(&one.cell()));
        again.count()
    }

    /// Whether a sheet is the last that stands and says something about a sealed price.
    pub(super) fn is_last_sealed(&self, sheet: SheetIndex, cell: FiledCell) -> bool {
        let later = self.sheets.iter().enumerate().rev();
        let mut says = later
            .filter(|(_, filed)| !filed.withdrawn)
            .filter(|(at, filed)| {
                filed
                    .lines(SheetIndex::at(*at))
                    .any(|one| one.cell() == cell && one.entry != Entry::NotScored)
            });
        says.next()
            .is_none_or(|(at, _)| SheetIndex::at(at) == sheet)
    }

    /// Folds the answers anew over the sheets that stand.
    pub(super) fn fold(&mut self) {
        self.matrix = Matrix::new(self.set.criteria().len());
        let sheets = std::mem::take(&mut self.sheets);
        for (index, filed) in sheets.iter().enumerate() {
            if !filed.withdrawn {
                self.take_in(filed, SheetIndex::at(index));
            }
        }
        self.sheets = sheets;
    }

    /// Lays the answers of a sheet over those that stand, all but the sealed ones.
    pub(super) fn take_in(&mut self, filed: &FiledSheet, sheet: SheetIndex) -> Changes {
        let (sealed, set) = (self.sealed, Arc::clone(&self.set));
        let is_sealed = |one: &FiledLine| sealed && is_priced(&set, one.criterion);
        let open = filed.lines(sheet).filter(|one| !is_sealed(one));
        let mut changes = if filed.sheet.lines().len() < MANY_LINES {
            self.matrix.apply(open)
        } else {
            self.matrix.apply_many(open)
        };
        if sealed {
            // Nobody hears whether they are the same as before.
            let hidden = filed.lines(sheet).filter(is_sealed);
            hidden.for_each(|one| changes.count(None, one.entry));
        }
        changes
    }

    fn sealed_cells(&self) -> BTreeSet<FiledCell> {
        let mut cells = BTreeSet::new();
        let standing = self.sheets.iter().enumerate();
        for (at, filed) in standing.filter(|(_, filed)| !filed.withdrawn) {
            for one in filed.lines(SheetIndex::at(at)) {
                if !self.is_sealed(one.criterion) {
                    continue;
                }
                let cell = one.cell();
                match one.entry {
                    Entry::Answer(_) => cells.insert(cell),
                    Entry::Clear => cells.remove(&cell),
                    Entry::NotScored => false,
                };
            }
        }
        cells
    }
}

pub(super) fn is_priced(set: &CriteriaSet, criterion: CriterionIndex) -> bool {
    let kind = set
        .criteria()
        .get(criterion.position())
        .map(Criterion::kind);
    matches!(kind, Some(Kind::Priced(_)))
}
