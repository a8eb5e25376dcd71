//! The numbers of a workbook: doubles, read back as the decimals that were typed.

/// The digits a spreadsheet keeps of a number.
const DIGITS: usize = 15;

/// A number with at most 15 digits, as a spreadsheet shows it, without an exponent.
#[expect(
    clippy::disallowed_types,
    reason = "the cells of a workbook are doubles; this is where they become decimals"
)]
pub(super) fn text(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    // The standard library's exponent form is exact: one digit, a point, fourteen more.
    let written = format!("{number:.*e}", DIGITS.saturating_sub(1));
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(|digit| *digit != '.').collect();
    let point = exponent.parse::<i64>().unwrap_or(0).saturating_add(1);
    let plain = with_point(&digits, point);
    if plain == "0" {
        plain
    } else {
        format!("{sign}{plain}")
    }
}

/// Digits with the point behind so many of them.
pub(super) fn with_point(digits: &str, point: i64) -> String {
    let zeros = |count: i64| "0".repeat(usize::try_from(count.clamp(0, 400)).unwrap_or(0));
    let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
    let (whole, part) = if point <= 0 {
        (
            "0".to_owned(),
            format!("{}{digits}", zeros(point.saturating_neg())),
        )
    } else if point >= length {
        (
            format!("{digits}{}", zeros(point.saturating_sub(length))),
            String::new(),
        )
    } else {
        let at = usize::try_from(point).unwrap_or(0);
        let (whole, part) = digits.split_at_checked(at).unwrap_or((digits, ""));
        (whole.to_owned(), part.to_owned())
    };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match part.trim_end_matches('0') {
        "" => whole.to_owned(),
        part => format!("{whole}.{part}"),
    }
}

/// The number a hundred times as large, by moving the point.
pub(super) fn percent(text: &str) -> String {
    let (sign, bare) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (whole, part) = bare.split_once('.').unwrap_or((bare, ""));
    let point = i64::try_from(whole.len()).unwrap_or(0).saturating_add(2);
    format!("{sign}{}%", with_point(&format!("{whole}{part}"), point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_is_the_decimal_that_was_typed() {
        for (number, written) in [
            (3.0, "3"),
            (4.5, "4.5"),
            (0.1, "0.1"),
            (2.999_999_999_999_999_6, "3"),
            (0.1 + 0.2, "0.3"),
            (-0.5, "-0.5"),
            (-0.0, "0"),
            (250_000.0, "250000"),
            (1e20, "100000000000000000000"),
            (1.5e-5, "0.000015"),
            (123_456.789, "123456.789"),
        ] {
            assert_eq!(text(number), written);
        }
    }

    #[test]
    fn percents_move_the_point() {
        for (number, shown) in [
            ("0.8", "80%"),
            ("1", "100%"),
            ("-0.125", "-12.5%"),
            ("0", "0%"),
        ] {
            assert_eq!(percent(number), shown);
        }
    }
}
