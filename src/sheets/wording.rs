//! The words in which rules say what is wanted and which rows are meant.

use std::fmt;

use rust_decimal::Decimal;

use crate::criteria::{Criterion, Kind};
use crate::exact;
use crate::table::{NameError, Quoting};

use super::Described;

/// What a score cell of a criterion may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A number on a scale.
    Score {
        /// The lowest score.
        min: Decimal,
        /// The highest score.
        max: Decimal,
        /// What scores are apart.
        step: Option<Decimal>,
    },
    /// An amount of money.
    Amount {
        /// Whether it may be 0.
        zero: bool,
    },
    /// Pass or fail.
    PassFail,
}

impl Wanted {
    /// What a criterion wants.
    #[must_use]
    pub fn by(criterion: &Criterion) -> Self {
        match criterion.kind() {
            Kind::Rated(rated) => Self::Score {
                min: rated.scale().min(),
                max: rated.scale().max(),
                step: rated.scale().step(),
            },
            Kind::Priced(priced) => Self::Amount {
                zero: priced.rule().allows_zero(),
            },
            Kind::PassFail => Self::PassFail,
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Score { min, max, step } => {
                write!(
                    out,
                    "a number from {} to {}",
                    exact::plain(*min),
                    exact::plain(*max)
                )?;
                match step {
                    Some(step) => write!(out, " in steps of {}", exact::plain(*step)),
                    None => Ok(()),
                }
            }
            Self::Amount { zero: true } => {
                out.write_str("the amount alone, 0 or more, like 250000")
            }
            Self::Amount { zero: false } => {
                out.write_str("the amount alone, more than 0, like 250000")
            }
            Self::PassFail => out.write_str("pass or fail"),
        }
    }
}

/// A column as a spreadsheet letters it: 0 is A.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnLetter(pub usize);

impl fmt::Display for ColumnLetter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, last) = (self.0 / 26, self.0 % 26);
        if let Some(before) = before.checked_sub(1) {
            Self(before).fmt(out)?;
        }
        let letter = u8::try_from(last).unwrap_or(0).saturating_add(b'A');
        write!(out, "{}", char::from(letter))
    }
}

/// The other rows that a row is in conflict with; the first few by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherRows {
    named: Vec<u32>,
    more: usize,
}

impl OtherRows {
    const NAMED: usize = 5;

    /// The rows of a group but one; only as many are looked at as are named.
    pub(super) fn but(row: u32, group: impl ExactSizeIterator<Item = u32>) -> Self {
        let others = group.len().saturating_sub(1);
        let named: Vec<u32> = group
            .filter(|other| *other != row)
            .take(Self::NAMED)
            .collect();
        let more = others.saturating_sub(named.len());
        Self { named, more }
    }
}

/// `this row and row 2`, `this row and rows 2, 4, 5 and 12 more`.
impl fmt::Display for OtherRows {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.named.is_empty() {
            return write!(out, "two columns of this row");
        }
        let numbers: Vec<String> = self.named.iter().map(u32::to_string).collect();
        let plural = if self.named.len() > 1 { "s" } else { "" };
        write!(out, "this row and row{plural} {}", numbers.join(", "))?;
        if self.more > 0 {
            write!(out, " and {} more", self.more)?;
        }
        Ok(())
    }
}

pub(super) fn did_you_mean(nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => format!("; did you mean \"{nearest}\"?"),
        None => "; check how it is written".to_owned(),
    }
}

/// What is odd about a name that looks like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Odd {
    /// A character that no such name has.
    Strange(Described),
    /// These characters stand where the other name has those.
    Instead(Vec<Described>, Vec<Described>),
}

impl fmt::Display for Odd {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |characters: &[Described]| {
            let shown = characters.iter().take(3).map(ToString::to_string);
            shown.collect::<Vec<_>>().join(" and ")
        };
        match self {
            Self::Strange(character) => character.fmt(out),
            Self::Instead(here, there) => {
                write!(out, "{} instead of {}", list(here), list(there))
            }
        }
    }
}

pub(super) fn described(odd: Option<&Odd>) -> String {
    odd.map_or_else(String::new, |odd| format!(" ({odd})"))
}

pub(super) fn either(wanted: &Wanted, steps: Option<(Decimal, Decimal)>) -> String {
    match steps {
        Some((below, above)) => format!(
            "{} or {}: {wanted}",
            exact::plain(below),
            exact::plain(above)
        ),
        None => wanted.to_string(),
    }
}

pub(super) fn name_message(error: NameError) -> String {
    match error {
        NameError::TooLong => format!("{error}; shorten it"),
        NameError::Empty | NameError::Invisible(_) => error.to_string(),
    }
}

pub(super) fn quoting_message(quoting: Quoting) -> &'static str {
    match quoting {
        Quoting::Unclosed => {
            "the quote that opens this cell is never closed; close it, or write quotes inside a text twice (\"\")"
        }
        Quoting::TextAfter => {
            "text follows the quote that closes this cell; put the whole text inside the quotes, and write quotes inside it twice (\"\")"
        }
        Quoting::SpaceBefore => {
            "a blank stands before the quote that opens this cell; delete the blank"
        }
        Quoting::Bare => "a quote inside a text that is not quoted was read as part of the text",
    }
}
