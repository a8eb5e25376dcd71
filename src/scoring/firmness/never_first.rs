//! Which vendors no weights at all could bring to first place.

use crate::evaluation::VendorIndex;
use crate::exact::Fraction;
use crate::scoring::card::Scorecard;

use super::profile::{End, points, running};
use super::{simplex, weighed};

/// A vendor in the running, with its points in the criteria that weigh something.
struct Runner {
    vendor: VendorIndex,
    low: Vec<Fraction>,
    high: Vec<Fraction>,
}

/// The vendors that are first under no weights of the criteria that weigh something now, not even shared, and whatever is
/// missing; in page order.
///
/// By an exact linear programme: a vendor is never first if some mixture of its rivals is better in every criterion. `None`
/// where not the same criteria apply to all, since totals then do not follow the weights in a straight line.
#[must_use]
pub fn never_first(card: &Scorecard) -> Option<Vec<VendorIndex>> {
    let weighed = weighed(card);
    let mut runners = Vec::new();
    let mut applies: Option<Vec<bool>> = None;
    for vendor in running(card) {
        let (low, high) = (points(vendor, End::Low), points(vendor, End::High));
        let here: Vec<bool> = weighed
            .iter()
            .map(|&at| low.get(at).is_some_and(Option::is_some))
            .collect();
        if *applies.get_or_insert_with(|| here.clone()) != here {
            return None;
        }
        let pick = |points: Vec<Option<Fraction>>| -> Vec<Fraction> {
            weighed
                .iter()
                .filter_map(|&at| points.get(at).cloned().flatten())
                .collect()
        };
        runners.push(Runner {
            vendor: vendor.vendor,
            low: pick(low),
            high: pick(high),
        });
    }
    let never = runners.iter().filter(|one| is_never_first(one, &runners));
    Some(never.map(|one| one.vendor).collect())
}

fn is_never_first(one: &Runner, all: &[Runner]) -> bool {
    let rivals: Vec<&Runner> = all
        .iter()
        .filter(|other| other.vendor != one.vendor)
        .collect();
    let best_somewhere = one.high.iter().enumerate().any(|(at, own)| {
        let mut others = rivals.iter().filter_map(|rival| rival.low.get(at));
        others.all(|other| other <= own)
    });
    if best_somewhere {
        return false;
    }
    let leads: Vec<Vec<Fraction>> = rivals
        .iter()
        .map(|rival| {
            rival
                .low
                .iter()
                .zip(&one.high)
                .map(|(its, own)| its - own)
                .collect()
        })
        .collect();
    simplex::value(&leads).is_some_and(|value| !value.is_negative() && !value.is_zero())
}
