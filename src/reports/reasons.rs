//! Why a vendor has no rank, or a range instead of one: what it lacks itself, or whom it waits for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::criteria::CriterionIndex;
use crate::evaluation::{Evaluation, EvaluatorIndex};
use crate::exact::Fraction;
use crate::scoring::{Bounds, GateOn, GateOutcome, VendorCard, VendorStatus};

use super::missing::{Gap, gaps};
use super::published::PublishedGate;
use super::sentence::{About, Sentence};
use super::story::named;
use super::words::{self, counted};

/// How many evaluators or vendors a reason names.
const NAMED: usize = 3;

/// Who is not settled yet, and so can keep others waiting.
pub(super) struct Reasons<'a> {
    evaluation: &'a Evaluation,
    /// The vendors whose total can move or whose gates are open, the highest first.
    unsettled: Vec<(&'a VendorCard, &'a Bounds)>,
}

impl<'a> Reasons<'a> {
    pub(super) fn new(evaluation: &'a Evaluation, cards: &'a [VendorCard]) -> Self {
        let unsettled = cards
            .iter()
            .filter(|card| card.status == VendorStatus::Provisional);
        let mut unsettled: Vec<_> = unsettled
            .filter_map(|card| Some((card, card.total.as_ref()?)))
            .collect();
        unsettled.sort_by_key(|(_, total)| Reverse(&total.high));
        Self {
            evaluation,
            unsettled,
        }
    }

    /// Why a vendor stands where it stands; nothing if its rank is certain.
    pub(super) fn of(&self, card: &VendorCard, gates: &[PublishedGate]) -> Vec<Sentence> {
        let mut reasons = self.gates(card, gates, GateOutcome::Failed);
        let is_open = |total: &Bounds| total.exact().is_none();
        if card.total.as_ref().is_some_and(is_open) {
            reasons.push(self.lacking(card));
        } else if card.rank_range.is_some_and(|(best, worst)| best < worst) {
            reasons.extend(self.waiting(card));
        }
        reasons
    }

    /// The gates with an outcome: what they need and what the vendor has.
    pub(super) fn gates(
        &self,
        card: &VendorCard,
        gates: &[PublishedGate],
        outcome: GateOutcome,
    ) -> Vec<Sentence> {
        let set = self.evaluation.set();
        let told = gates.iter().filter(|gate| gate.outcome == outcome);
        told.map(|gate| {
            let title = words::gate_title(set, gate.on);
            let about = match gate.on {
                GateOn::Criterion(index) => About::Cell(card.vendor, index),
                GateOn::Category(index) => About::Category(card.vendor, index),
                GateOn::Total => About::Vendor(card.vendor),
            };
            let value = gate.value_text();
            let needed = words::gate_bound(gate.on, gate.bound);
            Sentence::on(title, about).figure(format!(": {value}, {needed} needed"))
        })
        .collect()
    }

    /// What is missing of the vendor's own answers.
    fn lacking(&self, card: &VendorCard) -> Sentence {
        let mut owed: BTreeMap<EvaluatorIndex, usize> = BTreeMap::new();
        let mut others: BTreeMap<Other, Vec<CriterionIndex>> = BTreeMap::new();
        for (gap, cell) in gaps(self.evaluation.set(), card) {
            let other = match gap {
                Gap::Owed => {
                    for &evaluator in &cell.owed_by {
                        let count = owed.entry(evaluator).or_default();
                        *count = count.saturating_add(1);
                    }
                    continue;
                }
                Gap::Price => Other::Price,
                Gap::Nobodys => Other::Nobodys,
                Gap::Conflict => Other::Conflict,
            };
            others.entry(other).or_default().push(cell.criterion);
        }
        let mut told: Vec<Sentence> = owed
            .iter()
            .take(NAMED)
            .map(|(&evaluator, &count)| {
                let name = self.evaluation.evaluator_name(evaluator);
                let count = counted(count, "answer", "answers");
                Sentence::on(name, About::Owner(evaluator)).say(format!(" owes {count}"))
            })
            .collect();
        if let Some(more) = owed.len().checked_sub(NAMED).filter(|more| *more > 0) {
            told.push(Sentence::of(format!(
                "{} more",
                counted(more, "evaluator owes", "evaluators owe")
            )));
        }
        told.extend(others.iter().map(|(other, cells)| other.told(card, cells)));
        if told.is_empty() {
            return Sentence::of("prices it is compared with are not settled yet");
        }
        let count = told.len();
        Sentence::default().list(told, count)
    }

    /// The others whose answers or gates decide where a complete vendor comes.
    fn waiting(&self, card: &VendorCard) -> Option<Sentence> {
        let own = card.total.as_ref()?;
        let may_pass = |total: &Bounds| total.high > own.low;
        let is_above = |other: &VendorCard, low: &Fraction| {
            let gate_open = other
                .gates
                .iter()
                .any(|gate| gate.outcome == GateOutcome::Open);
            *low > own.high && !gate_open
        };
        let mut others = self
            .unsettled
            .iter()
            .take_while(|(_, total)| may_pass(total))
            .filter(|(other, total)| other.vendor != card.vendor && !is_above(other, &total.low))
            .map(|(other, _)| named(self.evaluation, other));
        let mut first: Vec<Sentence> = others.by_ref().take(NAMED).collect();
        if others.next().is_some() {
            first.push(Sentence::of("others"));
        }
        let verb = match first.len() {
            0 => return None,
            1 => "is",
            _ => "are",
        };
        let count = first.len();
        Some(
            Sentence::of("because ")
                .list(first, count)
                .say(format!(" {verb} not complete")),
        )
    }
}

/// What is missing without an evaluator who owes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Other {
    Price,
    Nobodys,
    Conflict,
}

impl Other {
    fn told(self, card: &VendorCard, cells: &[CriterionIndex]) -> Sentence {
        let (one, many) = match self {
            Self::Price => ("price is missing", "prices are missing"),
            Self::Nobodys => (
                "answer is missing that nobody has taken on",
                "answers are missing that nobody has taken on",
            ),
            Self::Conflict => (
                "contradiction is to be settled",
                "contradictions are to be settled",
            ),
        };
        let text = counted(cells.len(), one, many);
        match cells {
            [only] => Sentence::on(text, About::Cell(card.vendor, *only)),
            _ => Sentence::on(text, About::Missing),
        }
    }
}
