//! Small evaluations written down in a few lines, and what their result says.

use std::sync::Arc;

use scorecard::criteria::{CriteriaSet, SetLimits};
use scorecard::evaluation::{Answer, Entry, Evaluation, Line, Sheet, VendorIndex};
use scorecard::exact::{Fraction, read_decimal};
use scorecard::scoring::{self, Bounds, CriterionCard, Scorecard, VendorCard};
use scorecard::table::{Name, NameList};

/// A criteria set, with the head every set needs.
pub fn set(body: &str) -> Arc<CriteriaSet> {
    let toml = format!("id = \"test\"\ntitle = \"Test\"\nversion = \"1\"\n{body}");
    match CriteriaSet::parse(&toml, &SetLimits::default()) {
        Ok(set) => Arc::new(set),
        Err(problems) => panic!("the set is refused: {problems:#?}\n{toml}"),
    }
}

/// An evaluation in which each row is `vendor, criterion, evaluator, answer`.
pub fn evaluation(set: &Arc<CriteriaSet>, rows: &[(&str, &str, &str, &str)]) -> Evaluation {
    let mut evaluation = Evaluation::new(Arc::clone(set));
    evaluation.file(sheet(set, rows)).unwrap();
    evaluation
}

/// A sheet of such rows, in which everybody is named.
pub fn sheet(set: &CriteriaSet, rows: &[(&str, &str, &str, &str)]) -> Sheet {
    sheet_by(set, rows, true)
}

/// A sheet of such rows that did not say who answered.
pub fn sheet_of_nobody(set: &CriteriaSet, rows: &[(&str, &str, &str, &str)]) -> Sheet {
    sheet_by(set, rows, false)
}

fn sheet_by(set: &CriteriaSet, rows: &[(&str, &str, &str, &str)], named: bool) -> Sheet {
    let (mut vendors, mut evaluators) = (NameList::default(), NameList::default());
    let find =
        |list: &mut NameList, name: &str| list.find_or_add(&Name::parse(name).unwrap()).unwrap();
    let lines = rows
        .iter()
        .zip(2..)
        .map(|((vendor, criterion, evaluator, answer), row)| Line {
            vendor: find(&mut vendors, vendor),
            evaluator: find(&mut evaluators, evaluator),
            criterion: set.criterion_index(criterion).unwrap(),
            entry: entry(answer),
            comment: None,
            row,
            column: 2,
        })
        .collect();
    Sheet::new(
        "test.csv".to_owned(),
        vendors.names().to_vec(),
        evaluators.names().to_vec(),
        named,
        lines,
        vec![],
    )
}

fn entry(text: &str) -> Entry {
    match text {
        "" => Entry::NotScored,
        "clear" => Entry::Clear,
        "n/a" => Entry::Answer(Answer::NotApplicable),
        "silent" => Entry::Answer(Answer::NoResponse),
        "pass" => Entry::Answer(Answer::Passed),
        "fail" => Entry::Answer(Answer::Failed),
        number => Entry::Answer(Answer::Scored(read_decimal(number).unwrap())),
    }
}

/// A result with its cards found by name.
pub struct Ranked {
    evaluation: Evaluation,
    pub scorecard: Scorecard,
}

/// Ranks under the record's weights.
pub fn rank(evaluation: &Evaluation) -> Ranked {
    Ranked {
        scorecard: scoring::rank(evaluation, None),
        evaluation: evaluation.clone(),
    }
}

/// Ranks under a lens.
pub fn rank_under(evaluation: &Evaluation, lens: &str) -> Ranked {
    let lens = evaluation.set().lens(lens).unwrap();
    Ranked {
        scorecard: scoring::rank(evaluation, Some(lens)),
        evaluation: evaluation.clone(),
    }
}

impl Ranked {
    pub fn vendor(&self, name: &str) -> VendorIndex {
        let mut vendors = self.evaluation.vendor_indices();
        vendors
            .find(|&vendor| self.evaluation.vendor_name(vendor) == name)
            .unwrap()
    }

    pub fn card(&self, name: &str) -> &VendorCard {
        let vendor = self.vendor(name);
        self.scorecard
            .vendors
            .iter()
            .find(|card| card.vendor == vendor)
            .unwrap()
    }

    pub fn cell(&self, vendor: &str, criterion: &str) -> &CriterionCard {
        let criterion = self.evaluation.set().criterion_index(criterion).unwrap();
        &self.card(vendor).criteria[criterion.position()]
    }

    /// The total as `"72/1"`, or `"60/1..100/1"` where it can still move.
    pub fn total(&self, vendor: &str) -> String {
        self.card(vendor)
            .total
            .as_ref()
            .map_or("none".to_owned(), shown)
    }

    /// The names in page order.
    pub fn order(&self) -> Vec<&str> {
        let vendors = self.scorecard.vendors.iter();
        vendors
            .map(|card| self.evaluation.vendor_name(card.vendor))
            .collect()
    }

    /// The rank and whether it is shared.
    pub fn rank(&self, vendor: &str) -> (Option<u32>, bool) {
        let card = self.card(vendor);
        (card.rank, card.tied)
    }
}

/// A value as `"72/1"`, or `"60/1..100/1"` where it can still move.
pub fn shown(bounds: &Bounds) -> String {
    match bounds.exact() {
        Some(value) => value.to_string(),
        None => format!("{}..{}", bounds.low, bounds.high),
    }
}

/// `numerator / denominator`.
pub fn fraction(numerator: i64, denominator: i64) -> Fraction {
    Fraction::new(numerator, denominator).unwrap()
}
