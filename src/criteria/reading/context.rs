//! The text being read, and the problems found in it so far.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use super::field::Span;
use crate::criteria::{FormMistake, SetProblem, SetRule, Suggestion};
use crate::table::name;

/// The most problems that are listed.
const MOST_PROBLEMS: usize = 1_000;

/// The text being read, and the problems found in it so far.
#[derive(Debug)]
pub(super) struct Context<'s> {
    source: &'s str,
    line_starts: Vec<usize>,
    problems: RefCell<Vec<SetProblem>>,
    is_cut: Cell<bool>,
    suggestions_left: Cell<usize>,
}

impl<'s> Context<'s> {
    pub fn new(source: &'s str) -> Self {
        const SUGGESTIONS: usize = 200;
        let after_newlines = source
            .match_indices('\n')
            .map(|(at, _)| at.saturating_add(1));
        Self {
            source,
            line_starts: std::iter::once(0).chain(after_newlines).collect(),
            problems: RefCell::default(),
            is_cut: Cell::new(false),
            suggestions_left: Cell::new(SUGGESTIONS),
        }
    }

    /// The text at a place.
    pub fn slice(&self, span: Span) -> &'s str {
        self.source.get(span.start..span.end).unwrap_or_default()
    }

    /// The whole line a place begins in.
    pub fn line_text(&self, span: Span) -> &'s str {
        let before = self.source.get(..span.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at.saturating_add(1));
        let rest = self.source.get(start..).unwrap_or_default();
        rest.lines().next().unwrap_or_default()
    }

    /// The line a place begins in, counted from 1.
    pub fn line(&self, span: Span) -> usize {
        self.line_starts
            .partition_point(|&start| start <= span.start)
    }

    /// Notes a problem.
    pub fn report(&self, span: Span, rule: impl Into<SetRule>) {
        let line = Some(self.line(span));
        self.note(SetProblem::new(
            line,
            Some(span.start..span.end),
            rule.into(),
        ));
    }

    /// Notes a problem of the whole file.
    pub fn report_whole(&self, rule: impl Into<SetRule>) {
        self.note(SetProblem::new(None, None, rule.into()));
    }

    /// A file that is no criteria set at all must not be answered with one more line for each of its lines.
    fn note(&self, problem: SetProblem) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MOST_PROBLEMS {
            problems.push(problem);
        } else {
            self.is_cut.set(true);
        }
    }

    /// The candidate that was perhaps meant. A file full of mistakes gets only so many, because each costs time.
    pub fn suggest<'c>(
        &self,
        text: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Suggestion {
        const LONGEST: usize = 100;
        let left = self.suggestions_left.get();
        if left == 0 || text.len() > LONGEST {
            return Suggestion::default();
        }
        self.suggestions_left.set(left.saturating_sub(1));
        let short = candidates.into_iter().filter(|one| one.len() <= LONGEST);
        Suggestion::new(name::nearest(text, short, |one| one).map(str::to_owned))
    }

    /// The problems, in the order of the file.
    ///
    /// Beside lines that are not TOML only those problems are kept which no such line can be the cause of.
    pub fn into_problems(self) -> Vec<SetProblem> {
        let mut problems = self.problems.into_inner();
        let unread: HashSet<Option<usize>> = problems
            .iter()
            .filter(|problem| problem.code() == "not-toml")
            .map(SetProblem::line)
            .collect();
        if !unread.is_empty() {
            problems.retain(|problem| {
                problem.code() == "not-toml"
                    || (problem.rule().holds_beside_unread_lines()
                        && !unread.contains(&problem.line()))
            });
        }
        problems.sort_by_key(SetProblem::line);
        if self.is_cut.get() {
            let listed = MOST_PROBLEMS;
            let mistake = FormMistake::MoreProblems { listed };
            problems.push(SetProblem::new(None, None, mistake.into()));
        }
        problems
    }
}

/// A text cut to what fits into a message.
pub(super) fn clip(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
