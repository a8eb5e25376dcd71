//! Formulas that lead back to themselves: one program computes them all the same, another refuses the whole workbook.

use std::collections::{BTreeMap, BTreeSet};

use super::office::{Book, Place};

/// The cells of a circle of formulas, each naming the next, as far as whole ranges are concerned; empty if there is none.
pub fn circle(book: &Book) -> Vec<Place> {
    let named: BTreeMap<&Place, Vec<Place>> = book
        .formulas
        .iter()
        .map(|(place, formula)| {
            let all = references(&place.0, formula);
            let formulas = all
                .into_iter()
                .filter(|one| book.formulas.contains_key(one));
            (place, formulas.collect())
        })
        .collect();
    let mut done: BTreeSet<&Place> = BTreeSet::new();
    for start in named.keys() {
        // The way from the start to here, with what each step has still to look at.
        let mut way: Vec<(&Place, std::slice::Iter<'_, Place>)> =
            vec![(start, named[*start].iter())];
        while let Some((place, rest)) = way.last_mut() {
            let Some(next) = rest.next().filter(|_| !done.contains(*place)) else {
                done.insert(*place);
                way.pop();
                continue;
            };
            if let Some(from) = way.iter().position(|(step, _)| *step == next) {
                return way[from..]
                    .iter()
                    .map(|(step, _)| (*step).clone())
                    .collect();
            }
            if !done.contains(next) {
                way.push((next, named[next].iter()));
            }
        }
    }
    Vec::new()
}

/// Every cell that a formula names, the cells of ranges one by one.
fn references(sheet: &str, formula: &str) -> BTreeSet<Place> {
    let mut found = BTreeSet::new();
    // Every second part stands in quotes.
    for code in formula.split('"').step_by(2) {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || "!:".contains(letter);
        for word in code.split(|letter| !is_part(letter)) {
            let (sheet, cells) = word.split_once('!').unwrap_or((sheet, word));
            let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
            if let (Some(first), Some(last)) = (cell(first), cell(last)) {
                for row in first.0..=last.0 {
                    found.extend((first.1..=last.1).map(|column| (sheet.to_owned(), row, column)));
                }
            }
        }
    }
    found
}

/// The row and the column, from 0, of a cell named like `C12`.
fn cell(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let is_column = !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    let column = letters.bytes().fold(0_u32, |sum, byte| {
        let digit = u32::from(byte.saturating_sub(b'A')).saturating_add(1);
        sum.saturating_mul(26).saturating_add(digit)
    });
    let row: u32 = row.parse().ok()?;
    is_column.then(|| (row.saturating_sub(1), column.saturating_sub(1)))
}
