//! Files with one number for each criterion.

use crate::exact::Fraction;
use crate::table::name::fold;
use crate::table::{Name, NameList};

use super::cells::{Cells, Row};
use super::problem::{ElicitProblem, ElicitRule, Findings};

/// What stands beside each criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Its rank, 1 matters most.
    Rank,
    /// The points for its swing.
    Points,
}

impl Column {
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::Points => "points",
        }
    }

    fn header(self) -> &'static str {
        match self {
            Self::Rank => "criterion,rank",
            Self::Points => "criterion,points",
        }
    }

    fn is_headed(self, heading: &str) -> bool {
        match self {
            Self::Rank => matches!(heading, "rank" | "rang"),
            Self::Points => matches!(heading, "points" | "punkte"),
        }
    }
}

/// A number with the row it stands in.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) row: u32,
    pub(super) text: String,
    pub(super) value: Fraction,
}

/// The criteria of a file, each with its number.
#[derive(Debug)]
pub(super) struct List {
    pub(super) names: Vec<String>,
    pub(super) values: Vec<Said>,
}

/// Reads the list; `None` if anything is wrong with it.
pub(super) fn read(cells: &Cells, column: Column, findings: &mut Findings) -> Option<List> {
    let criterion = |heading: &str| {
        matches!(
            heading,
            "criterion" | "criteria" | "kriterium" | "kriterien"
        )
    };
    let name_at = find(&cells.header, "criterion", column, criterion, findings);
    let is_value = |heading: &str| column.is_headed(heading);
    let value_at = find(&cells.header, column.heading(), column, is_value, findings);
    let (name_at, value_at) = (name_at?, value_at?);
    let mut known = NameList::default();
    let mut values = Vec::new();
    for row in &cells.rows {
        read_name(row, name_at, &mut known, findings);
        values.extend(read_value(cells, row, value_at, column, findings));
    }
    if cells.rows.is_empty() {
        findings.add(ElicitProblem::of_file(ElicitRule::NoCriteria));
    }
    findings.is_empty().then(|| List {
        names: known
            .names()
            .iter()
            .map(|name| name.shown().to_owned())
            .collect(),
        values,
    })
}

fn find(
    header: &Row,
    heading: &'static str,
    column: Column,
    is_it: impl Fn(&str) -> bool,
    findings: &mut Findings,
) -> Option<usize> {
    let mut found = (0..header.width()).filter(|&at| is_it(&fold(header.at(at))));
    let first = found.next();
    if first.is_none() {
        let rule = ElicitRule::MissingColumn(heading, column.header());
        findings.add(ElicitProblem::of_row(header.number, rule));
    } else if found.next().is_some() {
        let rule = ElicitRule::DuplicateColumn(heading);
        findings.add(ElicitProblem::of_row(header.number, rule));
    }
    first
}

fn read_name(row: &Row, at: usize, known: &mut NameList, findings: &mut Findings) {
    let text = row.at(at);
    if let Err(rule) = add_name(text, known) {
        findings.add(ElicitProblem::of_cell(row.number, "criterion", text, rule));
    }
}

/// Takes a text as the name of one more criterion.
pub(super) fn add_name(text: &str, known: &mut NameList) -> Result<(), ElicitRule> {
    if text.is_empty() {
        let rule = ElicitRule::Missing("write the id of the criterion".to_owned());
        return Err(rule);
    }
    let name = Name::parse(text).map_err(ElicitRule::BadName)?;
    let before = known.len();
    match known.find_or_add(&name) {
        Ok(_) if known.len() > before => Ok(()),
        Ok(_) => Err(ElicitRule::Duplicate(name.shown().to_owned())),
        Err(like) => {
            let like = known.get(like).map_or("", Name::shown);
            Err(ElicitRule::Confusable(like.to_owned()))
        }
    }
}

fn read_value(
    cells: &Cells,
    row: &Row,
    at: usize,
    column: Column,
    findings: &mut Findings,
) -> Option<Said> {
    let text = row.at(at);
    let read = match cells.number(text) {
        _ if text.is_empty() => Err(ElicitRule::Missing(match column {
            Column::Rank => "write its rank, where 1 matters most".to_owned(),
            Column::Points => "write its points, 0 if its swing does not matter".to_owned(),
        })),
        None if column == Column::Rank => Err(ElicitRule::NotARank),
        None => Err(ElicitRule::NotANumber),
        Some(value) if column == Column::Points && value.is_negative() => Err(ElicitRule::Negative),
        Some(value) if column == Column::Rank && !is_rank(&value) => Err(ElicitRule::NotARank),
        Some(value) => Ok(value),
    };
    match read {
        Ok(value) => Some(Said {
            row: row.number,
            text: text.to_owned(),
            value,
        }),
        Err(rule) => {
            findings.add(ElicitProblem::of_cell(
                row.number,
                column.heading(),
                text,
                rule,
            ));
            None
        }
    }
}

fn is_rank(value: &Fraction) -> bool {
    *value >= Fraction::one() && value.floor() == *value
}
