//! What is wrong with a sheet, or noticed in it, and where.

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::Rule;

/// The most problems, and the most warnings, that are listed; the rest are counted.
pub const MAX_LISTED: usize = 10_000;

/// Something about one cell, row or column, or about the whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    row: Option<u32>,
    column: Option<String>,
    value: Option<String>,
    rule: Rule,
    /// The position of the column; `None` where no column is to blame.
    position: Option<usize>,
}

impl Problem {
    /// A problem of the whole file.
    #[must_use]
    pub fn of_file(rule: Rule) -> Self {
        Self {
            row: None,
            column: None,
            value: None,
            rule,
            position: None,
        }
    }

    /// The same problem, of a row as a spreadsheet counts it.
    #[must_use]
    pub fn in_row(self, row: u32) -> Self {
        Self {
            row: Some(row),
            ..self
        }
    }

    /// The same problem, of a column by its position and heading.
    #[must_use]
    pub fn in_column(self, position: usize, heading: Option<&str>) -> Self {
        let column = heading.filter(|heading| !heading.is_empty()).map(shortened);
        Self {
            column,
            position: Some(position),
            ..self
        }
    }

    /// The same problem, with the text that is to blame.
    #[must_use]
    pub fn with_value(self, value: &str) -> Self {
        let value = Some(shortened(value));
        Self { value, ..self }
    }

    /// The row as a spreadsheet counts it; `None` where no row is to blame.
    #[must_use]
    pub fn row(&self) -> Option<u32> {
        self.row
    }

    /// The heading of the column; `None` where no column is to blame.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        self.column.as_deref()
    }

    /// The position of the column, 0 is the first; `None` where no column is to blame.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        self.position
    }

    /// The text that is to blame, shortened, with invisible characters escaped.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// The rule.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// The stable name of the rule.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.rule.code()
    }
}

/// What is wrong and what to write instead, without the place.
impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rule.fmt(out)
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Problem", 6)?;
        fields.serialize_field("row", &self.row)?;
        fields.serialize_field("column", &self.column)?;
        fields.serialize_field("value", &self.value)?;
        fields.serialize_field("code", self.code())?;
        match self.cure() {
            None => {
                fields.serialize_field("message", &self.to_string())?;
                fields.skip_field("declare")?;
            }
            Some(cure) => {
                fields.serialize_field("message", &format!("{self}; {cure}"))?;
                fields.serialize_field("declare", &cure.field)?;
            }
        }
        fields.end()
    }
}

/// At most 60 characters of a text, with what cannot be seen escaped.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    shortened_to(SHOWN, text)
}

/// At most so many characters of a text, with what cannot be seen escaped.
pub(super) fn shortened_to(most: usize, text: &str) -> String {
    let mut shown = String::new();
    for (count, letter) in text.trim().chars().enumerate() {
        if count == most {
            shown.push('…');
            break;
        }
        let invisible = letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if invisible {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// Problems or warnings as they are found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    listed: Vec<Problem>,
    more: usize,
}

impl Findings {
    pub(super) fn push(&mut self, problem: Problem) {
        if self.listed.len() < MAX_LISTED {
            self.listed.push(problem);
        } else {
            self.count(1);
        }
    }

    /// Adds what another collection found.
    pub(super) fn append(&mut self, other: Self) {
        self.count(other.more);
        for problem in other.listed {
            self.push(problem);
        }
    }

    pub(super) fn count(&mut self, more: usize) {
        self.more = self.more.saturating_add(more);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// All of them, from top to bottom and left to right; those of the whole file first.
    pub(super) fn into_list(mut self) -> Vec<Problem> {
        self.listed
            .sort_by_key(|problem| (problem.row, problem.position));
        if self.more > 0 {
            self.listed.push(Problem::of_file(Rule::More(self.more)));
        }
        self.listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_written_as_row_column_value_code_and_message() {
        let problem = Problem::of_file(Rule::EmptySheet)
            .in_row(4)
            .in_column(2, Some("score"))
            .with_value("a\nb");
        let json = serde_json::to_value(&problem).unwrap();
        assert_eq!(json["row"], 4);
        assert_eq!(json["column"], "score");
        assert_eq!(json["value"], "a\\nb");
        assert_eq!(json["code"], "empty-sheet");
        assert!(json["message"].as_str().unwrap().contains("no answers"));
    }

    #[test]
    fn beyond_the_most_that_are_listed_problems_are_counted() {
        let mut findings = Findings::default();
        for _ in 0..10_002 {
            findings.push(Problem::of_file(Rule::EmptySheet));
        }
        let list = findings.into_list();
        assert_eq!(list.len(), 10_001);
        assert_eq!(list.last().unwrap().rule(), &Rule::More(2));
    }
}
