//! A matrix of comparisons: how many times as much the criterion of the row matters as that of the column.

use crate::exact::Fraction;
use crate::table::name::fold;
use crate::table::{Name, NameList};

use super::cells::{Cells, Row};
use super::listed::add_name;
use super::problem::{ElicitProblem, ElicitRule, Findings};

/// The most criteria that are compared in pairs; forty make 780 questions.
const MOST: usize = 40;

/// Comparisons that are whole and do not contradict each other pair by pair.
#[derive(Debug)]
pub(super) struct Comparisons {
    pub(super) names: Vec<String>,
    /// By row and column: above 0, 1 on the diagonal, and reciprocal across it.
    pub(super) ratios: Vec<Vec<Fraction>>,
}

/// A judgement as it is written, with its row.
struct Written {
    row: u32,
    text: String,
    ratio: Option<Fraction>,
}

/// Reads a matrix; `None` if anything is wrong with it.
pub(super) fn read(cells: &Cells, findings: &mut Findings) -> Option<Comparisons> {
    let known = criteria(&cells.header, findings)?;
    let mut matrix: Vec<Option<Vec<Written>>> = (0..known.len()).map(|_| None).collect();
    for row in &cells.rows {
        read_row(cells, row, &known, &mut matrix, findings);
    }
    for (name, row) in known.names().iter().zip(&matrix) {
        if row.is_none() {
            let rule = ElicitRule::MissingRow(name.shown().to_owned());
            findings.add(ElicitProblem::of_file(rule));
        }
    }
    check_pairs(&known, &matrix, findings);
    let ratios = matrix.into_iter().map(|row| {
        let ratios = row?.into_iter().map(|written| written.ratio);
        ratios.collect::<Option<Vec<Fraction>>>()
    });
    let ratios: Option<Vec<Vec<Fraction>>> = ratios.collect();
    Some(Comparisons {
        names: known
            .names()
            .iter()
            .map(|name| name.shown().to_owned())
            .collect(),
        ratios: ratios.filter(|_| findings.is_empty())?,
    })
}

/// The criteria that the header names.
fn criteria(header: &Row, findings: &mut Findings) -> Option<NameList> {
    const CORNER: [&str; 5] = ["", "criterion", "criteria", "kriterium", "kriterien"];
    if !CORNER.contains(&fold(header.at(0)).as_str()) {
        let rule = ElicitRule::MissingColumn("criterion", "criterion,<id>,<id>...");
        findings.add(ElicitProblem::of_row(header.number, rule));
        return None;
    }
    let mut known = NameList::default();
    for at in 1..header.width() {
        let text = header.at(at);
        if let Err(rule) = add_name(text, &mut known) {
            findings.add(ElicitProblem::of_cell(header.number, text, text, rule));
        }
    }
    let found = known.len();
    if found > MOST {
        let rule = ElicitRule::TooMany { found, most: MOST };
        findings.add(ElicitProblem::of_file(rule));
    } else if found == 0 {
        findings.add(ElicitProblem::of_file(ElicitRule::NoCriteria));
    }
    // With a column that cannot be told from another, nothing below it means anything.
    findings.is_empty().then_some(known)
}

fn read_row(
    cells: &Cells,
    row: &Row,
    known: &NameList,
    matrix: &mut [Option<Vec<Written>>],
    findings: &mut Findings,
) {
    let text = row.at(0);
    let found = find(text, known).and_then(|at| {
        let slot = matrix.get_mut(at).filter(|slot| slot.is_none());
        slot.ok_or_else(|| ElicitRule::Duplicate(text.to_owned()))
    });
    let slot = match found {
        Ok(slot) => Some(slot),
        Err(rule) => {
            findings.add(ElicitProblem::of_cell(row.number, "criterion", text, rule));
            None
        }
    };
    let names = known.names().iter().zip(1..);
    let judgements: Vec<Written> = names
        .map(|(name, at)| judgement(cells, row, at, name, findings))
        .collect();
    if row.width() > known.len().saturating_add(1) {
        findings.add(ElicitProblem::of_row(row.number, ElicitRule::BeyondHeader));
    }
    if let Some(slot) = slot {
        *slot = Some(judgements);
    }
}

fn find(text: &str, known: &NameList) -> Result<usize, ElicitRule> {
    // What add_name says about a name alone is said here too.
    add_name(text, &mut NameList::default())?;
    let name = Name::parse(text).map_err(ElicitRule::BadName)?;
    known.find(&name).map_err(|_| {
        let all: Vec<&str> = known.names().iter().map(Name::shown).collect();
        ElicitRule::Unknown(name.shown().to_owned(), all.join(", "))
    })
}

fn judgement(
    cells: &Cells,
    row: &Row,
    at: usize,
    column: &Name,
    findings: &mut Findings,
) -> Written {
    let text = row.at(at);
    let read = match cells.ratio(text) {
        _ if text.is_empty() => {
            let (row, column) = (row.at(0), column.shown());
            let cure = format!("write how many times as much \"{row}\" matters as \"{column}\"");
            Err(ElicitRule::Missing(cure))
        }
        None => Err(ElicitRule::NotARatio),
        Some(ratio) if ratio.is_negative() || ratio.is_zero() => Err(ElicitRule::NotPositive),
        Some(ratio) => Ok(ratio),
    };
    let mut place = |rule| {
        let problem = ElicitProblem::of_cell(row.number, column.shown(), text, rule);
        findings.add(problem);
    };
    Written {
        row: row.number,
        text: text.to_owned(),
        ratio: read.map_err(&mut place).ok(),
    }
}

/// Every pair is judged twice, and the two must be reciprocal; a criterion beside itself is 1.
fn check_pairs(known: &NameList, matrix: &[Option<Vec<Written>>], findings: &mut Findings) {
    let cell = |row: usize, column: usize| {
        let written = matrix.get(row)?.as_ref()?.get(column)?;
        Some((written, written.ratio.as_ref()?))
    };
    let name = |at: usize| known.get(at).map_or("", Name::shown);
    for row in 0..known.len() {
        for column in 0..=row {
            let Some((written, ratio)) = cell(row, column) else {
                continue;
            };
            let rule = if row == column {
                (*ratio != Fraction::one()).then_some(ElicitRule::DiagonalNotOne)
            } else {
                across(cell(column, row), ratio).map(|(other, expected)| {
                    ElicitRule::NotReciprocal {
                        row: name(row).to_owned(),
                        column: name(column).to_owned(),
                        other,
                        expected,
                    }
                })
            };
            if let Some(rule) = rule {
                findings.add(ElicitProblem::of_cell(
                    written.row,
                    name(column),
                    &written.text,
                    rule,
                ));
            }
        }
    }
}

/// What is written across the diagonal and what would fit it, if the two do not fit.
fn across(other: Option<(&Written, &Fraction)>, ratio: &Fraction) -> Option<(String, String)> {
    let (written, other) = other?;
    let expected = Fraction::one().over(other)?;
    (expected != *ratio).then(|| (written.text.clone(), plainly(&expected)))
}

/// A ratio as people write it: `3`, `1/3`.
fn plainly(ratio: &Fraction) -> String {
    let text = ratio.to_string();
    text.strip_suffix("/1").map(str::to_owned).unwrap_or(text)
}
