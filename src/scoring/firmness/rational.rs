//! Quotients of polynomials whose denominators are above 0 between 0 and 1.

use crate::exact::Fraction;

use super::polynomial::Polynomial;

/// A quotient of polynomials. The denominator is above 0 wherever 0 < t < 1, so the numerator alone has the sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rational {
    above: Polynomial,
    below: Polynomial,
}

impl Rational {
    pub(super) fn new(above: Polynomial, below: Polynomial) -> Self {
        let one = Polynomial::constant(Fraction::one());
        match below
            .multiple_of(&one)
            .and_then(|factor| Fraction::one().over(&factor))
        {
            Some(factor) => Self {
                above: above.scaled(&factor),
                below: one,
            },
            None => Self { above, below },
        }
    }

    pub(super) fn constant(value: Fraction) -> Self {
        Self::polynomial(Polynomial::constant(value))
    }

    pub(super) fn polynomial(above: Polynomial) -> Self {
        Self::new(above, Polynomial::constant(Fraction::one()))
    }

    /// What is reached of a part, spread over the whole: times the whole and over the part.
    pub(super) fn spread_over(&self, whole: &Polynomial, part: &Polynomial) -> Self {
        match whole.multiple_of(part) {
            Some(factor) => self.scaled(&factor),
            None => Self::new(self.above.times(whole), self.below.times(part)),
        }
    }

    pub(super) fn at(&self, t: &Fraction) -> Option<Fraction> {
        self.above.at(t).over(&self.below.at(t))
    }

    pub(super) fn scaled(&self, factor: &Fraction) -> Self {
        Self::new(self.above.scaled(factor), self.below.clone())
    }

    /// The sum; over the common denominator where there is one.
    pub(super) fn plus(&self, other: &Self) -> Self {
        if let Some(factor) = self.below.multiple_of(&other.below) {
            return Self::new(
                self.above.plus(&other.above.scaled(&factor)),
                self.below.clone(),
            );
        }
        Self::new(
            self.above
                .times(&other.below)
                .plus(&other.above.times(&self.below)),
            self.below.times(&other.below),
        )
    }

    /// A polynomial with the sign of this less another, wherever 0 < t < 1.
    pub(super) fn lead_over(&self, other: &Self) -> Polynomial {
        self.plus(&other.scaled(&-&Fraction::one())).above
    }

    /// How fast it grows at a point.
    pub(super) fn slope_at(&self, t: &Fraction) -> Option<Fraction> {
        let (above, below) = (self.above.at(t), self.below.at(t));
        let steep =
            &(&self.above.derivative().at(t) * &below) - &(&above * &self.below.derivative().at(t));
        steep.over(&(&below * &below))
    }
}
