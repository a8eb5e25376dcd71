//! Everything that is wrong with a sheet: by rule, each in the sheet's own row with the cell marked.

use std::collections::{BTreeMap, BTreeSet};

use crate::sheets::{Declared, Excerpt, ExcerptLimits, ExcerptRow, Problem, excerpt};

/// The most problems of one sheet that are shown.
const SHOWN: usize = 200;

/// The problems that are shown at once; those after them are folded, so that what can be done about them stays in view.
const AT_ONCE: usize = 8;

/// How many rows before and after one with a problem are shown.
const AROUND: u32 = 1;

/// How much of a sheet is shown around its problems.
const LIMITS: ExcerptLimits = ExcerptLimits {
    rows: 600,
    cells: 40,
    characters: 80,
};

/// Everything that is wrong with a sheet.
pub(in crate::web::pages) struct Problems {
    /// What is wrong with the file as a whole.
    pub(in crate::web::pages) of_file: Vec<String>,
    pub(in crate::web::pages) groups: Vec<Group>,
    pub(in crate::web::pages) count: usize,
    /// How many are not shown.
    pub(in crate::web::pages) more: usize,
}

/// The problems of one rule.
pub(in crate::web::pages) struct Group {
    /// The rule in words: `Out of range`.
    pub(in crate::web::pages) title: String,
    pub(in crate::web::pages) count: usize,
    /// Whether it is shown at once.
    pub(in crate::web::pages) is_open: bool,
    pub(in crate::web::pages) headings: Vec<String>,
    /// The rows with a problem and those around them, from top to bottom.
    pub(in crate::web::pages) rows: Vec<Row>,
    /// Those that are folded.
    pub(in crate::web::pages) folded: Vec<Row>,
    /// How many problems are in them.
    pub(in crate::web::pages) folded_count: usize,
}

/// A row with its problems; without any it is shown for what stands around them.
pub(in crate::web::pages) struct Row {
    pub(in crate::web::pages) number: u32,
    pub(in crate::web::pages) cells: Vec<Cell>,
    pub(in crate::web::pages) more_cells: usize,
    pub(in crate::web::pages) whys: Vec<Why>,
    /// Whether rows before it are left out.
    pub(in crate::web::pages) is_apart: bool,
}

/// What is wrong with a cell.
pub(in crate::web::pages) struct Why {
    pub(in crate::web::pages) column: String,
    pub(in crate::web::pages) value: String,
    pub(in crate::web::pages) cause: String,
    /// What to write instead; its figures are ours, and a page writes them as its reader does.
    pub(in crate::web::pages) cure: String,
}

pub(in crate::web::pages) struct Cell {
    pub(in crate::web::pages) text: String,
    pub(in crate::web::pages) is_marked: bool,
}

impl Problems {
    pub(in crate::web::pages) fn new(
        problems: &[Problem],
        bytes: &[u8],
        tab: Option<&str>,
        declared: &Declared,
    ) -> Self {
        let shown = problems.get(..SHOWN).unwrap_or(problems);
        let rows: BTreeSet<u32> = shown.iter().filter_map(Problem::row).collect();
        let around: BTreeSet<u32> = rows.into_iter().flat_map(around).collect();
        let excerpt = excerpt(bytes, tab, declared, |row| around.contains(&row), &LIMITS);
        let mut codes: Vec<&'static str> = Vec::new();
        for problem in shown.iter().filter(|problem| problem.row().is_some()) {
            if !codes.contains(&problem.code()) {
                codes.push(problem.code());
            }
        }
        let mut before = 0_usize;
        let groups = codes.into_iter().map(|code| {
            let group = Group::new(code, problems, shown, &excerpt, before);
            before = before.saturating_add(group.count);
            group
        });
        Self {
            of_file: shown
                .iter()
                .filter(|problem| problem.row().is_none())
                .map(ToString::to_string)
                .collect(),
            groups: groups.collect(),
            count: problems.len(),
            more: problems.len().saturating_sub(SHOWN),
        }
    }

    /// What has no place in the sheet.
    pub(in crate::web::pages) fn of_file(messages: Vec<String>) -> Self {
        Self {
            count: messages.len(),
            of_file: messages,
            groups: Vec::new(),
            more: 0,
        }
    }
}

/// A row and those just before and after it.
fn around(row: u32) -> std::ops::RangeInclusive<u32> {
    row.saturating_sub(AROUND)..=row.saturating_add(AROUND)
}

impl Group {
    /// `before` is how many problems the groups before it have.
    fn new(
        code: &'static str,
        all: &[Problem],
        shown: &[Problem],
        excerpt: &Excerpt,
        before: usize,
    ) -> Self {
        let is_its = |problem: &&Problem| problem.code() == code;
        let mut by_row: BTreeMap<u32, Vec<&Problem>> = BTreeMap::new();
        for problem in shown.iter().filter(is_its) {
            if let Some(row) = problem.row() {
                by_row.entry(row).or_default().push(problem);
            }
        }
        let header = excerpt.headings.as_ref();
        let is_below = |row: &u32| header.is_none_or(|header| *row > header.row);
        let numbers: BTreeSet<u32> = by_row
            .keys()
            .flat_map(|row| around(*row).filter(is_below).chain([*row]))
            .collect();
        let mut rows: Vec<Row> = Vec::new();
        for number in numbers {
            let problems = by_row.remove(&number).unwrap_or_default();
            let found = excerpt.rows.iter().find(|row| row.row == number);
            if found.is_some() || !problems.is_empty() {
                let before = rows.last().map(|row| row.number.saturating_add(1));
                let is_apart = before.is_some_and(|next| number > next);
                rows.push(Row::new(number, &problems, found, is_apart));
            }
        }
        let at_once = AT_ONCE.saturating_sub(before).max(1);
        let folded = fold(&mut rows, at_once);
        let whys = folded.iter().map(|row| row.whys.len());
        Self {
            title: title(code),
            count: all.iter().filter(is_its).count(),
            is_open: before < AT_ONCE,
            headings: header.map_or_else(Vec::new, |row| row.cells.clone()),
            rows,
            folded_count: whys.fold(0, usize::saturating_add),
            folded,
        }
    }

    /// The cells of a row, each with its heading.
    pub(in crate::web::pages) fn cells<'a>(
        &'a self,
        row: &'a Row,
    ) -> impl Iterator<Item = (&'a str, &'a Cell)> {
        below_headings(&self.headings, &row.cells)
    }
}

/// Leaves the rows with the first few problems, and what stands around them; answers with the rest.
fn fold(rows: &mut Vec<Row>, at_once: usize) -> Vec<Row> {
    let mut seen = 0_usize;
    let first = rows.iter().position(|row| {
        let is_beyond = seen >= at_once && !row.whys.is_empty();
        seen = seen.saturating_add(row.whys.len());
        is_beyond
    });
    let rest = first.map_or_else(Vec::new, |first| rows.split_off(first));
    // One or two more are no reason to fold.
    let more: usize = rest.iter().map(|row| row.whys.len()).sum();
    if more <= 2 {
        rows.extend(rest);
        return Vec::new();
    }
    rest
}

/// Each cell with the heading above it, which is empty where a row goes beyond the headings.
pub(super) fn below_headings<'a, T>(
    headings: &'a [String],
    cells: &'a [T],
) -> impl Iterator<Item = (&'a str, &'a T)> {
    let headings = headings.iter().map(String::as_str);
    headings.chain(std::iter::repeat("")).zip(cells)
}

/// The name of a rule as a heading.
fn title(code: &str) -> String {
    let words = code.replace('-', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

impl Row {
    fn new(number: u32, problems: &[&Problem], found: Option<&ExcerptRow>, is_apart: bool) -> Self {
        let marked: BTreeSet<usize> = problems
            .iter()
            .filter_map(|problem| problem.position())
            .collect();
        Self {
            number,
            cells: found.map_or_else(Vec::new, |row| {
                cells(row, &marked, row.is_broken && !problems.is_empty())
            }),
            more_cells: found.map_or(0, |row| row.more_cells),
            whys: problems.iter().map(|problem| Why::new(problem)).collect(),
            is_apart,
        }
    }
}

impl Why {
    fn new(problem: &Problem) -> Self {
        let message = problem.to_string();
        let at = FIGURES
            .contains(&problem.code())
            .then(|| message.find("write "));
        let (cause, cure) = message.split_at(at.flatten().unwrap_or(message.len()));
        Self {
            column: problem.column().unwrap_or_default().to_owned(),
            value: problem.value().unwrap_or_default().to_owned(),
            cause: cause.to_owned(),
            cure: cure.to_owned(),
        }
    }
}

/// The rules whose cures name scores, and nothing out of the sheet: what could be read in two ways is told as it was written.
const FIGURES: [&str; 6] = [
    "not-a-number",
    "out-of-range",
    "off-step",
    "date-instead-of-number",
    "not-applicable-refused",
    "spreadsheet-error",
];

fn cells(row: &ExcerptRow, marked: &BTreeSet<usize>, all: bool) -> Vec<Cell> {
    let cells = row.cells.iter().enumerate();
    cells
        .map(|(position, text)| Cell {
            text: text.clone(),
            is_marked: all || marked.contains(&position),
        })
        .collect()
}
