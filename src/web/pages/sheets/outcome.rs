//! What became of a file, for the person who sent it.

use std::collections::BTreeSet;

use crate::record::{Digest, EvaluationId};
use crate::service::{self, Opened, Receipt};
use crate::sheets::{Declared, Problem, Rule};
use crate::web::held::Holding;

use super::answers::{Answers, Reading};
use super::ask::Ask;
use super::attempt::{Attempt, Verdict};
use super::problems::Problems;
use super::terms::Terms;

/// What became of one file, or of one tab of it.
pub(in crate::web::pages) struct Outcome {
    pub(in crate::web::pages) file_name: String,
    pub(in crate::web::pages) tab: String,
    pub(in crate::web::pages) what: What,
    /// The word by which the file is still at hand; `None` if it is not.
    pub(in crate::web::pages) held: Option<String>,
    /// What is said of it, as fields of a form.
    pub(in crate::web::pages) fields: Vec<(String, String)>,
    /// What is declared about it.
    pub(in crate::web::pages) declared: Vec<(String, String)>,
    pub(in crate::web::pages) is_guessed: bool,
    pub(in crate::web::pages) tabs: Option<Tabs>,
}

/// How far the tabs of a workbook are filed.
pub(in crate::web::pages) struct Tabs {
    pub(in crate::web::pages) filed: usize,
    pub(in crate::web::pages) all: usize,
    /// Those that are neither filed nor on this page.
    pub(in crate::web::pages) left: Vec<String>,
}

pub(in crate::web::pages) enum What {
    /// It is filed, or was filed before.
    Filed(Box<Filed>),
    /// It was looked at and can be filed.
    Preview(Box<Preview>),
    WhoScored {
        suggested: String,
        /// Whether somebody who is not listed may score.
        is_open: bool,
    },
    /// It was sent before and is no longer at hand.
    Gone,
    Refused(Box<Refused>),
}

/// A file that is filed.
pub(in crate::web::pages) struct Filed {
    pub(in crate::web::pages) number: u32,
    pub(in crate::web::pages) is_again: bool,
    pub(in crate::web::pages) answers: Answers,
}

/// A file that can be filed.
pub(in crate::web::pages) struct Preview {
    pub(in crate::web::pages) answers: Answers,
    pub(in crate::web::pages) reading: Reading,
    /// What confirms it.
    pub(in crate::web::pages) seen: String,
    /// The sheet as which it is filed already.
    pub(in crate::web::pages) again: Option<u32>,
    /// Who filed what since it was looked at; `None` if nothing it replaces has changed.
    pub(in crate::web::pages) stale: Option<String>,
    pub(in crate::web::pages) ask: Ask,
    pub(in crate::web::pages) earlier: Option<Earlier>,
}

/// What was said of a sheet before, should it hold again.
pub(in crate::web::pages) struct Earlier {
    pub(in crate::web::pages) number: u32,
    pub(in crate::web::pages) fields: Vec<(String, String)>,
}

/// A file that was not taken.
pub(in crate::web::pages) struct Refused {
    pub(in crate::web::pages) problems: Problems,
    pub(in crate::web::pages) ask: Ask,
    /// Names that are not on the lists, if they are all that is wrong.
    pub(in crate::web::pages) unlisted: Option<Unlisted>,
}

pub(in crate::web::pages) struct Unlisted {
    pub(in crate::web::pages) names: Vec<String>,
    pub(in crate::web::pages) vendors: bool,
    pub(in crate::web::pages) evaluators: bool,
}

impl Outcome {
    pub(in crate::web::pages) fn new(
        attempt: Attempt,
        id: &EvaluationId,
        opened: &Opened,
        holding: &Holding,
    ) -> Self {
        let terms = &attempt.terms;
        let what = match &attempt.verdict {
            Verdict::Taken(receipt) => match receipt.sheet() {
                Some(number) => What::Filed(Box::new(Filed {
                    number,
                    is_again: matches!(receipt.filed, service::Filed::Again(_)),
                    answers: Answers::new(receipt),
                })),
                None => What::Preview(Box::new(Preview::new(&attempt, receipt, opened))),
            },
            Verdict::Stale(receipt) => What::Preview(Box::new(Preview {
                stale: Some(last_filed(opened)),
                ..Preview::new(&attempt, receipt, opened)
            })),
            Verdict::WhoScored(named) => What::WhoScored {
                suggested: named.clone().unwrap_or_default(),
                is_open: !opened.dossier().lists_evaluators(),
            },
            Verdict::Refused(problems) => What::Refused(Box::new(Refused {
                unlisted: Unlisted::of(problems),
                ask: Ask::of_refused(&attempt, problems, opened),
                problems: Problems::new(
                    problems,
                    &attempt.file.bytes,
                    terms.tab(),
                    terms.declared(),
                ),
            })),
            Verdict::Unfit(messages) => What::Refused(Box::new(Refused {
                ask: Ask::default(),
                unlisted: None,
                problems: Problems::of_file(messages.clone()),
            })),
        };
        let tabs = Tabs::of(&attempt, opened);
        let asks = !matches!(what, What::Filed(_) | What::Gone)
            || tabs.as_ref().is_some_and(|tabs| !tabs.left.is_empty());
        let file_name = attempt.file.name.clone();
        let held = asks.then(|| holding.keep(id, attempt.file)).flatten();
        Self {
            file_name,
            what,
            fields: terms.fields(held.as_deref().unwrap_or_default()),
            held,
            tabs,
            ..Self::saying(terms)
        }
    }

    /// A file that was sent before and is no longer at hand; what was said of it still holds.
    pub(in crate::web::pages) fn gone(terms: &Terms) -> Self {
        Self::saying(terms)
    }

    fn saying(terms: &Terms) -> Self {
        let declared = terms.declared().statements();
        Self {
            file_name: String::new(),
            tab: terms.tab().unwrap_or_default().to_owned(),
            what: What::Gone,
            held: None,
            fields: terms.fields(""),
            declared: declared
                .map(|(field, text)| (field.to_owned(), text.to_owned()))
                .collect(),
            is_guessed: terms.is_guessed(),
            tabs: None,
        }
    }

    /// Leaves of the tabs that are not filed those that are not on the page.
    pub(in crate::web::pages) fn leave_tabs(&mut self, shown: &[(String, String)]) {
        if let Some(tabs) = &mut self.tabs {
            let file = &self.file_name;
            let is_shown = |tab: &String| shown.iter().any(|(of, name)| of == file && name == tab);
            tabs.left.retain(|tab| !is_shown(tab));
        }
    }

    /// Whether the file was not taken, and nobody has to be asked either.
    pub(in crate::web::pages) fn is_refused(&self) -> bool {
        match self.what {
            What::Refused(_) | What::Gone => true,
            What::Filed(_) | What::Preview(_) | What::WhoScored { .. } => false,
        }
    }

    /// What is said of it but for these fields, to be said by the form that asks them.
    pub(in crate::web::pages) fn but(&self, asked: &[&str]) -> Vec<(String, String)> {
        let fields = self.fields.iter();
        fields
            .filter(|(field, _)| !asked.contains(&field.as_str()))
            .cloned()
            .collect()
    }

    /// What is said of the file as a whole, whichever of its tabs is meant.
    pub(in crate::web::pages) fn of_file(&self) -> Vec<(String, String)> {
        let is_of_tab = |field: &str| matches!(field, "tab" | "vendor" | "evaluator" | "guess");
        let fields = self.fields.iter();
        fields
            .filter(|(field, _)| !is_of_tab(field))
            .cloned()
            .collect()
    }

    /// What is said beside the questions of a form, which a person answers: nothing is guessed any more.
    pub(in crate::web::pages) fn beside(&self, ask: &Ask) -> Vec<(String, String)> {
        let is_asked = |field: &str| {
            matches!(field, "evaluator" | "guess")
                || Declared::is_statement(field)
                || (field == "tab" && !ask.tabs.is_empty())
        };
        let fields = self.fields.iter().filter(|(field, _)| !is_asked(field));
        fields.chain(&ask.kept).cloned().collect()
    }

    /// Whether a field is said.
    pub(in crate::web::pages) fn says(&self, asked: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == asked)
    }

    /// What is said of a file that waits for an answer.
    pub(in crate::web::pages) fn open(&self) -> Option<Vec<(String, String)>> {
        let is_open = !matches!(self.what, What::Filed(_) | What::Gone);
        (is_open && self.held.is_some()).then(|| self.fields.clone())
    }

    /// What was seen of a file that can be filed.
    pub(in crate::web::pages) fn confirmation(&self) -> Option<Vec<(String, String)>> {
        let What::Preview(preview) = &self.what else {
            return None;
        };
        self.held.as_ref()?;
        let seen = [("seen".to_owned(), preview.seen.clone())];
        Some(self.fields.iter().cloned().chain(seen).collect())
    }
}

impl Tabs {
    fn of(attempt: &Attempt, opened: &Opened) -> Option<Self> {
        if attempt.tabs.len() < 2 {
            return None;
        }
        let original = Digest::of(&attempt.file.bytes);
        let filings = opened.dossier().filings().iter();
        let filed: BTreeSet<&str> = filings
            .filter(|filing| filing.original == original && filing.withdrawn.is_none())
            .filter_map(|filing| filing.tab.as_deref())
            .collect();
        let all = attempt.tabs.iter();
        let left: Vec<String> = all
            .filter(|tab| !filed.contains(tab.trim()) && !filed.contains(tab.as_str()))
            .cloned()
            .collect();
        Some(Self {
            all: attempt.tabs.len(),
            filed: attempt.tabs.len().saturating_sub(left.len()),
            left,
        })
    }
}

impl Preview {
    fn new(attempt: &Attempt, receipt: &Receipt, opened: &Opened) -> Self {
        let filings = opened.dossier().filings().iter().rev();
        let mut said = filings.filter(|filing| !filing.declared.is_empty());
        let earlier = said
            .next()
            .filter(|_| attempt.terms.declared().is_empty())
            .map(|filing| Earlier {
                number: filing.number,
                fields: filing
                    .declared
                    .statements()
                    .map(|(field, text)| (field.to_owned(), text.to_owned()))
                    .collect(),
            });
        let seen = receipt.seen.map(|seen| seen.to_string());
        Self {
            answers: Answers::new(receipt),
            reading: Reading::new(receipt),
            seen: seen.unwrap_or_default(),
            again: receipt.again,
            stale: None,
            ask: Ask::about(attempt, receipt, opened),
            earlier,
        }
    }
}

/// `sheet 5 by local at 2026-05-04 10:00 UTC`.
fn last_filed(opened: &Opened) -> String {
    let last = opened.dossier().filings().last();
    last.map_or_else(String::new, |filing| {
        let at = filing.at.strftime("%Y-%m-%d %H:%M UTC");
        format!(
            "sheet {} ({}, by {}, {at})",
            filing.number, filing.file_name, filing.by
        )
    })
}

impl Unlisted {
    fn of(problems: &[Problem]) -> Option<Self> {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        let (mut vendors, mut evaluators) = (false, false);
        for problem in problems {
            match problem.rule() {
                Rule::UnknownVendor(_) => vendors = true,
                Rule::UnknownEvaluator(_) => evaluators = true,
                _ => return None,
            }
            names.extend(problem.value());
        }
        (!names.is_empty()).then(|| Self {
            names: names.into_iter().map(str::to_owned).collect(),
            vendors,
            evaluators,
        })
    }
}
