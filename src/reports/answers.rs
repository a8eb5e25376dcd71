//! Every evaluator's answer, with its reason and the cell of the sheet it came from.

use serde::Serialize;

use crate::criteria::CriterionIndex;
use crate::evaluation::{Answer, Given, Origin, VendorIndex};

use super::published::Published;

/// One answer that stands, as reports show it.
#[derive(Debug, Serialize)]
pub(crate) struct AnswerShown<'a> {
    pub(crate) evaluator: &'a str,
    pub(crate) state: &'static str,
    pub(crate) score: Option<String>,
    pub(crate) comment: Option<&'a str>,
    pub(crate) sheet: &'a str,
    pub(crate) row: u32,
    /// The column by its letter.
    pub(crate) column: String,
    /// The evaluator was recused here, so the answer does not count.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) recused: bool,
    #[serde(skip)]
    pub(crate) origin: Origin,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde calls"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// The answers that stand about one vendor and criterion, by evaluator, the consensus first.
pub(super) fn answers<'a>(
    published: &Published<'a>,
    vendor: VendorIndex,
    criterion: CriterionIndex,
) -> Vec<AnswerShown<'a>> {
    let evaluation = published.evaluation;
    let mut cell: Vec<&Given> = evaluation.matrix().cell(vendor, criterion).iter().collect();
    cell.sort_by_key(|given| published.evaluator_place(given.evaluator));
    cell.into_iter()
        .map(|given| {
            let origin = evaluation.origin(given);
            AnswerShown {
                evaluator: evaluation.evaluator_name(given.evaluator),
                state: state(given.answer),
                score: score(given.answer),
                comment: evaluation.comment(given),
                sheet: evaluation.sheet_name(given.sheet),
                row: origin.row,
                column: column_letters(origin.column),
                recused: evaluation.is_recused(given.evaluator, vendor),
                origin,
            }
        })
        .collect()
}

fn state(answer: Answer) -> &'static str {
    match answer {
        Answer::Scored(_) | Answer::Passed | Answer::Failed => "scored",
        Answer::NoResponse => "no_response",
        Answer::NotApplicable => "not_applicable",
    }
}

fn score(answer: Answer) -> Option<String> {
    match answer {
        Answer::Scored(score) => Some(score.to_string()),
        Answer::Passed => Some("pass".to_owned()),
        Answer::Failed => Some("fail".to_owned()),
        Answer::NoResponse | Answer::NotApplicable => None,
    }
}

/// An answer in words, as a list of changes shows it.
pub(crate) fn answer_text(answer: Answer) -> String {
    score(answer).unwrap_or_else(|| state(answer).replace('_', " "))
}

/// The letters a spreadsheet names a column with: 0 is A, 26 is AA.
fn column_letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column).saturating_add(1);
    while rest > 0 {
        let digit = rest.saturating_sub(1);
        letters.extend(char::from_digit(10_u32.saturating_add(digit % 26), 36));
        rest = digit / 26;
    }
    letters.iter().rev().map(char::to_ascii_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(column), letters);
        }
    }
}
