//! What is wrong with a criteria set, and where.

use std::fmt;
use std::ops::Range;

use super::SetRule;

/// One mistake in a criteria set. Displayed, it is one sentence: what is wrong, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetProblem {
    line: Option<usize>,
    bytes: Option<Range<usize>>,
    rule: SetRule,
}

impl SetProblem {
    pub(super) fn new(line: Option<usize>, bytes: Option<Range<usize>>, rule: SetRule) -> Self {
        Self { line, bytes, rule }
    }

    /// The line of the file it stands in, counted from 1; `None` if it is about the whole file.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// The rule that is broken.
    #[must_use]
    pub fn rule(&self) -> &SetRule {
        &self.rule
    }

    /// The stable name of the rule, in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.rule.code()
    }

    /// The problem in one line for people: `file:line: message [code]`.
    #[must_use]
    pub fn located(&self, file: &str) -> String {
        let code = self.code();
        match self.line {
            Some(line) => format!("{file}:{line}: {self} [{code}]"),
            None => format!("{file}: {self} [{code}]"),
        }
    }

    /// The line of the file the problem stands in, with a caret below the place.
    #[must_use]
    pub fn excerpt(&self, source: &str) -> Option<String> {
        const WIDEST: usize = 160;
        let number = self.line?.to_string();
        let bytes = self.bytes.clone()?;
        let before = source.get(..bytes.start)?;
        let line_start = before.rfind('\n').map_or(0, |at| at.saturating_add(1));
        let line = source.get(line_start..)?.lines().next().unwrap_or_default();
        if line.chars().count() > WIDEST {
            return None;
        }
        let column = before.get(line_start..)?.chars().count();
        let marked = source.get(bytes)?.lines().next().unwrap_or_default();
        let carets = "^".repeat(marked.chars().count().max(1));
        // Tabs stay tabs, so that the caret stands below its character however wide a tab is shown.
        let blanks: String = line
            .chars()
            .take(column)
            .map(|letter| if letter == '\t' { '\t' } else { ' ' })
            .collect();
        let gutter = " ".repeat(number.len());
        Some(format!("{number} | {line}\n{gutter} | {blanks}{carets}"))
    }
}

impl fmt::Display for SetProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.rule, out)
    }
}

impl std::error::Error for SetProblem {}

#[cfg(test)]
mod tests {
    use crate::criteria::{CriteriaSet, SetLimits};

    #[test]
    fn a_problem_is_shown_with_its_file_line_code_and_place() {
        let source = "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\n\tweights = \"pionts\" # how\n";
        let problems = CriteriaSet::parse(source, &SetLimits::default()).unwrap_err();
        let misspelt = problems
            .iter()
            .find(|one| one.code() == "unknown-value")
            .unwrap();
        assert_eq!(
            misspelt.located("my.toml"),
            "my.toml:4: weights of the set is \"pionts\" (did you mean \"points\"?); write one of points, shares, relative [unknown-value]"
        );
        assert_eq!(
            misspelt.excerpt(source).unwrap(),
            "4 | \tweights = \"pionts\" # how\n  | \t          ^^^^^^^^"
        );
        assert!(problems.iter().any(|one| one.excerpt(source).is_none()));
    }
}
