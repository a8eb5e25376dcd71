//! What can be wrong with a spreadsheet of criteria.

use serde::Serialize;
use thiserror::Error;

use crate::table::NotText;
use crate::table::xlsx::NotAWorkbook;

/// What is wrong with a spreadsheet of criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutlineProblem {
    /// The row as a spreadsheet counts it; `None` if it is about the whole file.
    pub row: Option<u32>,
    /// The heading of the column.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// The stable name of the rule.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

/// Why criteria cannot be taken from a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OutlineRule {
    /// It is no text.
    #[error("{0}")]
    NotText(NotText),
    /// It is no workbook that can be read.
    #[error("{0}")]
    Workbook(NotAWorkbook),
    /// There is no header with a column of criteria.
    #[error(
        "there is no column of criteria; write \"criterion\" above it, or declare it, like column:Topic=criterion"
    )]
    NoCriteria,
    /// It is beyond a limit, or its quotes are broken.
    #[error("the file cannot be read as rows and columns; save it once more as CSV or XLSX")]
    NoRows,
    /// Nobody can see from it what vendors were scored on.
    #[error(
        "these are totals by evaluator and vendor without any criteria, so nobody could check what they rest on; bring the sheets that the totals were added up from, with a column of criteria"
    )]
    NotAuditable,
    /// The column of weights that was declared is not there.
    #[error("there is no such column of weights; there are: {0}")]
    NoWeightColumn(String),
    /// The table that was declared is not there.
    #[error("there is no such table; there are: {0}")]
    NoTable(String),
    /// The same criterion has two weights.
    #[error("this criterion weighs {0} in row {1}; write one weight for it everywhere")]
    WeightsDiffer(String, u32),
    /// A cell of a column of numbers is none.
    #[error("this is not a number; write one, like 5 or 12.5, or leave the cell empty")]
    NoNumber,
    /// A cell is no scale.
    #[error("this is not a scale; write the lowest and the highest score, like 1..5")]
    NoScale,
    /// A cell is no kind of criterion.
    #[error("a criterion is rated, priced or pass-fail; write one of these")]
    NoKind,
    /// A row lies in a row that is not there.
    #[error("the row that this one lies in is not there; write its number under \"No.\"")]
    NoParent,
    /// A criterion is there twice.
    #[error("this criterion stands in row {0} already; name them differently")]
    Twice(u32),
    /// A weight is no number.
    #[error("this is not a weight; write a number above 0, like 5 or 12.5")]
    NoWeight,
    /// A weight could be two numbers.
    #[error("this weight can be read in two ways; write it without signs for thousands")]
    AmbiguousWeight,
    /// A weight of several criteria together.
    #[error(
        "the merged cells {0} reach over this weight, so it is open whether each criterion has it or all together; unmerge them, and write a weight for each"
    )]
    MergedWeight(String),
    /// A weight up to 1 stands among percents.
    #[error(
        "other weights are in percent, and this one may be a part of 1 or a percentage; write it with a percent sign, like 50%"
    )]
    AmongPercents,
    /// A row with nothing but a name, and no criteria under it.
    #[error(
        "nothing stands beside this name and no criteria under it; if it is a criterion, write its weight, else delete the row"
    )]
    NothingUnder,
    /// A row that heads others by its weight has answers.
    #[error(
        "this row weighs what the rows below it do together, so it heads them; leave the cells beside its weight empty, or delete the row"
    )]
    HeadingAnswered,
    /// A criterion has no weight although others do.
    #[error("this criterion has no weight; write one, or delete the row")]
    WeightMissing,
}

impl OutlineRule {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NotText(_) => "not-text",
            Self::Workbook(_) => "not-a-workbook",
            Self::NoCriteria => "missing-column",
            Self::NoRows => "not-csv",
            Self::NotAuditable => "not-auditable",
            Self::NoWeightColumn(_) | Self::NoTable(_) => "unknown-value",
            Self::WeightsDiffer(..) => "weights-differ",
            Self::NoNumber => "not-a-number",
            Self::NoScale => "not-a-scale",
            Self::NoKind => "unknown-kind",
            Self::NoParent => "unknown-category",
            Self::Twice(_) => "duplicate-criterion",
            Self::NoWeight => "not-a-weight",
            Self::AmbiguousWeight | Self::AmongPercents => "ambiguous-number",
            Self::MergedWeight(_) => "merged-weight",
            Self::WeightMissing => "weight-missing",
            Self::NothingUnder => "nothing-under",
            Self::HeadingAnswered => "heading-answered",
        }
    }

    pub(super) fn of_file(self) -> OutlineProblem {
        OutlineProblem {
            row: None,
            column: None,
            value: None,
            code: self.code(),
            message: self.to_string(),
        }
    }

    pub(super) fn at(self, row: u32, column: &str, value: &str) -> OutlineProblem {
        OutlineProblem {
            row: Some(row),
            column: (!column.is_empty()).then(|| column.to_owned()),
            value: (!value.is_empty()).then(|| value.to_owned()),
            ..self.of_file()
        }
    }
}
