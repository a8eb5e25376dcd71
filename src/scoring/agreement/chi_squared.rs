//! The tail of the chi-squared distribution, in whole numbers of as many digits as it takes.
//!
//! Q(χ², ν) = 1 − P(ν/2, χ²/2), and P by its series of positive terms (Abramowitz and Stegun, Handbook of Mathematical
//! Functions, 26.4.4 and 6.5.29): P(a, x) = e^-x · x^a / Γ(a + 1) · (1 + x/(a+1) + x²/((a+1)(a+2)) + …).

use num_bigint::BigInt;
use num_integer::Roots;
use num_traits::ToPrimitive;

use crate::exact::Fraction;

/// The decimals that are right in the end, and some more.
const DIGITS: u32 = 60;
/// The largest x = χ²/2, and the most degrees of freedom, that are computed.
const LARGEST: u32 = 5000;

/// How often a chi-squared variable with `df` degrees of freedom is at least `value`, to some fifty decimals.
///
/// `None` without a degree of freedom, below 0, and for more of them than anybody has vendors.
#[must_use]
pub fn chi_squared_tail(value: &Fraction, df: usize) -> Option<Fraction> {
    let df = u32::try_from(df)
        .ok()
        .filter(|df| (1..=LARGEST).contains(df))?;
    if value.is_negative() {
        return None;
    }
    let x = value.over(&Fraction::whole(2))?;
    let size = match x.floor().to_big().to_integer().to_u32() {
        Some(size) if size <= LARGEST => size,
        // Beyond ten times its mean the tail is smaller than any number that is printed.
        _ if x > Fraction::whole(i64::from(LARGEST)) && df < LARGEST / 10 => {
            return Some(Fraction::zero());
        }
        _ => return None,
    };
    // e^-x has about x / 2.3 zeros before its first digit; all digits that count stand behind them.
    let unit = BigInt::from(10).pow(DIGITS.saturating_add(size / 2));
    let series = Series {
        numerator: x.to_big().numer().clone(),
        denominator: x.to_big().denom().clone(),
    };
    let below = &unit - series.lower(df, &unit);
    Fraction::from_ratio(below, unit).map(Fraction::clamped_to_unit)
}

/// The x of the series as a ratio of whole numbers.
struct Series {
    numerator: BigInt,
    denominator: BigInt,
}

impl Series {
    /// P(df/2, x) in units.
    fn lower(&self, df: u32, unit: &BigInt) -> BigInt {
        // Twice the exponent that the term so far has: x^0 for an even df, x^(1/2) for an odd one.
        let odd = df % 2;
        let mut term = self.exponential_inverse(unit);
        if odd == 1 {
            // x^(1/2) / Γ(3/2) = 2 (x / π)^(1/2)
            let root = (&self.numerator * unit * unit * unit) / (&self.denominator * pi(unit));
            term = term * Roots::sqrt(&root) * 2 / unit;
        }
        let mut twice = odd;
        while twice < df {
            twice = twice.saturating_add(2);
            term = self.next(&term, twice);
        }
        let mut sum = BigInt::ZERO;
        while term != BigInt::ZERO {
            sum += &term;
            twice = twice.saturating_add(2);
            term = self.next(&term, twice);
        }
        sum
    }

    /// The term times x / (twice / 2).
    fn next(&self, term: &BigInt, twice: u32) -> BigInt {
        term * &self.numerator * 2 / (&self.denominator * twice)
    }

    /// e^-x in units, as the inverse of a series of positive terms.
    fn exponential_inverse(&self, unit: &BigInt) -> BigInt {
        let (mut sum, mut term, mut twice) = (BigInt::ZERO, unit.clone(), 0_u32);
        while term != BigInt::ZERO {
            sum += &term;
            twice = twice.saturating_add(2);
            term = self.next(&term, twice);
        }
        unit * unit / sum
    }
}

/// π in units, by Machin's formula: 16 arctan(1/5) − 4 arctan(1/239).
fn pi(unit: &BigInt) -> BigInt {
    arctan_of_inverse(5, unit) * 16 - arctan_of_inverse(239, unit) * 4
}

fn arctan_of_inverse(of: u32, unit: &BigInt) -> BigInt {
    let square = BigInt::from(of) * of;
    let (mut sum, mut power, mut odd) = (BigInt::ZERO, unit / of, 1_u32);
    while power != BigInt::ZERO {
        let term = &power / odd;
        if odd % 4 == 1 {
            sum += term;
        } else {
            sum -= term;
        }
        power /= &square;
        odd = odd.saturating_add(2);
    }
    sum
}
