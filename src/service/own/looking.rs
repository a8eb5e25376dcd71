//! What is found while a file is looked at, up to the look that comes of it.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::criteria::{
    CriteriaSet, Criterion, CriterionIndex, Kind, Question, SetLimits, Weighting,
};
use crate::exact::plain;
use crate::record::{Digest, pack};
use crate::table::Name;
use crate::table::name::nearest;

use super::OwnFile;
use super::look::{OwnCriterion, OwnLook, OwnProblem, Seen};
use super::scores::Part;

#[derive(Default)]
pub(super) struct Looking {
    pub(super) set: Option<Arc<CriteriaSet>>,
    pub(super) typed: Vec<String>,
    pub(super) problems: Vec<OwnProblem>,
    pub(super) warnings: Vec<OwnProblem>,
    pub(super) questions: Vec<Question>,
    pub(super) parts: Vec<Part>,
}

impl Looking {
    pub(super) fn refuse(&mut self, code: &'static str, message: String) {
        self.problems.push(OwnProblem {
            tab: None,
            row: None,
            column: None,
            value: None,
            code,
            message,
        });
    }

    pub(super) fn ask(&mut self, question: Question) {
        if self
            .questions
            .iter()
            .all(|before| before.field != question.field)
        {
            self.questions.push(question);
        }
    }

    pub(super) fn parse(&mut self, source: &str, typed: &[String]) {
        match CriteriaSet::parse(source, &SetLimits::default()) {
            Ok(set) => self.set = Some(Arc::new(set)),
            Err(problems) => {
                for one in problems {
                    let place = one.line().filter(|_| typed.is_empty());
                    let place = place
                        .map(|line| format!("line {line}: "))
                        .unwrap_or_default();
                    self.refuse(one.code(), format!("{place}{one}"));
                }
            }
        }
        self.typed = typed.to_vec();
    }

    /// A criteria set in a file of its own: its weights are as they are written there.
    pub(super) fn parse_set(&mut self, source: &str) {
        self.parse(source, &[]);
        let criteria = self.set.iter().flat_map(|set| set.criteria());
        self.typed = criteria
            .map(|one| match one.kind() {
                Kind::Rated(_) | Kind::Priced(_) => plain(one.weight()),
                Kind::PassFail => String::new(),
            })
            .collect();
    }

    /// Tabs of one evaluation are about the same criteria, weighing the same.
    pub(super) fn compare(&mut self, first: &Seen, others: &[&Seen]) {
        for other in others {
            let same = first.outlined.toml == other.outlined.toml;
            if !same && first.outlined.toml.is_some() && other.outlined.toml.is_some() {
                let name = first.tab.as_deref().unwrap_or_default();
                self.problems.push(OwnProblem {
                    tab: other.tab.clone(),
                    row: None,
                    column: None,
                    value: None,
                    code: "tabs-differ",
                    message: format!(
                        "the criteria or weights of this tab are not those of \"{name}\"; make them the same, or say which tab alone counts"
                    ),
                });
            }
        }
    }

    /// Tells of tabs that are taken for several vendors and have nearly the same name.
    pub(super) fn doubt_tabs(&mut self) {
        let vendors = self.parts.iter().filter_map(|part| {
            let vendor = part.declared.vendor()?;
            (part.tab.as_deref() == Some(vendor.shown())).then(|| vendor.clone())
        });
        let vendors: Vec<Name> = vendors.collect();
        let pairs = (1_usize..)
            .zip(&vendors)
            .flat_map(|(next, one)| vendors.iter().skip(next).map(move |other| (one, other)));
        let is_told = |name: &Name| {
            let told = |one: &OwnProblem| one.value.as_deref() == Some(name.shown());
            self.warnings
                .iter()
                .any(|one| one.code == "near-name" && told(one))
        };
        let near = pairs.filter(|(one, other)| is_near(one.key(), other.key()) && !is_told(other));
        let doubts = near.map(|(one, other)| OwnProblem {
            tab: Some(other.shown().to_owned()),
            row: None,
            column: None,
            value: None,
            code: "near-name",
            message: format!(
                "\"{}\" and \"{}\" are taken for two vendors; if they are one, put their scores into one tab, and if not, write their full names on the tabs",
                one.shown(),
                other.shown()
            ),
        });
        let doubts: Vec<OwnProblem> = doubts.collect();
        self.warnings.extend(doubts);
    }

    pub(super) fn end(self, own: &OwnFile) -> OwnLook {
        let criteria = self.set.as_ref().map(|set| criteria_of(set, &self.typed));
        let is_clear = self.problems.is_empty() && self.questions.is_empty();
        let set = self.set.filter(|_| is_clear);
        let parts = self.parts;
        let mut said = String::from("own spreadsheet\n");
        // Writing to a text does not fail.
        let _written = writeln!(said, "{}", Digest::of(&own.bytes));
        let _written = writeln!(said, "{:?}", own.statements);
        if let Some(set) = &set {
            let _written = writeln!(said, "{}", set.sha256());
            for part in &parts {
                let packed = pack(&part.read.sheet, set).unwrap_or_default();
                let _written = writeln!(said, "{:?} {}", part.tab, Digest::of(&packed));
            }
        }
        let mut vendors: Vec<String> = Vec::new();
        let mut evaluators: Vec<String> = Vec::new();
        for part in &parts {
            for (names, into) in [
                (part.read.sheet.vendors(), &mut vendors),
                (part.read.sheet.evaluators(), &mut evaluators),
            ] {
                for name in names.iter().map(|name| name.shown().to_owned()) {
                    if !into.contains(&name) {
                        into.push(name);
                    }
                }
            }
        }
        OwnLook {
            criteria: criteria.unwrap_or_default(),
            vendors,
            evaluators,
            answers: parts.iter().map(Part::answers).sum(),
            problems: self.problems,
            warnings: self.warnings,
            questions: self.questions,
            seen: Digest::of(said.as_bytes()),
            set,
            parts,
        }
    }
}

/// Whether one of two names begins the other, or is nearly it.
fn is_near(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one) || nearest(one, [other], |name| name).is_some()
}

fn criteria_of(set: &CriteriaSet, typed: &[String]) -> Vec<OwnCriterion> {
    let shares = Weighting::of_record(set).shares();
    let of = |(at, (index, one)): (usize, (CriterionIndex, &Criterion))| {
        let category = set.categories().get(one.category().position());
        OwnCriterion {
            id: one.id().to_owned(),
            title: one.title().to_owned(),
            category: category.map_or_else(String::new, |one| one.title().to_owned()),
            judged: judged(one),
            typed: typed.get(at).cloned().unwrap_or_default(),
            share: shares.of_criterion(index),
        }
    };
    set.indexed_criteria().enumerate().map(of).collect()
}

fn judged(criterion: &Criterion) -> String {
    match criterion.kind() {
        Kind::Rated(rated) => {
            let scale = rated.scale();
            let step = scale
                .step()
                .map(|step| format!(", in steps of {}", plain(step)));
            format!(
                "{} to {}{}",
                plain(scale.min()),
                plain(scale.max()),
                step.unwrap_or_default()
            )
        }
        Kind::Priced(priced) => match (priced.range(), priced.currency()) {
            (Some(range), currency) => format!(
                "price, {} to {} {}",
                plain(range.floor()),
                plain(range.ceiling()),
                currency.unwrap_or_default()
            ),
            (None, currency) => format!(
                "price, {} {}",
                priced.rule().name(),
                currency.unwrap_or_default()
            ),
        },
        Kind::PassFail => "pass or fail".to_owned(),
    }
}
