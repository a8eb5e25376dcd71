//! What can be asked about a sheet that was refused, so that nobody has to type it again.

use std::collections::{BTreeMap, BTreeSet};

use crate::service::Opened;
use crate::sheets::{self, Declared, ExcerptLimits, Problem, Rule};

/// The most words or names that are asked about at once.
const ASKED: usize = 40;
/// How many columns are shown, and how much of their headings.
const LIMITS: ExcerptLimits = ExcerptLimits {
    rows: 1,
    cells: 60,
    characters: 300,
};

/// The questions of one refused sheet, with the answers that are at hand.
#[derive(Debug, Default)]
pub(super) struct Ask {
    pub(super) columns: Vec<Column>,
    pub(super) words: Vec<Question>,
    pub(super) names: Vec<Question>,
    /// Those that a name can mean.
    pub(super) known: Vec<String>,
    pub(super) asks_columns: bool,
    /// The vendor that the whole sheet may be about; `None` if it says its vendors.
    pub(super) vendor: Option<String>,
    pub(super) decimal: String,
    /// Statements that are not asked about again but still hold.
    pub(super) kept: Vec<(String, String)>,
    /// Whether one of the questions is what stands in the way.
    pub(super) is_wanted: bool,
    /// Whether some answers are those of the sheet before.
    pub(super) from_before: bool,
}

/// What one column is.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) field: String,
    pub(super) heading: String,
    pub(super) said: String,
}

/// What one text stands for.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) field: String,
    pub(super) text: String,
    pub(super) said: String,
    pub(super) near: String,
}

/// What a form can say a column is.
pub(super) const ROLES: [(&str, &str); 7] = [
    ("vendor", "the vendor"),
    ("criterion", "the criterion"),
    ("score", "the score"),
    ("evaluator", "the evaluator"),
    ("comment", "the comment"),
    ("weight", "the weight"),
    ("ignore", "not used"),
];

impl Ask {
    pub(super) fn new(
        problems: &[Problem],
        bytes: &[u8],
        tab: Option<&str>,
        declared: &Declared,
        file_name: &str,
        opened: &Opened,
    ) -> Self {
        let before = opened.dossier().filings().last();
        let mut said: BTreeMap<&str, &str> = BTreeMap::new();
        if declared.is_empty()
            && let Some(filing) = before
        {
            said.extend(filing.declared.statements());
        }
        said.extend(declared.statements());
        let excerpt = sheets::excerpt(bytes, tab, declared, |_| true, &LIMITS);
        let header = excerpt.headings.or_else(|| excerpt.rows.into_iter().next());
        let headings = header.map(|row| row.cells).unwrap_or_default();
        let wants = |is: fn(&Rule) -> bool| problems.iter().any(|problem| is(problem.rule()));
        let asks_columns = wants(is_about_columns);
        let mut ask = Self {
            asks_columns,
            vendor: wants(|rule| matches!(rule, Rule::MissingColumn("vendor")))
                .then(|| vendor_said(&said, tab, file_name, opened)),
            decimal: said.get("decimal").copied().unwrap_or_default().to_owned(),
            words: questions("word", problems, &said, is_about_words),
            names: questions("name", problems, &said, is_about_names),
            known: known_names(opened),
            ..Self::default()
        };
        ask.columns = headings
            .into_iter()
            .filter(|heading| !heading.is_empty())
            .map(|heading| {
                let field = format!("column:{heading}");
                let said = said.get(field.as_str()).copied().unwrap_or_default();
                let said = said.to_owned();
                Column {
                    field,
                    heading,
                    said,
                }
            })
            .collect();
        let asked: BTreeSet<String> = ask.fields().map(str::to_owned).collect();
        ask.kept = declared
            .statements()
            .filter(|(field, _)| !asked.contains(*field) && !matches!(*field, "decimal" | "vendor"))
            .map(|(field, text)| (field.to_owned(), text.to_owned()))
            .collect();
        ask.from_before = declared.is_empty()
            && said
                .iter()
                .any(|(field, _)| asked.contains(*field) || *field == "decimal");
        ask.is_wanted = asks_columns
            || ask.vendor.is_some()
            || !ask.words.is_empty()
            || !ask.names.is_empty()
            || wants(|rule| matches!(rule, Rule::AmbiguousNumber(..)));
        ask
    }

    fn fields(&self) -> impl Iterator<Item = &str> {
        let questions = self.words.iter().chain(&self.names);
        let columns = self.columns.iter().map(|column| column.field.as_str());
        columns.chain(questions.map(|question| question.field.as_str()))
    }
}

fn is_about_columns(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::MissingColumn(_)
            | Rule::EmptySheet
            | Rule::DuplicateColumn(..)
            | Rule::DeclaredColumnMissing(_)
            | Rule::VendorDeclaredTwice
    )
}

fn is_about_words(rule: &Rule) -> bool {
    matches!(rule, Rule::NotANumber(_) | Rule::PassFailInsteadOfNumber(_))
}

fn is_about_names(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::UnknownVendor(_) | Rule::UnknownCriterion(_) | Rule::UnknownEvaluator(_)
    )
}

/// Each text that stands in the way, once, with what was said of it.
fn questions(
    kind: &str,
    problems: &[Problem],
    said: &BTreeMap<&str, &str>,
    is_about: fn(&Rule) -> bool,
) -> Vec<Question> {
    let mut met = BTreeSet::new();
    let about = problems.iter().filter(|problem| is_about(problem.rule()));
    about
        .filter_map(|problem| Some((problem.value()?.trim(), problem.rule())))
        .filter(|(text, _)| !text.is_empty() && !text.ends_with('…') && met.insert(*text))
        .take(ASKED)
        .map(|(text, rule)| {
            let field = format!("{kind}:{text}");
            let said = said.get(field.as_str()).copied().unwrap_or_default();
            Question {
                text: text.to_owned(),
                near: nearest(rule).unwrap_or_default(),
                said: said.to_owned(),
                field,
            }
        })
        .collect()
}

fn nearest(rule: &Rule) -> Option<String> {
    match rule {
        Rule::UnknownVendor(near) | Rule::UnknownCriterion(near) | Rule::UnknownEvaluator(near) => {
            near.clone()
        }
        _ => None,
    }
}

/// The vendor of a whole sheet: the one that was said, or whose name the tab or the file bears.
fn vendor_said(
    said: &BTreeMap<&str, &str>,
    tab: Option<&str>,
    file_name: &str,
    opened: &Opened,
) -> String {
    if let Some(said) = said.get("vendor") {
        return (*said).to_owned();
    }
    let vendors = opened.dossier().evaluation().vendors();
    tab.and_then(|tab| opened.named_by(tab, vendors))
        .or_else(|| opened.named_by(file_name, vendors))
        .or_else(|| tab.map(str::to_owned))
        .unwrap_or_default()
}

fn known_names(opened: &Opened) -> Vec<String> {
    let evaluation = opened.dossier().evaluation();
    let people = evaluation.vendors().names().iter();
    let people = people.chain(evaluation.evaluators().names());
    let names = people.map(|name| name.shown().to_owned());
    let criteria = opened.dossier().set().criteria().iter();
    names
        .chain(criteria.map(|one| one.id().to_owned()))
        .collect()
}
