//! Every rule a sheet can break, with the words that tell a person what to write instead.

use rust_decimal::Decimal;
use thiserror::Error;

use crate::exact;
use crate::table::xlsx::NotAWorkbook;
use crate::table::{NameError, NotText, Quoting};

use super::wording::{
    ColumnLetter, Odd, OtherRows, Wanted, described, did_you_mean, either, name_message,
    quoting_message,
};
use super::{CostRule, Described, LayoutRule};

/// What is wrong, or noticed, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Rule {
    /// The bytes are no text that can be read in one way only.
    #[error("{0}")]
    NotText(#[from] NotText),
    /// The encoding is not marked in the file.
    #[error(
        "the file was read as Windows-1252, which is a guess; check that this word is written right, or save the file as \"CSV UTF-8\""
    )]
    EncodingGuessed,
    /// The first line names a separator that is not known.
    #[error(
        "the first line names a separator that is not known; write sep=, or sep=; or leave the line out"
    )]
    UnknownSeparator,
    /// The reader gave up.
    #[error("the file cannot be read as CSV; save it again as \"CSV UTF-8\"")]
    NotCsv,
    /// The file is too large.
    #[error("the file has more than {0} bytes; split it, or raise the limit with --max-bytes")]
    TooManyBytes(usize),
    /// The sheet has too many rows.
    #[error(
        "the sheet has more than {0} rows (a row with several scores counts as that many); split it, or raise the limit with --max-rows"
    )]
    TooManyRows(usize),
    /// A row has too many columns.
    #[error(
        "the row has more than {0} columns; delete the columns that are not used, or raise the limit with --max-columns"
    )]
    TooManyColumns(usize),
    /// A cell is too long.
    #[error(
        "the cell has more than {0} characters; shorten it, or raise the limit with --max-cell"
    )]
    CellTooLong(usize),
    /// There is no row with an answer.
    #[error(
        "the sheet holds no answers; below the header (vendor, criterion, score) it needs a row for every answer"
    )]
    EmptySheet,
    /// A column that every sheet needs is missing.
    #[error(
        "there is no column \"{0}\"; the header is either vendor, criterion, score (and evaluator, comment), or criterion and then one column per vendor"
    )]
    MissingColumn(&'static str),
    /// A column that something is declared about is not there.
    #[error(
        "something is declared about a column \"{0}\", which this sheet does not have; take the declaration back or name the column as its heading does"
    )]
    DeclaredColumnMissing(String),
    /// A vendor is declared for the whole sheet, which has a column of vendors.
    #[error(
        "this column says the vendors, and one is declared for the whole sheet; take one of the two back"
    )]
    VendorDeclaredTwice,
    /// Two columns have the same meaning.
    #[error("columns {0} and {1} are both for this; delete or rename one of them")]
    DuplicateColumn(ColumnLetter, ColumnLetter),
    /// A column without a heading holds something.
    #[error("column {0} has no heading but is not empty; write a heading above it or empty it")]
    UnnamedColumn(ColumnLetter),
    /// A name that holds line breaks and separators, as rows do that a stray quote has swallowed.
    #[error(
        "this cell runs over several rows; look for a stray quote before it, and write one name in it"
    )]
    RowsInName,
    /// Rows above the header.
    #[error("the header was found in row {0}; the rows above it are not used")]
    HeaderNotFirst(u32),
    /// A column that may be a vendor's or computed from others.
    #[error(
        "this may be a vendor or a column computed from others; declare the column to be ignored (column:{0} = ignore), or write the vendor's full name above it"
    )]
    DoubtfulColumn(String),
    /// A column that means nothing here.
    #[error("this column is not used")]
    ColumnIgnored,
    /// A cell whose quotes are wrong or odd.
    #[error("{}", quoting_message(*.0))]
    Quoting(Quoting),
    /// More cells than columns.
    #[error(
        "the row has more cells than the header, probably an unquoted comma in the comment; put quotes (\"...\") around the text that contains the separator"
    )]
    RowTooLong,
    /// Fewer cells than the row needs.
    #[error(
        "the row ends before this column; add the missing cells, leaving those that are not scored yet empty"
    )]
    RowTooShort,
    /// The file is no workbook that can be read.
    #[error("{0}")]
    Workbook(NotAWorkbook),
    /// Tabs that were not looked at.
    #[error("hidden tabs were not looked at: {}", .0.join(", "))]
    HiddenTabs(Vec<String>),
    /// Rows or columns that are hidden in the workbook and were read.
    #[error("{0} hidden {1} of the workbook were read like the others")]
    HiddenCells(usize, &'static str),
    /// Cells whose number was computed by the spreadsheet.
    #[error("{0} cells are formulas; the results that were saved with them were read")]
    SavedFormulas(usize),
    /// Cells that lie in merged ones.
    #[error("{0} cells lie in merged ones, and were read as what the merged cell says")]
    MergedCells(usize),
    /// A cell that shows another number than it holds.
    #[error("the cell shows {shows} but holds {holds}, which is what was read")]
    ShownDiffers {
        /// What it holds.
        holds: String,
        /// What it shows.
        shows: String,
    },
    /// A cell whose format is not understood, and may hide digits.
    #[error(
        "the cell holds {holds}, which is what was read; its number format may show something else"
    )]
    FormatUnknown {
        /// What it holds.
        holds: String,
    },
    /// The heading names a scale that is not the criterion's.
    #[error(
        "the heading says that scores go {said}, but this criterion is scored from {min} to {max}; score it on that scale"
    )]
    ScaleDiffers {
        /// What the heading says.
        said: String,
        /// The lowest score of the criterion.
        min: Decimal,
        /// The highest score of the criterion.
        max: Decimal,
    },
    /// A cell says that the highest score is another than the criterion's.
    #[error(
        "the sheet says that scores go up to {said} here, but this criterion is scored from {min} to {max}; score it on that scale, or delete this maximum if it is of something else"
    )]
    MaximumDiffers {
        /// What the cell says.
        said: Decimal,
        /// The lowest score of the criterion.
        min: Decimal,
        /// The highest score of the criterion.
        max: Decimal,
    },
    /// A text beside the table says another scale than the criterion's.
    #[error(
        "this says that scores go {said}, but \"{criterion}\" is scored from {min} to {max}; score it on that scale, or say that this text is to be ignored if it is about something else"
    )]
    SentenceDiffers {
        /// The text, as a declaration may name it.
        text: String,
        /// What the sentence says.
        said: String,
        /// The title of the criterion.
        criterion: String,
        /// The lowest score of the criterion.
        min: Decimal,
        /// The highest score of the criterion.
        max: Decimal,
    },
    /// A text beside the table calls those scores the best that are the worst of a criterion.
    #[error(
        "this says that a {better} score is the better one, but for \"{criterion}\" it is not; turn the scores round, or say that this text is to be ignored if it is about something else"
    )]
    SentenceInverts {
        /// The text, as a declaration may name it.
        text: String,
        /// `low` or `high`.
        better: &'static str,
        /// The title of the criterion.
        criterion: String,
    },
    /// Another column that may be the scores that count.
    #[error(
        "this may be the scores that count, and \"{score}\" too; declare this column to be ignored (column:{heading} = ignore), or to be the score"
    )]
    OtherScores {
        /// The heading of this column.
        heading: String,
        /// The heading of the column that would be read.
        score: String,
    },
    /// A name that is nearly another.
    #[error(
        "this is taken for another than \"{0}\"; if the two are one, write the name the same everywhere"
    )]
    NearName(String),
    /// An evaluator where a vendor should stand.
    #[error(
        "this is an evaluator, and stands where the vendors do; write the vendors there and the evaluator in a column of its own, or add the vendor to the evaluation first if one has this name"
    )]
    EvaluatorAsVendor,
    /// A row of weights or maxima between the vendors.
    #[error("a row of weights or maximum scores is not used; the criteria set says them")]
    AsideRowIgnored,
    /// A total that is not the sum of its column.
    #[error(
        "the sheet says {said} here, but its scores add up to {sum}; totals are computed from the answers"
    )]
    TotalsMismatch {
        /// What the sheet says.
        said: Decimal,
        /// What its scores add up to.
        sum: String,
    },
    /// A weighted total that nothing here comes to.
    #[error(
        "this weighted total was not compared: the scores and the weights of the criteria set do not come to it in any way that is known here; totals are computed from the answers"
    )]
    TotalNotCompared,
    /// A row that sums up the others.
    #[error("a row of totals is not used; totals are computed from the answers")]
    TotalsRowIgnored,
    /// A row that is only a heading.
    #[error("a row without any answer, taken for a heading, is not used")]
    HeadingRowIgnored,
    /// The criterion is not in the set.
    #[error("the criteria set has no such criterion{}", did_you_mean(.0.as_deref()))]
    UnknownCriterion(Option<String>),
    /// Several criteria have this title.
    #[error("several criteria have this title; write the id instead, like {0}")]
    AmbiguousCriterion(String),
    /// Several criteria are prices, and the sheet only says "price".
    #[error("several criteria are prices ({}); write the id of the one that is meant", .0.join(", "))]
    SeveralPrices(Vec<String>),
    /// The vendor is not in the list.
    #[error("this vendor is not in the evaluation{}", did_you_mean(.0.as_deref()))]
    UnknownVendor(Option<String>),
    /// The evaluator is not in the list.
    #[error("this evaluator is not in the evaluation{}", did_you_mean(.0.as_deref()))]
    UnknownEvaluator(Option<String>),
    /// The sheet names nobody, and only listed evaluators may answer.
    #[error(
        "the sheet does not say who scored; add a column evaluator, or name the evaluator when handing in the sheet"
    )]
    EvaluatorNeeded,
    /// Somebody is named beside the table as who scored, and the rows are read as somebody else's.
    #[error(
        "this names who scored, and the rows are read as those of \"{0}\"; if they are by the person named here, hand the sheet in with that name (evaluator)"
    )]
    EvaluatorTold(String),
    /// A name that looks like another and is not.
    #[error("this looks like \"{like}\" but is written with other characters{}; write \"{like}\", or a name that cannot be mistaken for it", described(odd.as_ref()))]
    ConfusableName {
        /// The name it looks like.
        like: String,
        /// What differs.
        odd: Option<Odd>,
    },
    /// A text that cannot be a name.
    #[error("{}", name_message(*.0))]
    NotAName(NameError),
    /// The row names no vendor.
    #[error("the row names no vendor; write the vendor's name in every row")]
    MissingVendor,
    /// The row names no criterion.
    #[error("the row names no criterion; write the criterion's id or title in every row")]
    MissingCriterion,
    /// The row is by someone else than the person the sheet was handed in for.
    #[error(
        "the sheet was handed in for \"{0}\", but this row is by someone else; correct the cell, or hand the sheet in without naming the evaluator"
    )]
    EvaluatorMismatch(String),
    /// Not a number at all.
    #[error("this is not a score; write {0}, or leave the cell empty if it is not scored yet")]
    NotANumber(Wanted),
    /// A number with a piece of a web page's code.
    #[error("\"{0}\" is code of a web page and no part of a number; delete it, and write {1}")]
    WebCode(String, Wanted),
    /// An amount with something beside it.
    #[error(
        "beside the number stands \"{0}\", which may change what it means; write the amount alone, like 250000, all vendors' for the same time and all with tax or all without, and what is beside it in the comment"
    )]
    BesideAmount(String),
    /// A character that looks like part of a number and is not.
    #[error("{odd} is not read as part of a number; write {instead}")]
    LookAlike {
        /// The character.
        odd: Described,
        /// What to write.
        instead: String,
    },
    /// More digits than numbers may have.
    #[error("{0}; write {1}")]
    TooManyDigits(exact::NotANumber, Wanted),
    /// A number outside the scale, or an amount that cannot be a price.
    #[error("the number is outside what is allowed; write {0}")]
    OutOfRange(Wanted),
    /// A number between two steps of the scale.
    #[error("the number lies between two steps of the scale; write {}", either(.0, *.1))]
    OffStep(Wanted, Option<(Decimal, Decimal)>),
    /// A percentage.
    #[error("a percentage can mean a part of the scale or the number itself; write {0}")]
    Percent(Wanted),
    /// What a spreadsheet shows where it could not compute.
    #[error(
        "this is a spreadsheet's error, not a score; mend the formula or widen the column, and save again"
    )]
    SpreadsheetError,
    /// A date, a time or a fraction, which spreadsheets make out of scores like 4/5.
    #[error(
        "this is a date, a time or a fraction, not a score; format the cell as text or number and write {0}"
    )]
    DateInsteadOfNumber(Wanted),
    /// A formula instead of its result.
    #[error("this is a formula, not its result; save the sheet with values shown, or write {0}")]
    Formula(Wanted),
    /// A number with two readings.
    #[error(
        "this can be read as {0} or as {1}; declare which sign stands before decimals (decimal = point or comma), or write it without signs for thousands, and a decimal with {2}"
    )]
    AmbiguousNumber(String, String, &'static str),
    /// Something else than pass or fail where only these are possible.
    #[error("this criterion is passed or failed, not scored; write pass or fail")]
    NotPassFail,
    /// A pass or a fail where a number is needed.
    #[error("this criterion is scored, not passed or failed; write {0}")]
    PassFailInsteadOfNumber(Wanted),
    /// "Not applicable" where the criterion does not allow it.
    #[error(
        "the criteria set does not allow \"not applicable\" here; write {0}, \"no response\" if the vendor was silent, or leave the cell empty if it is not scored yet"
    )]
    NotApplicableRefused(Wanted),
    /// An amount in another currency than the criterion's.
    #[error(
        "this amount is in {0}, and the criterion is in {1}; convert it, and say in the comment at which rate and day"
    )]
    OtherCurrency(String, String),
    /// A decimal comma in a file whose decimals have points.
    #[error("read as {0}: the comma was taken for a decimal sign")]
    DecimalComma(Decimal),
    /// A comment that could be the decimals of the score before it.
    #[error(
        "score and comment could be the two halves of a number with a decimal comma; write the number as 4.5 or \"4,5\", or add a word to the comment"
    )]
    NumberInComment,
    /// An apostrophe before a number.
    #[error("the apostrophe before the number was left out")]
    TextMarker,
    /// A number that begins or ends with its decimal sign.
    #[error("read as {0}; write it like that")]
    UnusualForm(Decimal),
    /// A blank that is no ordinary blank.
    #[error("an unusual blank beside the number was left out")]
    UnusualSpace,
    /// A price outside the range that scores.
    #[error(
        "the price is outside {0} to {1}, between which points change; it scores like the nearer end"
    )]
    PriceOutsideRange(Decimal, Decimal),
    /// A moderated score without its reason.
    #[error("a consensus needs its reason; write in the comment why the panel agreed on this")]
    ConsensusWithoutReason,
    /// The same answer given twice, differently.
    #[error(
        "{0} answer for the same vendor, criterion and evaluator; keep one and delete the others"
    )]
    DuplicateAnswer(OtherRows),
    /// The same answer given twice, equally.
    #[error("{0} say the same for the same vendor, criterion and evaluator; one is enough")]
    SameAnswerTwice(OtherRows),
    /// A weight that is not the set's.
    #[error(
        "the criteria set weighs this criterion {0}; weights in a sheet are compared, never taken"
    )]
    WeightDiffers(Decimal),
    /// Something about how the cells are laid out.
    #[error(transparent)]
    Layout(#[from] LayoutRule),
    /// Something about a line of costs.
    #[error(transparent)]
    Cost(#[from] CostRule),
    /// More findings than are listed.
    #[error("{0} more of this kind are not listed; mend those above first")]
    More(usize),
}
