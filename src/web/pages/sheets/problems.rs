//! Everything that is wrong with a sheet: by rule, each in the sheet's own row with the cell marked.

use std::collections::BTreeSet;

use crate::sheets::{Declared, Excerpt, ExcerptLimits, ExcerptRow, Problem, excerpt};

/// The most problems of one sheet that are shown.
const SHOWN: usize = 200;

/// How much of a sheet is shown around its problems.
const LIMITS: ExcerptLimits = ExcerptLimits {
    rows: SHOWN,
    cells: 40,
    characters: 80,
};

/// Everything that is wrong with a sheet.
pub(super) struct Problems {
    /// What is wrong with the file as a whole.
    pub(super) of_file: Vec<String>,
    pub(super) groups: Vec<Group>,
    pub(super) count: usize,
    /// How many are not shown.
    pub(super) more: usize,
}

/// The problems of one rule.
pub(super) struct Group {
    /// The rule in words: `Out of range`.
    pub(super) title: String,
    code: &'static str,
    pub(super) count: usize,
    pub(super) headings: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A problem in its row.
pub(super) struct Row {
    pub(super) number: u32,
    pub(super) cells: Vec<Cell>,
    pub(super) more_cells: usize,
    pub(super) column: String,
    pub(super) value: String,
    pub(super) message: String,
}

pub(super) struct Cell {
    pub(super) text: String,
    pub(super) is_marked: bool,
}

impl Problems {
    pub(super) fn new(
        problems: &[Problem],
        bytes: &[u8],
        tab: Option<&str>,
        declared: &Declared,
    ) -> Self {
        let shown = problems.iter().take(SHOWN);
        let rows: BTreeSet<u32> = shown.clone().filter_map(Problem::row).collect();
        let excerpt = excerpt(bytes, tab, declared, |row| rows.contains(&row), &LIMITS);
        let mut of_file = Vec::new();
        let mut groups: Vec<Group> = Vec::new();
        for problem in shown {
            let Some(number) = problem.row() else {
                of_file.push(problem.to_string());
                continue;
            };
            let row = Row::new(problem, number, &excerpt);
            match groups.iter_mut().find(|group| group.code == problem.code()) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group::new(problem.code(), problems, &excerpt, row)),
            }
        }
        Self {
            of_file,
            groups,
            count: problems.len(),
            more: problems.len().saturating_sub(SHOWN),
        }
    }
}

impl Group {
    fn new(code: &'static str, all: &[Problem], excerpt: &Excerpt, first: Row) -> Self {
        let headings = excerpt.headings.as_ref();
        Self {
            title: title(code),
            code,
            count: all.iter().filter(|problem| problem.code() == code).count(),
            headings: headings.map_or_else(Vec::new, |row| row.cells.clone()),
            rows: vec![first],
        }
    }
}

/// The name of a rule as a heading.
fn title(code: &str) -> String {
    let words = code.replace('-', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

impl Row {
    fn new(problem: &Problem, number: u32, excerpt: &Excerpt) -> Self {
        let found = excerpt.rows.iter().find(|row| row.row == number);
        Self {
            number,
            cells: found.map_or_else(Vec::new, |row| cells(row, problem.position())),
            more_cells: found.map_or(0, |row| row.more_cells),
            column: problem.column().unwrap_or_default().to_owned(),
            value: problem.value().unwrap_or_default().to_owned(),
            message: problem.to_string(),
        }
    }
}

fn cells(row: &ExcerptRow, marked: Option<usize>) -> Vec<Cell> {
    let cells = row.cells.iter().enumerate();
    cells
        .map(|(position, text)| Cell {
            text: text.clone(),
            is_marked: row.is_broken || marked == Some(position),
        })
        .collect()
}
