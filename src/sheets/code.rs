//! The stable names of the rules.

use crate::table::xlsx::NotAWorkbook;
use crate::table::{NameError, NotText, Quoting};

use super::Rule;

impl Rule {
    /// The stable name of the rule.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotText(NotText::WrongFileType(_)) => "wrong-file-type",
            Self::NotText(NotText::Binary) => "binary-file",
            Self::NotText(NotText::MixedEncoding) => "mixed-encoding",
            Self::NotText(NotText::UnknownEncoding(_)) => "unknown-encoding",
            Self::EncodingGuessed => "encoding-guessed",
            Self::UnknownSeparator => "unknown-separator",
            Self::NotCsv => "not-csv",
            Self::TooManyBytes(_) => "too-many-bytes",
            Self::TooManyRows(_) => "too-many-rows",
            Self::TooManyColumns(_) => "too-many-columns",
            Self::CellTooLong(_) => "cell-too-long",
            Self::EmptySheet => "empty-sheet",
            Self::MissingColumn(_) => "missing-column",
            Self::DeclaredColumnMissing(_) => "declared-column-missing",
            Self::VendorDeclaredTwice => "vendor-declared-twice",
            Self::DuplicateColumn(..) => "duplicate-column",
            Self::UnnamedColumn(_) => "unnamed-column",
            Self::RowsInName => "rows-in-name",
            Self::HeaderNotFirst(_) => "header-not-first",
            Self::DoubtfulColumn(_) | Self::OtherScores { .. } => "doubtful-column",
            Self::ColumnIgnored => "column-ignored",
            Self::Quoting(Quoting::Unclosed) => "unclosed-quote",
            Self::Quoting(Quoting::TextAfter) => "text-after-quote",
            Self::Quoting(Quoting::SpaceBefore) => "space-before-quote",
            Self::Quoting(Quoting::Bare) => "bare-quote",
            Self::RowTooLong => "row-too-long",
            Self::RowTooShort => "row-too-short",
            Self::Workbook(why) => workbook_code(why),
            Self::HiddenTabs(_) => "hidden-tabs",
            Self::HiddenCells(..) => "hidden-cells",
            Self::SavedFormulas(_) => "saved-formulas",
            Self::MergedCells(_) => "merged-cells",
            Self::ShownDiffers { .. } => "shown-differs",
            Self::FormatUnknown { .. } => "format-unknown",
            Self::ScaleDiffers { .. }
            | Self::MaximumDiffers { .. }
            | Self::SentenceDiffers { .. }
            | Self::SentenceInverts { .. } => "scale-differs",
            Self::NearName(_) => "near-name",
            Self::EvaluatorAsVendor => "evaluator-as-vendor",
            Self::AsideRowIgnored => "aside-row-ignored",
            Self::TotalsMismatch { .. } => "totals-mismatch",
            Self::TotalNotCompared => "total-not-compared",
            Self::TotalsRowIgnored => "totals-row-ignored",
            Self::HeadingRowIgnored => "heading-row-ignored",
            Self::UnknownCriterion(_) => "unknown-criterion",
            Self::AmbiguousCriterion(_) | Self::SeveralPrices(_) => "ambiguous-criterion",
            Self::UnknownVendor(_) => "unknown-vendor",
            Self::UnknownEvaluator(_) => "unknown-evaluator",
            Self::EvaluatorNeeded => "evaluator-needed",
            Self::EvaluatorTold(_) => "evaluator-told",
            Self::ConfusableName { .. } | Self::NotAName(NameError::Invisible(_)) => {
                "confusable-name"
            }
            Self::NotAName(_) => "not-a-name",
            Self::MissingVendor => "missing-vendor",
            Self::MissingCriterion => "missing-criterion",
            Self::EvaluatorMismatch(_) => "evaluator-mismatch",
            Self::NotANumber(_)
            | Self::LookAlike { .. }
            | Self::WebCode(..)
            | Self::BesideAmount(_)
            | Self::TooManyDigits(..)
            | Self::PassFailInsteadOfNumber(_) => "not-a-number",
            Self::OutOfRange(_) => "out-of-range",
            Self::OffStep(..) => "off-step",
            Self::Percent(_) => "percent",
            Self::SpreadsheetError => "spreadsheet-error",
            Self::DateInsteadOfNumber(_) => "date-instead-of-number",
            Self::Formula(_) => "formula",
            Self::AmbiguousNumber(..) => "ambiguous-number",
            Self::NotPassFail => "not-pass-fail",
            Self::NotApplicableRefused(_) => "not-applicable-refused",
            Self::OtherCurrency(..) => "other-currency",
            Self::DecimalComma(_) => "decimal-comma",
            Self::NumberInComment => "number-in-comment",
            Self::TextMarker => "text-marker",
            Self::UnusualForm(_) => "unusual-form",
            Self::UnusualSpace => "unusual-space",
            Self::PriceOutsideRange(..) => "price-outside-range",
            Self::ConsensusWithoutReason => "consensus-without-reason",
            Self::DuplicateAnswer(_) | Self::SameAnswerTwice(_) => "duplicate-answer",
            Self::WeightDiffers(_) => "weight-differs",
            Self::Layout(rule) => rule.code(),
            Self::Cost(rule) => rule.code(),
            Self::More(_) => "more-not-listed",
        }
    }
}

fn workbook_code(why: &NotAWorkbook) -> &'static str {
    match why {
        NotAWorkbook::OtherKind(_) => "wrong-file-type",
        NotAWorkbook::Damaged(_) => "damaged-workbook",
        NotAWorkbook::TooLarge | NotAWorkbook::TooManyCells(_) | NotAWorkbook::TooManyTabs => {
            "workbook-too-large"
        }
        NotAWorkbook::TooManyRows(_) => "too-many-rows",
        NotAWorkbook::Macros => "macros",
        NotAWorkbook::DocumentType => "document-type",
        NotAWorkbook::Twice(_) => "duplicate-part",
        NotAWorkbook::NoTab { .. } => "unknown-tab",
        NotAWorkbook::SeveralTabs(_) => "several-tabs",
        NotAWorkbook::Empty => "empty-sheet",
        NotAWorkbook::TooWide { .. } => "too-many-columns",
    }
}
