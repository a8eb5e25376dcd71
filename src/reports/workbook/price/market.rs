//! What the lowest and the highest price can be under a relative rule.

use rust_decimal::Decimal;

use crate::criteria::{CriterionIndex, Priced};
use crate::exact::Fraction;
use crate::reports::workbook::plan::Stay;
use crate::reports::workbook::working::amount;
use crate::scoring::{State, VendorCard};
use crate::table::workbook::Value;

use super::NO_LIMIT;

/// The prices that count.
pub(super) struct Market {
    is_missing: bool,
    maximum: Option<Decimal>,
    may_stay: Vec<Decimal>,
    certain: Vec<Decimal>,
}

impl Market {
    pub(super) fn of(priced: &Priced, cards: &[VendorCard], criterion: CriterionIndex) -> Self {
        let cells = || {
            cards.iter().filter_map(move |card| {
                Some((Stay::of(card), card.criteria.get(criterion.position())?))
            })
        };
        let amounts = |counts: fn(Stay) -> bool| {
            let counting = cells().filter(|(stay, _)| counts(*stay));
            counting.filter_map(|(_, cell)| amount(cell)).collect()
        };
        Self {
            is_missing: cells()
                .any(|(stay, cell)| stay != Stay::Out && cell.state == State::NotScored),
            maximum: priced.maximum(),
            may_stay: amounts(|stay| stay != Stay::Out),
            certain: amounts(|stay| stay == Stay::Certain),
        }
    }

    pub(super) fn is_missing(&self) -> bool {
        self.is_missing
    }

    /// The ranges that a vendor's own price, if it may stay, is measured by.
    pub(super) fn spans(&self, own: Option<Decimal>) -> Spans {
        let certain = || self.certain.iter().copied().chain(own);
        let (Some(lowest_most), Some(highest_least)) = (certain().min(), certain().max()) else {
            return Spans(None);
        };
        let low = self.may_stay.iter().copied().min().unwrap_or(lowest_most);
        let high = self.may_stay.iter().copied().max().unwrap_or(highest_least);
        let (lowest_least, highest_most) = if self.is_missing {
            let most = self.maximum.map(|maximum| maximum.max(high));
            (Decimal::ZERO, most)
        } else {
            (low, Some(high))
        };
        Spans(Some((
            lowest_least,
            lowest_most,
            highest_least,
            highest_most,
        )))
    }
}

/// The lowest price at least and at most, the highest at least and at most; none if nothing is certain to count.
pub(super) struct Spans(Option<(Decimal, Decimal, Decimal, Option<Decimal>)>);

impl Spans {
    pub(super) fn results(&self) -> [Value; 4] {
        let Some((lowest_least, lowest_most, highest_least, highest_most)) = self.0 else {
            return std::array::from_fn(|_| Value::nothing());
        };
        let number = |amount: Decimal| Value::Number(Fraction::from(amount));
        [
            number(lowest_least),
            number(lowest_most),
            number(highest_least),
            highest_most.map_or_else(|| NO_LIMIT.into(), number),
        ]
    }
}
