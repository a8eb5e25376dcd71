//! A number as the section of a format writes it.

use rust_decimal::Decimal;

use crate::exact::{fixed, read_decimal};

use super::format::{Piece, Section, Shown};
use super::number::{percent, with_point};

/// Words behind a number that make it a thousand times as much, or more.
const MULTIPLES: [&str; 28] = [
    "k",
    "t",
    "tsd",
    "tsd.",
    "teur",
    "t€",
    "k€",
    "keur",
    "kusd",
    "kchf",
    "mio",
    "mio.",
    "m",
    "m€",
    "meur",
    "mln",
    "mn",
    "million",
    "millions",
    "millionen",
    "mrd",
    "mrd.",
    "bn",
    "b",
    "thousand",
    "thousands",
    "tausend",
    "$k",
];

impl Section {
    /// What the section makes of a number, with or without a minus sign before it.
    pub(super) fn shows(&self, text: &str, value: Decimal, minus: bool) -> Shown {
        let has = |piece: &Piece| self.pieces.contains(piece);
        let literals = || {
            self.pieces.iter().filter_map(|piece| match piece {
                Piece::Literal(text) => Some(text.as_str()),
                _ => None,
            })
        };
        if has(&Piece::Percent) {
            return Shown::Says(percent(text));
        }
        if literals().any(|literal| literal.contains(['%', '‰'])) {
            return Shown::Says(format!("{text}%"));
        }
        if self.odd {
            return Shown::Unknown;
        }
        let has_digit = |literal: &str| literal.chars().any(char::is_numeric);
        if has(&Piece::General) {
            return match literals().find(|literal| has_digit(literal)) {
                Some(_) => Shown::Unknown,
                None => self.multiple(text).unwrap_or(Shown::Same),
            };
        }
        if has(&Piece::Slash) {
            return if is_vulgar(value) {
                Shown::Same
            } else {
                Shown::Unknown
            };
        }
        if has(&Piece::Exponent) {
            return self.exponential(text);
        }
        let rendered = self.render(text);
        let before = if minus { "-" } else { "" };
        let shown = format!("{before}{}", rendered.shown.trim());
        if shown.is_empty() {
            return Shown::Other("nothing".to_owned());
        }
        if !shown.contains(|letter: char| letter.is_ascii_digit()) {
            // A word is an answer of its own: a 0 that shows "n/a" was never meant as the worst score.
            return if shown.contains(char::is_alphabetic) {
                Shown::Says(shown)
            } else {
                Shown::Other(shown)
            };
        }
        let is_sign_right = if value.is_sign_negative() {
            minus || rendered.is_signed || self.has_colour
        } else {
            !rendered.is_signed
        };
        let is_sign_right = is_sign_right || value.is_zero();
        let number = read_decimal(&rendered.digits);
        if rendered.is_plain && is_sign_right && number == Ok(value.abs()) {
            return self.multiple(&shown).unwrap_or(Shown::Same);
        }
        if !literals().any(has_digit) {
            return Shown::Other(shown);
        }
        // "4/10" and "4 of 10" say it themselves; of digits written beside its own both numbers are said.
        let says_it = shown.contains(|letter: char| letter == '/' || letter.is_alphabetic());
        Shown::Says(if says_it {
            shown
        } else {
            format!("{text} (shown as {shown})")
        })
    }

    /// What is shown if a word beside the number makes it a thousand times as much.
    fn multiple(&self, shown: &str) -> Option<Shown> {
        let is_multiple = self.pieces.iter().any(|piece| match piece {
            Piece::Literal(text) => MULTIPLES.contains(&text.trim().to_lowercase().as_str()),
            _ => false,
        });
        let words: String = self
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Literal(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        is_multiple.then(|| {
            let has_words = shown.contains(words.trim());
            Shown::Says(if has_words {
                shown.to_owned()
            } else {
                format!("{shown}{words}")
            })
        })
    }

    /// A number with an exponent shows as many digits as its mantissa has places.
    fn exponential(&self, text: &str) -> Shown {
        let mantissa = self
            .pieces
            .iter()
            .take_while(|piece| **piece != Piece::Exponent);
        let places = mantissa
            .filter(|piece| matches!(piece, Piece::Digit(_)))
            .count();
        let digits = text.trim_start_matches(['-', '0', '.']).replace('.', "");
        let digits = if text.contains('.') {
            digits
        } else {
            digits.trim_end_matches('0').to_owned()
        };
        if digits.len() <= places {
            Shown::Same
        } else {
            Shown::Unknown
        }
    }

    fn render(&self, text: &str) -> Rendered {
        let is_digit = |piece: &Piece| matches!(piece, Piece::Digit(_));
        let point = self.pieces.iter().position(|piece| *piece == Piece::Point);
        let (whole, part) = match point {
            Some(at) => (
                self.pieces.get(..at).unwrap_or_default(),
                self.pieces.get(at.saturating_add(1)..).unwrap_or_default(),
            ),
            None => (&self.pieces[..], &[][..]),
        };
        let places = part.iter().filter(|piece| is_digit(piece)).count();
        let last = whole.iter().rposition(is_digit);
        let behind = whole.get(last.map_or(0, |at| at.saturating_add(1))..);
        let commas = |pieces: &[Piece]| {
            pieces
                .iter()
                .filter(|piece| **piece == Piece::Comma)
                .count()
        };
        let last_part = part.iter().rposition(is_digit);
        let behind_part = part.get(last_part.map_or(0, |at| at.saturating_add(1))..);
        let has_digits = last.is_some() || last_part.is_some();
        let groups = if has_digits {
            commas(behind.unwrap_or_default())
                .saturating_add(commas(behind_part.unwrap_or_default()))
        } else {
            0
        };
        let number = rounded(text, groups, places);
        let (digits, decimals) = number.split_once('.').unwrap_or((&number, ""));
        let mut out = Rendered {
            is_plain: true,
            ..Rendered::default()
        };
        out.whole(whole, digits.trim_start_matches('0'));
        if point.is_some() {
            out.shown.push('.');
            out.part(part, decimals);
        }
        if !has_digits {
            out.is_plain = false;
        }
        out
    }
}

/// What a number looks like, piece by piece.
#[derive(Debug, Default)]
struct Rendered {
    shown: String,
    digits: String,
    /// Whether nothing stands between the digits, or looks like one, that changes the number.
    is_plain: bool,
    /// Whether a sign stands before the digits.
    is_signed: bool,
}

impl Rendered {
    fn literal(&mut self, text: &str, between: bool) {
        let is_gap = |letter: char| letter.is_whitespace() || matches!(letter, '\'' | '’');
        let changes = text.chars().any(char::is_numeric) || (between && !text.chars().all(is_gap));
        self.is_plain &= !changes;
        if self.digits.is_empty() && text.trim().ends_with(['-', '(', '−']) {
            self.is_signed = true;
        }
        self.shown.push_str(text);
    }

    /// The digits before the point: the last places take one each, the first takes what is left.
    fn whole(&mut self, pieces: &[Piece], digits: &str) {
        let is_digit = |piece: &Piece| matches!(piece, Piece::Digit(_));
        let (first, last) = (
            pieces.iter().position(is_digit),
            pieces.iter().rposition(is_digit),
        );
        let mut left = pieces.iter().filter(|piece| is_digit(piece)).count();
        let mut digits = digits.chars().peekable();
        let mut remaining = digits.clone().count();
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Digit(kind) => {
                    let take = if Some(at) == first {
                        remaining.saturating_sub(left.saturating_sub(1))
                    } else {
                        usize::from(remaining >= left)
                    };
                    if take == 0 && *kind == '0' {
                        self.digits.push('0');
                        self.shown.push('0');
                    }
                    for digit in digits.by_ref().take(take) {
                        self.digits.push(digit);
                        self.shown.push(digit);
                    }
                    remaining = remaining.saturating_sub(take);
                    left = left.saturating_sub(1);
                }
                Piece::Literal(text) => {
                    let inside =
                        first.is_some_and(|first| at > first) && last.is_some_and(|last| at < last);
                    self.literal(text, inside);
                }
                _ => {}
            }
        }
        if first.is_none() {
            self.digits.extend(digits);
        }
        if self.digits.is_empty() {
            self.digits.push('0');
        }
    }

    /// The digits behind the point.
    fn part(&mut self, pieces: &[Piece], decimals: &str) {
        let is_digit = |piece: &Piece| matches!(piece, Piece::Digit(_));
        let last = pieces.iter().rposition(is_digit);
        if !decimals.is_empty() {
            self.digits.push('.');
            self.digits.push_str(decimals);
        }
        let mut decimals = decimals.chars();
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Digit(_) => self.shown.extend(decimals.next()),
                Piece::Literal(text) => self.literal(text, last.is_some_and(|last| at < last)),
                _ => {}
            }
        }
    }
}

/// The size of a number with so many groups of three digits less, at so many decimals.
fn rounded(text: &str, groups: usize, places: usize) -> String {
    let bare = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = bare.split_once('.').unwrap_or((bare, ""));
    let length = i64::try_from(whole.len()).unwrap_or(0);
    let hidden = i64::try_from(groups.saturating_mul(3)).unwrap_or(i64::MAX);
    let less = with_point(&format!("{whole}{part}"), length.saturating_sub(hidden));
    match read_decimal(&less) {
        Ok(value) => fixed(&value.into(), places),
        // More digits than numbers may have: what is shown is not what is there.
        Err(_) => "0".to_owned(),
    }
}

/// Whether a number is a whole one and a fraction with one digit below the line.
fn is_vulgar(value: Decimal) -> bool {
    (1..=9).any(|below| {
        let times = value.checked_mul(Decimal::from(below));
        times.is_some_and(|times| times.fract().is_zero())
    })
}
