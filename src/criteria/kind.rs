//! How criteria are judged: on a scale, by an amount, or by pass and fail.

use rust_decimal::Decimal;

use super::Priced;

/// How a criterion is judged.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A score on a scale.
    Rated(Rated),
    /// An amount of money.
    Priced(Priced),
    /// A gate without weight.
    PassFail,
}

/// What is special to a rated criterion.
#[derive(Debug, Clone)]
pub struct Rated {
    pub(super) weight: Decimal,
    pub(super) scale: Scale,
    pub(super) direction: Direction,
    pub(super) gate: Option<Decimal>,
    pub(super) not_applicable: bool,
}

impl Rated {
    /// The scale scores lie on.
    #[must_use]
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// Which end of the scale is the good one.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The gate on the collapsed raw score: a minimum where higher is better, a maximum where lower is better.
    #[must_use]
    pub fn gate(&self) -> Option<Decimal> {
        self.gate
    }

    /// Whether a vendor may be marked "not applicable" here.
    #[must_use]
    pub fn allows_not_applicable(&self) -> bool {
        self.not_applicable
    }
}

/// Which end of a scale is the good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// A scale: `min < max`, and with a step `max = min + k * step` for a whole k.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    pub(super) min: Decimal,
    pub(super) max: Decimal,
    pub(super) step: Option<Decimal>,
}

impl Scale {
    /// The lowest score.
    #[must_use]
    pub fn min(&self) -> Decimal {
        self.min
    }

    /// The highest score.
    #[must_use]
    pub fn max(&self) -> Decimal {
        self.max
    }

    /// Scores are `min + k * step`, if there is a step.
    #[must_use]
    pub fn step(&self) -> Option<Decimal> {
        self.step
    }

    /// Whether a score lies from `min` to `max`.
    #[must_use]
    pub fn contains(&self, score: Decimal) -> bool {
        self.min <= score && score <= self.max
    }

    /// Whether a score is `min + k * step` for a whole k (always, without a step).
    #[must_use]
    pub fn is_on_step(&self, score: Decimal) -> bool {
        self.step.is_none_or(|step| {
            let steps = score
                .checked_sub(self.min)
                .and_then(|above| above.checked_rem(step));
            steps == Some(Decimal::ZERO)
        })
    }
}
