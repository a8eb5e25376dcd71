//! The numbers of a workbook: doubles, read back as the decimals that were typed.

/// The digits a spreadsheet keeps of a number.
const DIGITS: usize = 15;

/// What a number format does to a number, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// It shows what is there, or in a way that is not looked at.
    Plain,
    /// It shows so many decimals.
    Decimals(usize),
    /// It shows so many groups of three digits less, and so many decimals.
    Thousands(i64, usize),
    /// It shows a hundred times as much with a percent sign.
    Percent,
}

impl Format {
    /// What a format code does.
    pub(super) fn of(code: &str) -> Self {
        let first = code.split(';').next().unwrap_or_default();
        let mut bare = String::new();
        let mut quoted = false;
        for letter in first.chars() {
            match letter {
                '"' => quoted = !quoted,
                other if !quoted => bare.push(other),
                _ => {}
            }
        }
        if bare.contains('%') {
            return Self::Percent;
        }
        let digits = bare.replace("#,##0", "0");
        let (digits, groups) = without_groups(&digits);
        if groups > 0 {
            return Self::Thousands(groups, decimals(&digits).unwrap_or(0));
        }
        decimals(&digits).map_or(Self::Plain, Self::Decimals)
    }
}

/// How many decimals `0`, `0.0` and the like show; `None` for what is written otherwise.
fn decimals(digits: &str) -> Option<usize> {
    match digits.split_once('.') {
        None if digits == "0" => Some(0),
        Some(("0", zeros)) if !zeros.is_empty() && zeros.chars().all(|zero| zero == '0') => {
            Some(zeros.len())
        }
        _ => None,
    }
}

/// A format without the commas behind its digits, each of which hides three digits of the number.
fn without_groups(digits: &str) -> (String, i64) {
    let mut bare = String::new();
    let mut groups = 0_i64;
    let mut letters = digits.chars().peekable();
    while let Some(letter) = letters.next() {
        let behind_digit = bare.ends_with(['0', '#', '?']);
        let before_digit = letters
            .clone()
            .find(|next| *next != ',')
            .is_some_and(|next| matches!(next, '0' | '#' | '?'));
        if letter == ',' && behind_digit && !before_digit {
            groups = groups.saturating_add(1);
        } else {
            bare.push(letter);
        }
    }
    (bare, groups)
}

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
fn with_point(digits: &str, point: i64) -> String {
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

/// The number with so many groups of three digits and so many decimals left, if that is another number.
pub(super) fn shown_in_thousands(text: &str, groups: i64, decimals: usize) -> Option<String> {
    let (sign, bare) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (whole, part) = bare.split_once('.').unwrap_or((bare, ""));
    let length = i64::try_from(whole.len()).unwrap_or(0);
    let point = length.saturating_sub(groups.saturating_mul(3));
    let less = format!("{sign}{}", with_point(&format!("{whole}{part}"), point));
    let shows = shown_otherwise(&less, decimals).unwrap_or(less);
    (shows != text).then_some(shows)
}

/// What a number looks like with so many decimals, if that is another number.
pub(super) fn shown_otherwise(text: &str, decimals: usize) -> Option<String> {
    let part = text.split_once('.').map_or("", |(_, part)| part);
    if part.len() <= decimals {
        return None;
    }
    let exact = crate::exact::read_decimal(text).ok()?;
    Some(crate::exact::fixed(&exact.into(), decimals))
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
    fn percents_move_the_point_and_formats_say_what_they_show() {
        for (number, shown) in [
            ("0.8", "80%"),
            ("1", "100%"),
            ("-0.125", "-12.5%"),
            ("0", "0%"),
        ] {
            assert_eq!(percent(number), shown);
        }
        for (code, format) in [
            ("General", Format::Plain),
            ("0", Format::Decimals(0)),
            ("0.00", Format::Decimals(2)),
            ("#,##0", Format::Decimals(0)),
            ("#,##0.0;[Red]-0.0", Format::Decimals(1)),
            ("0%", Format::Percent),
            ("0.0 \"%\"", Format::Plain),
            ("0,", Format::Thousands(1, 0)),
            ("#,##0.0,,", Format::Thousands(2, 1)),
            ("0,.0", Format::Thousands(1, 1)),
        ] {
            assert_eq!(Format::of(code), format, "{code}");
        }
        assert_eq!(shown_otherwise("3.5", 0).as_deref(), Some("4"));
        assert_eq!(shown_otherwise("3.50", 2), None);
        assert_eq!(shown_otherwise("3", 0), None);
        let thousands = |text| shown_in_thousands(text, 1, 0);
        assert_eq!(thousands("3000").as_deref(), Some("3"));
        assert_eq!(thousands("3").as_deref(), Some("0"));
        assert_eq!(thousands("0"), None);
    }
}
