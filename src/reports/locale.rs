//! How a reader writes numbers and dates. Only pages ask for it: files, documents and the API are the same for everybody.

use std::any::Any;
use std::borrow::Cow;

use askama::Values;
use jiff::civil::Date;

/// What templates know a [`Locale`] by.
pub(super) const LOCALE: &str = "locale";

/// How numbers and dates are written for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Locale {
    pub(crate) sign: Sign,
    pub(crate) dates: Dates,
}

/// What parts the whole from its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Sign {
    /// `72.00`, as files have it.
    #[default]
    Point,
    /// `72,00`.
    Comma,
}

/// How a day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Dates {
    /// `2026-11-26`, as files have it.
    #[default]
    Iso,
    /// `26.11.2026`.
    Dots,
    /// `26/11/2026`.
    Slashes,
    /// `26-11-2026`.
    Hyphens,
    /// `11/26/2026`.
    MonthFirst,
}

impl Locale {
    pub(crate) const fn new(sign: Sign, dates: Dates) -> Self {
        Self { sign, dates }
    }

    /// A text of figures as the reader writes them: with their decimal sign, thousands of five digits and more in groups, and a
    /// minus that is one. What stands in a fraction, a name or an address stays.
    pub(crate) fn figures(self, text: &str) -> String {
        let text = self.number(text);
        let group = match self.sign {
            Sign::Point => ',',
            Sign::Comma => '\u{a0}',
        };
        let decimal = match self.sign {
            Sign::Point => '.',
            Sign::Comma => ',',
        };
        let mut written = String::with_capacity(text.len());
        let mut rest = text.as_ref();
        let mut before = None;
        while let Some(next) = rest.chars().next() {
            if next.is_ascii_digit() {
                let end = rest.find(|one: char| !one.is_ascii_digit());
                let (run, after) = rest.split_at(end.unwrap_or(rest.len()));
                if is_amount(before, run, after, decimal) {
                    grouped(&mut written, run, group);
                } else {
                    written.push_str(run);
                }
                before = run.chars().last();
                rest = after;
            } else {
                let after = rest.get(next.len_utf8()..).unwrap_or_default();
                let is_minus = next == '-'
                    && before.is_none_or(|one| one == ' ' || one == '(')
                    && after.starts_with(|one: char| one.is_ascii_digit());
                let next = if is_minus { '−' } else { next };
                written.push(next);
                before = Some(next);
                rest = after;
            }
        }
        written
    }

    /// A text of figures in the reader's decimal sign: only points that part digits from digits are such, and a run of digits
    /// with more than one of them is a version or an address, and stays.
    pub(crate) fn number(self, text: &str) -> Cow<'_, str> {
        if self.sign == Sign::Point || !text.contains('.') {
            return Cow::Borrowed(text);
        }
        let is_figure = |one: char| one.is_ascii_digit() || one == '.';
        let mut written = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(is_figure) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|one| !is_figure(one)).unwrap_or(from.len());
            let (run, after) = from.split_at(end);
            written.push_str(before);
            match decimal(run) {
                Some((whole, part)) => written.extend([whole, ",", part]),
                None => written.push_str(run),
            }
            rest = after;
        }
        written.push_str(rest);
        Cow::Owned(written)
    }

    /// The exact value of a single number that is written otherwise than in files; `None` if it is written the same.
    pub(crate) fn exact(self, text: &str) -> Option<&str> {
        let digits = text.strip_prefix(['-', '+', '−']).unwrap_or(text);
        let is_whole = !digits.is_empty() && digits.bytes().all(|one| one.is_ascii_digit());
        let is_number = is_whole || decimal(digits).is_some();
        (is_number && self.figures(text) != text).then_some(text)
    }

    /// A text that begins with a day, with the day as the reader writes it.
    pub(crate) fn moment(self, text: &str) -> Cow<'_, str> {
        let Some((day, rest)) = text.split_at_checked(10) else {
            return Cow::Borrowed(text);
        };
        let form = match self.dates {
            Dates::Iso => return Cow::Borrowed(text),
            Dates::Dots => "%d.%m.%Y",
            Dates::Slashes => "%d/%m/%Y",
            Dates::Hyphens => "%d-%m-%Y",
            Dates::MonthFirst => "%m/%d/%Y",
        };
        match day.parse::<Date>() {
            Ok(date) => Cow::Owned(format!("{}{rest}", date.strftime(form))),
            Err(_) => Cow::Borrowed(text),
        }
    }
}

/// What a page passes to its templates.
impl Values for Locale {
    fn get_value<'a>(&'a self, key: &str) -> Option<&'a dyn Any> {
        (key == LOCALE).then_some(self)
    }
}

/// Whether digits are the whole part of a number large enough to be read in groups, and not a part of something else.
fn is_amount(before: Option<char>, run: &str, after: &str, decimal: char) -> bool {
    let stands_alone =
        before.is_none_or(|one| matches!(one, ' ' | '(' | '+' | '−' | '–' | '\u{a0}'));
    let mut next = after.chars();
    let ends = match (next.next(), next.next()) {
        (Some(one), Some(then)) if one == decimal => then.is_ascii_digit() || then == ' ',
        (Some(one), _) => !one.is_alphanumeric() && !matches!(one, '/' | '.' | ':' | '-' | '_'),
        (None, _) => true,
    };
    run.len() > 4 && !run.starts_with('0') && stands_alone && ends
}

fn grouped(written: &mut String, run: &str, group: char) {
    for (at, digit) in run.chars().enumerate() {
        let left = run.len().saturating_sub(at);
        if at > 0 && left.is_multiple_of(3) {
            written.push(group);
        }
        written.push(digit);
    }
}

/// The digits on both sides of the one point between them.
fn decimal(run: &str) -> Option<(&str, &str)> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit());
    let parts = run.split_once('.');
    parts.filter(|(whole, part)| is_digits(whole) && is_digits(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: Locale = Locale::new(Sign::Comma, Dates::Dots);

    #[test]
    fn a_decimal_point_becomes_a_comma_wherever_figures_stand() {
        for (text, written) in [
            ("72.00", "72,00"),
            ("60.00 to 100.00", "60,00 to 100,00"),
            ("−0.25", "−0,25"),
            ("12.5%", "12,5%"),
            (" by 2.35 points.", " by 2,35 points."),
            (", less than the 5 points.", ", less than the 5 points."),
            ("ends in 3.", "ends in 3."),
            ("–", "–"),
            ("", ""),
        ] {
            assert_eq!(GERMAN.number(text), written);
            assert_eq!(Locale::default().number(text), text);
        }
    }

    #[test]
    fn amounts_are_read_in_groups_and_a_minus_is_one() {
        for (text, written) in [
            ("412000", "412,000"),
            ("412000 EUR", "412,000 EUR"),
            ("1234567.50", "1,234,567.50"),
            ("(-28.83)", "(−28.83)"),
            ("-0.01", "−0.01"),
            ("2027", "2027"),
            ("2026-11-26", "2026-11-26"),
            ("365988/531233", "365988/531233"),
            ("ISO/IEC 20000-1", "ISO/IEC 20000-1"),
            ("CST-12345", "CST-12345"),
            ("0012345", "0012345"),
            ("12:9f86d081", "12:9f86d081"),
        ] {
            assert_eq!(Locale::default().figures(text), written);
        }
        assert_eq!(GERMAN.figures("412000.5 EUR"), "412\u{a0}000,5 EUR");
        assert_eq!(Locale::default().exact("412000"), Some("412000"));
        assert_eq!(Locale::default().exact("-0.25"), Some("-0.25"));
        assert_eq!(Locale::default().exact("0.25"), None);
    }

    #[test]
    fn versions_and_addresses_are_no_numbers() {
        for text in ["1.1.0", "127.0.0.1", "v.2", "..5", "1..2"] {
            assert_eq!(GERMAN.number(text), text);
        }
    }

    #[test]
    fn only_a_single_number_that_is_written_otherwise_has_an_exact_value_beside_it() {
        assert_eq!(GERMAN.exact("72.00"), Some("72.00"));
        assert_eq!(GERMAN.exact("-0.25"), Some("-0.25"));
        for text in ["72", "60.00 to 100.00", "–", "12.5%", "1.1.0"] {
            assert_eq!(GERMAN.exact(text), None, "{text}");
        }
        assert_eq!(Locale::default().exact("72.00"), None);
    }

    #[test]
    fn a_day_is_written_as_the_reader_does_and_the_rest_stays() {
        let text = "2026-11-06 16:13 UTC";
        for (dates, written) in [
            (Dates::Iso, text),
            (Dates::Dots, "06.11.2026 16:13 UTC"),
            (Dates::Slashes, "06/11/2026 16:13 UTC"),
            (Dates::Hyphens, "06-11-2026 16:13 UTC"),
            (Dates::MonthFirst, "11/06/2026 16:13 UTC"),
        ] {
            assert_eq!(Locale::new(Sign::Point, dates).moment(text), written);
        }
        for text in [
            "never",
            "2026-13-41",
            "2026-11-0é",
            "no day at all",
            "äöüäöüäöüäöü",
        ] {
            assert_eq!(GERMAN.moment(text), text);
        }
    }
}
