//! What one cell of a score sheet says.

use rust_decimal::Decimal;

use super::{EvaluatorIndex, SheetIndex};

/// An evaluator's answer about one vendor and criterion. That there is none yet is the absence of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A score on the scale, or an amount of money for a priced criterion.
    Scored(Decimal),
    /// A pass-fail criterion is met.
    Passed,
    /// A pass-fail criterion is not met.
    Failed,
    /// The vendor was silent: the worst score, shown as such.
    NoResponse,
    /// The criterion does not apply to this vendor.
    NotApplicable,
}

/// What a cell of a sheet asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// An answer, which replaces an earlier one.
    Answer(Answer),
    /// Not scored yet, which never replaces anything.
    NotScored,
    /// Takes an earlier answer away.
    Clear,
}

/// An answer that stands. Its reason and the cell it came from stay with its sheet: [`Evaluation::comment`] and
/// [`Evaluation::origin`] tell them.
///
/// [`Evaluation::comment`]: super::Evaluation::comment
/// [`Evaluation::origin`]: super::Evaluation::origin
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Who answered.
    pub evaluator: EvaluatorIndex,
    /// What they answered.
    pub answer: Answer,
    /// The sheet it came from.
    pub sheet: SheetIndex,
    /// Its place among the sheet's lines.
    pub(super) line: u32,
}

/// The cell an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The sheet.
    pub sheet: SheetIndex,
    /// The row as a spreadsheet counts it: the header is row 1.
    pub row: u32,
    /// The column as a spreadsheet counts it: 0 is column A.
    pub column: u16,
}
