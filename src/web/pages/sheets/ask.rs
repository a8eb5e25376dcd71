//! What can be said about a sheet, so that nobody has to type it again: asked of one that was refused, open for one that was not.

use std::collections::{BTreeMap, BTreeSet};

use crate::exact::{plain, read_decimal};
use crate::service::{Opened, Receipt};
use crate::sheets::{Problem, Rule, Wanted};
use crate::table::xlsx::NotAWorkbook;

use super::attempt::Attempt;
use super::columns::{self, Column};

/// The most words or names that are asked about at once.
const ASKED: usize = 40;

/// The questions of one sheet, with the answers that are at hand.
#[derive(Debug, Default)]
pub(in crate::web::pages) struct Ask {
    pub(in crate::web::pages) columns: Vec<Column>,
    pub(in crate::web::pages) words: Vec<Question>,
    pub(in crate::web::pages) names: Vec<Question>,
    /// Texts beside the table that may be about something else than the scores.
    pub(in crate::web::pages) texts: Vec<Question>,
    /// Those that a name can mean.
    pub(in crate::web::pages) known: Vec<String>,
    pub(in crate::web::pages) asks_columns: bool,
    /// The vendor that the whole sheet may be about; `None` if it says its vendors.
    pub(in crate::web::pages) vendor: Option<String>,
    pub(in crate::web::pages) evaluator: String,
    pub(in crate::web::pages) decimal: String,
    /// The tabs to choose from, if the file is a workbook with several.
    pub(in crate::web::pages) tabs: Vec<String>,
    pub(in crate::web::pages) tab: String,
    /// Statements that are not asked about again but still hold.
    pub(in crate::web::pages) kept: Vec<(String, String)>,
    /// Whether one of the questions is what stands in the way.
    pub(in crate::web::pages) is_wanted: bool,
    /// Whether some answers are those of a sheet before.
    pub(in crate::web::pages) from_before: bool,
}

/// What one text stands for.
#[derive(Debug)]
pub(in crate::web::pages) struct Question {
    pub(in crate::web::pages) field: String,
    pub(in crate::web::pages) text: String,
    pub(in crate::web::pages) said: String,
}

/// What is said of the sheet, and what was said of those before.
pub(in crate::web::pages) struct Said<'a> {
    now: BTreeMap<&'a str, &'a str>,
    before: BTreeMap<&'a str, &'a str>,
    /// The problems it is refused for; none if it is not.
    problems: &'a [Problem],
}

impl<'a> Said<'a> {
    fn new(attempt: &'a Attempt, problems: &'a [Problem], opened: &'a Opened) -> Self {
        let filings = opened.dossier().filings().iter();
        let mut before = BTreeMap::new();
        for filing in filings {
            before.extend(filing.declared.statements());
        }
        // A whole sheet is about one vendor, the next one about another.
        before.remove("vendor");
        Self {
            now: attempt.terms.declared().statements().collect(),
            before,
            problems,
        }
    }

    pub(in crate::web::pages) fn problems(&self) -> &[Problem] {
        self.problems
    }

    /// What is said in a field now.
    pub(in crate::web::pages) fn now(&self, field: &str) -> Option<&'a str> {
        self.now.get(field).copied()
    }

    /// What is said in a field now; of a refused sheet, or else before.
    pub(in crate::web::pages) fn at_last(&self, field: &str) -> Option<&'a str> {
        let before = || self.before.get(field).copied();
        let is_open = !self.problems.is_empty();
        self.now(field)
            .or_else(|| before().filter(|_| is_open && self.now.is_empty()))
    }

    fn has(&self, is: impl Fn(&Rule) -> bool) -> bool {
        self.problems.iter().any(|problem| is(problem.rule()))
    }
}

impl Ask {
    /// What can be said of a sheet that was read.
    pub(in crate::web::pages) fn about(
        attempt: &Attempt,
        receipt: &Receipt,
        opened: &Opened,
    ) -> Self {
        let said = Said::new(attempt, &[], opened);
        let mut ask = Self::of(attempt, &said, opened);
        ask.vendor = said.now("vendor").map(str::to_owned);
        let asked: BTreeSet<String> = ask.names.iter().map(|one| one.field.clone()).collect();
        let names = receipt.vendors.iter().map(|name| Question {
            field: format!("name:{name}"),
            text: name.clone(),
            said: String::new(),
        });
        if ask.vendor.is_none() {
            ask.names
                .extend(names.filter(|one| !asked.contains(&one.field)));
            ask.names.truncate(ASKED);
        }
        ask.keep(attempt);
        ask
    }

    /// What is asked of a sheet that was refused.
    pub(in crate::web::pages) fn of_refused(
        attempt: &Attempt,
        problems: &[Problem],
        opened: &Opened,
    ) -> Self {
        let said = Said::new(attempt, problems, opened);
        let mut ask = Self::of(attempt, &said, opened);
        ask.asks_columns = said.has(is_about_columns);
        if said.has(|rule| matches!(rule, Rule::MissingColumn("vendor")))
            || said.now("vendor").is_some()
        {
            let guess = || opened.vendor_of_tab(attempt.terms.tab(), &attempt.file.name);
            let vendor = said.now("vendor").map(str::to_owned).or_else(guess);
            ask.vendor = Some(vendor.unwrap_or_default());
        }
        ask.keep(attempt);
        let before = said.before.keys();
        let decimal = (!ask.decimal.is_empty()).then_some("decimal");
        let fields: BTreeSet<&str> = ask.fields().chain(decimal).collect();
        ask.from_before =
            said.now.is_empty() && before.into_iter().any(|field| fields.contains(field));
        ask.is_wanted = problems.iter().any(|problem| problem.cure().is_some())
            || ask.asks_columns
            || said.has(|rule| matches!(rule, Rule::EvaluatorMismatch(_)));
        ask
    }

    fn of(attempt: &Attempt, said: &Said<'_>, opened: &Opened) -> Self {
        // A sign that was said before is only for numbers that leave it open: others may have the other one.
        let is_open = said.has(|rule| matches!(rule, Rule::AmbiguousNumber(..)));
        let before = || said.at_last("decimal").filter(|_| is_open);
        let decimal = said.now("decimal").or_else(before);
        let decimal = decimal.or_else(|| likely_sign(said));
        let problems = said.problems;
        let missing = problems.iter().find_map(|problem| match problem.rule() {
            Rule::Workbook(NotAWorkbook::NoTab { tabs, .. }) => Some(tabs.clone()),
            _ => None,
        });
        let tabs = missing.unwrap_or_else(|| attempt.tabs.to_vec());
        let last = opened.dossier().filings().last();
        let last = last.and_then(|filing| filing.tab.clone());
        let tab = attempt.terms.tab().map(str::to_owned);
        let tab = tab.filter(|tab| tabs.contains(tab)).or(last);
        Self {
            columns: columns::of(attempt, said),
            words: questions("word", said),
            names: questions("name", said),
            texts: questions("text", said),
            known: known_names(opened),
            evaluator: attempt.terms.evaluator().to_owned(),
            decimal: decimal.unwrap_or_default().to_owned(),
            tab: tab.unwrap_or_default(),
            tabs,
            ..Self::default()
        }
    }

    fn keep(&mut self, attempt: &Attempt) {
        let asked: BTreeSet<&str> = self.fields().collect();
        let declared = attempt.terms.declared().statements();
        let kept = declared.filter(|(field, _)| !asked.contains(field) && *field != "decimal");
        let asks_vendor = self.vendor.is_some();
        self.kept = kept
            .filter(|(field, _)| !(asks_vendor && *field == "vendor"))
            .map(|(field, text)| (field.to_owned(), text.to_owned()))
            .collect();
    }

    fn fields(&self) -> impl Iterator<Item = &str> {
        let questions = self.words.iter().chain(&self.names).chain(&self.texts);
        let columns = self.columns.iter().flat_map(Column::fields);
        columns.chain(questions.map(|question| question.field.as_str()))
    }
}

fn is_about_columns(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::MissingColumn(_)
            | Rule::EmptySheet
            | Rule::DuplicateColumn(..)
            | Rule::UnnamedColumn(_)
            | Rule::RowTooLong
            | Rule::UnknownVendor(_)
            | Rule::DeclaredColumnMissing(_)
            | Rule::VendorDeclaredTwice
    )
}

/// Each text that stands in the way, and each that is declared, once, with what was said of it or is likely meant.
fn questions(kind: &str, said: &Said<'_>) -> Vec<Question> {
    let prefix = format!("{kind}:");
    let mut met = BTreeSet::new();
    let cured = said.problems.iter().filter_map(|problem| {
        let field = problem.cure()?.field;
        let text = field.strip_prefix(&prefix)?.to_owned();
        let at_last = said.at_last(&field).map(str::to_owned);
        let said = at_last.or_else(|| likely(problem)).unwrap_or_default();
        Some(Question { field, text, said })
    });
    let declared = said.now.iter().filter_map(|(field, text)| {
        Some(Question {
            field: (*field).to_owned(),
            text: field.strip_prefix(&prefix)?.to_owned(),
            said: (*text).to_owned(),
        })
    });
    cured
        .chain(declared)
        .filter(|question| met.insert(question.field.clone()))
        .take(ASKED)
        .collect()
}

/// What a text was probably meant to be, for the uploader to confirm.
fn likely(problem: &Problem) -> Option<String> {
    match problem.rule() {
        Rule::UnknownVendor(near) | Rule::UnknownCriterion(near) | Rule::UnknownEvaluator(near) => {
            near.clone()
        }
        Rule::AmbiguousCriterion(id) => Some(id.clone()),
        Rule::ConfusableName { like, .. } => Some(like.clone()),
        Rule::DateInsteadOfNumber(Wanted::Score { max, .. }) => {
            // `4/5` on a scale up to 5.
            let (part, whole) = problem.value()?.split_once('/')?;
            let (part, whole) = (read_decimal(part.trim()), read_decimal(whole.trim()));
            (whole.ok()? == *max).then_some(plain(part.ok()?))
        }
        _ => None,
    }
}

/// The decimal sign that is likely in a sheet with a number of two readings: the last of several signs unless it comes twice,
/// else that of its kind of file.
fn likely_sign(said: &Said<'_>) -> Option<&'static str> {
    let mut ambiguous = said.problems.iter().filter_map(|problem| {
        let Rule::AmbiguousNumber(_, _, wanted) = problem.rule() else {
            return None;
        };
        Some((problem.value()?, wanted.starts_with("a comma")))
    });
    let (value, is_comma_file) = ambiguous.next()?;
    let signs: Vec<char> = value.chars().filter(|sign| ".,".contains(*sign)).collect();
    let is_comma = match signs.as_slice() {
        [.., before, last] => (*last == ',') == (before != last),
        _ => is_comma_file,
    };
    Some(if is_comma { "comma" } else { "point" })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_number_with_two_readings_the_likely_sign_is_filled_in() {
        for (value, wanted, sign) in [
            ("1.234,5", "a point, like 4.5", "comma"),
            ("1,234.50", "a comma and", "point"),
            ("1,234,567", "a comma and", "point"),
            ("1.234.567", "a point, like 4.5", "comma"),
            ("1.234", "a comma and", "comma"),
            ("1,234", "a point, like 4.5", "point"),
        ] {
            let rule = Rule::AmbiguousNumber(String::new(), String::new(), wanted);
            let problems = [Problem::of_file(rule).with_value(value)];
            let said = Said {
                now: BTreeMap::new(),
                before: BTreeMap::new(),
                problems: &problems,
            };
            assert_eq!(likely_sign(&said), Some(sign), "{value}");
        }
    }

    #[test]
    fn a_fraction_of_the_highest_score_is_likely_its_upper_number() {
        let scale = |max: i64| Wanted::Score {
            min: 0.into(),
            max: max.into(),
            step: None,
        };
        for (value, max, score) in [
            ("4/5", 5, Some("4")),
            ("4 / 5", 5, Some("4")),
            ("4/5", 10, None),
            ("½", 5, None),
        ] {
            let rule = Rule::DateInsteadOfNumber(scale(max));
            let problem = Problem::of_file(rule).with_value(value);
            assert_eq!(likely(&problem).as_deref(), score, "{value}");
        }
    }
}
