//! What costs a vendor most: against full marks, and against the best that anybody in the running reaches.

use std::cmp::Reverse;

use crate::criteria::CriterionIndex;
use crate::evaluation::VendorIndex;
use crate::exact::Fraction;
use crate::scoring::card::{Bounds, Scorecard, VendorStatus};

/// What a vendor does not get in one criterion, in points of 100.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The criterion.
    pub criterion: CriterionIndex,
    /// What it misses of full marks.
    pub to_full: Bounds,
    /// What it misses of the best that a vendor in the running reaches here.
    pub to_best: Bounds,
}

/// What one vendor loses, criterion by criterion, the largest loss against the best first.
#[must_use]
pub fn losses(card: &Scorecard, vendor: VendorIndex) -> Vec<Loss> {
    let Some(own) = card.vendor(vendor) else {
        return Vec::new();
    };
    let mut losses: Vec<Loss> = own
        .criteria
        .iter()
        .filter(|cell| !cell.share.is_zero())
        .map(|cell| {
            let full = cell.share.percent();
            let points = cell.points.clone().unwrap_or_else(anything);
            let best = best_points(card, vendor, cell.criterion).unwrap_or_else(|| points.clone());
            Loss {
                criterion: cell.criterion,
                to_full: missed(&full, &points, &Bounds::exactly(Fraction::one())),
                to_best: missed(&full, &points, &best),
            }
        })
        .collect();
    let middle = |bounds: &Bounds| &bounds.low + &bounds.high;
    losses.sort_by_cached_key(|loss| Reverse((middle(&loss.to_best), middle(&loss.to_full))));
    losses
}

/// What `points` miss of `aim`, where `full` is what full marks add; never below nothing.
fn missed(full: &Fraction, points: &Bounds, aim: &Bounds) -> Bounds {
    let miss = |aim: &Fraction, own: &Fraction| full * &(aim - own).max(Fraction::zero());
    Bounds {
        low: miss(&aim.low, &points.high),
        high: miss(&aim.high, &points.low),
    }
}

/// The best points in a criterion among the others in the running.
fn best_points(card: &Scorecard, own: VendorIndex, criterion: CriterionIndex) -> Option<Bounds> {
    let others = card.vendors.iter().filter(|other| {
        let runs = matches!(
            other.status,
            VendorStatus::Ranked | VendorStatus::Provisional
        );
        runs && other.vendor != own
    });
    let points =
        others.filter_map(|other| other.criteria.get(criterion.position())?.points.clone());
    points.reduce(|best, next| Bounds {
        low: best.low.max(next.low),
        high: best.high.max(next.high),
    })
}

fn anything() -> Bounds {
    Bounds {
        low: Fraction::zero(),
        high: Fraction::one(),
    }
}
