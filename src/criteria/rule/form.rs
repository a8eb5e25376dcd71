//! Mistakes in how the file is written.

use std::fmt;

use thiserror::Error;

use crate::exact::NotANumber;

/// A mistake in how the file is written: syntax, keys, types, limits.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormMistake {
    /// A line is not TOML.
    #[error("this is not TOML: {message}{hint}")]
    Syntax {
        /// What the TOML reader says.
        message: String,
        /// What to write instead, where that can be told.
        hint: &'static str,
    },
    /// A key this table does not have.
    #[error("{of} has no key \"{key}\"{near}; the keys are {}", allowed.join(", "))]
    UnknownKey {
        /// The table.
        of: String,
        /// The key.
        key: String,
        /// The key that was perhaps meant.
        near: Suggestion,
        /// The keys the table may have.
        allowed: &'static [&'static str],
    },
    /// A key that must be there is not.
    #[error("{of} has no {key}; add a line like {key} = {}", example_of(key, *expected))]
    MissingKey {
        /// The table.
        of: String,
        /// The key.
        key: &'static str,
        /// What stands behind it.
        expected: Expected,
    },
    /// A value of another type.
    #[error("{key} of {of} is {found}; write {expected}, like {key} = {}", expected.example())]
    WrongType {
        /// The table.
        of: String,
        /// The key.
        key: String,
        /// What the file has.
        found: &'static str,
        /// What it should have.
        expected: Expected,
    },
    /// One table where a list of tables belongs.
    #[error("[{key}] stands in single brackets, but there may be several; write [[{key}]]")]
    SingleBrackets {
        /// The key.
        key: String,
    },
    /// A number outside the one grammar.
    #[error("{key} of {of} is {text}, which is not read as a number; {why}")]
    NotANumber {
        /// The table.
        of: String,
        /// The key.
        key: String,
        /// What the file has.
        text: String,
        /// The part of the grammar it breaks.
        why: NotANumber,
    },
    /// A number out of its range.
    #[error("{key} of {of} is {value}; write a number from 0 up")]
    Negative {
        /// The table.
        of: String,
        /// The key.
        key: &'static str,
        /// The number.
        value: String,
    },
    /// A word that is none of the choices.
    #[error("{key} of {of} is \"{text}\"{near}; write one of {}", choices.join(", "))]
    UnknownValue {
        /// The table.
        of: String,
        /// The key.
        key: &'static str,
        /// What the file has.
        text: String,
        /// The choice that was perhaps meant.
        near: Suggestion,
        /// The choices.
        choices: Vec<&'static str>,
    },
    /// A text without a letter in it.
    #[error("{key} of {of} is empty; write {key} = {}", Expected::Text.example())]
    EmptyText {
        /// The table.
        of: String,
        /// The key.
        key: &'static str,
    },
    /// More problems than anybody reads.
    #[error(
        "there are more mistakes than the {listed} listed here; correct these first and check again"
    )]
    MoreProblems {
        /// How many are listed.
        listed: usize,
    },
    /// More than the program takes.
    #[error(
        "the set has {found} {what}, and at most {limit} are read; make it smaller{}",
        cure(what)
    )]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How much there is.
        found: usize,
        /// How much there may be.
        limit: usize,
    },
}

/// How a limit is raised, where it is a setting.
fn cure(what: &str) -> &'static str {
    match what {
        "criteria" => ", or raise the limit with --max-criteria",
        _ => "",
    }
}

impl FormMistake {
    /// The stable name of the rule, in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "not-toml",
            Self::UnknownKey { .. } => "unknown-key",
            Self::MissingKey { .. } => "missing-key",
            Self::WrongType { .. } | Self::SingleBrackets { .. } => "wrong-type",
            Self::NotANumber { .. } => "not-a-number",
            Self::Negative { .. } => "out-of-range",
            Self::UnknownValue { .. } => "unknown-value",
            Self::EmptyText { .. } => "empty-text",
            Self::MoreProblems { .. } => "more-problems",
            Self::TooMany { .. } => "limit-exceeded",
        }
    }

    pub(super) fn holds_beside_unread_lines(&self) -> bool {
        !matches!(self, Self::MissingKey { .. } | Self::SingleBrackets { .. })
    }
}

/// A value of a key that must be there, as it would stand in the file.
fn example_of(key: &str, expected: Expected) -> &'static str {
    match key {
        "id" => "\"itsm-2\"",
        "title" => "\"A short title\"",
        "version" => "\"1\"",
        "category" => "\"the-id-of-a-category\"",
        "min" => "0",
        "max" => "5",
        "weights" => "{ ITIL-INC = 60, ITIL-CHG = 40 }",
        "criteria" => "[\"ITIL-INC\", \"ITIL-CHG\"]",
        _ => expected.example(),
    }
}

/// The type of value a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A text in quotes.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A list of texts.
    Texts,
    /// A table.
    Table,
    /// A list of tables.
    Tables,
}

impl Expected {
    /// A value of this type, as it would stand in the file.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::Text => "\"some text\"",
            Self::Number => "4.5",
            Self::Flag => "true",
            Self::Texts => "[\"one\", \"another\"]",
            Self::Table => "{ ... }",
            Self::Tables => "[{ ... }]",
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Text => "a text in quotes",
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::Texts => "a list of texts in quotes",
            Self::Table => "a table in braces",
            Self::Tables => "a list of tables",
        })
    }
}

/// "Did you mean", or nothing where nothing is near.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suggestion(Option<String>);

impl Suggestion {
    /// Suggests a text.
    #[must_use]
    pub fn new(near: Option<String>) -> Self {
        Self(near)
    }

    /// The text that was perhaps meant.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(near) => write!(out, " (did you mean \"{near}\"?)"),
            None => Ok(()),
        }
    }
}
