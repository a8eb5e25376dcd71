//! Fractions as numbers that the grammar can write: each exactly, or all of them in exactly their proportion.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};
use rust_decimal::Decimal;

use super::{Fraction, MAX_FRACTION_DIGITS, MAX_INTEGER_DIGITS, read_decimal};

/// The decimal that a fraction is exactly; `None` if it takes more digits than numbers may have, or never ends.
#[must_use]
pub fn exact_decimal(value: &Fraction) -> Option<Decimal> {
    let ratio = value.to_big();
    let unit = BigInt::from(10).pow(u32::try_from(MAX_FRACTION_DIGITS).ok()?);
    let (units, rest) = (ratio.numer() * unit).div_rem(ratio.denom());
    rest.is_zero().then(|| written(&units))?
}

/// The smallest whole numbers in exactly the proportion of some fractions of 0 or more.
///
/// Numbers that are larger than numbers may be are written in units of 0.000000001. `None` if that does not do either.
#[must_use]
pub fn whole_in_proportion(values: &[Fraction]) -> Option<Vec<Decimal>> {
    let ratios: Vec<_> = values.iter().map(Fraction::to_big).collect();
    let common = ratios
        .iter()
        .fold(BigInt::one(), |common, ratio| common.lcm(ratio.denom()));
    let scaled = |ratio: &num_rational::BigRational| ratio.numer() * &common / ratio.denom();
    let numbers: Vec<BigInt> = ratios.iter().map(scaled).collect();
    let divisor = numbers
        .iter()
        .fold(BigInt::zero(), |divisor, number| divisor.gcd(number));
    if divisor.is_zero() {
        return Some(vec![Decimal::ZERO; values.len()]);
    }
    let digits = u32::try_from(MAX_FRACTION_DIGITS).ok()?;
    let unit = BigInt::from(10).pow(digits);
    let whole = |number: &BigInt| written(&(number / &divisor * &unit));
    let fine = |number: &BigInt| written(&(number / &divisor));
    let all_whole: Option<Vec<Decimal>> = numbers.iter().map(whole).collect();
    all_whole.or_else(|| numbers.iter().map(fine).collect())
}

/// A number of units of 0.000000001 as a decimal, if it is not too large.
fn written(units: &BigInt) -> Option<Decimal> {
    let digits = units.abs().to_string();
    let most = MAX_INTEGER_DIGITS.saturating_add(MAX_FRACTION_DIGITS);
    if digits.len() > most {
        return None;
    }
    let sign = if units.is_negative() { "-" } else { "" };
    let padded = format!("{digits:0>most$}");
    let (whole, part) = padded.split_at_checked(MAX_INTEGER_DIGITS)?;
    let read = read_decimal(&format!("{sign}{whole}.{part}")).ok()?;
    Some(read.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::plain;

    fn fraction(numerator: i64, denominator: i64) -> Fraction {
        Fraction::new(numerator, denominator).unwrap()
    }

    #[test]
    fn a_fraction_is_a_decimal_only_if_it_ends_within_nine_places() {
        let shown = |value: &Fraction| exact_decimal(value).map(plain);
        assert_eq!(shown(&fraction(100, 8)).as_deref(), Some("12.5"));
        assert_eq!(shown(&fraction(-1, 4)).as_deref(), Some("-0.25"));
        assert_eq!(
            shown(&fraction(1, 1_000_000_000)).as_deref(),
            Some("0.000000001")
        );
        assert_eq!(shown(&fraction(1, 10_000_000_000)), None);
        assert_eq!(shown(&fraction(100, 3)), None);
        assert_eq!(
            shown(&Fraction::whole(999_999_999_999)).as_deref(),
            Some("999999999999")
        );
        assert_eq!(shown(&Fraction::whole(1_000_000_000_000)), None);
    }

    #[test]
    fn proportions_are_whole_numbers_in_lowest_terms_and_fine_ones_where_those_are_too_large() {
        let shown = |values: &[Fraction]| -> Vec<String> {
            let found = whole_in_proportion(values).unwrap_or_default();
            found.into_iter().map(plain).collect()
        };
        assert_eq!(
            shown(&[fraction(1, 3), fraction(1, 6), fraction(1, 2)]),
            ["2", "1", "3"]
        );
        assert_eq!(
            shown(&[fraction(5, 2), Fraction::zero(), fraction(3, 2)]),
            ["5", "0", "3"]
        );
        assert_eq!(shown(&[Fraction::zero(), Fraction::zero()]), ["0", "0"]);
        let large = 10_000_000_000_000_i64;
        assert_eq!(
            shown(&[fraction(1, large), Fraction::one()]),
            ["0.000000001", "10000"]
        );
        let larger = &fraction(1, large) * &fraction(1, large);
        assert_eq!(whole_in_proportion(&[larger, Fraction::one()]), None);
    }
}
