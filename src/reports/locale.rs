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
        (self.sign == Sign::Comma && decimal(digits).is_some()).then_some(text)
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
