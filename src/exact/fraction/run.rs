//! Sums in machine integers.

use num_integer::Integer;

use super::Fraction;

/// A sum over one denominator, reduced only at its end: most terms of a sum have denominators that divide each other.
pub(super) struct Run {
    numerator: i128,
    denominator: i64,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            numerator: 0,
            denominator: 1,
        }
    }
}

impl Run {
    /// Adds a term; false, and unchanged, if machine integers cannot hold the sum.
    pub(super) fn add(&mut self, term: &Fraction) -> bool {
        let added = term
            .to_small()
            .and_then(|(numerator, denominator)| self.with(numerator, denominator));
        added.map(|sum| *self = sum).is_some()
    }

    fn with(&self, numerator: i64, denominator: i64) -> Option<Self> {
        let common = if self.denominator.checked_rem(denominator)? == 0 {
            self.denominator
        } else {
            let shared = self.denominator.gcd(&denominator);
            let rest = denominator.checked_div(shared)?;
            self.denominator.checked_mul(rest)?
        };
        let own = self
            .numerator
            .checked_mul(common.checked_div(self.denominator)?.into())?;
        let term = i128::from(numerator).checked_mul(common.checked_div(denominator)?.into())?;
        Some(Self {
            numerator: own.checked_add(term)?,
            denominator: common,
        })
    }

    /// The sum so far; the run begins anew.
    pub(super) fn finish(&mut self) -> Fraction {
        let Self {
            numerator,
            denominator,
        } = std::mem::take(self);
        let rest = i64::try_from(numerator.checked_rem(denominator.into()).unwrap_or(0));
        let shared = i128::from(rest.unwrap_or(0).gcd(&denominator));
        Fraction::from_coprime(
            numerator.checked_div(shared).unwrap_or(0),
            i128::from(denominator).checked_div(shared).unwrap_or(1),
        )
    }
}
