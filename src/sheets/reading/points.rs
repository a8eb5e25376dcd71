//! Points that stand before three digits: decimals or thousands, as the other numbers of the sheet tell.

use super::super::problem::Findings;
use super::super::{DecimalSign, Problem};

/// Numbers of one kind whose point may stand for thousands.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    found: Findings,
    /// Whether another number of the kind shows that points stand before decimals.
    settled: bool,
}

/// The doubts about a sheet. What scores show says nothing about amounts: these are often copied from the offers.
#[derive(Debug, Default)]
pub(super) struct Points {
    scores: Doubts,
    amounts: Doubts,
}

impl Points {
    pub(super) fn of(&mut self, is_amount: bool) -> &mut Doubts {
        if is_amount {
            &mut self.amounts
        } else {
            &mut self.scores
        }
    }

    /// Whether there is any doubt.
    pub(super) fn doubt(&self) -> bool {
        !(self.scores.found.is_empty() && self.amounts.found.is_empty())
    }

    /// Takes over what another part of the sheet, which has no doubts, has settled.
    pub(super) fn settle_as(&mut self, other: &Self) {
        self.scores.settled |= other.scores.settled;
        self.amounts.settled |= other.amounts.settled;
    }

    /// What nobody can tell once the whole sheet is known.
    pub(super) fn unsettled(self, signs: DecimalSign) -> impl Iterator<Item = Findings> {
        let commas = matches!(signs, DecimalSign::Comma | DecimalSign::Both);
        [self.scores, self.amounts]
            .into_iter()
            .filter(move |doubts| commas || !doubts.settled)
            .map(|doubts| doubts.found)
    }
}

impl Doubts {
    pub(super) fn add(&mut self, problem: Problem) {
        self.found.push(problem);
    }

    pub(super) fn settle(&mut self) {
        self.settled = true;
    }
}
