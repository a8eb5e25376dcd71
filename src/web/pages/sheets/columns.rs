//! The columns of a sheet, each with what it is said to be.

use std::collections::BTreeMap;

use crate::sheets::{self, ColumnLetter, ExcerptLimits, Problem, Rule};
use crate::table::name::fold;

use super::ask::Said;
use super::attempt::Attempt;

/// How much of a sheet is looked at for columns without a heading, and how much of its headings is shown.
const LIMITS: ExcerptLimits = ExcerptLimits {
    rows: 20,
    cells: 60,
    characters: 300,
};
/// How many characters of a cell stand for a column without a heading.
const SAMPLE: usize = 40;

/// What one column is.
#[derive(Debug)]
pub(in crate::web::pages) struct Column {
    pub(in crate::web::pages) field: String,
    /// The field of its letter, which says the same.
    lettered: String,
    pub(in crate::web::pages) heading: String,
    pub(in crate::web::pages) said: String,
}

/// What a form can say a column is.
pub(in crate::web::pages) const ROLES: [(&str, &str); 7] = [
    ("vendor", "the vendor"),
    ("criterion", "the criterion"),
    ("score", "the score"),
    ("evaluator", "the evaluator"),
    ("comment", "the comment"),
    ("weight", "the weight"),
    ("ignore", "not used"),
];

impl Column {
    /// The fields that say what it is.
    pub(in crate::web::pages) fn fields(&self) -> [&str; 2] {
        [&self.field, &self.lettered]
    }
}

/// The columns of a sheet: those with a heading, and those without one that hold something.
pub(in crate::web::pages) fn of(attempt: &Attempt, said: &Said<'_>) -> Vec<Column> {
    let (tab, declared) = (attempt.terms.tab(), attempt.terms.declared());
    let excerpt = sheets::excerpt(&attempt.file.bytes, tab, declared, |_| true, &LIMITS);
    let mut rows = excerpt.rows;
    let header = excerpt.headings.or_else(|| rows.first().cloned());
    let Some(header) = header else {
        return Vec::new();
    };
    rows.retain(|row| row.row > header.row && !row.is_broken);
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for heading in &header.cells {
        let count = times.entry(fold(heading)).or_default();
        *count = count.saturating_add(1);
    }
    let heading = |at: usize| header.cells.get(at).map_or("", String::as_str);
    (0..width.max(header.cells.len()))
        .filter_map(|at| {
            let heading = heading(at);
            let letter = ColumnLetter(at);
            let lettered = format!("column:{letter}");
            let is_telling = !heading.is_empty()
                && !heading.contains(['↵', '\\', '…'])
                && times.get(&fold(heading)) == Some(&1);
            let field = if is_telling {
                format!("column:{heading}")
            } else {
                lettered.clone()
            };
            let shown = if heading.is_empty() {
                let mut below = rows.iter().filter_map(|row| row.cells.get(at));
                let sample = below.find(|cell| !cell.is_empty())?;
                let sample: String = sample.chars().take(SAMPLE).collect();
                format!("Column {letter}, without a heading: {sample}")
            } else if is_telling {
                heading.to_owned()
            } else {
                format!("{heading} (column {letter})")
            };
            let at_last = said.at_last(&field).or_else(|| said.now(&lettered));
            let said = at_last.or_else(|| likely(said, at)).unwrap_or_default();
            Some(Column {
                said: said.to_owned(),
                heading: shown,
                field,
                lettered,
            })
        })
        .collect()
}

/// A second column of the same kind and one without a heading are probably not meant.
fn likely(said: &Said<'_>, at: usize) -> Option<&'static str> {
    let is_odd = |rule: &Rule| match rule {
        Rule::DuplicateColumn(_, column) | Rule::UnnamedColumn(column) => column.0 == at,
        _ => false,
    };
    let mut rules = said.problems().iter().map(Problem::rule);
    rules.any(is_odd).then_some("ignore")
}
