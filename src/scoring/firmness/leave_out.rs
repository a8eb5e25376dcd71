//! What a result would be without one vendor or without one evaluator. Gates are decided anew, and what that changes is told.

use crate::evaluation::{Evaluation, EvaluatorIndex, VendorIndex};
use crate::scoring::card::{GateOn, GateOutcome, Scorecard, VendorCard};
use crate::scoring::view::View;
use crate::scoring::without::Without;
use crate::scoring::{rank_noticing, rank_without};

/// Who is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeftOut {
    /// A vendor.
    Vendor(VendorIndex),
    /// An evaluator, whose scores then count nowhere and are owed by nobody; prices belong to no panel and stay.
    Evaluator(EvaluatorIndex),
}

/// What a result would be without somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveOut {
    /// Who is left out.
    pub left_out: LeftOut,
    /// Who is first now.
    pub first: Vec<VendorIndex>,
    /// Who would be first; nobody if that would be undecided.
    pub first_then: Vec<VendorIndex>,
    /// The gates that would be decided otherwise.
    pub gates: Vec<GateChange>,
}

/// A gate that would be decided otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateChange {
    /// Whose gate.
    pub vendor: VendorIndex,
    /// What it is on.
    pub on: GateOn,
    /// What it is now.
    pub before: GateOutcome,
    /// What it would be.
    pub then: GateOutcome,
}

impl LeaveOut {
    /// Whether somebody else would be first. That the first one is not first where it is left out goes without saying.
    #[must_use]
    pub fn changes_winner(&self) -> bool {
        let is_itself = |vendor| matches!(self.left_out, LeftOut::Vendor(out) if out == vendor);
        let is_leader = self.first.iter().any(|&first| is_itself(first));
        !self.first.is_empty()
            && !self.first_then.is_empty()
            && !is_leader
            && self.first != self.first_then
    }
}

/// The result without one vendor.
#[must_use]
pub fn without_vendor(evaluation: &Evaluation, vendor: VendorIndex, view: View) -> Scorecard {
    rank_without(evaluation, &Without::vendor(vendor), view)
}

/// The result without what one evaluator scored; prices filed under that name stay.
#[must_use]
pub fn without_evaluator(
    evaluation: &Evaluation,
    evaluator: EvaluatorIndex,
    view: View,
) -> Scorecard {
    rank_noticing(evaluation, &Without::evaluator(evaluator), view)
}

/// Every vendor that stands and every evaluator but the consensus, each left out alone.
#[must_use]
pub fn leave_outs(evaluation: &Evaluation, card: &Scorecard, view: View) -> Vec<LeaveOut> {
    let standing = evaluation
        .vendor_indices()
        .filter(|&one| !evaluation.is_excluded(one));
    let vendors = standing.map(|one| {
        let then = without_vendor(evaluation, one, view);
        compared(LeftOut::Vendor(one), card, &then)
    });
    let people = evaluation
        .evaluator_indices()
        .filter(|&one| !evaluation.is_consensus(one));
    let evaluators = people.map(|one| {
        let then = without_evaluator(evaluation, one, view);
        compared(LeftOut::Evaluator(one), card, &then)
    });
    vendors.chain(evaluators).collect()
}

fn compared(left_out: LeftOut, now: &Scorecard, then: &Scorecard) -> LeaveOut {
    let stays = |card: &&VendorCard| LeftOut::Vendor(card.vendor) != left_out;
    let pairs = now
        .vendors
        .iter()
        .filter(stays)
        .filter_map(|card| Some((card, then.vendor(card.vendor)?)));
    LeaveOut {
        left_out,
        first: now.leaders(),
        first_then: then.leaders(),
        gates: pairs
            .flat_map(|(now, then)| gate_changes(now, then))
            .collect(),
    }
}

pub(in crate::scoring) fn gate_changes(now: &VendorCard, then: &VendorCard) -> Vec<GateChange> {
    let pairs = now.gates.iter().zip(&then.gates);
    pairs
        .filter(|(now, then)| now.outcome != then.outcome)
        .map(|(before, after)| GateChange {
            vendor: now.vendor,
            on: before.on,
            before: before.outcome,
            then: after.outcome,
        })
        .collect()
}
