//! Natural logarithms and their reverse, in whole numbers: between two fractions that lie far closer than anything printed.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::Fraction;

/// Numbers here are counted in units of 2^-192.
const BITS: usize = 192;
/// The ends of a logarithm lie this far apart: 2^-150, which covers every unit that was cut off on the way.
const WIDTH_BITS: usize = 150;

/// The natural logarithm of a number from above 0 to 1: a fraction below it and one above it; `None` for any other number.
#[must_use]
pub fn logarithm(value: &Fraction) -> Option<(Fraction, Fraction)> {
    if value.is_negative() || value.is_zero() || *value > Fraction::one() {
        return None;
    }
    if *value == Fraction::one() {
        return Some((Fraction::zero(), Fraction::zero()));
    }
    let big = value.to_big();
    let (mut numerator, denominator) = (big.numer().clone(), big.denom());
    // Doubled until it lies above one half, where the series is quick.
    let mut halvings: u32 = 0;
    while &numerator * BigInt::from(2) <= *denominator {
        numerator *= 2;
        halvings = halvings.checked_add(1)?;
    }
    let within = inverse_tangent(&(&numerator - denominator), &(&numerator + denominator));
    let of_two = inverse_tangent(&BigInt::one(), &BigInt::from(3));
    let middle = BigInt::from(2) * (within - of_two * BigInt::from(halvings));
    // Each halving adds what the logarithm of 2 was cut by, a few hundred units at most.
    let slack = (BigInt::one() << BITS.saturating_sub(WIDTH_BITS)) * BigInt::from(halvings.max(1));
    let end = |at: BigInt| Fraction::from_ratio(at, BigInt::one() << BITS);
    Some((
        end(&middle - &slack)?,
        end((middle + slack).min(BigInt::zero()))?,
    ))
}

/// The number whose logarithm is the value, which is not above 0; cut off far beyond what is printed.
#[must_use]
pub fn exponential(value: &Fraction) -> Fraction {
    let unit = BigInt::one() << BITS;
    let big = value.to_big();
    let mut way = -(big.numer() * &unit) / big.denom();
    if way.is_negative() {
        return Fraction::one();
    }
    // Halved until it is small, then squared as often again.
    let mut squarings = 0_u32;
    while way > &unit >> 1_u32 {
        way /= 2;
        squarings = squarings.saturating_add(1);
        if squarings > 64 {
            return Fraction::zero();
        }
    }
    let (mut sum, mut term, mut position) = (unit.clone(), unit.clone(), 1_u32);
    while !term.is_zero() {
        term = -(term * &way) / (&unit * BigInt::from(position));
        sum += &term;
        position = position.saturating_add(1);
    }
    for _ in 0..squarings {
        sum = (&sum * &sum) >> BITS;
    }
    Fraction::from_ratio(sum, unit).unwrap_or_else(Fraction::zero)
}

/// The inverse hyperbolic tangent of a ratio of at most a third either way, in units, by its power series.
fn inverse_tangent(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    let unit = BigInt::one() << BITS;
    let ratio = (numerator * &unit) / denominator;
    let square = (&ratio * &ratio) >> BITS;
    let (mut power, mut sum, mut position) = (ratio, BigInt::zero(), 1_u32);
    while !power.is_zero() && power != -BigInt::one() {
        sum += &power / BigInt::from(position);
        power = (power * &square) >> BITS;
        position = position.saturating_add(2);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::fixed;
    use proptest::prelude::*;

    fn of(numerator: i64, denominator: i64) -> (Fraction, Fraction) {
        logarithm(&Fraction::new(numerator, denominator).unwrap()).unwrap()
    }

    #[test]
    fn known_logarithms_lie_between_the_ends() {
        assert_eq!(of(1, 1), (Fraction::zero(), Fraction::zero()));
        for (numerator, denominator, digits) in [
            (1, 2, "-0.693147180559945309417232121458"),
            (1, 10, "-2.302585092994045684017991454684"),
            (9, 10, "-0.105360515657826301227500980839"),
        ] {
            let (low, high) = of(numerator, denominator);
            assert_eq!(fixed(&low, 30).replace('−', "-"), digits);
            assert_eq!(fixed(&high, 30).replace('−', "-"), digits);
            assert!(low < high);
        }
        assert_eq!(logarithm(&Fraction::zero()), None);
        assert_eq!(logarithm(&Fraction::whole(2)), None);
    }

    #[test]
    fn the_reverse_gives_the_number_back() {
        assert_eq!(exponential(&Fraction::zero()), Fraction::one());
        assert_eq!(
            fixed(&exponential(&Fraction::whole(-1)), 20),
            "0.36787944117144232160"
        );
        assert_eq!(
            exponential(&Fraction::whole(-1_000_000_000_000)),
            Fraction::zero()
        );
    }

    proptest! {
        #[test]
        fn a_product_has_the_sum_of_the_logarithms(a in 1_i64..1000, b in 1_i64..1000, whole in 1000_i64..2000) {
            let one = Fraction::new(a, whole).unwrap();
            let other = Fraction::new(b, whole).unwrap();
            let (first, second) = (logarithm(&one).unwrap(), logarithm(&other).unwrap());
            let both = logarithm(&(&one * &other)).unwrap();
            prop_assert!(both.0 <= &first.1 + &second.1 && both.1 >= &first.0 + &second.0);
            let back = exponential(&first.0);
            let off = &one - &back;
            let least = Fraction::from_ratio(1.into(), BigInt::one() << 120_usize).unwrap();
            prop_assert!(off < least && -&off < least);
        }

        #[test]
        fn a_greater_number_has_a_greater_logarithm(a in 1_i64..1_000_000, b in 1_i64..1_000_000) {
            prop_assume!(a != b);
            let (low, high) = (of(a.min(b), 1_000_000), of(a.max(b), 1_000_000));
            prop_assert!(low.1 < high.0);
        }
    }
}
