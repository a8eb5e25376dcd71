//! Which vendor another one is at least as good as in everything that weighs, and better in something.

use crate::evaluation::VendorIndex;
use crate::scoring::card::{Scorecard, VendorCard};

use super::profile::{End, points, running};
use super::weighed;

/// A vendor that weights cannot bring before certain others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dominated {
    /// The vendor.
    pub vendor: VendorIndex,
    /// Those that dominate it, in page order.
    pub by: Vec<VendorIndex>,
}

/// The vendors that another one dominates whatever is missing, in page order.
///
/// Only criteria that weigh something count, and only vendors to whom the same criteria apply are compared.
#[must_use]
pub fn dominated(card: &Scorecard) -> Vec<Dominated> {
    let weighed = weighed(card);
    let running: Vec<&VendorCard> = running(card).collect();
    let found = running.iter().map(|worse| Dominated {
        vendor: worse.vendor,
        by: running
            .iter()
            .filter(|better| dominates(better, worse, &weighed))
            .map(|better| better.vendor)
            .collect(),
    });
    found.filter(|found| !found.by.is_empty()).collect()
}

fn dominates(better: &VendorCard, worse: &VendorCard, weighed: &[usize]) -> bool {
    let (mine, its) = (points(better, End::Low), points(worse, End::High));
    let mut is_better = false;
    for &at in weighed {
        match (
            mine.get(at).cloned().flatten(),
            its.get(at).cloned().flatten(),
        ) {
            (Some(mine), Some(its)) if mine >= its => is_better |= mine > its,
            (None, None) => {}
            _ => return false,
        }
    }
    is_better
}
