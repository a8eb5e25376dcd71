//! What is wrong with a file of judgements: where, what, and what to write instead.

use thiserror::Error;

use crate::table::{NameError, NotText, TooLong};

/// What a file of judgements breaks.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ElicitRule {
    /// The bytes are no text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// The file has no rows.
    #[error("the file is empty; write a header row and one row for each criterion")]
    Empty,
    /// There is a header and nothing else.
    #[error("there is a header but no criterion; write one row for each")]
    NoCriteria,
    /// More bytes than allowed.
    #[error("the file is larger than {0} bytes; raise --max-bytes if that is meant")]
    TooLarge(usize),
    /// More columns, or a longer cell, than allowed.
    #[error("the row is too long for a file of judgements; check where its quotes close")]
    RowTooLong,
    /// Quotes that do not open or close where they must.
    #[error(
        "the quotes are broken; put one quote before and one after the text, and double those inside"
    )]
    BrokenQuotes,
    /// A column that is needed is not there.
    #[error("there is no column \"{0}\"; the header is: {1}")]
    MissingColumn(&'static str, &'static str),
    /// A column that may come once comes twice.
    #[error("there is a second column \"{0}\"; keep one")]
    DuplicateColumn(&'static str),
    /// A name that is none.
    #[error("{0}")]
    BadName(NameError),
    /// Two names that look alike and are not.
    #[error(
        "this looks like \"{0}\" but is written with other characters; write it the same way everywhere"
    )]
    Confusable(String),
    /// A criterion comes a second time.
    #[error("\"{0}\" is here a second time; keep one")]
    Duplicate(String),
    /// A row whose criterion has no column.
    #[error(
        "no column is called \"{0}\"; a matrix has the same criteria in its rows as in its columns: {1}"
    )]
    Unknown(String, String),
    /// A column whose criterion has no row.
    #[error("\"{0}\" has a column but no row; add its row")]
    MissingRow(String),
    /// More criteria than anybody can compare in pairs.
    #[error(
        "{found} criteria are more than the {most} that can be compared in pairs; compare categories first, then the criteria of each"
    )]
    TooMany {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A cell with nothing in it.
    #[error("nothing is written here; {0}")]
    Missing(String),
    /// A cell beyond the last column.
    #[error(
        "the row goes on beyond the last column; delete what is too much, or give it a heading"
    )]
    BeyondHeader,
    /// A judgement that is no number and no fraction.
    #[error(
        "write a number like 3 or a fraction like 1/3; if a spreadsheet made a date of it, format the cells as text first"
    )]
    NotARatio,
    /// Points that are no number.
    #[error("write a number like 80 or 12.5")]
    NotANumber,
    /// A judgement that is not above 0.
    #[error(
        "a comparison says how many times as much, so it is above 0; write 1/3 where the other matters three times as much"
    )]
    NotPositive,
    /// Points below 0.
    #[error("points are 0 or more")]
    Negative,
    /// A criterion compared with itself.
    #[error("a criterion matters exactly as much as itself; write 1")]
    DiagonalNotOne,
    /// Two judgements about one pair that contradict each other.
    #[error(
        "row \"{column}\" says {other} about \"{row}\", so write {expected} here, or change it there"
    )]
    NotReciprocal {
        /// The criterion of the row.
        row: String,
        /// The criterion of the column.
        column: String,
        /// What stands in the cell across.
        other: String,
        /// The reciprocal of that.
        expected: String,
    },
    /// A rank that is none.
    #[error(
        "a rank is a whole number from 1, where 1 matters most; criteria that matter alike share one"
    )]
    NotARank,
    /// Ranks that leave one out.
    #[error(
        "no criterion has rank {expected}; the ranks go 1, 2, 3, and after two that share rank 2 comes 3 or 4"
    )]
    RankGap {
        /// The rank that was to come.
        expected: usize,
    },
    /// All points are 0.
    #[error(
        "all points are 0, so nothing matters; give 100 to the criterion whose swing matters most"
    )]
    NothingMatters,
    /// Points above 100.
    #[error(
        "no swing gets more than 100; give 100 to the one that matters most and less to the others"
    )]
    OverHundred,
    /// No points of 100.
    #[error("nothing has 100 points; give 100 to the swing that matters most")]
    NoHundred,
}

impl ElicitRule {
    /// The stable name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotText(_) => "unreadable",
            Self::Empty => "empty-file",
            Self::NoCriteria => "no-criteria",
            Self::TooLarge(_) => "file-too-large",
            Self::RowTooLong => "row-too-long",
            Self::BrokenQuotes => "broken-quotes",
            Self::MissingColumn(..) => "missing-column",
            Self::DuplicateColumn(_) => "duplicate-column",
            Self::BadName(_) => "bad-name",
            Self::Confusable(_) => "confusable-name",
            Self::Duplicate(_) => "duplicate-criterion",
            Self::Unknown(..) => "unknown-criterion",
            Self::MissingRow(_) => "missing-row",
            Self::TooMany { .. } => "too-many-criteria",
            Self::Missing(_) => "missing-value",
            Self::BeyondHeader => "beyond-header",
            Self::NotARatio | Self::NotANumber => "not-a-number",
            Self::NotPositive => "not-positive",
            Self::Negative => "negative",
            Self::DiagonalNotOne => "diagonal-not-one",
            Self::NotReciprocal { .. } => "not-reciprocal",
            Self::NotARank => "not-a-rank",
            Self::RankGap { .. } => "rank-gap",
            Self::NothingMatters => "nothing-matters",
            Self::OverHundred => "over-hundred",
            Self::NoHundred => "no-hundred",
        }
    }
}

/// One problem, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{rule}")]
pub struct ElicitProblem {
    row: Option<u32>,
    column: Option<String>,
    value: Option<String>,
    rule: ElicitRule,
}

impl ElicitProblem {
    /// A problem of the file as a whole.
    pub(super) fn of_file(rule: ElicitRule) -> Self {
        Self {
            row: None,
            column: None,
            value: None,
            rule,
        }
    }

    /// A problem of a row.
    pub(super) fn of_row(row: u32, rule: ElicitRule) -> Self {
        Self {
            row: Some(row),
            ..Self::of_file(rule)
        }
    }

    /// A problem of a cell, in the column with this heading.
    pub(super) fn of_cell(row: u32, column: &str, value: &str, rule: ElicitRule) -> Self {
        const LONGEST: usize = 60;
        let shown: String = value.chars().take(LONGEST).collect();
        Self {
            column: Some(column.to_owned()),
            value: (!shown.is_empty()).then_some(shown),
            ..Self::of_row(row, rule)
        }
    }

    /// The row as a spreadsheet counts it.
    #[must_use]
    pub fn row(&self) -> Option<u32> {
        self.row
    }

    /// The heading of the column.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        self.column.as_deref()
    }

    /// What is written there.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// What it breaks.
    #[must_use]
    pub fn rule(&self) -> &ElicitRule {
        &self.rule
    }

    /// The stable name of the rule.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.rule.code()
    }
}

impl From<NotText> for ElicitProblem {
    fn from(why: NotText) -> Self {
        Self::of_file(why.into())
    }
}

impl From<TooLong> for ElicitProblem {
    fn from(too_long: TooLong) -> Self {
        let (TooLong::Columns { row } | TooLong::Cell { row, .. }) = too_long;
        Self::of_row(row, ElicitRule::RowTooLong)
    }
}

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<ElicitProblem>);

impl Findings {
    pub(super) fn add(&mut self, problem: ElicitProblem) {
        self.0.push(problem);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order of the rows.
    pub(super) fn into_problems(self) -> Vec<ElicitProblem> {
        let Self(mut problems) = self;
        problems.sort_by_key(ElicitProblem::row);
        problems
    }
}
