//! What the uploader declares about a sheet, so that what could be read in two ways need not be typed again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::exact::read_decimal;
use crate::table::Name;
use crate::table::name::fold;

use super::role::Role;
use super::told::named;

/// The most statements that one sheet may come with.
pub const MAX_DECLARED: usize = 500;
/// The most characters on either side of a statement.
const MAX_TEXT: usize = 300;

/// Declarations about one sheet. Every statement is a pair of texts, as forms send it.
///
/// | statement | meaning |
/// |---|---|
/// | `column:Punkte` = `score` | the column with this heading (or letter, `column:C`) holds the scores; also `vendor`, `criterion`, `evaluator`, `comment`, `weight`, `ignore` |
/// | `word:Fully compliant` = `5` | this word in a cell of a score stands for this score |
/// | `gate:Compliant` = `pass` | this word in a cell of a pass-fail criterion stands for a pass, or a fail |
/// | `name:Akme` = `Acme` | this name of a vendor, criterion or evaluator stands for that one |
/// | `text:Risk: 1 = low, 3 = high` = `ignore` | this text beside the table is not about the scale of the scores; a long one is named by its first 200 characters and `…` |
/// | `decimal` = `comma` | decimals follow a comma and points group thousands; `point` is the other way round |
/// | `vendor` = `Acme` | the whole sheet is about this vendor |
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    try_from = "BTreeMap<String, String>",
    into = "BTreeMap<String, String>"
)]
pub struct Declared {
    statements: BTreeMap<String, String>,
    columns: BTreeMap<String, Role>,
    words: BTreeMap<String, String>,
    gates: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
    /// Texts beside the table that tell nothing about the scores.
    texts: BTreeSet<String>,
    decimal: Option<char>,
    vendor: Option<Name>,
}

/// Why a statement about a sheet cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotDeclarable {
    /// It is about something else.
    #[error(
        "this is not a declaration; write column:HEADING, word:WORD, gate:WORD, name:NAME, text:TEXT, decimal or vendor"
    )]
    Unknown,
    /// Nothing is named.
    #[error("name what is declared after the colon, like word:Fully compliant")]
    Nameless,
    /// A text is too long.
    #[error("this is longer than {MAX_TEXT} characters")]
    TooLong,
    /// There are too many statements.
    #[error("a sheet may come with at most {MAX_DECLARED} declarations")]
    TooMany,
    /// A column cannot be that.
    #[error("a column is vendor, criterion, score, evaluator, comment, weight or ignore")]
    NoRole,
    /// A text beside the table can only be ignored.
    #[error("a text beside the table can only be ignored; write ignore")]
    NoAside,
    /// A pass-fail criterion is answered with pass or fail.
    #[error("a word in a pass-fail criterion is pass or fail")]
    NoGate,
    /// The decimal sign is neither comma nor point.
    #[error("the decimal sign is comma or point")]
    NoSign,
    /// A number or a word with a fixed meaning cannot stand for something else.
    #[error("\"{0}\" has a meaning of its own, which no declaration changes")]
    Fixed(String),
    /// The vendor is no name.
    #[error("{0}")]
    NoName(String),
    /// Two statements about the same contradict each other.
    #[error("\"{0}\" is declared twice and differently")]
    Twice(String),
}

impl Declared {
    /// Whether a form's field of this name is a declaration.
    #[must_use]
    pub fn is_statement(field: &str) -> bool {
        matches!(field, "decimal" | "vendor")
            || ["column:", "word:", "gate:", "name:", "text:"]
                .iter()
                .any(|kind| field.starts_with(kind))
    }

    /// Takes statements; those with nothing on their right side say nothing.
    ///
    /// # Errors
    /// Every statement that cannot be taken, with the reason.
    pub fn parse<'t>(
        statements: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, Vec<(String, NotDeclarable)>> {
        let mut declared = Self::default();
        let mut wrong = Vec::new();
        for (field, text) in statements {
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            if declared.statements.len() >= MAX_DECLARED {
                wrong.push((field.to_owned(), NotDeclarable::TooMany));
                break;
            }
            match declared.take(field, text) {
                Ok(()) => {
                    let field = field.trim().to_owned();
                    declared.statements.insert(field, text.to_owned());
                }
                Err(why) => wrong.push((field.to_owned(), why)),
            }
        }
        if wrong.is_empty() {
            Ok(declared)
        } else {
            Err(wrong)
        }
    }

    fn take(&mut self, field: &str, text: &str) -> Result<(), NotDeclarable> {
        if field.chars().count().max(text.chars().count()) > MAX_TEXT {
            return Err(NotDeclarable::TooLong);
        }
        match field.split_once(':') {
            None if field == "decimal" => {
                let sign = match fold(text).as_str() {
                    "comma" | "," => ',',
                    "point" | "." => '.',
                    _ => return Err(NotDeclarable::NoSign),
                };
                once(self.decimal.replace(sign), &sign, field)
            }
            None if field == "vendor" => {
                let name =
                    Name::parse(text).map_err(|error| NotDeclarable::NoName(error.to_string()))?;
                once(self.vendor.replace(name.clone()), &name, field)
            }
            Some(("column", heading)) => {
                let role = role(text).ok_or(NotDeclarable::NoRole)?;
                let key = key(heading)?;
                once(self.columns.insert(key, role), &role, field)
            }
            Some(("word", word)) => {
                let key = key(word)?;
                if is_fixed(&key) {
                    return Err(NotDeclarable::Fixed(word.trim().to_owned()));
                }
                once(
                    self.words.insert(key, text.to_owned()),
                    &text.to_owned(),
                    field,
                )
            }
            Some(("gate", word)) => {
                let key = key(word)?;
                if !matches!(fold(text).as_str(), "pass" | "fail") {
                    return Err(NotDeclarable::NoGate);
                }
                let text = text.to_owned();
                once(self.gates.insert(key, text.clone()), &text, field)
            }
            Some(("name", name)) => {
                let key = key(name)?;
                once(
                    self.names.insert(key, text.to_owned()),
                    &text.to_owned(),
                    field,
                )
            }
            Some(("text", told)) => {
                if fold(text) != "ignore" {
                    return Err(NotDeclarable::NoAside);
                }
                key(told)?;
                self.texts.insert(named(told));
                Ok(())
            }
            None | Some(_) => Err(NotDeclarable::Unknown),
        }
    }

    /// Whether nothing is declared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }

    /// The statements as they were made, in a fixed order.
    pub fn statements(&self) -> impl Iterator<Item = (&str, &str)> {
        self.statements
            .iter()
            .map(|(field, text)| (field.as_str(), text.as_str()))
    }

    /// The vendor the whole sheet is about.
    #[must_use]
    pub fn vendor(&self) -> Option<&Name> {
        self.vendor.as_ref()
    }

    /// What the column with this heading at this place is declared to be.
    pub(super) fn role(&self, heading: &str, column: usize) -> Option<Role> {
        if self.columns.is_empty() {
            return None;
        }
        let by_heading = self.columns.get(&fold(heading));
        by_heading
            .or_else(|| {
                let letter = super::ColumnLetter(column).to_string();
                self.columns.get(&fold(&letter))
            })
            .copied()
    }

    /// The columns that are spoken of, by folded heading or letter.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// The score a word stands for.
    pub(super) fn word(&self, text: &str) -> Option<&str> {
        if self.words.is_empty() {
            return None;
        }
        self.words.get(&fold(text.trim())).map(String::as_str)
    }

    /// Whether a word stands for a pass or a fail.
    pub(super) fn gate(&self, text: &str) -> Option<&str> {
        self.gates.get(&fold(text.trim())).map(String::as_str)
    }

    /// The name a cell means: another if that is declared, else what it says.
    pub(super) fn name<'t>(&'t self, text: &'t str) -> &'t str {
        if self.names.is_empty() {
            return text;
        }
        self.names.get(&fold(text)).map_or(text, String::as_str)
    }

    /// Whether a text beside the table is declared to be about something else.
    pub(super) fn ignores_text(&self, text: &str) -> bool {
        !self.texts.is_empty() && self.texts.contains(&named(text))
    }

    /// The decimal sign.
    pub(super) fn decimal(&self) -> Option<char> {
        self.decimal
    }
}

impl TryFrom<BTreeMap<String, String>> for Declared {
    type Error = NotDeclarable;

    fn try_from(statements: BTreeMap<String, String>) -> Result<Self, NotDeclarable> {
        let pairs = statements
            .iter()
            .map(|(field, text)| (field.as_str(), text.as_str()));
        Self::parse(pairs).map_err(|wrong| {
            let first = wrong.into_iter().next();
            first.map_or(NotDeclarable::Unknown, |(_, why)| why)
        })
    }
}

impl From<Declared> for BTreeMap<String, String> {
    fn from(declared: Declared) -> Self {
        declared.statements
    }
}

fn key(text: &str) -> Result<String, NotDeclarable> {
    let folded = fold(text);
    if folded.is_empty() {
        return Err(NotDeclarable::Nameless);
    }
    Ok(folded)
}

fn once<T: PartialEq>(before: Option<T>, now: &T, field: &str) -> Result<(), NotDeclarable> {
    if before.is_some_and(|before| before != *now) {
        return Err(NotDeclarable::Twice(field.to_owned()));
    }
    Ok(())
}

fn role(text: &str) -> Option<Role> {
    Some(match fold(text).as_str() {
        "vendor" => Role::Vendor,
        "criterion" => Role::Criterion,
        "score" => Role::Score,
        "evaluator" => Role::Evaluator,
        "comment" => Role::Comment,
        "weight" => Role::Weight,
        "ignore" => Role::Aside,
        _ => return None,
    })
}

/// Numbers, and the words that mean the same in every sheet.
fn is_fixed(folded: &str) -> bool {
    read_decimal(folded).is_ok()
        || super::cell::is_fixed_word(folded)
        || folded
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_kept_as_they_were_made_and_found_in_any_case_and_spacing() {
        let said = [
            ("column:Punkte ", "score"),
            ("word:Fully  compliant", "5"),
            ("name:Akme", "Acme"),
            ("decimal", "comma"),
            ("vendor", "Bolt"),
            ("word:left open", " "),
        ];
        let declared = Declared::parse(said).unwrap();
        assert_eq!(declared.role("PUNKTE", 4), Some(Role::Score));
        assert_eq!(declared.role("Other", 4), None);
        assert_eq!(declared.word("fully compliant"), Some("5"));
        assert_eq!(declared.name("AKME"), "Acme");
        assert_eq!(declared.name("Bolt"), "Bolt");
        assert_eq!(declared.decimal(), Some(','));
        assert_eq!(declared.vendor().map(Name::shown), Some("Bolt"));
        assert_eq!(declared.statements().count(), 5);
        let kept = serde_json::to_string(&declared).unwrap();
        assert_eq!(serde_json::from_str::<Declared>(&kept).unwrap(), declared);
    }

    #[test]
    fn every_statement_that_cannot_be_taken_is_told() {
        let said = [
            ("column:A", "price"),
            ("word:5", "4"),
            ("word:4,5", "4"),
            ("word:N/A", "0"),
            ("name: ", "Acme"),
            ("decimal", "dot"),
            ("shape", "long"),
            ("name:Akme", "Acme"),
            ("name:akme", "Bolt"),
        ];
        let wrong = Declared::parse(said).unwrap_err();
        let whys: Vec<NotDeclarable> = wrong.into_iter().map(|(_, why)| why).collect();
        assert_eq!(
            whys,
            [
                NotDeclarable::NoRole,
                NotDeclarable::Fixed("5".into()),
                NotDeclarable::Fixed("4,5".into()),
                NotDeclarable::Fixed("N/A".into()),
                NotDeclarable::Nameless,
                NotDeclarable::NoSign,
                NotDeclarable::Unknown,
                NotDeclarable::Twice("name:akme".into()),
            ]
        );
    }

    #[test]
    fn a_column_without_a_telling_heading_is_declared_by_its_letter() {
        let declared = Declared::parse([("column:C", "comment")]).unwrap();
        assert_eq!(declared.role("", 2), Some(Role::Comment));
        assert_eq!(declared.role("", 1), None);
    }
}
