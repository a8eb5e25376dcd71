//! Numbers as people type them into a field: by the strict grammar, with a decimal comma where it can be nothing else.

use rust_decimal::Decimal;
use thiserror::Error;

use super::{NotANumber, read_decimal};

/// Why a typed text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotTyped {
    /// It breaks the grammar of numbers.
    #[error(transparent)]
    Number(#[from] NotANumber),
    /// The comma, or the point, may part thousands or decimals.
    #[error(
        "this can be read in two ways, as {decimals} or as {thousands}, as the {sign} may part thousands; write the one that is meant"
    )]
    TwoWays {
        /// Which sign it is, in words.
        sign: &'static str,
        /// With the decimal sign.
        decimals: Decimal,
        /// With a sign between thousands.
        thousands: Decimal,
    },
}

/// Reads a number that somebody typed: blanks around it do not count, and a comma is the decimal sign.
///
/// A comma before exactly three digits may also part thousands (`250,000`), so such a text is refused, unless a part of
/// thousands cannot stand before it (`0,125`, `1250,000`).
///
/// # Errors
/// [`NotTyped`] if it is no number, or could be two.
pub fn read_typed(text: &str) -> Result<Decimal, NotTyped> {
    let text = text.trim();
    let Some((whole, part)) = text.split_once(',') else {
        return Ok(read_decimal(text)?);
    };
    if part.contains([',', '.']) || whole.contains('.') {
        return Err(NotANumber::Shape.into());
    }
    let number = read_decimal(&format!("{whole}.{part}"))?;
    if is_group(whole, part) {
        Err(NotTyped::TwoWays {
            sign: "comma",
            decimals: number.normalize(),
            thousands: read_decimal(&format!("{whole}{part}"))?,
        })
    } else {
        Ok(number)
    }
}

/// Whether the point of a typed amount may part thousands: `250.000` is 250 by the grammar, and 250000 to many.
fn may_part_thousands(text: &str) -> bool {
    let parts = text.trim().split_once('.');
    parts.is_some_and(|(whole, part)| is_group(whole, part))
}

/// Reads a number that has no upper bound to tell `1.250` and 1250 apart by: a point before three digits is refused as well.
/// With a fourth decimal it is clear: `1.2500`.
///
/// # Errors
/// As [`read_typed`], and for a point that may part thousands.
pub fn read_amount(text: &str) -> Result<Decimal, NotTyped> {
    if may_part_thousands(text) {
        let doubtful = read_typed(&text.replacen('.', ",", 1));
        return doubtful.map_err(|why| match why {
            NotTyped::TwoWays {
                mut decimals,
                thousands,
                ..
            } => {
                if decimals.scale() == 3 {
                    decimals.rescale(4);
                }
                NotTyped::TwoWays {
                    sign: "point",
                    decimals,
                    thousands,
                }
            }
            NotTyped::Number(_) => why,
        });
    }
    read_typed(text)
}

/// Whether the digits on both sides of a sign may be a thousand and its rest.
fn is_group(whole: &str, part: &str) -> bool {
    let leading = whole.trim_start_matches('-');
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let rest = part.len() == 3 && is_digits(part);
    rest && is_digits(leading) && (1..=3).contains(&leading.len()) && !leading.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_comma_is_taken_where_it_can_be_nothing_else() {
        for (text, expected) in [
            ("12,5", "12.5"),
            (" 12.5 ", "12.5"),
            ("-0,25", "-0.25"),
            ("0,125", "0.125"),
            ("33,33", "33.33"),
            ("1250,000", "1250"),
            ("250.000", "250"),
        ] {
            let read = read_typed(text).map(super::super::plain);
            assert_eq!(read.as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_point_before_three_digits_may_part_thousands() {
        for text in ["250.000", " 1.200", "-12.345"] {
            assert!(may_part_thousands(text), "{text}");
        }
        for text in ["0.125", "1250.000", "250.00", "250.0000", "250", "1.2e3"] {
            assert!(!may_part_thousands(text), "{text}");
        }
    }

    #[test]
    fn what_may_be_thousands_and_what_is_no_number_is_refused() {
        for (text, readings) in [
            ("250,000", "as 250 or as 250000"),
            ("1,250", "as 1.25 or as 1250"),
            ("-12,345", "as -12.345 or as -12345"),
        ] {
            let refused = read_typed(text).unwrap_err().to_string();
            assert!(refused.contains(readings), "{text}: {refused}");
            let pointed = text.replace(',', ".");
            let refused = read_amount(&pointed).unwrap_err().to_string();
            let (_, thousands) = readings.split_once(" or ").unwrap();
            assert!(refused.contains(thousands), "{pointed}: {refused}");
            assert!(
                refused.contains("the point may part"),
                "{pointed}: {refused}"
            );
        }
        for text in ["80", "12.5", "12,5", "0.125", "1250.000", "12.3450"] {
            assert_eq!(read_amount(text), read_typed(text), "{text}");
        }
        for text in [
            "",
            ",5",
            "5,",
            "1,250,000",
            "1.250,5",
            "1,250.5",
            "5 %",
            "many",
        ] {
            assert_eq!(
                read_typed(text),
                Err(NotTyped::Number(NotANumber::Shape)),
                "{text}"
            );
        }
    }
}
