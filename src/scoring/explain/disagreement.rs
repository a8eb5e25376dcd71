//! Where two views of one result part: which criteria make one prefer one vendor and the other another.

use std::cmp::Reverse;

use crate::criteria::CriterionIndex;
use crate::evaluation::VendorIndex;
use crate::exact::Fraction;
use crate::scoring::card::{Bounds, Scorecard};

use super::gaps::{gaps, minus};

/// Two views of one result, compared on two vendors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The vendor that the first view puts first.
    pub first: VendorIndex,
    /// The vendor that the second view puts first.
    pub second: VendorIndex,
    /// How much more the first view has the first vendor ahead of the second than the other view does.
    pub total: Bounds,
    /// The criteria, the one that parts the views most first; they add up to the total.
    pub criteria: Vec<DisagreementOn>,
}

/// What one criterion has to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisagreementOn {
    /// The criterion.
    pub criterion: CriterionIndex,
    /// What it puts the first vendor ahead of the second through the first view, in points of 100.
    pub in_first: Bounds,
    /// The same through the second view.
    pub in_second: Bounds,
    /// The first less the second.
    pub difference: Bounds,
}

/// Compares two views of one result on the vendors they put first; `None` if they agree or one puts nobody first.
#[must_use]
pub fn disagreement(one: &Scorecard, other: &Scorecard) -> Option<Disagreement> {
    let (first, second) = (one.favourite()?, other.favourite()?);
    if first == second || one.leaders() == other.leaders() {
        return None;
    }
    let (here, there) = (gaps(one, first, second)?, gaps(other, first, second)?);
    let mut criteria: Vec<DisagreementOn> = here
        .criteria
        .iter()
        .zip(&there.criteria)
        .zip(one.vendor(first)?.criteria.iter())
        .map(|((here, there), cell)| DisagreementOn {
            criterion: cell.criterion,
            difference: minus(&here.gap, &there.gap),
            in_first: here.gap.clone(),
            in_second: there.gap.clone(),
        })
        .collect();
    criteria.sort_by_cached_key(|on| Reverse(size(&on.difference)));
    Some(Disagreement {
        first,
        second,
        total: minus(&here.total, &there.total),
        criteria,
    })
}

/// Twice the distance of the middle from nothing.
fn size(bounds: &Bounds) -> Fraction {
    let middle = &bounds.low + &bounds.high;
    if middle.is_negative() {
        -&middle
    } else {
        middle
    }
}

/// The vendors whose worst rank over several views is the best there is, and that rank; `None` if nobody is ranked in all.
#[must_use]
pub fn best_worst_rank(views: &[&Scorecard]) -> Option<(u32, Vec<VendorIndex>)> {
    let (first, _) = views.split_first()?;
    let worst_of = |vendor: VendorIndex| -> Option<u32> {
        let ranks: Option<Vec<u32>> = views
            .iter()
            .map(|card| Some(card.vendor(vendor)?.rank_range?.1))
            .collect();
        ranks?.into_iter().max()
    };
    let vendors = first.vendors.iter().map(|card| card.vendor);
    let worst: Vec<(u32, VendorIndex)> = vendors
        .filter_map(|vendor| Some((worst_of(vendor)?, vendor)))
        .collect();
    let best = worst.iter().map(|(rank, _)| *rank).min()?;
    let mut found: Vec<VendorIndex> = worst
        .into_iter()
        .filter(|(rank, _)| *rank == best)
        .map(|(_, vendor)| vendor)
        .collect();
    found.sort_unstable();
    Some((best, found))
}
