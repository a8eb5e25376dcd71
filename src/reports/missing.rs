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
            State::Scored | State::NoResponse | State::NotApplicable => None,
        }
    };
    let cells = vendor.criteria.iter();
    cells.filter_map(move |cell| Some((gap(cell)?, cell)))
}

/// Missing cells, of which only the first few are kept by name.
#[derive(Debug, Default)]
pub(super) struct Missing {
    count: usize,
    first: Vec<(VendorIndex, CriterionIndex)>,
}

impl Missing {
    pub(super) fn add(&mut self, vendor: VendorIndex, criterion: CriterionIndex) {
        self.count = self.count.saturating_add(1);
        if self.first.len() < NAMED {
            self.first.push((vendor, criterion));
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// `Reach (Y) for Bolt and 3 more`, each leading to its cell.
    pub(super) fn told(&self, evaluation: &Evaluation) -> Sentence {
        let first = self.first.iter().map(|&(vendor, criterion)| {
            let text = criterion_text(evaluation, criterion);
            Sentence::on(text, About::Cell(vendor, criterion))
                .say(" for ")
                .name(evaluation.vendor_name(vendor), About::Vendor(vendor))
        });
        Sentence::default().list(first.collect(), self.count)
    }
}
