//! What is missing: which cells, and by whom they are owed.

use crate::criteria::{CriteriaSet, Criterion, CriterionIndex, Kind};
use crate::evaluation::{Evaluation, VendorIndex};
use crate::scoring::{CriterionCard, State, VendorCard};

use super::notices::criterion_text;
use super::sentence::{About, Sentence};
use super::story::NAMED;

/// Why a cell is not complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Evaluators owe answers.
    Owed,
    /// The price is not given.
    Price,
    /// An answer is missing that nobody owes.
    Nobodys,
    /// Answers contradict each other.
    Conflict,
}

/// The cells of a vendor that are not complete.
pub(super) fn gaps<'a>(
    set: &'a CriteriaSet,
    vendor: &'a VendorCard,
) -> impl Iterator<Item = (Gap, &'a CriterionCard)> {
    let gap = |cell: &CriterionCard| {
        let criterion = set.criteria().get(cell.criterion.position());
        let is_price = matches!(criterion.map(Criterion::kind), Some(Kind::Priced(_)));
        match cell.state {
            _ if !cell.owed_by.is_empty() => Some(Gap::Owed),
            State::NotScored if cell.conflict => Some(Gap::Conflict),
            State::NotScored if is_price => Some(Gap::Price),
            State::NotScored => Some(Gap::Nobodys),
            State::Scored | State::NoResponse | State::NotApplicable | State::Sealed => None,
        }
    };
    let cells = vendor.criteria.iter();
    cells.filter_map(move |cell| Some((gap(cell)?, cell)))
}

/// Missing cells: the first few by name, all of them by vendor.
#[derive(Debug, Default)]
pub(super) struct Missing {
    count: usize,
    first: Vec<(VendorIndex, CriterionIndex)>,
    by_vendor: Vec<(VendorIndex, usize)>,
}

impl Missing {
    /// Adds a cell; those of one vendor come in a row.
    pub(super) fn add(&mut self, vendor: VendorIndex, criterion: CriterionIndex) {
        self.count = self.count.saturating_add(1);
        if self.first.len() < NAMED {
            self.first.push((vendor, criterion));
        }
        match self.by_vendor.last_mut() {
            Some((last, count)) if *last == vendor => *count = count.saturating_add(1),
            _ => self.by_vendor.push((vendor, 1)),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// `Reach (Y) for Bolt`, each leading to its cell, or where these are too many `12 for Bolt and 3 for Acme`.
    pub(super) fn told(&self, evaluation: &Evaluation) -> Sentence {
        let name = |vendor| (evaluation.vendor_name(vendor), About::Vendor(vendor));
        if self.count > self.first.len() {
            let vendors = self.by_vendor.iter().take(NAMED).map(|&(vendor, count)| {
                let (name, about) = name(vendor);
                Sentence::of(format!("{count} for ")).name(name, about)
            });
            return Sentence::default().list_of(vendors.collect(), self.by_vendor.len(), "vendors");
        }
        let cells = self.first.iter().map(|&(vendor, criterion)| {
            let text = criterion_text(evaluation, criterion);
            let (name, about) = name(vendor);
            Sentence::on(text, About::Cell(vendor, criterion))
                .say(" for ")
                .name(name, about)
        });
        Sentence::default().list(cells.collect(), self.count)
    }
}
