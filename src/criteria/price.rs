//! Priced criteria and how an amount becomes points.

use rust_decimal::Decimal;

use super::Costs;

/// What is special to a priced criterion.
#[derive(Debug, Clone)]
pub struct Priced {
    pub(super) weight: Decimal,
    pub(super) rule: PriceRule,
    pub(super) range: Option<PriceRange>,
    pub(super) currency: Option<String>,
    pub(super) maximum: Option<Decimal>,
    pub(super) costs: Option<Costs>,
}

impl Priced {
    /// How an amount becomes points.
    #[must_use]
    pub fn rule(&self) -> PriceRule {
        self.rule
    }

    /// The amounts that score full and nothing; `None` until an evaluation pins them, or where no rule needs them.
    #[must_use]
    pub fn range(&self) -> Option<&PriceRange> {
        self.range.as_ref()
    }

    /// The ISO 4217 code of the currency.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.currency.as_deref()
    }

    /// The gate: the highest amount that passes.
    #[must_use]
    pub fn maximum(&self) -> Option<Decimal> {
        self.maximum
    }

    /// How the amount is made of cost lines, if it may be.
    #[must_use]
    pub fn costs(&self) -> Option<&Costs> {
        self.costs.as_ref()
    }
}

/// How an amount P becomes points, with L and H the lowest and highest amounts that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceRule {
    /// `(ceiling - P) / (ceiling - floor)`: no vendor moves another.
    FixedRange,
    /// `L / P`.
    LowestRatio,
    /// `2 - P / L`.
    LinearToLowest,
    /// `(H - P) / (H - L)`, 1 for all if `H = L`.
    LinearRange,
}

impl PriceRule {
    /// The name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FixedRange => "fixed-range",
            Self::LowestRatio => "lowest-ratio",
            Self::LinearToLowest => "linear-to-lowest",
            Self::LinearRange => "linear-range",
        }
    }

    /// Whether one vendor's amount moves another's points.
    #[must_use]
    pub fn is_relative(self) -> bool {
        self != Self::FixedRange
    }

    /// Whether an amount of 0 has points under this rule; the ratio rules divide by amounts.
    #[must_use]
    pub fn allows_zero(self) -> bool {
        matches!(self, Self::FixedRange | Self::LinearRange)
    }
}

/// The amounts between which a price scores: `floor < ceiling`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRange {
    pub(super) floor: Decimal,
    pub(super) ceiling: Decimal,
}

impl PriceRange {
    /// The amount that scores full; any below it scores no more.
    #[must_use]
    pub fn floor(&self) -> Decimal {
        self.floor
    }

    /// The amount that scores nothing; any above it scores no less.
    #[must_use]
    pub fn ceiling(&self) -> Decimal {
        self.ceiling
    }
}
