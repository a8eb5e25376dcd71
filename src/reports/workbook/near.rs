//! Where doubles would decide otherwise than exact numbers do.

use rust_decimal::Decimal;

use crate::criteria::{CriteriaSet, Kind, PriceRule};
use crate::exact::Fraction;
use crate::scoring::{Collapsed, VendorCard};

/// Whether formulas, which compare doubles rounded to nine decimals, decide as exact numbers do.
pub(super) struct Doubles {
    /// Not even figures far apart are safe: some range is too narrow for the size of its ends.
    is_coarse: bool,
}

impl Doubles {
    pub(super) fn of(set: &CriteriaSet, cards: &[VendorCard]) -> Self {
        let is_coarse = set.indexed_criteria().any(|(index, criterion)| {
            let (low, high) = match criterion.kind() {
                Kind::Rated(rated) => (rated.scale().min(), rated.scale().max()),
                Kind::Priced(priced) => match (priced.rule(), priced.range()) {
                    (PriceRule::FixedRange, Some(range)) => (range.floor(), range.ceiling()),
                    (PriceRule::LinearRange, _) => extent(cards, index.position()),
                    _ => return false,
                },
                Kind::PassFail => return false,
            };
            low != high && is_narrow(&low.into(), &high.into())
        });
        Self { is_coarse }
    }

    /// Whether nothing in the workbook can be decided by its formulas.
    pub(super) fn are_coarse(&self) -> bool {
        self.is_coarse
    }

    /// Whether two figures up to a hundred compare as they do exactly.
    pub(super) fn part(&self, left: &Fraction, right: &Fraction) -> bool {
        !self.is_coarse && (left == right || distance(left, right) >= unit(1_000_000_000))
    }

    /// Whether a score or an amount of any size compares with a bound as it does exactly.
    pub(super) fn part_from_bound(&self, value: &Fraction, bound: &Fraction) -> bool {
        let size = distance(bound, &Fraction::zero());
        if size <= Fraction::whole(100_000) {
            return self.part(value, bound);
        }
        !self.is_coarse && distance(value, bound) > &size * &unit(1_000_000_000_000)
    }

    /// Whether two amounts are told apart, or are the same.
    pub(super) fn tell_apart(left: Decimal, right: Decimal) -> bool {
        left == right || double(left) != double(right)
    }
}

/// A double as it is written, which tells equal ones from unequal ones.
fn double(value: Decimal) -> String {
    Fraction::from(value).nearest_double().to_string()
}

/// The lowest and the highest amount.
fn extent(cards: &[VendorCard], criterion: usize) -> (Decimal, Decimal) {
    let amounts = || {
        cards
            .iter()
            .filter_map(|card| match card.criteria.get(criterion)?.score {
                Some(Collapsed::Written(amount)) => Some(amount),
                _ => None,
            })
    };
    let (low, high) = (amounts().min(), amounts().max());
    (low.unwrap_or_default(), high.unwrap_or_default())
}

/// Whether the width of a range is lost beside the size of its ends.
fn is_narrow(low: &Fraction, high: &Fraction) -> bool {
    let zero = Fraction::zero();
    let size = distance(low, &zero).max(distance(high, &zero));
    distance(low, high) < &size * &unit(100_000)
}

fn distance(left: &Fraction, right: &Fraction) -> Fraction {
    let difference = left - right;
    if difference.is_negative() {
        -&difference
    } else {
        difference
    }
}

fn unit(parts: i64) -> Fraction {
    Fraction::new(1, parts).unwrap_or_else(Fraction::zero)
}
