//! What can be wrong, or noticed, about how a sheet lays out its cells: headers of two rows, merged cells, categories between criteria.

use thiserror::Error;

/// A rule about merged cells and headers of two rows.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LayoutRule {
    /// A header in two rows that was read as one.
    #[error(
        "the header stands in rows {0} and {1}, and was read as one: the vendor's name above its scores, and \"NAME comment\" above its comments"
    )]
    TwoHeaderRows(u32, u32),
    /// A second row of the header that can be read in more than one way.
    #[error(
        "this seems to be a second row of the header; write one row, with each vendor's name above its scores and \"NAME comment\" above its comments, and give scores of several evaluators a file or a tab each, or rows with a column \"evaluator\""
    )]
    SecondHeaderRow,
    /// An answer that merged cells reach over.
    #[error(
        "the merged cells {0} reach over this cell, so it is open whether what they say counts here too; unmerge them, and write in each cell what counts there, or leave it empty"
    )]
    MergedScore(String),
    /// A cell under merged ones that holds something else.
    #[error(
        "under the merged cells {0} this cell holds something that nobody sees; unmerge them, and write in each cell what counts there"
    )]
    MergedHides(String),
    /// A category where a criterion should stand.
    #[error(
        "this is a category, and only criteria are scored; leave the cells beside it empty, or delete the row"
    )]
    CategoryScored,
}

impl LayoutRule {
    /// The stable name of the rule.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TwoHeaderRows(..) => "two-header-rows",
            Self::SecondHeaderRow => "second-header-row",
            Self::MergedScore(_) => "merged-score",
            Self::MergedHides(_) => "merged-hides",
            Self::CategoryScored => "category-scored",
        }
    }
}
