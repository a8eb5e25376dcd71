//! What stands on the other tabs of a workbook: a cover, instructions, a legend.

use std::io::{Read, Seek};

use calamine::{DataRef, Xlsx};

use super::number;

/// How many rows from the top of a tab are looked at.
const ROWS: u32 = 60;
/// The most texts that are taken from all tabs.
const TEXTS: usize = 600;
/// The most bytes of a text; a longer one is left out.
const LONGEST: usize = 2000;

/// The beginning of a tab that is no table: the texts of its rows from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Its name.
    pub tab: String,
    /// Its rows with anything in them.
    pub rows: Vec<Vec<String>>,
}

/// Reads the beginnings of tabs, but of those that look like tables. What cannot be read says nothing: it is not what is handed in.
pub(super) fn read<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    names: impl Iterator<Item = String>,
    looks_like_table: impl Fn(&[&str]) -> bool,
) -> Vec<Beside> {
    let mut left = TEXTS;
    let mut found = Vec::new();
    for tab in names {
        let rows = rows(workbook, &tab, &mut left).unwrap_or_default();
        let is_table = rows.iter().any(|row| {
            let texts: Vec<&str> = row.iter().map(String::as_str).collect();
            looks_like_table(&texts)
        });
        if !is_table && !rows.is_empty() {
            found.push(Beside { tab, rows });
        }
    }
    found
}

fn rows<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    tab: &str,
    left: &mut usize,
) -> Option<Vec<Vec<String>>> {
    let mut reader = workbook.worksheet_cells_reader(tab).ok()?;
    let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
    while let Ok(Some(cell)) = reader.next_cell() {
        let (row, _) = cell.get_position();
        if row >= ROWS || *left == 0 {
            break;
        }
        let text = match cell.get_value() {
            DataRef::String(text) => text.trim().to_owned(),
            DataRef::SharedString(text) => text.trim().to_owned(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Float(number) => number::text(*number),
            _ => continue,
        };
        if text.is_empty() || text.len() > LONGEST {
            continue;
        }
        *left = left.saturating_sub(1);
        match rows.last_mut() {
            Some((last, texts)) if *last == row => texts.push(text),
            Some(_) | None => rows.push((row, vec![text])),
        }
    }
    Some(rows.into_iter().map(|(_, texts)| texts).collect())
}
