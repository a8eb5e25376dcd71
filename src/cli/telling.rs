//! Telling problems and warnings: one line each, all files together, no line twice.

use std::collections::HashSet;
use std::fmt::Display;

use crate::criteria::SetProblem;
use crate::criteria::elicit::ElicitProblem;
use crate::evaluation::Refusal;
use crate::sheets::Problem;

use super::input::{RefusedSet, Unreadable};
use super::{Failure, Streams};

/// The most lines told of one file; the rest are counted.
const MOST: usize = 200;

/// Everything found in the input of one command.
#[derive(Debug, Default)]
pub(super) struct Telling {
    warnings: Vec<String>,
    problems: Vec<String>,
    /// How many problems there are, told or only counted.
    count: usize,
}

impl Telling {
    /// Whether nothing stands against going on.
    pub(super) fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    pub(super) fn sheet_problems(&mut self, file: &str, problems: &[Problem]) {
        self.all(
            file,
            problems.iter().map(|problem| sheet_line(file, problem)),
        );
    }

    pub(super) fn elicit_problems(&mut self, file: &str, problems: &[ElicitProblem]) {
        self.all(
            file,
            problems.iter().map(|problem| elicit_line(file, problem)),
        );
    }

    pub(super) fn warning(&mut self, file: &str, message: impl Display, code: &str) {
        self.warnings
            .push(format!("warning: {file}: {message} [{code}]"));
    }

    /// On a terminal the line of the file stands below each mistake.
    pub(super) fn set_problems(&mut self, file: &str, refused: &RefusedSet, on_terminal: bool) {
        let lines = refused.problems.iter().map(|problem| {
            let excerpt = problem.excerpt(&refused.source);
            match excerpt.filter(|_| on_terminal) {
                Some(excerpt) => format!("{}\n{excerpt}", problem.located(file)),
                None => problem.located(file),
            }
        });
        self.all(file, lines);
    }

    /// The mistakes of a criteria set whose text is not at hand.
    pub(super) fn set_lines(&mut self, file: &str, problems: &[SetProblem]) {
        self.all(file, problems.iter().map(|problem| problem.located(file)));
    }

    pub(super) fn refusals(&mut self, file: &str, refusals: &[Refusal]) {
        let lines = refusals
            .iter()
            .map(|refusal| format!("{file}: {refusal} [{}]", refusal.code()));
        self.all(file, lines);
    }

    pub(super) fn unreadable(&mut self, file: &str, why: &Unreadable) {
        self.problem(file, why, "unreadable");
    }

    pub(super) fn problem(&mut self, file: &str, message: impl Display, code: &str) {
        self.all(file, [format!("{file}: {message} [{code}]")].into_iter());
    }

    pub(super) fn sheet_warnings(&mut self, file: &str, warnings: &[Problem]) {
        let lines = warnings.iter().take(MOST);
        self.warnings
            .extend(lines.map(|warning| format!("warning: {}", sheet_line(file, warning))));
        if warnings.len() > MOST {
            let count = warnings.len();
            self.warnings.push(format!(
                "warning: {file}: {count} warnings in all; the first {MOST} are shown"
            ));
        }
    }

    fn all(&mut self, file: &str, lines: impl ExactSizeIterator<Item = String>) {
        let count = lines.len();
        self.count = self.count.saturating_add(count);
        self.problems.extend(lines.take(MOST));
        if count > MOST {
            self.problems.push(format!(
                "{file}: {count} problems in all; the first {MOST} are shown"
            ));
        }
    }

    /// Writes the warnings, then the problems.
    pub(super) fn tell(&self, streams: &mut Streams<'_>) {
        let mut told: HashSet<&str> = HashSet::new();
        for line in self.warnings.iter().chain(&self.problems) {
            if told.insert(line) {
                // With standard error closed there is nobody to tell.
                let _ = writeln!(streams.stderr, "{line}");
            }
        }
    }

    /// Writes everything and ends the command.
    pub(super) fn refuse(&self, streams: &mut Streams<'_>) -> Failure {
        self.tell(streams);
        Failure::Problems
    }
}

fn sheet_line(file: &str, problem: &Problem) -> String {
    let row = problem.row().map(|row| row.to_string());
    let column = problem.column().map(str::to_owned);
    let value = problem.value().map(str::to_owned);
    placed(file, [row, column, value], problem, problem.code())
}

fn elicit_line(file: &str, problem: &ElicitProblem) -> String {
    let row = problem.row().map(|row| row.to_string());
    let column = problem.column().map(str::to_owned);
    let value = problem.value().map(str::to_owned);
    placed(file, [row, column, value], problem, problem.code())
}

/// `FILE: row 3, column "score", value "6": MESSAGE [code]`.
fn placed(
    file: &str,
    [row, column, value]: [Option<String>; 3],
    message: &dyn Display,
    code: &str,
) -> String {
    let mut place = Vec::new();
    place.extend(row.map(|row| format!("row {row}")));
    place.extend(column.map(|column| format!("column \"{column}\"")));
    place.extend(value.map(|value| format!("value \"{value}\"")));
    if place.is_empty() {
        format!("{file}: {message} [{code}]")
    } else {
        format!("{file}: {}: {message} [{code}]", place.join(", "))
    }
}
