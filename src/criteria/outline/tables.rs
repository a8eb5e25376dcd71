//! Several tables in one file: each has a header, and perhaps a caption above it.

use crate::table::name::fold;

use super::OutlineRule;
use super::Question;
use super::columns::likeness;
use super::draft::Findings;
use super::grid::{Body, Grid};
use super::terms::Terms;

/// The rows of a table, as places among the rows of the file.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) caption: Option<String>,
    pub(super) header: usize,
    pub(super) body: std::ops::Range<usize>,
}

/// The table that is meant, with the caption of each of its rows where several tables are one.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) header: Vec<String>,
    pub(super) body: Body,
    /// By row: the caption it stands under.
    pub(super) captions: Vec<(u32, String)>,
    /// The text of the table alone, if the file has others.
    pub(super) cut: Option<String>,
}

/// Finds the tables of a file and the one that is meant; `None` while that is open.
pub(super) fn choose(grid: &Grid, terms: &Terms, findings: &mut Findings) -> Option<Chosen> {
    let tables = tables(grid, terms);
    let first = tables.first()?;
    let header = grid.rows.get(first.header)?.1.clone();
    let same = |table: &Table| {
        grid.rows
            .get(table.header)
            .is_some_and(|(_, cells)| alike(cells, &header))
    };
    let names: Vec<String> = (1_usize..)
        .zip(&tables)
        .map(|(number, table)| {
            table
                .caption
                .clone()
                .unwrap_or_else(|| format!("Part {number}"))
        })
        .collect();
    if let Some(said) = &terms.table {
        let found = names.iter().position(|name| fold(name) == *said);
        let Some(table) = found.and_then(|at| tables.get(at)) else {
            let problem = OutlineRule::NoTable(names.join(", ")).of_file();
            findings.problems.push(problem);
            return None;
        };
        let rows = std::iter::once(table.header).chain(table.body.clone());
        return Some(Chosen {
            header: grid.rows.get(table.header)?.1.clone(),
            body: grid.rows.get(table.body.clone())?.to_vec(),
            captions: Vec::new(),
            cut: (tables.len() > 1).then(|| grid.cut(rows)),
        });
    }
    if !tables.iter().all(same) {
        let message = "the file holds several tables with other columns; which one is meant? Bring the others on their own";
        let question = Question::typed("table", "table-needed", message);
        findings.ask(question.with(names.into_iter().map(|name| (name.clone(), name))));
        return None;
    }
    let mut captions = Vec::new();
    let mut body = Body::new();
    for (table, name) in tables.iter().zip(names) {
        let rows = grid.rows.get(table.body.clone())?;
        if tables.len() > 1 {
            captions.extend(rows.iter().map(|(row, _)| (*row, name.clone())));
        }
        body.extend_from_slice(rows);
    }
    Some(Chosen {
        header,
        body,
        captions,
        cut: None,
    })
}

fn tables(grid: &Grid, terms: &Terms) -> Vec<Table> {
    let rows = &grid.rows;
    let mut headers = vec![grid.header];
    let first = rows
        .get(grid.header)
        .map(|(_, cells)| cells.as_slice())
        .unwrap_or_default();
    for (at, (row, cells)) in rows.iter().enumerate().skip(grid.header.saturating_add(1)) {
        let before = at.checked_sub(1).and_then(|before| rows.get(before));
        let parted = before.is_some_and(|(above, cells)| {
            only_cell(cells).is_some() || above.saturating_add(1) < *row
        });
        if alike(cells, first) || (parted && is_header(cells, terms)) {
            headers.push(at);
        }
    }
    let caption_of = |header: usize| {
        let above = header
            .checked_sub(1)
            .filter(|above| *above != grid.header)?;
        Some((above, only_cell(&rows.get(above)?.1)?.to_owned()))
    };
    let mut tables = Vec::new();
    for (number, header) in headers.iter().enumerate() {
        let next = headers.get(number.saturating_add(1));
        let end = next.map_or(rows.len(), |next| {
            caption_of(*next).map_or(*next, |(above, _)| above)
        });
        tables.push(Table {
            caption: caption_of(*header).map(|(_, caption)| caption),
            header: *header,
            body: header.saturating_add(1)..end.max(header.saturating_add(1)),
        });
    }
    tables
}

/// Whether a row in the middle is the header of another table: words only, several of them known.
fn is_header(cells: &[String], terms: &Terms) -> bool {
    let has_number = cells.iter().any(|cell| {
        cell.starts_with(|first: char| first.is_ascii_digit())
            && !cell.chars().any(char::is_alphabetic)
    });
    let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
    !has_number && likeness(&texts, terms) > 1
}

/// The text of a row that holds nothing else.
pub(super) fn only_cell(cells: &[String]) -> Option<&str> {
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    let only = filled.next()?;
    filled.next().is_none().then_some(only)
}

fn alike(one: &[String], other: &[String]) -> bool {
    let longer = one.len().max(other.len());
    let cell =
        |cells: &[String], at: usize| cells.get(at).map(|cell| fold(cell)).unwrap_or_default();
    (0..longer).all(|at| cell(one, at) == cell(other, at))
}
