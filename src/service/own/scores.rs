//! The scores of a file, read by the one reader of score sheets against the set that was made of its criteria.

use std::sync::Arc;

use crate::criteria::{CriteriaSet, Outlined, Question, ScoreLayout};
use crate::evaluation::{Entry, PANEL};
use crate::sheets::{self, Context, Declared, Form, Problem, ReadSheet, Rule};
use crate::table::{Limits, Name, NameList};

use super::OwnFile;
use super::asked::Asked;
use super::look::{OwnProblem, of_sheet};

/// One sheet of the file: a tab, or all of it.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) tab: Option<String>,
    pub(super) evaluator: Option<Name>,
    pub(super) declared: Declared,
    pub(super) read: ReadSheet,
}

impl Part {
    pub(super) fn answers(&self) -> usize {
        let lines = self.read.sheet.lines().iter();
        lines
            .filter(|line| matches!(line.entry, Entry::Answer(_)))
            .count()
    }
}

/// Everything that the sheets of a file say.
pub(super) struct Scores<'a> {
    own: &'a OwnFile,
    asked: &'a Asked,
    set: Arc<CriteriaSet>,
    limits: &'a Limits,
    /// Whether the set is only one to look further with.
    is_open: bool,
    vendors: NameList,
    evaluators: NameList,
    pub(super) parts: Vec<Part>,
    pub(super) problems: Vec<OwnProblem>,
    pub(super) warnings: Vec<OwnProblem>,
    pub(super) questions: Vec<Question>,
}

impl<'a> Scores<'a> {
    pub(super) fn new(
        own: &'a OwnFile,
        asked: &'a Asked,
        set: Arc<CriteriaSet>,
        limits: &'a Limits,
        is_open: bool,
    ) -> Self {
        Self {
            own,
            asked,
            set,
            limits,
            is_open,
            vendors: NameList::default(),
            evaluators: NameList::default(),
            parts: Vec::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
            questions: Vec::new(),
        }
    }

    /// Reads one tab, or the whole file.
    pub(super) fn read(&mut self, tab: Option<&str>, outlined: &Outlined, is_one_of_several: bool) {
        // What tabs are was said, be there one or several.
        let way = self.asked.tabs.as_deref().filter(|_| tab.is_some());
        let mut said = self.asked.sheets.clone();
        said.extend(outlined.told.iter().cloned());
        if outlined.layout == ScoreLayout::OneVendor {
            match (way, tab) {
                (Some("vendor"), Some(tab)) => said.push(("vendor".to_owned(), tab.to_owned())),
                _ if said.iter().any(|(field, _)| field == "vendor") => {}
                _ if is_one_of_several && self.asked.tabs.is_none() => return,
                _ => {
                    let message = "which vendor are these scores about?";
                    self.questions
                        .push(Question::typed("vendor", "vendor-needed", message));
                    said.push(("vendor".to_owned(), "Vendor one".to_owned()));
                    self.is_open = true;
                }
            }
        }
        let pairs = said
            .iter()
            .map(|(field, text)| (field.as_str(), text.as_str()));
        let declared = match Declared::parse(pairs) {
            Ok(declared) => declared,
            Err(wrong) => {
                for (field, why) in wrong {
                    self.problems.push(OwnProblem {
                        tab: tab.map(str::to_owned),
                        row: None,
                        column: None,
                        value: Some(field),
                        code: "not-declarable",
                        message: why.to_string(),
                    });
                }
                return;
            }
        };
        let evaluator = match (way, tab.map(Name::parse)) {
            (Some("evaluator"), Some(Ok(name))) => Some(name),
            _ => self.asked.evaluator.clone(),
        };
        let form = Form {
            file_name: self.own.file_name.clone(),
            evaluator: evaluator.clone(),
            tab: tab.map(str::to_owned).filter(|_| outlined.cut.is_none()),
            declared: declared.clone(),
        };
        let context = Context {
            set: &self.set,
            vendors: &self.vendors,
            evaluators: &self.evaluators,
            new_vendors: true,
            new_evaluators: true,
            consensus_needs_reason: false,
            limits: self.limits,
            progress: None,
        };
        let bytes = outlined
            .cut
            .as_ref()
            .map_or(self.own.bytes.as_slice(), |cut| cut.as_bytes());
        let shown = tab.filter(|_| is_one_of_several);
        match sheets::read(bytes, &form, &context) {
            Ok(read) => {
                self.warnings
                    .extend(read.warnings.iter().map(|one| of_sheet(shown, one)));
                self.remember(&read);
                if evaluator.is_none() && is_nameless(&read) {
                    let message = "who scored? Write the name, or panel if the scores are those of the whole panel";
                    self.questions
                        .push(Question::typed("evaluator", "evaluator-needed", message));
                }
                self.parts.push(Part {
                    tab: tab.map(str::to_owned),
                    evaluator,
                    declared,
                    read,
                });
            }
            Err(problems) => self.refuse(shown, &problems),
        }
    }

    /// What names were met, for the tabs that follow.
    fn remember(&mut self, read: &ReadSheet) {
        for name in read.sheet.vendors() {
            // Look-alikes were refused when the sheet was read.
            let _added = self.vendors.find_or_add(name);
        }
        for name in read.sheet.evaluators() {
            let _added = self.evaluators.find_or_add(name);
        }
    }

    /// Words that stand where scores are expected are asked about; everything else is wrong.
    fn refuse(&mut self, tab: Option<&str>, problems: &[Problem]) {
        for problem in problems {
            match word_of(problem) {
                Some((kind, word)) => {
                    let open = format!("price:{}", problem.value().unwrap_or_default());
                    let (code, message) = if kind == "gate" {
                        ("gate-word", format!("is \"{word}\" a pass or a fail?"))
                    } else {
                        (
                            "score-word",
                            format!("which score does \"{word}\" stand for?"),
                        )
                    };
                    let question = Question::typed(format!("{kind}:{word}"), code, message);
                    let question = if kind == "gate" {
                        let ways = ["pass", "fail"].map(|way| (way.to_owned(), format!("a {way}")));
                        question.with(ways)
                    } else {
                        question
                    };
                    let is_new = self.questions.iter().all(|one| one.field != question.field);
                    if is_new && question.field != open {
                        self.questions.push(question);
                    }
                }
                None if self.is_open => {}
                None => self.problems.push(of_sheet(tab, problem)),
            }
        }
    }
}

/// The word that a declaration can give a meaning to.
fn word_of(problem: &Problem) -> Option<(&'static str, &str)> {
    let kind = match problem.rule() {
        Rule::NotANumber(_) | Rule::Percent(_) | Rule::PassFailInsteadOfNumber(_) => "word",
        Rule::NotPassFail => "gate",
        _ => return None,
    };
    let word = problem.value()?.trim();
    let is_money =
        word.contains(['€', '$', '£', '¥']) && word.bytes().any(|byte| byte.is_ascii_digit());
    (!word.is_empty() && !word.ends_with('…') && !is_money).then_some((kind, word))
}

/// Whether some answers are those of nobody by name; prices are nobody's anyway.
fn is_nameless(read: &ReadSheet) -> bool {
    let sheet = &read.sheet;
    let is_panel = |name: &Name| name.key() == PANEL;
    !sheet.names_evaluator() && sheet.evaluators().iter().any(is_panel)
}
