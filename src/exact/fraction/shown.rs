//! How a fraction is written.

use std::fmt;

use super::{Fraction, Repr};

/// `numerator/denominator` in lowest terms, `72/1` for a whole number.
impl fmt::Display for Fraction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small(small) => write!(out, "{}/{}", small.numerator, small.denominator),
            Repr::Big(ratio) => write!(out, "{}/{}", ratio.numer(), ratio.denom()),
        }
    }
}

impl fmt::Debug for Fraction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}
