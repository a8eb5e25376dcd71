//! Criteria as they are read, before they are a set.

use rust_decimal::Decimal;

use super::anchors::Anchors;
use super::scale::SaidScale;
use super::terms::Price;
use super::{OutlineProblem, OutlineRule, Question};

/// One criterion as it is read.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) row: u32,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) category: String,
    pub(super) description: String,
    pub(super) weight: Weight,
    pub(super) kind: Kind,
    pub(super) scale: Option<SaidScale>,
    pub(super) lower: bool,
    pub(super) gate: Option<Decimal>,
    pub(super) anchors: Anchors,
    pub(super) practices: Vec<String>,
    pub(super) clause: String,
}

impl Draft {
    pub(super) fn new(row: u32, title: &str) -> Self {
        Self {
            row,
            id: String::new(),
            title: title.to_owned(),
            category: String::new(),
            description: String::new(),
            weight: Weight::Unsaid,
            kind: Kind::Rated,
            scale: None,
            lower: false,
            gate: None,
            anchors: Anchors::new(),
            practices: Vec::new(),
            clause: String::new(),
        }
    }
}

/// What a criterion weighs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Weight {
    /// As it is typed, and the number that this is.
    Typed(String, Decimal),
    /// There is no column of weights, or nothing in it.
    Unsaid,
    /// Somebody has to say what a word stands for, or the cell is wrong.
    Open,
    /// A gate without weight.
    PassFail,
}

impl Weight {
    pub(super) fn value(&self) -> Decimal {
        match self {
            Self::Typed(_, value) => *value,
            Self::Unsaid | Self::Open => Decimal::ONE,
            Self::PassFail => Decimal::ZERO,
        }
    }
}

/// How a criterion is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Rated,
    Priced(Price),
    PassFail,
}

/// A category as a table of the tree says it; where none does, categories are what criteria name.
#[derive(Debug, Clone)]
pub(super) struct Branch {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) parent: Option<String>,
    pub(super) weight: Option<Decimal>,
    pub(super) minimum: Option<Decimal>,
}

/// What is wrong and what is open so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<OutlineProblem>,
    pub(super) questions: Vec<Question>,
}

impl Findings {
    pub(super) fn refuse(&mut self, rule: OutlineRule, row: u32, heading: &str, value: &str) {
        self.problems.push(rule.at(row, heading, value));
    }

    /// Asks once.
    pub(super) fn ask(&mut self, question: Question) {
        let mut asked = self.questions.iter();
        if asked.all(|before| before.field != question.field) {
            self.questions.push(question);
        }
    }
}
