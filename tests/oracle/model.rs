//! The oracle's own picture of an evaluation: plain data, built by hand or by chance.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::BigRational;

/// Every number the oracle reckons with.
pub type Q = BigRational;

/// A decimal as a file writes it: `units / 10^places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Num {
    pub units: i64,
    pub places: u32,
}

/// A whole number.
pub const fn whole(units: i64) -> Num {
    Num { units, places: 0 }
}

/// A number in hundredths.
pub const fn cents(units: i64) -> Num {
    Num { units, places: 2 }
}

/// A number in tenths.
pub const fn tenths(units: i64) -> Num {
    Num { units, places: 1 }
}

impl Num {
    pub fn q(self) -> Q {
        Q::new(self.units.into(), BigInt::from(10).pow(self.places))
    }
}

/// Written out digit by digit, so that no other code's printing is trusted.
impl std::fmt::Display for Num {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let places = usize::try_from(self.places).expect("a handful of places");
        let width = places.saturating_add(1);
        let digits = format!("{:0>width$}", self.units.unsigned_abs());
        let (whole, part) = digits.split_at(digits.len().saturating_sub(places));
        let sign = if self.units < 0 { "-" } else { "" };
        let dot = if part.is_empty() { "" } else { "." };
        write!(out, "{sign}{whole}{dot}{part}")
    }
}

/// One evaluation, whole.
#[derive(Clone)]
pub struct Case {
    pub set: Set,
    pub vendors: Vec<String>,
    pub evaluators: Vec<String>,
    /// By vendor, criterion, evaluator; what is not here is not answered.
    pub answers: BTreeMap<(usize, usize, usize), Ans>,
    pub excluded: BTreeSet<usize>,
    /// By evaluator, and vendor (`None` for all).
    pub recused: BTreeSet<(usize, Option<usize>)>,
}

/// What one evaluator says about one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ans {
    Number(Num),
    Pass,
    Fail,
    Silent,
    NotApplicable,
}

/// The criteria set.
#[derive(Debug, Clone)]
pub struct Set {
    pub weights: Weights,
    pub of_max: bool,
    pub median: bool,
    pub scale: Scale,
    pub total_minimum: Option<Num>,
    pub categories: Vec<Category>,
    pub criteria: Vec<Criterion>,
    pub lenses: Vec<Lens>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    Points,
    Shares,
    Relative,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    pub min: Num,
    pub max: Num,
    pub step: Option<Num>,
}

#[derive(Debug, Clone)]
pub struct Category {
    pub id: String,
    pub parent: Option<usize>,
    /// What the file says; under [`Weights::Points`] the file says nothing.
    pub weight: Num,
    pub minimum: Option<Num>,
}

#[derive(Debug, Clone)]
pub struct Criterion {
    pub id: String,
    pub category: usize,
    pub weight: Num,
    pub kind: Kind,
}

#[derive(Debug, Clone)]
pub enum Kind {
    Rated {
        scale: Option<Scale>,
        lower: bool,
        gate: Option<Num>,
        not_applicable: bool,
    },
    Priced {
        rule: Rule,
        maximum: Option<Num>,
    },
    PassFail,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    FixedRange { floor: Num, ceiling: Num },
    LowestRatio,
    LinearToLowest,
    LinearRange,
}

#[derive(Debug, Clone)]
pub struct Lens {
    pub id: String,
    /// By criterion; 0 for a pass-fail one.
    pub weights: Vec<Num>,
    /// Id and criteria.
    pub metrics: Vec<(String, Vec<usize>)>,
}

/// A failing case shows as the files a person can repeat it with.
impl std::fmt::Debug for Case {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&crate::engine::shown(self, &crate::write::PLAIN))
    }
}

impl Set {
    /// The scale a rated criterion is scored on.
    pub fn scale_of(&self, criterion: usize) -> Scale {
        match &self.criteria[criterion].kind {
            Kind::Rated { scale, .. } => scale.unwrap_or(self.scale),
            _ => self.scale,
        }
    }

    pub fn is_rated(&self, criterion: usize) -> bool {
        matches!(self.criteria[criterion].kind, Kind::Rated { .. })
    }

    pub fn is_priced(&self, criterion: usize) -> bool {
        matches!(self.criteria[criterion].kind, Kind::Priced { .. })
    }

    pub fn is_pass_fail(&self, criterion: usize) -> bool {
        matches!(self.criteria[criterion].kind, Kind::PassFail)
    }

    pub fn allows_not_applicable(&self, criterion: usize) -> bool {
        matches!(
            self.criteria[criterion].kind,
            Kind::Rated {
                not_applicable: true,
                ..
            }
        )
    }

    pub fn has_relative_price(&self) -> bool {
        self.criteria.iter().any(|criterion| {
            matches!(&criterion.kind, Kind::Priced { rule, .. } if !matches!(rule, Rule::FixedRange { .. }))
        })
    }

    /// Whether a criterion lies in a category, however deep.
    pub fn lies_in(&self, criterion: usize, category: usize) -> bool {
        let mut at = Some(self.criteria[criterion].category);
        while let Some(index) = at {
            if index == category {
                return true;
            }
            at = self.categories[index].parent;
        }
        false
    }
}

impl Case {
    pub fn is_consensus(&self, evaluator: usize) -> bool {
        self.evaluators[evaluator] == "consensus"
    }

    pub fn stands(&self, vendor: usize) -> bool {
        !self.excluded.contains(&vendor)
    }

    pub fn is_recused(&self, evaluator: usize, vendor: usize) -> bool {
        self.recused.contains(&(evaluator, None))
            || self.recused.contains(&(evaluator, Some(vendor)))
    }

    /// The evaluator with a name, added if new.
    pub fn evaluator(&mut self, name: &str) -> usize {
        if let Some(found) = self.evaluators.iter().position(|known| known == name) {
            return found;
        }
        self.evaluators.push(name.to_owned());
        self.evaluators.len().saturating_sub(1)
    }
}
