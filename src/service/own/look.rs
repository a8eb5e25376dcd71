//! Looking at a file: what it is understood to say, what is wrong with it, and what it leaves open.

use std::sync::Arc;

use serde::Serialize;

use crate::criteria::{
    CriteriaSet, Outline, OutlineProblem, Outlined, Question, ScoreLayout, outline, outline_tabs,
};
use crate::exact::Fraction;
use crate::record::Digest;
use crate::sheets::Problem;
use crate::table;

use super::super::{Error, Service};
use super::OwnFile;
use super::asked::Asked;
use super::looking::Looking;
use super::scores::{Part, Scores};

/// What a file is understood to say. Nothing is stored.
#[derive(Debug, Clone)]
pub struct OwnLook {
    /// The criteria set; `None` while something is wrong or open.
    pub set: Option<Arc<CriteriaSet>>,
    /// Its criteria, with the weights as they were typed.
    pub criteria: Vec<OwnCriterion>,
    /// The vendors that are scored.
    pub vendors: Vec<String>,
    /// Who scored.
    pub evaluators: Vec<String>,
    /// How many answers there are.
    pub answers: usize,
    /// Everything that is wrong.
    pub problems: Vec<OwnProblem>,
    /// What was accepted but noticed.
    pub warnings: Vec<OwnProblem>,
    /// Everything that is open.
    pub questions: Vec<Question>,
    /// Stands for all of this; confirming sends it back.
    pub seen: Digest,
    pub(super) parts: Vec<Part>,
}

/// One criterion as it is understood.
#[derive(Debug, Clone)]
pub struct OwnCriterion {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The title of its category.
    pub category: String,
    /// How it is judged, in a few words.
    pub judged: String,
    /// The weight as it is typed in the file; empty if none is.
    pub typed: String,
    /// Its exact part of the whole.
    pub share: Fraction,
}

/// Something that is wrong, or was noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnProblem {
    /// The tab, if there are several.
    pub tab: Option<String>,
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

impl OwnLook {
    /// Whether everything is understood: nothing is wrong and nothing open.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.set.is_some() && self.problems.is_empty() && self.questions.is_empty()
    }
}

/// One tab, or the whole file.
pub(super) struct Seen {
    pub(super) tab: Option<String>,
    pub(super) outlined: Outlined,
}

impl Service {
    /// Looks at a file. Nothing is stored.
    ///
    /// # Errors
    /// [`Error::Fields`] with declarations that cannot be taken; everything else that is wrong is in the look.
    pub fn look_at_own(&self, own: &OwnFile) -> Result<OwnLook, Error> {
        if own.bytes.is_empty() {
            let message = "no file was chosen, or it is empty; choose a spreadsheet";
            return Err(Error::field(
                "file",
                Some(&own.file_name),
                "file-missing",
                message,
            ));
        }
        if own.bytes.len() > self.limits().max_bytes {
            let message = format!("the file is larger than {} bytes", self.limits().max_bytes);
            return Err(Error::field(
                "file",
                Some(&own.file_name),
                "too-many-bytes",
                message,
            ));
        }
        let asked = Asked::of(own, self.library())?;
        let mut looking = Looking::default();
        if own.is_toml() {
            match table::decode(&own.bytes) {
                Ok(decoded) => looking.parse_set(&decoded.text),
                Err(why) => looking.refuse("not-text", why.to_string()),
            }
            if let Some(set) = looking
                .set
                .as_ref()
                .filter(|set| self.library().find(set.id()).is_some())
            {
                let message = format!(
                    "a set that comes with the service has the id \"{}\"; give yours another",
                    set.id()
                );
                looking.refuse("id-taken", message);
            }
        } else {
            self.read_spreadsheet(own, &asked, &mut looking);
        }
        Ok(looking.end(own))
    }

    fn read_spreadsheet(&self, own: &OwnFile, asked: &Asked, looking: &mut Looking) {
        let limits = self.limits();
        let tabs = match outline_tabs(&own.bytes, &asked.outline.terms, limits) {
            Ok(tabs) => tabs,
            Err(problem) => return looking.problems.push(of_outline(None, problem)),
        };
        let is_way = |said: &str| matches!(said, "evaluator" | "vendor");
        let wanted: Vec<Option<String>> = match asked.tabs.as_deref() {
            Some(said) if !is_way(said) => vec![Some(said.to_owned())],
            _ if tabs.is_empty() => vec![None],
            _ => tabs.iter().cloned().map(Some).collect(),
        };
        let mut seen: Vec<Seen> = wanted
            .into_iter()
            .map(|tab| {
                let outline_of = Outline {
                    tab: tab.clone(),
                    ..asked.outline.clone()
                };
                let outlined = outline(&own.bytes, &outline_of, limits);
                Seen { tab, outlined }
            })
            .collect();
        if let Some(at) = seen.iter().position(|one| one.outlined.is_whole) {
            seen = vec![seen.swap_remove(at)];
        }
        // A tab with criteria alone says them for the others.
        let only_criteria = seen
            .iter()
            .filter(|one| one.outlined.layout == ScoreLayout::None);
        let alone: Vec<&Seen> = only_criteria.collect();
        let of_criteria = match alone.as_slice() {
            [only] => Some(*only),
            _ => seen.first(),
        };
        let Some(of_criteria) = of_criteria else {
            return;
        };
        let is_one_of_several = seen.len() > 1;
        let scored: Vec<&Seen> = seen
            .iter()
            .filter(|one| one.outlined.layout != ScoreLayout::None)
            .collect();
        for one in &seen {
            let tab = one.tab.clone().filter(|_| is_one_of_several);
            let problems = one.outlined.problems.iter().cloned();
            looking
                .problems
                .extend(problems.map(|problem| of_outline(tab.clone(), problem)));
            for question in &one.outlined.questions {
                looking.ask(question.clone());
            }
        }
        if is_one_of_several && alone.is_empty() {
            looking.compare(of_criteria, &scored);
        }
        if scored.len() > 1 && asked.tabs.is_none() {
            looking.ask(which_tabs(&scored));
        }
        let Some(toml) = of_criteria
            .outlined
            .toml
            .clone()
            .filter(|_| looking.problems.is_empty())
        else {
            return;
        };
        looking.parse(&toml, &of_criteria.outlined.weights);
        let Some(set) = looking.set.clone() else {
            return;
        };
        let mut reading = Scores::new(own, asked, set, limits, !looking.questions.is_empty());
        for one in scored {
            reading.read(one.tab.as_deref(), &one.outlined, is_one_of_several);
        }
        for question in reading.questions {
            looking.ask(question);
        }
        let has_questions = !looking.questions.is_empty();
        looking
            .problems
            .extend(reading.problems.into_iter().filter(|_| !has_questions));
        looking.warnings = reading.warnings;
        looking.parts = reading.parts;
        looking.doubt_tabs();
    }
}

fn which_tabs(scored: &[&Seen]) -> Question {
    let message = "several tabs hold scores; what is each of them?";
    let names_vendors = scored
        .iter()
        .any(|one| one.outlined.layout != ScoreLayout::OneVendor);
    let ways = [
        (
            "evaluator",
            "the sheet of one evaluator, whose name it bears",
        ),
        ("vendor", "about one vendor, whose name it bears"),
    ];
    let ways = ways.map(|(value, text)| (value.to_owned(), text.to_owned()));
    let tabs = scored.iter().filter_map(|one| one.tab.clone());
    let tabs = tabs.map(|tab| (tab.clone(), format!("only the tab {tab} counts")));
    Question::typed("tabs", "tabs-needed", message)
        .with(ways.into_iter().chain(tabs))
        .suggesting(if names_vendors { "evaluator" } else { "vendor" })
}

fn of_outline(tab: Option<String>, problem: OutlineProblem) -> OwnProblem {
    OwnProblem {
        tab,
        row: problem.row,
        column: problem.column,
        value: problem.value,
        code: problem.code,
        message: problem.message,
    }
}

pub(super) fn of_sheet(tab: Option<&str>, problem: &Problem) -> OwnProblem {
    OwnProblem {
        tab: tab.map(str::to_owned),
        row: problem.row(),
        column: problem.column().map(ToString::to_string),
        value: problem.value().map(str::to_owned),
        code: problem.code(),
        message: problem.rule().to_string(),
    }
}
