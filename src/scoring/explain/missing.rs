//! Which missing answers could still change the order, and by how much.

use std::cmp::Reverse;

use crate::criteria::{CriteriaSet, CriterionIndex, Kind};
use crate::evaluation::{EvaluatorIndex, VendorIndex};
use crate::exact::Fraction;
use crate::scoring::card::{
    Bounds, CriterionCard, GateCard, GateOn, GateOutcome, Scorecard, State, VendorCard,
    VendorStatus,
};

/// A missing answer that could still change the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Whose answer it is.
    pub vendor: VendorIndex,
    /// About what.
    pub criterion: CriterionIndex,
    /// How far it can move a total, in points of 100: its own vendor's, or under a relative price rule anybody's.
    pub moves: Fraction,
    /// Whether a gate of its vendor is open because of it.
    pub opens_gate: bool,
    /// Whether first place depends on it.
    pub moves_first: bool,
    /// The vendors whose place beside its own is open.
    pub beside: Vec<VendorIndex>,
    /// Who owes it; nobody where the answers are in conflict, or where no panel scores it.
    pub owed_by: Vec<EvaluatorIndex>,
}

/// The missing answers that could still change the order: those that hold a gate open first, then by how much they move.
#[must_use]
pub fn missing(set: &CriteriaSet, card: &Scorecard) -> Vec<Missing> {
    let running: Vec<&VendorCard> = card.vendors.iter().filter(|one| runs(one)).collect();
    let pairs = running
        .iter()
        .flat_map(|one| running.iter().map(move |other| (one, other)));
    let open = Open {
        order: pairs
            .into_iter()
            .any(|(one, other)| is_open_between(one, other)),
        first: card.leaders().is_empty(),
    };
    let mut found: Vec<Missing> = running
        .iter()
        .flat_map(|vendor| {
            let cells = vendor
                .criteria
                .iter()
                .filter(|cell| cell.state == State::NotScored);
            cells.filter_map(|cell| one(set, &running, vendor, cell, &open))
        })
        .collect();
    found.sort_by_cached_key(|missing| {
        let place = (missing.vendor, missing.criterion);
        (
            Reverse(missing.opens_gate),
            Reverse(missing.moves.clone()),
            place,
        )
    });
    found
}

/// What is undecided as a whole.
struct Open {
    /// Whether any two vendors can still be before each other.
    order: bool,
    /// Whether first place can still go to more than one.
    first: bool,
}

fn one(
    set: &CriteriaSet,
    running: &[&VendorCard],
    vendor: &VendorCard,
    cell: &CriterionCard,
    open: &Open,
) -> Option<Missing> {
    let criterion = set.criteria().get(cell.criterion.position())?;
    let moves_all = matches!(criterion.kind(), Kind::Priced(priced) if priced.rule().is_relative());
    let spread_of = |card: &VendorCard| {
        let cell = card.criteria.get(cell.criterion.position());
        cell.map_or_else(Fraction::zero, |cell| spread(&cell.contribution))
    };
    let moves = if moves_all {
        let spreads = running.iter().map(|card| spread_of(card));
        spreads.max().unwrap_or_else(Fraction::zero)
    } else {
        spread_of(vendor)
    };
    let opens_gate = vendor
        .gates
        .iter()
        .any(|gate| gate.outcome == GateOutcome::Open && concerns(set, gate, cell.criterion));
    let beside: Vec<VendorIndex> = running
        .iter()
        .filter(|other| other.vendor != vendor.vendor && is_open_between(vendor, other))
        .map(|other| other.vendor)
        .collect();
    let moves_order = !moves.is_zero() && (!beside.is_empty() || moves_all && open.order);
    (opens_gate || moves_order).then(|| Missing {
        vendor: vendor.vendor,
        criterion: cell.criterion,
        moves,
        opens_gate,
        moves_first: open.first
            && (moves_all || vendor.rank_range.is_some_and(|(best, _)| best == 1)),
        beside,
        owed_by: cell.owed_by.clone(),
    })
}

fn runs(card: &VendorCard) -> bool {
    matches!(
        card.status,
        VendorStatus::Ranked | VendorStatus::Provisional
    )
}

fn spread(bounds: &Bounds) -> Fraction {
    &bounds.high - &bounds.low
}

/// Whether each of two vendors can still be before the other.
fn is_open_between(one: &VendorCard, other: &VendorCard) -> bool {
    let (Some(one), Some(other)) = (&one.total, &other.total) else {
        return false;
    };
    one.low < other.high && other.low < one.high
}

/// Whether a gate looks at a criterion. Gates on categories and on the total look at rated criteria only.
fn concerns(set: &CriteriaSet, gate: &GateCard, criterion: CriterionIndex) -> bool {
    let is_rated = set
        .criteria()
        .get(criterion.position())
        .is_some_and(|found| matches!(found.kind(), Kind::Rated(_)));
    match gate.on {
        GateOn::Criterion(on) => on == criterion,
        GateOn::Category(on) => is_rated && set.is_within(criterion, on),
        GateOn::Total => is_rated,
    }
}
