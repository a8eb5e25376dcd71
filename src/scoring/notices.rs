//! What a reader must be told beside the ranking.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::criteria::{CriterionIndex, Kind};
use crate::evaluation::{Evaluation, VendorIndex};

use super::card::{Collapsed, Notice, Scorecard, VendorCard, VendorStatus};
use super::field::Field;
use super::view::View;
use super::without::Without;

/// All notices about a result.
pub(super) fn notices(
    evaluation: &Evaluation,
    left_out: &Without,
    view: View,
    vendors: &[VendorCard],
) -> Vec<Notice> {
    let mut notices = Vec::new();
    if evaluation.seals_prices() {
        notices.push(Notice::PricesSealed);
    }
    for card in vendors {
        for criterion in card.criteria.iter().filter(|criterion| criterion.conflict) {
            notices.push(Notice::Conflict {
                criterion: criterion.criterion,
                vendor: card.vendor,
            });
        }
    }
    for (index, criterion) in evaluation.set().indexed_criteria() {
        let Kind::Priced(priced) = criterion.kind() else {
            continue;
        };
        if let Some(range) = priced.range().filter(|_| !priced.rule().is_relative()) {
            let outside = prices(vendors, index)
                .filter(|(_, amount)| *amount < range.floor() || *amount > range.ceiling())
                .map(|(vendor, amount)| Notice::PriceOutsideRange {
                    criterion: index,
                    vendor: vendor.vendor,
                    amount,
                });
            notices.extend(outside);
        }
        if priced.rule().is_relative() {
            notices.extend(price_flips(evaluation, left_out, view, vendors, index));
        }
    }
    notices
}

fn prices(
    vendors: &[VendorCard],
    criterion: CriterionIndex,
) -> impl Iterator<Item = (&VendorCard, Decimal)> {
    vendors.iter().filter_map(
        move |card| match card.criteria.get(criterion.position())?.score {
            Some(Collapsed::Written(amount)) => Some((card, amount)),
            _ => None,
        },
    )
}

/// Under a relative rule only the vendors with the lowest and the highest price move others: whether the winner would
/// be another one without them is found by ranking without them.
fn price_flips<'a>(
    evaluation: &'a Evaluation,
    left_out: &'a Without,
    view: View<'a>,
    vendors: &'a [VendorCard],
    criterion: CriterionIndex,
) -> impl Iterator<Item = Notice> + use<'a> {
    let leaders = leaders(vendors);
    let in_running = |card: &VendorCard| {
        matches!(
            card.status,
            VendorStatus::Ranked | VendorStatus::Provisional
        )
    };
    let bids: Vec<(VendorIndex, Decimal)> = prices(vendors, criterion)
        .filter(|(card, _)| in_running(card))
        .map(|(card, amount)| (card.vendor, amount))
        .collect();
    let lowest = bids.iter().map(|bid| bid.1).min();
    let highest = bids.iter().map(|bid| bid.1).max();
    let only = |bound: Option<Decimal>| {
        let mut at_bound = bids.iter().filter(|bid| Some(bid.1) == bound);
        at_bound
            .next()
            .filter(|_| at_bound.next().is_none())
            .map(|bid| bid.0)
    };
    let extremes: BTreeSet<VendorIndex> = [only(lowest), only(highest)]
        .into_iter()
        .flatten()
        .collect();
    extremes.into_iter().filter_map(move |without| {
        if leaders.is_empty() || leaders.contains(&without) {
            return None;
        }
        let fewer = left_out.clone().and_vendor(without);
        let field = Field::new(evaluation, &fewer);
        let (cards, _) = super::cards(&field, view);
        let leaders_then = self::leaders(&cards);
        (!leaders_then.is_empty() && leaders_then != leaders).then(|| Notice::PriceFlip {
            criterion,
            without,
            leaders: leaders.clone(),
            leaders_then,
        })
    })
}

/// Who is certain to be first, in vendor order.
fn leaders(vendors: &[VendorCard]) -> Vec<VendorIndex> {
    let first = vendors
        .iter()
        .filter(|card| card.rank == Some(1))
        .map(|card| card.vendor);
    first.collect::<BTreeSet<_>>().into_iter().collect()
}

impl Scorecard {
    /// The vendors certain to be first; more than one if they are tied, none if first place is undecided.
    #[must_use]
    pub fn leaders(&self) -> Vec<VendorIndex> {
        leaders(&self.vendors)
    }

    /// The vendor certain to be first that stands first on the page; `None` if first place is undecided.
    #[must_use]
    pub fn favourite(&self) -> Option<VendorIndex> {
        let first = self.vendors.iter().find(|card| card.rank == Some(1));
        first.map(|card| card.vendor)
    }

    /// The card of a vendor.
    #[must_use]
    pub fn vendor(&self, vendor: VendorIndex) -> Option<&VendorCard> {
        self.vendors.iter().find(|card| card.vendor == vendor)
    }
}
