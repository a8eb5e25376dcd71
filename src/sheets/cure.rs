//! What can be said beside a sheet, so that a cell that is refused need not be typed again.

use std::fmt;

use super::{ColumnLetter, Problem, Rule};

/// The field of a form that would answer a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cure {
    /// Its name: `word:25%`.
    pub field: String,
    /// What it takes, in words.
    takes: &'static str,
}

/// `or say it in the field "word:25%": the score it stands for`.
impl fmt::Display for Cure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "or say it in the field \"{}\": {}",
            self.field, self.takes
        )
    }
}

const SCORE: &str = "the score it stands for";
const NAME: &str = "the name it stands for";
const TEXT: &str = "ignore";
const ROLE: &str = "vendor, criterion, score, evaluator, comment, weight or ignore";

impl Problem {
    /// The declaration that would answer this problem; `None` if only the sheet can be mended.
    #[must_use]
    pub fn cure(&self) -> Option<Cure> {
        let about = |kind: &str, takes| {
            let value = self.value()?.trim();
            // A text that is not shown whole cannot be named.
            let is_whole = !value.is_empty() && !value.ends_with('…') && !value.contains('\\');
            is_whole.then(|| Cure {
                field: format!("{kind}:{value}"),
                takes,
            })
        };
        let fixed = |field: &str, takes| {
            let field = field.to_owned();
            Some(Cure { field, takes })
        };
        let lettered = |column: ColumnLetter| fixed(&format!("column:{column}"), ROLE);
        match self.rule() {
            rule if is_about_words(rule) => about("word", SCORE),
            rule if is_about_names(rule) => about("name", NAME),
            Rule::AmbiguousNumber(..) => fixed("decimal", "comma or point"),
            Rule::EvaluatorNeeded => fixed("evaluator", "who scored"),
            Rule::MissingColumn("vendor") => fixed("vendor", "the vendor the whole sheet is about"),
            Rule::MissingColumn(_) => fixed("column:HEADING", ROLE),
            Rule::DoubtfulColumn(_) | Rule::OtherScores { .. } => about("column", ROLE),
            Rule::SentenceDiffers { text, .. } | Rule::SentenceInverts { text, .. } => {
                fixed(&format!("text:{text}"), TEXT)
            }
            Rule::UnnamedColumn(column) => lettered(*column),
            Rule::DuplicateColumn(_, second) => lettered(*second),
            Rule::Workbook(
                crate::table::xlsx::NotAWorkbook::SeveralTabs(_)
                | crate::table::xlsx::NotAWorkbook::NoTab { .. },
            ) => fixed("tab", "the name of the tab"),
            _ => None,
        }
    }
}

/// Whether a cell of a score holds something that a declared word could stand for.
fn is_about_words(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::NotANumber(_)
            | Rule::WebCode(..)
            | Rule::BesideAmount(_)
            | Rule::PassFailInsteadOfNumber(_)
            | Rule::NotPassFail
            | Rule::Percent(_)
            | Rule::DateInsteadOfNumber(_)
    )
}

/// Whether a name is not one that is known.
fn is_about_names(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::UnknownVendor(_)
            | Rule::UnknownCriterion(_)
            | Rule::UnknownEvaluator(_)
            | Rule::AmbiguousCriterion(_)
            | Rule::ConfusableName { .. }
            | Rule::NearName(_)
            | Rule::EvaluatorAsVendor
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::Wanted;

    #[test]
    fn a_problem_names_the_field_that_would_answer_it() {
        let wanted = Wanted::Amount { zero: true };
        for (rule, value, field) in [
            (Rule::Percent(wanted), "25%", Some("word:25%")),
            (Rule::DateInsteadOfNumber(wanted), "4/5", Some("word:4/5")),
            (Rule::NotANumber(wanted), " Fully ", Some("word:Fully")),
            (Rule::UnknownVendor(None), "Akme", Some("name:Akme")),
            (
                Rule::UnnamedColumn(ColumnLetter(27)),
                "x",
                Some("column:AB"),
            ),
            (
                Rule::AmbiguousNumber("1".into(), "2".into(), ""),
                "1.234",
                Some("decimal"),
            ),
            (Rule::MissingColumn("vendor"), "", Some("vendor")),
            (Rule::OutOfRange(wanted), "9", None),
            (Rule::SpreadsheetError, "#REF!", None),
            (Rule::NotANumber(wanted), &"long ".repeat(30), None),
        ] {
            let problem = Problem::of_file(rule).with_value(value);
            let cure = problem.cure().map(|cure| cure.field);
            assert_eq!(cure.as_deref(), field, "{value}");
        }
    }

    #[test]
    fn programs_read_the_field_in_the_message_and_beside_it() {
        let rule = Rule::Percent(Wanted::Amount { zero: true });
        let problem = Problem::of_file(rule).with_value("25%");
        let json = serde_json::to_value(&problem).unwrap();
        assert_eq!(json["declare"], "word:25%");
        let message = json["message"].as_str().unwrap();
        assert!(
            message.ends_with("or say it in the field \"word:25%\": the score it stands for"),
            "{message}"
        );
        let plain = serde_json::to_value(Problem::of_file(Rule::EmptySheet)).unwrap();
        assert!(plain.get("declare").is_none());
    }
}
