//! Amounts to points, and what a missing amount or an open gate elsewhere does to them.

use rust_decimal::Decimal;

use crate::criteria::{PriceRule, Priced};
use crate::exact::Fraction;

use super::card::Bounds;

/// What one vendor's price does to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bid {
    /// The amount, if there is one.
    pub(super) amount: Option<Decimal>,
    /// Whether an amount may still come.
    pub(super) missing: bool,
    /// Whether the vendor stands and no gate of it has failed.
    pub(super) may_stay: bool,
    /// Whether it stands and all its gates have passed.
    pub(super) stays: bool,
}

/// The amounts that L and H of a relative rule can still be, before looking at a vendor's own price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Market {
    /// Whether an amount of a vendor that may stay is missing.
    missing: bool,
    /// Whether an amount of a vendor certain to stay is missing, so that there will be something to compare with.
    missing_for_sure: bool,
    /// The most a missing amount can be without failing the gate on the price.
    maximum: Option<Decimal>,
    /// Lowest and highest known amount of those that may stay.
    may_stay: Option<(Decimal, Decimal)>,
    /// Lowest and highest known amount of those certain to stay.
    stays: Option<(Decimal, Decimal)>,
}

/// The range of L or of H; `None` at an upper end means "without limit".
struct Span {
    least: Fraction,
    most: Option<Fraction>,
}

impl Market {
    pub(super) fn of(priced: &Priced, bids: &[Bid]) -> Self {
        let extent = |counts: fn(&Bid) -> bool| {
            let amounts = || {
                bids.iter()
                    .filter(|bid| counts(bid))
                    .filter_map(|bid| bid.amount)
            };
            amounts().min().zip(amounts().max())
        };
        Self {
            missing: bids.iter().any(|bid| bid.may_stay && bid.missing),
            missing_for_sure: bids.iter().any(|bid| bid.stays && bid.missing),
            maximum: priced.maximum(),
            may_stay: extent(|bid| bid.may_stay),
            stays: extent(|bid| bid.stays),
        }
    }

    /// Whether no amount can count at all, so that a relative rule has no L and no H.
    fn is_empty(&self) -> bool {
        self.may_stay.is_none() && !self.missing
    }

    /// The ranges of L and H that an amount is measured by; `None` if no amount is certain to count.
    ///
    /// A vendor that may stay counts its `own` amount among those that are certain.
    fn spans(&self, own: Option<Decimal>) -> Option<(Span, Span)> {
        let (lowest_certain, highest_certain) = match (self.stays, own) {
            (Some((low, high)), Some(own)) => (low.min(own), high.max(own)),
            (Some(certain), None) => certain,
            (None, Some(own)) => (own, own),
            (None, None) => return None,
        };
        let (low, high) = self.may_stay.unwrap_or((lowest_certain, highest_certain));
        let (lowest, highest) = if self.missing {
            // A missing amount may be as low as one likes, and as high as its vendor may be and stay.
            let most = self.maximum.map(|maximum| maximum.max(high));
            (Fraction::zero(), most)
        } else {
            (low.into(), Some(high))
        };
        let lows = Span {
            least: lowest,
            most: Some(lowest_certain.into()),
        };
        let highs = Span {
            least: highest_certain.into(),
            most: highest.map(Fraction::from),
        };
        Some((lows, highs))
    }
}

/// The points a bid gets under a priced criterion; `None` if a relative rule has nothing to measure it by.
pub(super) fn points(priced: &Priced, bid: &Bid, market: &Market) -> Option<Bounds> {
    let Some(amount) = bid.amount else {
        let silent = !bid.missing;
        return Some(if silent {
            Bounds::exactly(Fraction::zero())
        } else {
            anything()
        });
    };
    if priced.rule() == PriceRule::FixedRange {
        return Some(fixed_range(priced, amount).map_or_else(anything, Bounds::exactly));
    }
    if !bid.may_stay && market.is_empty() {
        return None;
    }
    let Some((lows, highs)) = market.spans(bid.may_stay.then_some(amount)) else {
        // Whatever is named in the end, nothing is cheaper than free of charge (which only `linear-range` knows).
        let is_beaten_by_none = amount.is_zero() && market.missing_for_sure;
        return Some(if is_beaten_by_none {
            Bounds::exactly(Fraction::one())
        } else {
            anything()
        });
    };
    let price = Fraction::from(amount);
    let at = |low: Option<&Fraction>, high: Option<&Fraction>| {
        relative(priced.rule(), &price, low, high).clamped_to_unit()
    };
    Some(Bounds {
        low: at(Some(&lows.least), Some(&highs.least)),
        high: at(lows.most.as_ref(), highs.most.as_ref()),
    })
}

fn anything() -> Bounds {
    Bounds {
        low: Fraction::zero(),
        high: Fraction::one(),
    }
}

/// `(ceiling - P) / (ceiling - floor)`; `None` while no range is pinned.
fn fixed_range(priced: &Priced, amount: Decimal) -> Option<Fraction> {
    let range = priced.range()?;
    let ceiling = Fraction::from(range.ceiling());
    let width = &ceiling - &range.floor().into();
    Some((&ceiling - &amount.into()).over(&width)?.clamped_to_unit())
}

/// The points of a price P with the lowest amount L and the highest H; `None` stands for an amount without limit.
///
/// All three rules grow with L and with H, so their least and most lie at the ends of the ranges of L and H.
fn relative(
    rule: PriceRule,
    price: &Fraction,
    low: Option<&Fraction>,
    high: Option<&Fraction>,
) -> Fraction {
    let points = match (rule, low, high) {
        (PriceRule::LowestRatio, Some(low), _) => low.over(price),
        // An L that may be as near to 0 as one likes makes the points as low as one likes.
        (PriceRule::LinearToLowest, Some(low), _) => {
            let ratio = price.over(low);
            Some(ratio.map_or_else(Fraction::zero, |ratio| &Fraction::whole(2) - &ratio))
        }
        // "1 for all if H = L" speaks of those who are measured; one that is out may be dearer than all of them.
        (PriceRule::LinearRange, Some(low), Some(high)) if low == high && price > high => {
            Some(Fraction::zero())
        }
        (PriceRule::LinearRange, Some(low), Some(high)) => (high - price).over(&(high - low)),
        (
            PriceRule::LowestRatio
            | PriceRule::LinearToLowest
            | PriceRule::LinearRange
            | PriceRule::FixedRange,
            _,
            _,
        ) => None,
    };
    points.unwrap_or_else(Fraction::one)
}
