//! Numbers as spreadsheets of all countries write them, taken only where there is one way to read them.

use rust_decimal::Decimal;

use crate::exact::{NotANumber, plain, read_decimal};
use crate::table::Delimiter;

use super::Rule;

/// How a sheet writes numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Writing {
    delimiter: Delimiter,
    /// The decimal sign, if the uploader says it.
    decimal: Option<char>,
}

impl Writing {
    pub(super) fn of(delimiter: Delimiter, decimal: Option<char>) -> Self {
        Self { delimiter, decimal }
    }
}

impl From<Delimiter> for Writing {
    fn from(delimiter: Delimiter) -> Self {
        Self::of(delimiter, None)
    }
}

/// A number in a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub value: Decimal,
    /// The decimal sign it was written with, if any.
    pub sign: Option<char>,
    /// What is odd about how it is written.
    pub notice: Option<Rule>,
    /// The second reading, where its point may stand for thousands: for the sheet's other numbers to settle.
    pub doubt: Option<Rule>,
}

impl Number {
    /// Whether its point can stand before nothing but decimals, so that others like it do too.
    pub(super) fn shows_decimal_point(&self) -> bool {
        self.sign == Some('.') && self.doubt.is_none() && self.notice.is_none()
    }
}

/// Why a text is no number.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoNumber {
    /// It is not written with digits and decimal signs only.
    OtherText,
    /// It is, but nobody can tell which number is meant.
    Ambiguous(Rule),
    /// It has too many digits before the decimal sign.
    TooLarge,
    /// It has too many digits after the decimal sign; this is what is left without them.
    TooFine(Decimal),
}

/// Reads a number. `possible` says whether a value can stand in this cell at all.
///
/// One group of exactly three digits after one sign is a decimal or a thousand: it is taken for a decimal only where the
/// sign is the comma of a semicolon file and the thousand is not possible, or the point of a comma-separated file, and then
/// with a doubt if the thousand is possible.
pub(super) fn read_number(
    text: &str,
    writing: impl Into<Writing>,
    possible: impl Fn(Decimal) -> bool,
) -> Result<Number, NoNumber> {
    let Writing { delimiter, decimal } = writing.into();
    if let Some(sign) = decimal {
        return declared_number(text, sign);
    }
    let (minus, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let numeric = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
    if !digits.bytes().any(|byte| byte.is_ascii_digit()) || !digits.chars().all(numeric) {
        return Err(NoNumber::OtherText);
    }
    let mut signs = digits.match_indices(['.', ',']);
    let (Some((at, sign)), None) = (signs.next(), signs.next()) else {
        return if digits.contains(['.', ',']) {
            Err(several_signs(minus, digits, delimiter))
        } else {
            number(text, None, None)
        };
    };
    let (whole, part) = (
        &digits[..at],
        digits.get(at.saturating_add(1)..).unwrap_or_default(),
    );
    let canonical = canonical(minus, whole, part);
    let decimal = number(&canonical, sign.chars().next(), None)?;
    let plain_point = sign == "." && delimiter == Delimiter::Comma;
    let mut doubt = None;
    if is_a_group(whole, part) {
        let thousand = format!("{minus}{whole}{part}");
        let is_possible = read_decimal(&thousand).is_ok_and(&possible);
        let foreign_sign = sign != "," || delimiter != Delimiter::Semicolon;
        if plain_point {
            doubt = is_possible.then(|| ambiguous(plain(decimal.value), thousand, delimiter));
        } else if foreign_sign || is_possible {
            let rule = ambiguous(plain(decimal.value), thousand, delimiter);
            return Err(NoNumber::Ambiguous(rule));
        }
    }
    let notice = if sign == "," && delimiter != Delimiter::Semicolon {
        Some(Rule::DecimalComma(decimal.value.normalize()))
    } else if whole.is_empty() || part.is_empty() {
        Some(Rule::UnusualForm(decimal.value.normalize()))
    } else {
        None
    };
    Ok(Number {
        notice,
        doubt,
        ..decimal
    })
}

/// Reads a number whose decimal sign is declared: the other sign stands between groups of three digits, or nowhere.
fn declared_number(text: &str, sign: char) -> Result<Number, NoNumber> {
    let (minus, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let grouping = if sign == ',' { '.' } else { ',' };
    let (whole, part) = match digits.split_once(sign) {
        Some((whole, part)) => (whole, Some(part)),
        None => (digits, None),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(grouping);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (1..=3).contains(&first.len());
    if !grouped
        || !all_digits(first)
        || rest
            .iter()
            .any(|group| group.len() != 3 || !all_digits(group))
        || part.is_some_and(|part| part.is_empty() || !all_digits(part))
        || first.is_empty()
    {
        return Err(NoNumber::OtherText);
    }
    let joined = format!("{first}{}", rest.concat());
    let canonical = canonical(minus, &joined, part.unwrap_or_default());
    number(&canonical, part.map(|_| sign), None)
}

/// The number as the strict grammar wants it: `.5` as `0.5`, `5,` as `5`.
fn canonical(minus: &str, whole: &str, part: &str) -> String {
    let whole = if whole.is_empty() { "0" } else { whole };
    if part.is_empty() {
        format!("{minus}{whole}")
    } else {
        format!("{minus}{whole}.{part}")
    }
}

fn number(text: &str, sign: Option<char>, notice: Option<Rule>) -> Result<Number, NoNumber> {
    match read_decimal(text) {
        Ok(value) => Ok(Number {
            value,
            sign,
            notice,
            doubt: None,
        }),
        Err(NotANumber::Shape) => Err(NoNumber::OtherText),
        Err(NotANumber::TooLarge) => Err(NoNumber::TooLarge),
        Err(NotANumber::TooFine) => {
            let kept = text.find('.').and_then(|point| {
                let end = point
                    .saturating_add(1)
                    .saturating_add(crate::exact::MAX_FRACTION_DIGITS);
                text.get(..end)
            });
            let kept = kept.and_then(|kept| read_decimal(kept).ok());
            Err(kept.map_or(NoNumber::OtherText, NoNumber::TooFine))
        }
    }
}

/// Whether the digits could be a thousand in one group: one to three digits that are not just 0, the sign, three more.
fn is_a_group(whole: &str, part: &str) -> bool {
    part.len() == 3 && (1..=3).contains(&whole.len()) && whole.bytes().any(|byte| byte != b'0')
}

/// `1.234,5`, `1,234.50` and `1,234,567`: signs for thousands, which are not read; anything else is no number.
fn several_signs(minus: &str, digits: &str, delimiter: Delimiter) -> NoNumber {
    let groups: Vec<&str> = digits.split(['.', ',']).collect();
    let signs: Vec<char> = digits
        .chars()
        .filter(|letter| !letter.is_ascii_digit())
        .collect();
    let (Some(&first_sign), Some(&last_sign)) = (signs.first(), signs.last()) else {
        return NoNumber::OtherText;
    };
    let decimals = first_sign != last_sign;
    let (Some((first, rest)), Some((last, _))) = (groups.split_first(), groups.split_last()) else {
        return NoNumber::OtherText;
    };
    let thousands = rest.len().saturating_sub(usize::from(decimals));
    let regular = (1..=3).contains(&first.len())
        && rest.iter().take(thousands).all(|group| group.len() == 3)
        && signs.iter().take(thousands).all(|sign| *sign == first_sign)
        && !last.is_empty();
    if !regular {
        return NoNumber::OtherText;
    }
    let whole: String = groups
        .iter()
        .take(thousands.saturating_add(1))
        .copied()
        .collect();
    let joined: String = rest.concat();
    let with_thousands = if decimals {
        canonical(minus, &whole, last)
    } else {
        format!("{minus}{whole}")
    };
    let other = canonical(minus, first, &joined);
    NoNumber::Ambiguous(ambiguous(with_thousands, other, delimiter))
}

fn ambiguous(one: String, other: String, delimiter: Delimiter) -> Rule {
    let sign = match delimiter {
        Delimiter::Comma => "a point, like 4.5",
        _ => "a comma and not exactly three digits after it, like 4,5 or 4,5000",
    };
    Rule::AmbiguousNumber(one, other, sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Delimiter::{Comma, Semicolon, Tab};

    fn read(text: &str, delimiter: Delimiter) -> Result<Number, NoNumber> {
        read_number(text, delimiter, |_| true)
    }

    fn value(text: &str, delimiter: Delimiter) -> (String, Option<&'static str>) {
        let number = read(text, delimiter).unwrap();
        (
            plain(number.value),
            number.notice.map(|notice| notice.code()),
        )
    }

    #[test]
    fn what_has_one_reading_is_taken() {
        for (text, delimiter, expected, notice) in [
            ("4.5", Comma, "4.5", None),
            ("4,5", Semicolon, "4.5", None),
            ("4.5", Semicolon, "4.5", None),
            ("1,2340", Semicolon, "1.234", None),
            ("0,125", Semicolon, "0.125", None),
            ("1234.567", Semicolon, "1234.567", None),
            ("-12,5", Semicolon, "-12.5", None),
            ("4,5", Comma, "4.5", Some("decimal-comma")),
            ("4,5", Tab, "4.5", Some("decimal-comma")),
            (".5", Comma, "0.5", Some("unusual-form")),
            ("5.", Comma, "5", Some("unusual-form")),
            (",5", Semicolon, "0.5", Some("unusual-form")),
        ] {
            assert_eq!(
                value(text, delimiter),
                (expected.to_owned(), notice),
                "{text}"
            );
        }
    }

    #[test]
    fn a_point_before_three_digits_is_in_doubt_where_the_thousand_is_possible() {
        let doubted = |text, most: i64| {
            let possible = |value: Decimal| value <= Decimal::from(most);
            let number = read_number(text, Comma, possible).unwrap();
            (number.doubt.is_some(), number.shows_decimal_point())
        };
        assert_eq!(doubted("100.000", 900_000), (true, false));
        assert_eq!(doubted("1.200", 5_000), (true, false));
        assert_eq!(doubted("4.125", 5), (false, true));
        assert_eq!(doubted("0.125", 900_000), (false, true));
        assert_eq!(doubted("1234.567", 9_000_000), (false, true));
        assert_eq!(doubted("99.50", 900_000), (false, true));
        assert_eq!(doubted("5.", 900_000), (false, false));
        assert_eq!(doubted("250", 900_000), (false, false));
    }

    #[test]
    fn what_has_two_readings_is_never_guessed() {
        for (text, delimiter, one, other) in [
            ("1,000", Comma, "1", "1000"),
            ("100.000", Semicolon, "100", "100000"),
            ("100.000", Tab, "100", "100000"),
            ("-1,234", Semicolon, "-1.234", "-1234"),
            ("1.234,5", Semicolon, "1234.5", "1.2345"),
            ("1,234.50", Comma, "1234.50", "1.23450"),
            ("1,234,567", Comma, "1234567", "1.234567"),
        ] {
            let Err(NoNumber::Ambiguous(Rule::AmbiguousNumber(first, second, _))) =
                read(text, delimiter)
            else {
                panic!("{text} was not ambiguous");
            };
            assert_eq!((first.as_str(), second.as_str()), (one, other), "{text}");
        }
    }

    #[test]
    fn a_thousand_that_is_not_possible_here_is_no_second_reading() {
        let small = |value: Decimal| value <= Decimal::from(5);
        let number = read_number("4,125", Semicolon, small).unwrap();
        assert_eq!(plain(number.value), "4.125");
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "", "-", ".", "+3", "1e3", "1_0", "--1", "1..2", "1,2,3", "4 5", "1,23,456", "٣",
            "1.2.3,4",
        ] {
            assert_eq!(read(text, Comma), Err(NoNumber::OtherText), "{text}");
        }
        assert_eq!(read("1000000000000", Comma), Err(NoNumber::TooLarge));
        let kept = read_decimal("4.999999999").unwrap();
        assert_eq!(read("4.99999999999", Comma), Err(NoNumber::TooFine(kept)));
    }
}
