//! Reading the published JSON, without the crate's help.

use num_bigint::BigInt;
use num_traits::Zero;
use serde_json::Value;

use crate::model::Q;
use crate::reckon::Span;

/// Half away from zero.
pub fn rounded(value: &Q, places: usize) -> Q {
    let unit = Q::from_integer(BigInt::from(10).pow(u32::try_from(places).expect("a few places")));
    let half = Q::new(1.into(), 2.into());
    let raised = value * &unit;
    let nearest = if raised < Q::zero() {
        (raised - half).ceil()
    } else {
        (raised + half).floor()
    };
    nearest / unit
}

/// How many digits stand after the point.
pub fn places(printed: &str) -> usize {
    printed.split_once('.').map_or(0, |(_, part)| part.len())
}

/// Reads a printed number.
pub fn decimal(printed: &str) -> Option<Q> {
    let digits: String = printed.chars().filter(|&letter| letter != '.').collect();
    let units: BigInt = digits.parse().ok()?;
    let power = u32::try_from(places(printed)).ok()?;
    Some(Q::new(units, BigInt::from(10).pow(power)))
}

/// The vendors of a result, in page order.
pub fn vendors(result: &Value) -> Vec<&Value> {
    result["vendors"]
        .as_array()
        .map_or_else(Vec::new, |vendors| vendors.iter().collect())
}

/// One vendor of a result.
pub fn vendor<'a>(result: &'a Value, name: &str) -> &'a Value {
    let mut found = vendors(result).into_iter();
    found
        .find(|vendor| text(&vendor["vendor"]) == name)
        .unwrap_or(&Value::Null)
}

/// The part of a list that has an id.
pub fn by_id<'a>(list: &'a Value, id: &str) -> &'a Value {
    let mut parts = list.as_array().into_iter().flatten();
    parts
        .find(|part| text(&part["id"]) == id)
        .unwrap_or(&Value::Null)
}

/// The exact fraction beside a number; it must be in lowest terms.
pub fn exact(of: &Value, field: &str) -> Option<Q> {
    let (numerator, denominator) = of[format!("{field}_exact")].as_str()?.split_once('/')?;
    let (numerator, denominator): (BigInt, BigInt) =
        (numerator.parse().ok()?, denominator.parse().ok()?);
    let value = Q::new(numerator.clone(), denominator.clone());
    let lowest = *value.numer() == numerator && *value.denom() == denominator;
    lowest.then_some(value)
}

/// A value that is known, or stands between two ends.
pub fn span(of: &Value, field: &str) -> Option<Span> {
    if let Some(value) = exact(of, field) {
        return Some(Span::exactly(value));
    }
    Some(Span {
        low: exact(of, &format!("{field}_low"))?,
        high: exact(of, &format!("{field}_high"))?,
    })
}

/// Between what and what a vendor's total lies.
pub fn total(vendor: &Value) -> Option<Span> {
    Some(Span {
        low: exact(vendor, "low")?,
        high: exact(vendor, "high")?,
    })
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
