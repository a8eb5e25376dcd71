//! The one rounding: half away from zero, applied to exact values on their way out and nowhere else.

use std::collections::BTreeSet;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};
use rust_decimal::Decimal;

use super::{Fraction, read_decimal};

/// The decimals that points, percents, shares, contributions and totals are published with.
pub const PLACES: usize = 2;
/// The most decimals a published number takes to tell itself apart from its neighbours.
pub const MAX_PLACES: usize = 6;

/// The value with exactly `places` decimals, rounded half away from zero.
#[must_use]
pub fn fixed(value: &Fraction, places: usize) -> String {
    let small = value.to_small();
    small
        .and_then(|(numerator, denominator)| fixed_small(numerator, denominator, places))
        .unwrap_or_else(|| fixed_big(value, places))
}

/// The common case in machine integers; `None` where they do not reach.
fn fixed_small(numerator: i64, denominator: i64, places: usize) -> Option<String> {
    let unit = 10_u64.checked_pow(u32::try_from(places).ok()?)?;
    let (size, below) = (
        u128::from(numerator.unsigned_abs()),
        u128::from(denominator.unsigned_abs()),
    );
    let scaled = size
        .checked_mul(unit.into())?
        .checked_mul(2)?
        .checked_add(below)?;
    let digits = u64::try_from(scaled.checked_div(below.checked_mul(2)?)?).ok()?;
    let sign = if numerator < 0 && digits != 0 {
        "-"
    } else {
        ""
    };
    if places == 0 {
        return Some(format!("{sign}{digits}"));
    }
    let (whole, part) = (digits.checked_div(unit)?, digits.checked_rem(unit)?);
    Some(format!("{sign}{whole}.{part:0places$}"))
}

fn fixed_big(value: &Fraction, places: usize) -> String {
    let ratio = value.to_big();
    let unit = power_of_ten(places);
    let twice = BigInt::from(2);
    let scaled = ratio.numer().abs() * &unit * &twice + ratio.denom();
    let digits = scaled.div_floor(&(ratio.denom() * &twice));
    let (whole, part) = digits.div_rem(&unit);
    let sign = if ratio.is_negative() && !digits.is_zero() {
        "-"
    } else {
        ""
    };
    if places == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part:0>places$}", part = part.to_string())
    }
}

/// The value with as many of at most `places` decimals as it needs: `7/2` is `3.5`, `10/3` is `3.333333` with six.
#[must_use]
pub fn trimmed(value: &Fraction, places: usize) -> String {
    let text = fixed(value, places);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// The value trimmed to at most `places` decimals, with more where it would otherwise print like a `bound` it is not.
///
/// A score just below its minimum must never be printed as that minimum.
#[must_use]
pub fn parted_from(value: &Fraction, bound: Decimal, places: usize) -> String {
    const MOST: usize = 60;
    let bound_value = Fraction::from(bound);
    let like_bound = |text: &str| read_decimal_loosely(text).as_ref() == Some(&bound_value);
    (places..=MOST)
        .map(|places| trimmed(value, places))
        .find(|text| *value == bound_value || !like_bound(text))
        .unwrap_or_else(|| value.to_string())
}

/// One column of published numbers: [`PLACES`] decimals each, and where unequal values would print alike, the fewest
/// decimals that part the group, at most [`MAX_PLACES`].
#[must_use]
pub fn column(values: &[Option<&Fraction>]) -> Vec<Option<String>> {
    let mut printed: Vec<Option<String>> = values
        .iter()
        .map(|value| value.map(|value| fixed(value, PLACES)))
        .collect();
    let mut alike: Vec<(&str, &Fraction, usize)> = printed
        .iter()
        .zip(values)
        .enumerate()
        .filter_map(|(index, (text, value))| Some((text.as_deref()?, (*value)?, index)))
        .collect();
    alike.sort_unstable();
    let mut changes = Vec::new();
    for group in alike.chunk_by(|left, right| left.0 == right.0) {
        if group.windows(2).any(|pair| pair[0].1 != pair[1].1) {
            let distinct: BTreeSet<&Fraction> = group.iter().map(|member| member.1).collect();
            let places = places_that_part(&distinct);
            changes.extend(
                group
                    .iter()
                    .map(|member| (member.2, fixed(member.1, places))),
            );
        }
    }
    for (index, text) in changes {
        if let Some(slot) = printed.get_mut(index) {
            *slot = Some(text);
        }
    }
    printed
}

fn places_that_part(distinct: &BTreeSet<&Fraction>) -> usize {
    (PLACES..MAX_PLACES)
        .find(|&places| {
            let texts: BTreeSet<String> =
                distinct.iter().map(|value| fixed(value, places)).collect();
            texts.len() == distinct.len()
        })
        .unwrap_or(MAX_PLACES)
}

/// What printed parts miss of a printed total: `total - (sum of parts)`, with at least [`PLACES`] decimals; `0.00` if nothing.
///
/// `None` if one of the texts is not a published number.
#[must_use]
pub fn unrounded_sum_gap(total: &str, parts: &[&str]) -> Option<String> {
    let mut gap = read_decimal_loosely(total)?;
    let mut places = place_count(total).max(PLACES);
    for part in parts {
        gap = &gap - &read_decimal_loosely(part)?;
        places = places.max(place_count(part));
    }
    if gap.is_zero() {
        places = PLACES;
    }
    Some(fixed(&gap, places))
}

/// How many decimals a printed number shows.
#[must_use]
pub fn place_count(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, part)| part.len())
}

/// Reads a number this module printed, which may have more digits than numbers from outside may.
fn read_decimal_loosely(text: &str) -> Option<Fraction> {
    if let Ok(value) = read_decimal(text) {
        return Some(value.into());
    }
    let digits: BigInt = text.replacen('.', "", 1).parse().ok()?;
    Fraction::from_ratio(digits, power_of_ten(place_count(text)))
}

fn power_of_ten(exponent: usize) -> BigInt {
    std::iter::repeat_n(BigInt::from(10), exponent).product()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fraction(numerator: i64, denominator: i64) -> Fraction {
        Fraction::new(numerator, denominator).unwrap()
    }

    fn printed(values: &[Fraction]) -> Vec<String> {
        let column = column(&values.iter().map(Some).collect::<Vec<_>>());
        column.into_iter().flatten().collect()
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(fixed(&fraction(2345, 1000), 2), "2.35");
        assert_eq!(fixed(&fraction(2355, 1000), 2), "2.36");
        assert_eq!(fixed(&fraction(-2345, 1000), 2), "-2.35");
        assert_eq!(fixed(&fraction(5, 2), 0), "3");
    }

    #[test]
    fn values_beyond_machine_integers_are_rounded_alike() {
        let large = &Fraction::whole(i64::MAX) * &Fraction::whole(1000);
        let third = large.over(&Fraction::whole(3)).unwrap();
        assert_eq!(fixed(&third, 2), "3074457345618258602333.33");
        assert_eq!(
            fixed(&Fraction::whole(i64::MAX), 6),
            "9223372036854775807.000000"
        );
    }

    #[test]
    fn a_value_that_rounds_to_zero_has_no_sign() {
        assert_eq!(fixed(&fraction(-1, 1000), 2), "0.00");
    }

    #[test]
    fn equal_values_print_alike_however_close_others_are() {
        let values = [fraction(1, 3), fraction(1, 3), fraction(1, 2)];
        assert_eq!(printed(&values), ["0.33", "0.33", "0.50"]);
    }

    #[test]
    fn unequal_values_that_would_print_alike_take_the_fewest_decimals_that_part_them() {
        let values = [
            fraction(832_541, 10_000),
            fraction(83_254, 1000),
            fraction(50, 1),
        ];
        assert_eq!(printed(&values), ["83.2541", "83.2540", "50.00"]);
    }

    #[test]
    fn six_decimals_is_the_most_even_if_they_do_not_part() {
        let tiny = Fraction::new(1, 1_000_000_000).unwrap();
        let values = [Fraction::one(), &Fraction::one() + &tiny];
        assert_eq!(printed(&values), ["1.000000", "1.000000"]);
    }

    #[test]
    fn what_is_unknown_stays_unknown() {
        assert_eq!(
            column(&[None, Some(&Fraction::one())]),
            [None, Some("1.00".to_owned())]
        );
    }

    #[test]
    fn collapsed_scores_show_at_most_six_decimals_and_no_trailing_zeros() {
        assert_eq!(trimmed(&fraction(7, 2), 6), "3.5");
        assert_eq!(trimmed(&fraction(10, 3), 6), "3.333333");
        assert_eq!(trimmed(&fraction(200, 1), 6), "200");
    }

    #[test]
    fn a_value_just_below_a_bound_never_prints_as_the_bound() {
        let below = Fraction::new(1_999_999_999, 1_000_000_000).unwrap();
        assert_eq!(parted_from(&below, Decimal::TWO, 2), "1.999999999");
        assert_eq!(parted_from(&Fraction::whole(2), Decimal::TWO, 2), "2");
    }

    #[test]
    fn the_gap_between_printed_parts_and_printed_total_is_told_exactly() {
        assert_eq!(
            unrounded_sum_gap("100.00", &["33.33", "33.33", "33.33"]).unwrap(),
            "0.01"
        );
        assert_eq!(
            unrounded_sum_gap("72.00", &["48.00", "24.00"]).unwrap(),
            "0.00"
        );
        assert_eq!(unrounded_sum_gap("72.001", &["72.00"]).unwrap(), "0.001");
        assert_eq!(unrounded_sum_gap("72.001", &["72.001"]).unwrap(), "0.00");
    }

    proptest! {
        #[test]
        fn machine_integers_round_like_big_ones(n in any::<i64>(), d in 1..i64::MAX, places in 0_usize..9) {
            let value = fraction(n, d);
            prop_assert_eq!(fixed(&value, places), fixed_big(&value, places));
        }

        #[test]
        fn rounding_moves_a_value_by_at_most_half_a_unit(n in -1_000_000_i64..1_000_000, d in 1_i64..10_000, places in 0_usize..6) {
            let value = fraction(n, d);
            let rounded = read_decimal_loosely(&fixed(&value, places)).unwrap();
            let unit = Fraction::from_ratio(1.into(), power_of_ten(places)).unwrap();
            let gap = &(&value - &rounded) * &Fraction::whole(2);
            prop_assert!(gap <= unit && -&gap <= unit);
        }

        #[test]
        fn a_printed_column_keeps_the_order_of_its_values(numbers in prop::collection::vec((0_i64..100_000, 1_i64..1000), 1..12)) {
            let mut values: Vec<Fraction> = numbers.into_iter().map(|(n, d)| fraction(n, d)).collect();
            values.sort_unstable();
            let texts = printed(&values);
            let read: Vec<Fraction> = texts.iter().map(|text| read_decimal_loosely(text).unwrap()).collect();
            prop_assert!(read.is_sorted());
        }
    }
}
