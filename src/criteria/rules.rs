//! The rules that hold for a whole set.

use rust_decimal::Decimal;

/// How weights in the file become shares of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightRule {
    /// Leaf weights add up to exactly 100; a category weighs what its leaves weigh.
    Points,
    /// Every group of siblings adds up to exactly 100.
    Shares,
    /// Any numbers from 0 up; only their proportions count.
    Relative,
}

/// The rules of a set.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(super) evaluators: Collapse,
    pub(super) points: PointsRule,
    pub(super) total_minimum: Option<Decimal>,
    pub(super) close_call: Decimal,
    pub(super) flag: Decimal,
}

impl Rules {
    /// How several evaluators' scores become one.
    #[must_use]
    pub fn evaluators(&self) -> Collapse {
        self.evaluators
    }

    /// How a score becomes points.
    #[must_use]
    pub fn points(&self) -> PointsRule {
        self.points
    }

    /// The gate on the total, in percent of the rated criteria.
    #[must_use]
    pub fn total_minimum(&self) -> Option<Decimal> {
        self.total_minimum
    }

    /// A lead below this many points is no clear winner.
    #[must_use]
    pub fn close_call(&self) -> Decimal {
        self.close_call
    }

    /// The evaluators are to talk about a cell when they differ by this part of its scale or more: above 0, at most 1.
    #[must_use]
    pub fn flag(&self) -> Decimal {
        self.flag
    }
}

/// How several evaluators' scores become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collapse {
    /// The arithmetic mean.
    Mean,
    /// The median; an even count takes the mean of the middle two.
    Median,
}

/// How a score becomes points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointsRule {
    /// `(score - min) / (max - min)`.
    FromMin,
    /// `score / max`.
    OfMax,
}
