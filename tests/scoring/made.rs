//! Evaluations made at random: a nested tree, several vendors, and cells that are scored, missing or not applicable.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use scorecard::criteria::CriteriaSet;
use scorecard::evaluation::{Evaluation, VendorIndex};

use crate::support::{evaluation, set};

/// The categories with the one each lies in.
pub const CATEGORIES: [(&str, Option<&str>); 3] = [("k0", None), ("k1", Some("k0")), ("k2", None)];
/// The criteria with their categories.
pub const CRITERIA: [(&str, &str); 6] = [
    ("c0", "k0"),
    ("c1", "k0"),
    ("c2", "k1"),
    ("c3", "k1"),
    ("c4", "k2"),
    ("c5", "k2"),
];
const VENDORS: [&str; 4] = ["Acme", "Bolt", "Crux", "Dyne"];

/// What one evaluator says about one vendor and criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// So many halves, from 0 to 10.
    Halves(u8),
    /// Nothing yet.
    Missing,
    /// It does not apply.
    Nothing,
}

/// Weights of the categories and the criteria, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    pub categories: Vec<u64>,
    pub criteria: Vec<u64>,
}

/// An evaluation to be made.
#[derive(Debug, Clone)]
pub struct Made {
    pub weights: Weights,
    /// By vendor, then criterion.
    pub cells: Vec<Vec<Cell>>,
}

impl Made {
    /// The criteria set, under other weights if need be.
    pub fn set_with(weights: &Weights, more: &str) -> Arc<CriteriaSet> {
        let mut toml = format!("weights = \"relative\"\n{more}\nscale = {{ min = 0, max = 5 }}\n");
        for ((id, parent), weight) in CATEGORIES.iter().zip(&weights.categories) {
            let _ = writeln!(
                toml,
                "[[category]]\nid = \"{id}\"\ntitle = \"{id}\"\nweight = {weight}"
            );
            if let Some(parent) = parent {
                let _ = writeln!(toml, "parent = \"{parent}\"");
            }
        }
        for ((id, category), weight) in CRITERIA.iter().zip(&weights.criteria) {
            let _ = writeln!(
                toml,
                "[[criterion]]\nid = \"{id}\"\ntitle = \"{id}\"\ncategory = \"{category}\"\nweight = {weight}\nnot_applicable = true"
            );
        }
        set(&toml)
    }

    pub fn evaluation(&self) -> Evaluation {
        self.evaluation_with(&self.weights)
    }

    /// Whether every cell is scored.
    pub fn is_complete(&self) -> bool {
        let mut cells = self.cells.iter().flatten();
        cells.all(|cell| matches!(cell, Cell::Halves(_)))
    }

    /// The same answers under other weights.
    pub fn evaluation_with(&self, weights: &Weights) -> Evaluation {
        let set = Self::set_with(weights, "");
        let mut rows = Vec::new();
        let texts: Vec<Vec<String>> = self
            .cells
            .iter()
            .map(|cells| cells.iter().copied().map(text).collect())
            .collect();
        for (vendor, texts) in VENDORS.iter().zip(&texts) {
            for ((criterion, _), text) in CRITERIA.iter().zip(texts) {
                rows.push((*vendor, *criterion, "Ana", text.as_str()));
            }
        }
        // So that every criterion is in the panel of somebody, and what is missing is owed.
        let mut evaluation = evaluation(&set, &rows);
        let ana = evaluation.evaluator_indices().next().unwrap();
        let all = set.indexed_criteria().map(|(index, _)| index).collect();
        evaluation.assign(ana, Some(all));
        evaluation
    }
}

fn text(cell: Cell) -> String {
    match cell {
        Cell::Halves(halves) => format!("{}.{}", halves / 2, halves % 2 * 5),
        Cell::Missing => String::new(),
        Cell::Nothing => "n/a".to_owned(),
    }
}

/// Evaluations of two to four vendors in which everything is scored.
pub fn complete() -> impl Strategy<Value = Made> {
    made((0_u8..=10).prop_map(Cell::Halves).boxed())
}

/// The same, in which something may be missing.
pub fn with_missing() -> impl Strategy<Value = Made> {
    let cell = prop_oneof![9 => (0_u8..=10).prop_map(Cell::Halves), 1 => Just(Cell::Missing)];
    made(cell.boxed())
}

/// The same, in which something may not apply.
pub fn with_nothing() -> impl Strategy<Value = Made> {
    let cell = prop_oneof![6 => (0_u8..=10).prop_map(Cell::Halves), 1 => Just(Cell::Nothing)];
    made(cell.boxed())
}

/// The same, in which something may be missing or not apply.
pub fn with_both() -> impl Strategy<Value = Made> {
    let cell = prop_oneof![
        12 => (0_u8..=10).prop_map(Cell::Halves),
        1 => Just(Cell::Nothing),
        1 => Just(Cell::Missing),
    ];
    made(cell.boxed())
}

fn made(cell: BoxedStrategy<Cell>) -> impl Strategy<Value = Made> {
    let cells = prop::collection::vec(
        prop::collection::vec(cell, CRITERIA.len()),
        2..=VENDORS.len(),
    );
    (weights(), cells).prop_map(|(weights, cells)| Made { weights, cells })
}

/// Weights of which some, but not all of a group, may be 0.
pub fn weights() -> impl Strategy<Value = Weights> {
    let first = 1_u64..9;
    let other = 0_u64..9;
    let categories = (first.clone(), other.clone(), first.clone());
    let criteria = (
        first.clone(),
        other.clone(),
        first.clone(),
        other.clone(),
        first,
        other,
    );
    (categories, criteria).prop_map(|(k, c)| Weights {
        categories: vec![k.0, k.1, k.2],
        criteria: vec![c.0, c.1, c.2, c.3, c.4, c.5],
    })
}

/// The vendors of an evaluation.
pub fn vendors(evaluation: &Evaluation) -> Vec<VendorIndex> {
    evaluation.vendor_indices().collect()
}
