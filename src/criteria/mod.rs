//! The criteria set: a weighted tree of categories and criteria with its scale, rules and lenses.
//!
//! A [`CriteriaSet`] can only be made by reading TOML ([`CriteriaSet::parse`]), so one that exists is a proven one:
//! its weights add up, its references resolve, and its gates can be passed.

mod limits;
mod pins;
mod problem;
mod reading;
mod rule;
mod set;
mod shares;
mod shipped;
mod splice;

pub use limits::SetLimits;
pub use pins::{PinError, PinProblem, PricePin};
pub use problem::SetProblem;
pub use rule::{
    Expected, FormMistake, JudgingMistake, SetRule, Suggestion, TreeMistake, WeightMistake,
};
pub use set::{
    Category, CategoryIndex, Collapse, CriteriaSet, Criterion, CriterionIndex, Direction, Kind,
    Lens, Metric, PointsRule, PriceRange, PriceRule, Priced, Rated, Rules, Scale, WeightRule,
};
pub use shares::{Shares, Weighting};
pub use shipped::{Shipped, find_shipped, shipped};
