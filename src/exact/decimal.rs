//! The one grammar for numbers that arrive from outside.

use rust_decimal::Decimal;
use thiserror::Error;

/// The most digits a number may have before its decimal point.
pub const MAX_INTEGER_DIGITS: usize = 12;
/// The most digits a number may have after its decimal point.
pub const MAX_FRACTION_DIGITS: usize = 9;

/// Why a text is not a number by the strict grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotANumber {
    /// The text is not `-?digits[.digits]`.
    #[error("a number is written with digits and at most one decimal point, like 4 or 4.5")]
    Shape,
    /// More than [`MAX_INTEGER_DIGITS`] digits stand before the point.
    #[error("a number has at most 12 digits before the decimal point")]
    TooLarge,
    /// More than [`MAX_FRACTION_DIGITS`] digits stand after the point.
    #[error("a number has at most 9 digits after the decimal point")]
    TooFine,
}

/// Reads `-?digits[.digits]` exactly: no sign `+`, no exponent, no underscore, no blank, no other digits than 0 to 9.
///
/// `Decimal`'s own readers take `1_0` and `1e3` and may round silently, so they are never used on text from outside.
///
/// # Errors
/// [`NotANumber`] says which part of the grammar the text breaks.
pub fn read_decimal(text: &str) -> Result<Decimal, NotANumber> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = match digits.split_once('.') {
        Some((_, "")) => return Err(NotANumber::Shape),
        Some((whole, part)) => (whole, part),
        None => (digits, ""),
    };
    let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !only_digits(whole) || !only_digits(part) {
        return Err(NotANumber::Shape);
    }
    if whole.len() > MAX_INTEGER_DIGITS {
        return Err(NotANumber::TooLarge);
    }
    if part.len() > MAX_FRACTION_DIGITS {
        return Err(NotANumber::TooFine);
    }
    let magnitude = whole
        .bytes()
        .chain(part.bytes())
        .fold(0_i128, |sum, digit| {
            sum.saturating_mul(10)
                .saturating_add(i128::from(digit.saturating_sub(b'0')))
        });
    let signed = if negative {
        magnitude.saturating_neg()
    } else {
        magnitude
    };
    let scale = u32::try_from(part.len()).unwrap_or(0);
    Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| NotANumber::TooLarge)
}

/// The decimal without trailing zeros: `4.50` becomes `4.5`, `100` stays `100`.
#[must_use]
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_with_at_most_one_point_are_numbers() {
        for (text, expected) in [
            ("0", "0"),
            ("4", "4"),
            ("4.50", "4.50"),
            ("-3", "-3"),
            ("007", "7"),
            ("-0", "0"),
            ("999999999999.999999999", "999999999999.999999999"),
        ] {
            assert_eq!(
                read_decimal(text).unwrap().to_string(),
                expected,
                "for {text}"
            );
        }
    }

    #[test]
    fn anything_a_lenient_reader_would_guess_is_refused() {
        for text in [
            "", "-", ".", "5.", ".5", "+3", "1e3", "1_0", "1_", " 4", "4 ", "4,5", "1,000", "٣",
            "４", "−3", "NaN", "inf", "0x4", "--1", "1.2.3", "4\u{a0}",
        ] {
            assert_eq!(read_decimal(text), Err(NotANumber::Shape), "for {text:?}");
        }
    }

    #[test]
    fn the_thirteenth_digit_before_and_the_tenth_after_the_point_are_refused() {
        assert!(read_decimal("999999999999").is_ok());
        assert_eq!(read_decimal("1000000000000"), Err(NotANumber::TooLarge));
        assert!(read_decimal("0.123456789").is_ok());
        assert_eq!(read_decimal("0.1234567890"), Err(NotANumber::TooFine));
    }

    #[test]
    fn plain_drops_trailing_zeros_only() {
        assert_eq!(plain(read_decimal("4.50").unwrap()), "4.5");
        assert_eq!(plain(read_decimal("100").unwrap()), "100");
        assert_eq!(plain(read_decimal("0.00").unwrap()), "0");
    }
}
