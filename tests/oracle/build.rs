//! Evaluations built by hand, for tests that tell a story.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::engine;
use crate::model::{
    Ans, Case, Category, Criterion, Kind, Lens, Num, Rule, Scale, Set, Weights, whole,
};
use crate::write::PLAIN;

/// A case that grows.
#[derive(Debug, Clone)]
pub struct Story(pub Case);

pub const RATED: Kind = Kind::Rated {
    scale: None,
    lower: false,
    gate: None,
    not_applicable: false,
};
pub const OPTIONAL: Kind = Kind::Rated {
    scale: None,
    lower: false,
    gate: None,
    not_applicable: true,
};

pub const LOWEST_RATIO: Kind = price(Rule::LowestRatio);

pub const fn price(rule: Rule) -> Kind {
    Kind::Priced {
        rule,
        maximum: None,
    }
}

pub const fn fixed(floor: i64, ceiling: i64) -> Rule {
    Rule::FixedRange {
        floor: whole(floor),
        ceiling: whole(ceiling),
    }
}

/// A rated criterion with a minimum.
pub const fn at_least(gate: Num) -> Kind {
    Kind::Rated {
        scale: None,
        lower: false,
        gate: Some(gate),
        not_applicable: false,
    }
}

impl Story {
    /// One category `all`, scale 0 to so much without a step, mean of the evaluators.
    pub fn new(weights: Weights, max: i64) -> Self {
        let set = Set {
            weights,
            of_max: false,
            median: false,
            scale: Scale {
                min: whole(0),
                max: whole(max),
                step: None,
            },
            total_minimum: None,
            categories: Vec::new(),
            criteria: Vec::new(),
            lenses: Vec::new(),
        };
        let case = Case {
            set,
            vendors: Vec::new(),
            evaluators: Vec::new(),
            answers: BTreeMap::new(),
            excluded: BTreeSet::new(),
            recused: BTreeSet::new(),
        };
        Self(case).category("all", None, 100)
    }

    /// Adds a category; criteria go into the latest one.
    pub fn category(mut self, id: &str, parent: Option<usize>, weight: i64) -> Self {
        self.0.set.categories.push(Category {
            id: id.to_owned(),
            parent,
            weight: whole(weight),
            minimum: None,
        });
        self
    }

    pub fn criterion(mut self, id: &str, weight: i64, kind: Kind) -> Self {
        self.0.set.criteria.push(Criterion {
            id: id.to_owned(),
            category: self.0.set.categories.len().saturating_sub(1),
            weight: whole(weight),
            kind,
        });
        self
    }

    pub fn lens(mut self, weights: &[i64], metric: &[usize]) -> Self {
        self.0.set.lenses.push(Lens {
            id: "cio".to_owned(),
            weights: weights.iter().map(|&weight| whole(weight)).collect(),
            metrics: vec![("group".to_owned(), metric.to_vec())],
        });
        self
    }

    /// One evaluator's answers about one vendor, in criterion order.
    pub fn says<const N: usize>(
        mut self,
        who: &str,
        vendor: &str,
        answers: [Option<Ans>; N],
    ) -> Self {
        let evaluator = self.0.evaluator(who);
        let vendors = &mut self.0.vendors;
        let vendor = vendors
            .iter()
            .position(|known| known == vendor)
            .unwrap_or_else(|| {
                vendors.push(vendor.to_owned());
                vendors.len().saturating_sub(1)
            });
        for (criterion, answer) in answers.into_iter().enumerate() {
            if let Some(answer) = answer {
                self.0
                    .answers
                    .insert((vendor, criterion, evaluator), answer);
            }
        }
        self
    }

    /// One evaluator's scores or amounts about one vendor.
    pub fn scores<const N: usize>(self, who: &str, vendor: &str, scores: [i64; N]) -> Self {
        self.says(who, vendor, scores.map(number))
    }

    /// What the engine makes of it; the oracle must agree.
    pub fn told(&self) -> Value {
        engine::agreed(&self.0, &PLAIN, None)
    }

    pub fn under_lens(&self) -> Value {
        engine::agreed(&self.0, &PLAIN, Some(0))
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "an answer in a row of answers, some of which are missing"
)]
pub const fn number(number: i64) -> Option<Ans> {
    Some(Ans::Number(whole(number)))
}

pub const SILENT: Option<Ans> = Some(Ans::Silent);
pub const NA: Option<Ans> = Some(Ans::NotApplicable);
pub const PASS: Option<Ans> = Some(Ans::Pass);
pub const FAIL: Option<Ans> = Some(Ans::Fail);
