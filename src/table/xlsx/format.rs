//! Number formats: what a cell shows of the number that it holds.

use rust_decimal::Decimal;

use crate::exact::read_decimal;

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// The number that it holds.
    Same,
    /// This instead, which is what the cell says.
    Says(String),
    /// This, which is another number than it holds.
    Other(String),
    /// Something that is not worked out here.
    Unknown,
}

/// A number format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Format {
    sections: Vec<Section>,
    /// Whether it shows every number as it is.
    is_general: bool,
}

/// What a format does to some of the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Section {
    pub(super) pieces: Vec<Piece>,
    when: Option<(Compared, Decimal)>,
    /// Whether something in it is not understood.
    pub(super) odd: bool,
    pub(super) has_colour: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compared {
    Less,
    LessOrEqual,
    Equal,
    Unequal,
    MoreOrEqual,
    More,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    Exponent,
    Slash,
    General,
    Text,
    Literal(String),
}

impl Format {
    /// What a format code does.
    pub(super) fn of(code: &str) -> Self {
        let parts = split(code);
        let sections: Vec<Section> = parts.iter().map(|part| Section::of(part)).collect();
        let is_general = sections
            .iter()
            .all(|section| section.pieces == [Piece::General] && !section.odd);
        Self {
            sections,
            is_general,
        }
    }

    /// The currency that is shown beside the number.
    pub(super) fn currency(&self) -> Option<&str> {
        self.sections.first()?.pieces.iter().find_map(|piece| {
            let Piece::Literal(text) = piece else {
                return None;
            };
            let text = text.trim();
            let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
            let has_sign = text.contains(['€', '£', '$', '¥']) && text.chars().count() <= 3;
            (is_code || has_sign || matches!(text, "Fr." | "SFr." | "kr")).then_some(text)
        })
    }

    /// What a number looks like, given as a plain decimal.
    pub(super) fn shows(&self, text: &str) -> Shown {
        if self.is_general {
            return Shown::Same;
        }
        let Ok(value) = read_decimal(text) else {
            // What is no number here is refused, or lies beyond every scale.
            return Shown::Same;
        };
        match self.section(value) {
            Some((section, minus)) => section.shows(text, value, minus),
            None => Shown::Same,
        }
    }

    /// The part that a number is shown by, and whether a minus sign is put before it.
    fn section(&self, value: Decimal) -> Option<(&Section, bool)> {
        let numeric: Vec<&Section> = self
            .sections
            .iter()
            .take(3)
            .filter(|section| !section.pieces.contains(&Piece::Text))
            .collect();
        if numeric.iter().any(|section| section.when.is_some()) {
            let fits = |section: &&&Section| section.when.is_none_or(|when| holds(value, when));
            let found = numeric.iter().find(fits)?;
            return Some((found, value.is_sign_negative()));
        }
        let negative = value.is_sign_negative() && !value.is_zero();
        match numeric.as_slice() {
            [] => None,
            [only] => Some((only, negative)),
            [_, second, ..] if negative => Some((second, false)),
            [.., zero] if value.is_zero() && numeric.len() == 3 => Some((zero, false)),
            [first, ..] => Some((first, false)),
        }
    }
}

fn holds(value: Decimal, (compared, bound): (Compared, Decimal)) -> bool {
    match compared {
        Compared::Less => value < bound,
        Compared::LessOrEqual => value <= bound,
        Compared::Equal => value == bound,
        Compared::Unequal => value != bound,
        Compared::MoreOrEqual => value >= bound,
        Compared::More => value > bound,
    }
}

/// The sections of a code, parted by semicolons that are not quoted.
fn split(code: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut bracketed) = (false, false);
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            ';' if !quoted && !bracketed => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        let Some(part) = parts.last_mut() else { break };
        part.push(letter);
        if matches!(letter, '\\' | '_' | '*') && !quoted {
            part.extend(letters.next());
        }
    }
    parts
}

impl Section {
    fn of(code: &str) -> Self {
        let mut section = Self::default();
        let mut rest = code;
        while let Some(letter) = rest.chars().next() {
            let after = rest.get(letter.len_utf8()..).unwrap_or_default();
            let mut next = after;
            match letter {
                '"' => {
                    let (text, behind) = after.split_once('"').unwrap_or((after, ""));
                    section.literal(text);
                    next = behind;
                }
                '\\' | '_' | '*' => {
                    let length = after.chars().next().map_or(0, char::len_utf8);
                    let (text, behind) = after.split_at_checked(length).unwrap_or((after, ""));
                    if letter == '\\' {
                        section.literal(text);
                    }
                    next = behind;
                }
                '[' => {
                    let (text, behind) = after.split_once(']').unwrap_or((after, ""));
                    section.bracket(text);
                    next = behind;
                }
                '0' | '#' | '?' => section.pieces.push(Piece::Digit(letter)),
                '.' => section.pieces.push(Piece::Point),
                ',' => section.pieces.push(Piece::Comma),
                '%' => section.pieces.push(Piece::Percent),
                '/' => section.pieces.push(Piece::Slash),
                '@' => section.pieces.push(Piece::Text),
                'E' | 'e' if after.starts_with(['+', '-']) => {
                    section.pieces.push(Piece::Exponent);
                    next = after.get(1..).unwrap_or_default();
                }
                'G' | 'g' if begins_with(after, "eneral") => {
                    section.pieces.push(Piece::General);
                    next = after.get("eneral".len()..).unwrap_or_default();
                }
                _ => section.literal(&letter.to_string()),
            }
            rest = next;
        }
        section
    }

    fn literal(&mut self, text: &str) {
        if let Some(Piece::Literal(before)) = self.pieces.last_mut() {
            before.push_str(text);
        } else if !text.is_empty() {
            self.pieces.push(Piece::Literal(text.to_owned()));
        }
    }

    /// A colour, a condition, or a currency and where it is from.
    fn bracket(&mut self, text: &str) {
        let comparisons = [
            ("<=", Compared::LessOrEqual),
            (">=", Compared::MoreOrEqual),
            ("<>", Compared::Unequal),
            ("<", Compared::Less),
            (">", Compared::More),
            ("=", Compared::Equal),
        ];
        let condition = comparisons
            .iter()
            .find_map(|(sign, compared)| Some((*compared, text.strip_prefix(sign)?)));
        if let Some((compared, bound)) = condition {
            match read_decimal(bound.trim()) {
                Ok(bound) => self.when = Some((compared, bound)),
                Err(_) => self.odd = true,
            }
        } else if let Some(currency) = text.strip_prefix('$') {
            self.literal(currency.split('-').next().unwrap_or_default());
        } else if text
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == ' ')
            && !begins_with(text, "dbnum")
            && !begins_with(text, "natnum")
        {
            self.has_colour = true;
        } else {
            self.odd = true;
        }
    }
}

fn begins_with(text: &str, word: &str) -> bool {
    let start = text.get(..word.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shows(code: &str, number: &str) -> Shown {
        Format::of(code).shows(number)
    }

    fn other(text: &str) -> Shown {
        Shown::Other(text.to_owned())
    }

    #[test]
    fn formats_that_show_the_number_they_hold_are_silent() {
        for (code, number) in [
            ("General", "3.5"),
            ("General\" pts\"", "3.5"),
            ("0", "3"),
            ("0.00", "3.5"),
            ("#,##0", "250000"),
            ("#,##0.00\\ \"EUR\"", "250000.5"),
            ("#\\ ##0", "250000"),
            ("[$€-407]\\ #,##0.00", "12.5"),
            (
                "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)",
                "3.5",
            ),
            (
                "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)",
                "-3.5",
            ),
            (
                "_-* #,##0.00\\ \"€\"_-;\\-* #,##0.00\\ \"€\"_-;_-* \"-\"??\\ \"€\"_-;_-@_-",
                "-7",
            ),
            ("0;[Red]0", "-3"),
            ("[>=10]0;0.0", "3.5"),
            ("# ?/?", "3.5"),
            ("0.00E+00", "3.5"),
            ("#", "3"),
            ("#.##", "0.5"),
            ("@", "3.5"),
            ("0\" points\"", "3"),
            ("00.0", "3.5"),
        ] {
            assert_eq!(shows(code, number), Shown::Same, "{code}");
        }
    }

    #[test]
    fn formats_that_show_another_number_are_told() {
        for (code, number, shown) in [
            ("0", "3.5", "4"),
            ("#", "3.5", "4"),
            ("#", "0.2", ""),
            (
                "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"??_);_(@_)",
                "3.5",
                "4",
            ),
            ("_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"??_);_(@_)", "0", "-"),
            ("#,##0 [$€-407]", "3.5", "4 €"),
            ("\"USD \"0.0", "3.25", "USD 3.3"),
            ("0\\.0", "35", "3.5"),
            ("00-00", "305", "03-05"),
            ("0,", "3000", "3"),
            ("#,##0.0,,", "3500000", "3.5"),
            ("0,\"k\"", "250000", "250k"),
            ("0;0", "-3", "3"),
            ("[<4]0;0.0", "3.5", "4"),
            ("-0", "3", "-3"),
        ] {
            let shown = if shown.is_empty() { "nothing" } else { shown };
            assert_eq!(shows(code, number), other(shown), "{code} {number}");
        }
        assert_eq!(shows(";;;", "3"), other("nothing"));
    }

    #[test]
    fn percents_and_words_for_thousands_are_what_the_cell_says() {
        for (code, number, says) in [
            ("0%", "0.8", "80%"),
            ("0.0 \"%\"", "4.5", "4.5%"),
            ("0\\%", "80", "80%"),
            ("0\"k\"", "250", "250k"),
            ("0 \"TEUR\"", "250", "250 TEUR"),
            ("General\" Mio\"", "2.5", "2.5 Mio"),
        ] {
            assert_eq!(shows(code, number), Shown::Says(says.to_owned()), "{code}");
        }
    }

    #[test]
    fn a_word_another_scale_or_further_digits_are_what_the_cell_says() {
        for (code, number, says) in [
            ("0\"/10\"", "4", "4/10"),
            ("0\" of 10\"", "4", "4 of 10"),
            ("0\"/5\"", "4", "4/5"),
            ("\"yes\"", "1", "yes"),
            ("0;-0;\"n/a\"", "0", "n/a"),
            ("0\"0\"", "3", "3 (shown as 30)"),
            ("0\",000\"", "250", "250 (shown as 250,000)"),
        ] {
            assert_eq!(shows(code, number), Shown::Says(says.to_owned()), "{code}");
        }
    }

    #[test]
    fn what_is_not_worked_out_is_not_passed_over() {
        for (code, number) in [
            ("# ?/?", "3.3"),
            ("0E+00", "35"),
            ("[DBNum1]0", "3"),
            ("General\"0\"", "3"),
        ] {
            assert_eq!(shows(code, number), Shown::Unknown, "{code}");
        }
    }

    #[test]
    fn the_currency_beside_a_number_is_known() {
        for (code, currency) in [
            ("#,##0.00\\ \"EUR\"", Some("EUR")),
            ("[$€-407]\\ #,##0.00", Some("€")),
            ("\"$\"#,##0", Some("$")),
            ("$#,##0", Some("$")),
            ("0\" points\"", None),
            ("General", None),
        ] {
            assert_eq!(Format::of(code).currency(), currency, "{code}");
        }
    }
}
