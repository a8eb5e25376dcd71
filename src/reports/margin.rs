//! Differences in points, as sentences tell them.

use rust_decimal::Decimal;

use crate::exact::{self, Fraction};

pub(super) fn magnitude(value: &Fraction) -> Fraction {
    if value.is_negative() {
        -value
    } else {
        value.clone()
    }
}

pub(super) fn counted_points(value: Decimal) -> String {
    let unit = if value == Decimal::ONE {
        "point"
    } else {
        "points"
    };
    format!("{} {unit}", exact::plain(value))
}

fn points(value: &Fraction) -> String {
    let text = figure(value);
    let unit = if *value == Fraction::one() {
        "point"
    } else {
        "points"
    };
    format!("{text} {unit}")
}

/// A margin in points that never reads like the bound it falls short of.
pub(super) fn points_apart_from(value: &Fraction, bound: Decimal) -> String {
    let like_bound =
        exact::fixed(&bound.into(), exact::PLACES) == exact::fixed(value, exact::PLACES);
    if like_bound && *value != bound.into() {
        return format!("{} points", exact::parted_from(value, bound, exact::PLACES));
    }
    points(value)
}

/// A difference as published: two decimals, more where it would otherwise print as nothing.
pub(super) fn figure(value: &Fraction) -> String {
    let text = exact::fixed(value, exact::PLACES);
    if !value.is_zero() && text == exact::fixed(&Fraction::zero(), exact::PLACES) {
        return exact::parted_from(value, Decimal::ZERO, exact::PLACES);
    }
    text
}
