//! A rational number that never rounds and never overflows.

mod run;
mod shown;

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

use run::Run;

/// An exact fraction in lowest terms.
///
/// Values whose numerator and denominator fit in 64 bits stay on the stack; larger ones grow on the heap, so the
/// operators cannot overflow. Division is [`Fraction::over`], which has no answer for a zero divisor.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Fraction(Repr);

/// Canonical: `Big` is used only where `Small` cannot hold the value, so derived equality is equality of numbers.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(Small),
    Big(Box<BigRational>),
}

/// In lowest terms, the denominator above 0, the numerator not the one value without a counterpart.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Small {
    numerator: i64,
    denominator: i64,
}

impl Fraction {
    /// The number 0.
    #[must_use]
    pub fn zero() -> Self {
        Self::whole(0)
    }

    /// The number 1.
    #[must_use]
    pub fn one() -> Self {
        Self::whole(1)
    }

    /// The number 100: what turns a part of the whole into percent or points.
    #[must_use]
    pub fn hundred() -> Self {
        Self::whole(100)
    }

    /// A whole number.
    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self::from_coprime(value.into(), 1)
    }

    /// How many, as a fraction.
    #[must_use]
    pub fn count(value: usize) -> Self {
        match i64::try_from(value) {
            Ok(value) => Self::whole(value),
            Err(_) => Self::from_big(BigRational::from_integer(value.into())),
        }
    }

    /// `numerator / denominator` in lowest terms; `None` if the denominator is 0.
    #[must_use]
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        Self::whole(numerator).over(&Self::whole(denominator))
    }

    /// This number divided by another; `None` if the other is 0.
    #[must_use]
    pub fn over(&self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        let inverse = match &divisor.0 {
            Repr::Small(small) => Self(Repr::Small(Small {
                numerator: small.denominator.saturating_mul(small.numerator.signum()),
                denominator: small.numerator.saturating_abs(),
            })),
            Repr::Big(ratio) => Self::from_big(ratio.recip()),
        };
        Some(self * &inverse)
    }

    /// Whether this is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        match &self.0 {
            Repr::Small(small) => small.numerator == 0,
            Repr::Big(_) => false,
        }
    }

    /// Whether this is below 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(small) => small.numerator < 0,
            Repr::Big(ratio) => ratio.is_negative(),
        }
    }

    /// The nearest value from 0 to 1.
    #[must_use]
    pub fn clamped_to_unit(self) -> Self {
        self.clamp(Self::zero(), Self::one())
    }

    /// This part of the whole in percent.
    #[must_use]
    pub fn percent(&self) -> Self {
        self * &Self::hundred()
    }

    /// The exact sum; 0 of nothing.
    #[must_use]
    pub fn sum<'a>(terms: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sum = Self::zero();
        let mut run = Run::default();
        for term in terms {
            if !run.add(term) {
                sum = &sum + &run.finish();
                if !run.add(term) {
                    sum = &sum + term;
                }
            }
        }
        &sum + &run.finish()
    }

    /// The exact mean of decimals; `None` of nothing.
    #[must_use]
    pub fn mean_of(decimals: &[Decimal]) -> Option<Self> {
        let quick = aligned_sum(decimals).and_then(|(sum, unit)| {
            ratio(sum, unit.checked_mul(i64::try_from(decimals.len()).ok()?)?)
        });
        quick.or_else(|| {
            let terms: Vec<Self> = decimals.iter().copied().map(Self::from).collect();
            Self::sum(&terms).over(&Self::count(decimals.len()))
        })
    }

    /// The exact median of decimals, the mean of the middle two for an even count; `None` of nothing.
    #[must_use]
    pub fn median_of(decimals: &[Decimal]) -> Option<Self> {
        let mut sorted = decimals.to_vec();
        sorted.sort_unstable();
        let upper = sorted.len() / 2;
        let lower = sorted.len().saturating_sub(1) / 2;
        Self::mean_of(&[*sorted.get(lower)?, *sorted.get(upper)?])
    }

    /// The value as a ratio of big integers, for rounding on the way out.
    #[must_use]
    pub fn to_big(&self) -> BigRational {
        match &self.0 {
            Repr::Small(small) => {
                BigRational::new_raw(small.numerator.into(), small.denominator.into())
            }
            Repr::Big(ratio) => ratio.as_ref().clone(),
        }
    }

    /// The double next to the value, for files of programs that know no other numbers.
    #[must_use]
    #[expect(
        clippy::disallowed_types,
        reason = "the cells of a spreadsheet are doubles; nothing here computes with one"
    )]
    pub fn nearest_double(&self) -> f64 {
        self.to_big().to_f64().unwrap_or_default()
    }

    /// Numerator and denominator, where both fit in 64 bits.
    pub(super) fn to_small(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Repr::Small(small) => Some((small.numerator, small.denominator)),
            Repr::Big(_) => None,
        }
    }

    /// The greatest whole number that is not above the value.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Repr::Small(small) => {
                Self::whole(Integer::div_floor(&small.numerator, &small.denominator))
            }
            Repr::Big(ratio) => Self::from_big(ratio.floor()),
        }
    }

    /// The fraction of two big integers; `None` if the denominator is 0.
    #[must_use]
    pub fn from_ratio(numerator: BigInt, denominator: BigInt) -> Option<Self> {
        (!denominator.is_zero()).then(|| Self::from_big(BigRational::new(numerator, denominator)))
    }

    fn from_big(ratio: BigRational) -> Self {
        let small = ratio
            .numer()
            .to_i128()
            .zip(ratio.denom().to_i128())
            .and_then(Small::fitting);
        small.map_or_else(
            || Self(Repr::Big(Box::new(ratio))),
            |small| Self(Repr::Small(small)),
        )
    }

    /// A numerator and a positive denominator that have no common factor.
    fn from_coprime(numerator: i128, denominator: i128) -> Self {
        match Small::fitting((numerator, denominator)) {
            Some(small) => Self(Repr::Small(small)),
            None => Self(Repr::Big(Box::new(BigRational::new_raw(
                numerator.into(),
                denominator.into(),
            )))),
        }
    }
}

impl Small {
    fn fitting((numerator, denominator): (i128, i128)) -> Option<Self> {
        let numerator = i64::try_from(numerator)
            .ok()
            .filter(|&numerator| numerator != i64::MIN)?;
        let denominator = i64::try_from(denominator).ok()?;
        Some(Self {
            numerator,
            denominator,
        })
    }

    /// Knuth, The Art of Computer Programming, volume 2, section 4.5.1: the greatest common divisors are of 64 bits.
    ///
    /// No step saturates: every factor is below 2^63, so products are below 2^126 and their sum below 2^127.
    fn plus(self, other: Self) -> Fraction {
        let common = self.denominator.gcd(&other.denominator);
        let reduced = |small: Self| i128::from(small.denominator.checked_div(common).unwrap_or(1));
        let (left, right) = (reduced(self), reduced(other));
        let sum = i128::from(self.numerator)
            .saturating_mul(right)
            .saturating_add(i128::from(other.numerator).saturating_mul(left));
        let rest = sum.checked_rem(common.into()).unwrap_or(0);
        let shared = i128::from(i64::try_from(rest).unwrap_or(0).gcd(&common));
        let whole = i128::from(other.denominator)
            .checked_div(shared)
            .unwrap_or(1);
        Fraction::from_coprime(
            sum.checked_div(shared).unwrap_or(0),
            left.saturating_mul(whole),
        )
    }

    /// Reduces crosswise first, so that the product is in lowest terms.
    fn times(self, other: Self) -> Fraction {
        let part = |numerator: i64, denominator: i64| {
            let shared = numerator.gcd(&denominator);
            let divided = |value: i64| i128::from(value.checked_div(shared).unwrap_or(value));
            (divided(numerator), divided(denominator))
        };
        let (left, right_below) = part(self.numerator, other.denominator);
        let (right, left_below) = part(other.numerator, self.denominator);
        Fraction::from_coprime(
            left.saturating_mul(right),
            left_below.saturating_mul(right_below),
        )
    }

    fn negated(self) -> Self {
        Self {
            numerator: self.numerator.saturating_neg(),
            denominator: self.denominator,
        }
    }

    fn cross(self, other: Self) -> i128 {
        i128::from(self.numerator).saturating_mul(other.denominator.into())
    }
}

/// The sum in units of the finest scale among the decimals, and how many units make 1; `None` if it outgrows 128 bits.
fn aligned_sum(decimals: &[Decimal]) -> Option<(i128, i64)> {
    let scale = decimals.iter().map(Decimal::scale).max()?;
    let mut sum = 0_i128;
    for decimal in decimals {
        let finer = scale.checked_sub(decimal.scale())?;
        let mantissa = match finer {
            0 => decimal.mantissa(),
            _ => decimal
                .mantissa()
                .checked_mul(10_i128.checked_pow(finer)?)?,
        };
        sum = sum.checked_add(mantissa)?;
    }
    Some((sum, 10_i64.checked_pow(scale)?))
}

/// A numerator over a denominator above 0, in lowest terms; `None` if the numerator takes more than 64 bits.
fn ratio(numerator: i128, denominator: i64) -> Option<Fraction> {
    let numerator = i64::try_from(numerator).ok()?;
    let shared = numerator.gcd(&denominator);
    Some(Fraction::from_coprime(
        numerator.checked_div(shared)?.into(),
        denominator.checked_div(shared)?.into(),
    ))
}

impl From<BigInt> for Fraction {
    fn from(value: BigInt) -> Self {
        Self::from_big(BigRational::from_integer(value))
    }
}

impl From<Decimal> for Fraction {
    fn from(value: Decimal) -> Self {
        let unit = 10_i64.checked_pow(value.scale());
        let quick = unit.and_then(|unit| ratio(value.mantissa(), unit));
        quick.unwrap_or_else(|| {
            let unit = BigInt::from(10).pow(value.scale());
            Self::from_big(BigRational::new(value.mantissa().into(), unit))
        })
    }
}

impl Add for &Fraction {
    type Output = Fraction;
    fn add(self, other: Self) -> Fraction {
        match (&self.0, &other.0) {
            (Repr::Small(left), Repr::Small(right)) => left.plus(*right),
            _ => Fraction::from_big(self.to_big() + other.to_big()),
        }
    }
}

impl Sub for &Fraction {
    type Output = Fraction;
    fn sub(self, other: Self) -> Fraction {
        self + &-other
    }
}

impl Mul for &Fraction {
    type Output = Fraction;
    fn mul(self, other: Self) -> Fraction {
        match (&self.0, &other.0) {
            (Repr::Small(left), Repr::Small(right)) => left.times(*right),
            _ => Fraction::from_big(self.to_big() * other.to_big()),
        }
    }
}

impl Neg for &Fraction {
    type Output = Fraction;
    fn neg(self) -> Fraction {
        match &self.0 {
            Repr::Small(small) => Fraction(Repr::Small(small.negated())),
            Repr::Big(ratio) => Fraction::from_big(-ratio.as_ref()),
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(left), Repr::Small(right)) => left.cross(*right).cmp(&right.cross(*left)),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fraction(numerator: i64, denominator: i64) -> Fraction {
        Fraction::new(numerator, denominator).unwrap()
    }

    #[test]
    fn a_third_times_three_is_exactly_one() {
        assert_eq!(&fraction(1, 3) * &Fraction::whole(3), Fraction::one());
    }

    #[test]
    fn it_prints_lowest_terms_with_the_sign_in_front() {
        assert_eq!(fraction(6, -8).to_string(), "-3/4");
        assert_eq!(Fraction::whole(72).to_string(), "72/1");
    }

    #[test]
    fn there_is_no_quotient_by_zero() {
        assert_eq!(Fraction::one().over(&Fraction::zero()), None);
        assert_eq!(Fraction::new(1, 0), None);
    }

    #[test]
    fn the_median_of_an_even_count_is_the_mean_of_the_middle_two() {
        let values = [5, 1, 4, 2].map(Decimal::from);
        assert_eq!(Fraction::median_of(&values), Some(Fraction::whole(3)));
        assert_eq!(Fraction::median_of(&values[..3]), Some(Fraction::whole(4)));
        assert_eq!(Fraction::median_of(&[]), None);
    }

    #[test]
    fn the_mean_of_decimals_of_different_scale_is_exact() {
        let values = [Decimal::new(45, 1), Decimal::new(4, 0), Decimal::new(1, 9)];
        assert_eq!(
            Fraction::mean_of(&values),
            Some(fraction(8_500_000_001, 3_000_000_000))
        );
        assert_eq!(Fraction::mean_of(&[]), None);
    }

    #[test]
    fn a_value_that_outgrows_128_bits_and_comes_back_is_equal_to_one_that_never_left() {
        let large = Fraction::whole(i64::MAX);
        let cubed = &(&large * &large) * &large;
        let back = cubed.over(&(&large * &large)).unwrap();
        assert_eq!(back, large);
        assert_eq!(back.cmp(&large), Ordering::Equal);
    }

    #[test]
    fn the_ends_of_64_bits_are_no_edge() {
        let least = Fraction::whole(i64::MIN);
        assert_eq!(-&least, &Fraction::whole(i64::MAX) + &Fraction::one());
        assert_eq!(&least - &least, Fraction::zero());
        assert_eq!(least.over(&least), Some(Fraction::one()));
        assert!(least < Fraction::whole(i64::MAX));
    }

    #[test]
    fn the_nearest_double_is_the_one_a_spreadsheet_reads() {
        for (value, text) in [
            (fraction(1, 3), "0.3333333333333333"),
            (fraction(1, 10), "0.1"),
            (fraction(-7, 2), "-3.5"),
            (Fraction::zero(), "0"),
        ] {
            assert_eq!(value.nearest_double().to_string(), text);
        }
    }

    fn any_number() -> impl Strategy<Value = i64> {
        prop_oneof![any::<i64>(), -50_i64..50, Just(i64::MIN), Just(i64::MAX)]
    }

    proptest! {
        #[test]
        fn operators_agree_with_big_rationals(
            a in any_number(), b in 1..i64::MAX, c in any_number(), d in 1..60_i64,
            e in any_number(), f in 1..i64::MAX,
        ) {
            let big = |n: i64, d: i64| BigRational::new(n.into(), d.into());
            let ours = &(&(&fraction(a, b) + &fraction(c, d)) * &fraction(e, f)) - &fraction(a, d);
            let theirs = (big(a, b) + big(c, d)) * big(e, f) - big(a, d);
            prop_assert_eq!(ours.to_big(), theirs);
        }

        #[test]
        fn a_sum_agrees_with_adding_one_by_one(
            terms in prop::collection::vec((any_number(), prop_oneof![1..60_i64, 1..i64::MAX]), 0..9)
        ) {
            let terms: Vec<Fraction> = terms.into_iter().map(|(n, d)| fraction(n, d)).collect();
            let one_by_one = terms.iter().fold(Fraction::zero(), |sum, term| &sum + term);
            prop_assert_eq!(Fraction::sum(&terms), one_by_one);
        }

        #[test]
        fn order_agrees_with_big_rationals(a in any::<i64>(), b in 1..i64::MAX, c in any::<i64>(), d in 1..i64::MAX) {
            let big = |n: i64, d: i64| BigRational::new(n.into(), d.into());
            prop_assert_eq!(fraction(a, b).cmp(&fraction(c, d)), big(a, b).cmp(&big(c, d)));
        }

        #[test]
        fn a_decimal_keeps_its_value(mantissa in any::<i64>(), scale in 0_u32..9) {
            let value = Fraction::from(Decimal::new(mantissa, scale));
            let expected = BigRational::new(mantissa.into(), BigInt::from(10).pow(scale));
            prop_assert_eq!(value.to_big(), expected);
        }
    }
}
