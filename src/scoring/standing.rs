//! Who stands where: statuses, rank ranges, ranks, ties and page order.

use std::cmp::{Ordering, Reverse};

use crate::evaluation::Evaluation;
use crate::exact::Fraction;
use crate::table::Name;

use super::card::{Bounds, GateCard, GateOutcome, ResultStatus, VendorCard, VendorStatus};

/// Whether a vendor may or must remain in the ranking, by its gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stay {
    /// It is excluded, or a gate failed.
    Out,
    /// A gate is open.
    Open,
    /// All gates are met.
    Certain,
}

impl Stay {
    pub(super) fn of(stands: bool, gates: &[GateCard]) -> Self {
        let any = |outcome| gates.iter().any(|gate| gate.outcome == outcome);
        if !stands || any(GateOutcome::Failed) {
            Self::Out
        } else if any(GateOutcome::Open) {
            Self::Open
        } else {
            Self::Certain
        }
    }

    pub(super) fn may_stay(self) -> bool {
        self != Self::Out
    }
}

/// The totals of the vendors that are in the running, sorted, so that a rank is a count by bisection.
struct Running<'a> {
    /// The lows of those certain to stay.
    certain_lows: Vec<&'a Fraction>,
    /// The highs of those that may stay.
    highs: Vec<&'a Fraction>,
    /// The totals of those that may stay and cannot move.
    settled: Vec<&'a Fraction>,
}

impl<'a> Running<'a> {
    fn of(cards: &'a [(VendorCard, Stay)]) -> Self {
        let totals = |counts: fn(Stay) -> bool| {
            cards
                .iter()
                .filter(move |(_, stay)| counts(*stay))
                .filter_map(|(card, _)| card.total.as_ref())
        };
        let mut running = Self {
            certain_lows: totals(|stay| stay == Stay::Certain)
                .map(|total| &total.low)
                .collect(),
            highs: totals(Stay::may_stay).map(|total| &total.high).collect(),
            settled: totals(Stay::may_stay).filter_map(Bounds::exact).collect(),
        };
        running.certain_lows.sort_unstable();
        running.highs.sort_unstable();
        running.settled.sort_unstable();
        running
    }

    /// The best and the worst rank of a vendor that is itself in the running.
    fn rank_range(&self, own: &Bounds) -> (u32, u32) {
        let best = above(&self.certain_lows, &own.high);
        let itself = usize::from(own.high > own.low);
        let worst = above(&self.highs, &own.low).saturating_sub(itself);
        (ordinal(best), ordinal(worst))
    }

    fn is_tied(&self, own: &Bounds) -> bool {
        own.exact().is_some_and(|total| {
            let from = self.settled.partition_point(|other| *other < total);
            let others = self.settled.get(from..).unwrap_or_default();
            others
                .iter()
                .take(2)
                .filter(|other| **other == total)
                .count()
                > 1
        })
    }
}

fn above(sorted: &[&Fraction], bound: &Fraction) -> usize {
    let up_to = sorted.partition_point(|value| *value <= bound);
    sorted.len().saturating_sub(up_to)
}

fn ordinal(better: usize) -> u32 {
    u32::try_from(better).unwrap_or(u32::MAX).saturating_add(1)
}

/// Gives every card its status, rank range, rank and tie, and puts the cards in page order.
pub(super) fn settle(
    evaluation: &Evaluation,
    mut cards: Vec<(VendorCard, Stay)>,
) -> (Vec<VendorCard>, ResultStatus) {
    let running = Running::of(&cards);
    let places: Vec<Option<((u32, u32), bool)>> = cards
        .iter()
        .map(|(card, stay)| {
            let total = card.total.as_ref().filter(|_| stay.may_stay())?;
            Some((running.rank_range(total), running.is_tied(total)))
        })
        .collect();
    for ((card, stay), place) in cards.iter_mut().zip(places) {
        card.status = status(card, *stay);
        if let Some(((best, worst), tied)) = place {
            card.rank_range = Some((best, worst));
            card.rank = (best == worst && *stay == Stay::Certain).then_some(best);
            card.tied = tied;
        }
    }
    let mut cards: Vec<VendorCard> = cards.into_iter().map(|(card, _)| card).collect();
    let name = |card: &VendorCard| evaluation.vendors().get(card.vendor.position());
    cards.sort_by(|left, right| {
        let by_name = || name(left).map(Name::key).cmp(&name(right).map(Name::key));
        page_order(left, right).then_with(by_name)
    });
    let provisional = cards
        .iter()
        .any(|card| card.status == VendorStatus::Provisional);
    let status = if provisional {
        ResultStatus::Provisional
    } else {
        ResultStatus::Final
    };
    (cards, status)
}

/// `card.status` is excluded already where the vendor does not stand.
fn status(card: &VendorCard, stay: Stay) -> VendorStatus {
    let moves = card
        .total
        .as_ref()
        .is_some_and(|total| total.exact().is_none());
    match (card.status, stay) {
        (VendorStatus::Excluded, _) => VendorStatus::Excluded,
        (_, Stay::Out) => VendorStatus::Disqualified,
        (_, Stay::Open) => VendorStatus::Provisional,
        (_, Stay::Certain) if moves => VendorStatus::Provisional,
        (_, Stay::Certain) => VendorStatus::Ranked,
    }
}

/// Low descending, high descending (no total last); disqualified, then excluded vendors after all others.
fn page_order(left: &VendorCard, right: &VendorCard) -> Ordering {
    let group = |card: &VendorCard| match card.status {
        VendorStatus::Ranked | VendorStatus::Provisional => 0,
        VendorStatus::Disqualified => 1,
        VendorStatus::Excluded => 2,
    };
    let total =
        |card: &VendorCard| Reverse(card.total.clone().map(|total| (total.low, total.high)));
    group(left)
        .cmp(&group(right))
        .then_with(|| total(left).cmp(&total(right)))
}
