//! A consensus that is typed into a page: it is filed as a sheet of one row, like any other.

use std::collections::BTreeMap;

use crate::accounts::Actor;
use crate::evaluation::CONSENSUS;
use crate::exact::read_decimal;
use crate::record::EvaluationId;
use crate::sheets::{Declared, Problem};
use crate::table::{CsvText, Separator};

use super::filing::Upload;
use super::receipt::Receipt;
use super::settle::reason;
use super::{Error, FieldProblem, Service};

/// What the evaluators agreed on about one cell, as typed.
#[derive(Debug, Clone, Copy)]
pub struct Agreed<'a> {
    /// The vendor's name.
    pub vendor: &'a str,
    /// The id of the criterion.
    pub criterion: &'a str,
    /// The score, or what else a cell of a sheet may say.
    pub score: &'a str,
    /// Why.
    pub reason: &'a str,
}

impl Service {
    /// Files what the evaluators agreed on. It stands beside the individual scores and before them.
    ///
    /// # Errors
    /// [`Error::Fields`] about `score` and `reason`, and else as [`Service::file_sheet`].
    pub fn agree(
        &self,
        actor: Actor,
        id: &EvaluationId,
        agreed: Agreed<'_>,
    ) -> Result<Receipt, Error> {
        let mut problems = Vec::new();
        let score = agreed.score.trim();
        if score.is_empty() {
            problems.push(nothing_said(score));
        }
        let why = super::start::collected(reason(agreed.reason), &mut problems).unwrap_or_default();
        let upload = sheet(Agreed {
            score,
            reason: &why,
            ..agreed
        });
        // Looked at first: what somebody mistypes here is no file that was refused.
        if !score.is_empty() {
            match self.check_sheet(actor, id, &upload) {
                // `?` and `TBC` say that nothing is agreed on yet.
                Ok(receipt) if receipt.changes.not_scored > 0 => problems.push(nothing_said(score)),
                Ok(_) => {}
                Err(Error::Sheet(found)) if problems.is_empty() => {
                    problems.extend(found.iter().map(|problem| of_field(problem, score)));
                }
                Err(Error::Sheet(found)) => {
                    let of_score = found.iter().map(|problem| of_field(problem, score));
                    problems.extend(of_score.filter(|problem| problem.field == "score"));
                }
                Err(other) => return Err(other),
            }
        }
        if problems.is_empty() {
            self.file_sheet(actor, id, &upload)
        } else {
            Err(Error::Fields(problems))
        }
    }
}

fn nothing_said(score: &str) -> FieldProblem {
    FieldProblem {
        field: "score".to_owned(),
        value: Some(score.to_owned()).filter(|score| !score.is_empty()),
        code: "score-needed",
        message: "say what was agreed on".to_owned(),
    }
}

fn sheet(agreed: Agreed<'_>) -> Upload {
    let mut csv = CsvText::new(Separator::Comma);
    for heading in ["vendor", "criterion", "evaluator", "score", "comment"] {
        csv.text(heading);
    }
    csv.end_row();
    csv.text(agreed.vendor).text(agreed.criterion);
    csv.text(CONSENSUS);
    // What a score is, the reader of sheets alone tells; here it is only written so that nothing runs it.
    if read_decimal(agreed.score).is_ok() {
        csv.number(Some(agreed.score));
    } else {
        csv.text(agreed.score);
    }
    csv.text(agreed.reason);
    csv.end_row();
    Upload {
        file_name: format!("consensus {}.csv", agreed.criterion),
        bytes: csv.into_bytes(),
        declared: decimal_sign(agreed.score),
        ..Upload::default()
    }
}

/// Where people write decimal commas, they type them into a page too.
fn decimal_sign(score: &str) -> Declared {
    let comma = score.contains(',') && !score.contains('.');
    let statement = comma.then(|| ("decimal".to_owned(), "comma".to_owned()));
    Declared::try_from(BTreeMap::from_iter(statement)).unwrap_or_default()
}

/// A problem of the sheet as one of the field that its cell was made of.
fn of_field(problem: &Problem, score: &str) -> FieldProblem {
    let (field, value) = match problem.column() {
        Some("comment") => ("reason", None),
        _ => ("score", Some(score.to_owned())),
    };
    FieldProblem {
        field: field.to_owned(),
        value,
        code: problem.code(),
        message: problem.to_string(),
    }
}
