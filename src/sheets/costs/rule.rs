//! The rules that only a cost sheet can break.

use thiserror::Error;

use crate::sheets::OtherRows;
use crate::sheets::wording::did_you_mean;

/// What is wrong with a line of costs, or noticed about it, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CostRule {
    /// No price of the set is made of cost lines.
    #[error(
        "this is a sheet of costs, and no price of the criteria set is made of cost lines; write costs = {{ horizon = 5, discount = \"4.5\" }} beside the price in the set, or hand in one amount per vendor (vendor, criterion, score)"
    )]
    NotExpected,
    /// The currency of the price is not known.
    #[error(
        "the price has no currency yet, so no amount can be taken; give the price its range and currency first"
    )]
    NoCurrency,
    /// A column that every cost sheet needs is missing.
    #[error(
        "there is no column \"{0}\"; the header of a cost sheet is vendor, layer, year, amount, currency (and comment)"
    )]
    MissingColumn(&'static str),
    /// There is no row with a cost.
    #[error(
        "the sheet holds no costs; below the header (vendor, layer, year, amount, currency) it needs a row for every cost"
    )]
    Empty,
    /// The row names no layer.
    #[error("the row names no layer of cost; write one in every row")]
    MissingLayer,
    /// The set has no such layer.
    #[error("the criteria set has no such layer of cost; it has {layers}{}", did_you_mean(.near.as_deref()))]
    UnknownLayer {
        /// The layer that was perhaps meant.
        near: Option<String>,
        /// Those it has.
        layers: String,
    },
    /// Not a year.
    #[error(
        "this is no year of the contract; write 0 for the day of signing, or 1 to {0} for the years after it"
    )]
    NotAYear(u8),
    /// A year that does not count.
    #[error(
        "this year lies outside the horizon; years are counted from signing, so write 0 for that day, or 1 to {0} for the years after it"
    )]
    YearOutside(u8),
    /// The row says no currency.
    #[error("the row says no currency; write {0} in every row")]
    MissingCurrency(String),
    /// The row is in another currency.
    #[error(
        "the price is in {0}, and nothing is converted here; convert the amount, write {0}, and say in the comment at which rate and day"
    )]
    OtherCurrency(String),
    /// Not an amount.
    #[error(
        "this is not an amount; write it alone, like 25000, write 0 or included if nothing is charged for it, or leave the cell empty if it is not named yet"
    )]
    NotAnAmount,
    /// An amount below 0.
    #[error(
        "a cost is 0 or more; take a credit off the line that it belongs to, and say so in the comment"
    )]
    Negative,
    /// The same vendor, layer and year twice.
    #[error("{0} are about the same vendor, layer and year; keep one, or add them up in one")]
    Duplicate(OtherRows),
    /// The amount is left open.
    #[error(
        "this cost is not named, so the vendor has no total and no price yet; write the amount, or 0 or included if nothing is charged for it"
    )]
    NotNamed,
    /// The total is too large for a price.
    #[error(
        "the costs of this vendor add up to more than 12 digits; write the amounts in the unit of the currency"
    )]
    TotalTooLarge,
    /// The total is 0 and the price rule divides by it.
    #[error(
        "the costs of this vendor add up to 0, which the price rule of the set cannot compare; name what it costs"
    )]
    TotalOfNothing,
}

impl CostRule {
    /// The stable name of the rule.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotExpected => "costs-not-expected",
            Self::NoCurrency => "price-without-currency",
            Self::MissingColumn(_) => "missing-column",
            Self::Empty => "empty-sheet",
            Self::MissingLayer => "missing-layer",
            Self::UnknownLayer { .. } => "unknown-layer",
            Self::NotAYear(_) => "not-a-year",
            Self::YearOutside(_) => "year-outside-horizon",
            Self::MissingCurrency(_) => "missing-currency",
            Self::OtherCurrency(_) => "other-currency",
            Self::NotAnAmount => "not-an-amount",
            Self::Negative => "negative-cost",
            Self::Duplicate(_) => "duplicate-cost",
            Self::NotNamed => "cost-not-named",
            Self::TotalTooLarge => "total-too-large",
            Self::TotalOfNothing => "total-of-nothing",
        }
    }
}
