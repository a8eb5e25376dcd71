//! The criteria set: a weighted tree of categories and criteria with its scale, rules and lenses.
//!
//! A [`CriteriaSet`] can only be made by reading TOML ([`CriteriaSet::parse`]), so one that exists is a proven one:
//! its weights add up, its references resolve, and its gates can be passed.

mod set;
mod shares;

pub use set::{
    Category, CategoryIndex, Collapse, CriteriaSet, Criterion, CriterionIndex, Direction, Kind,
    Lens, Metric, PointsRule, PriceRange, PriceRule, Priced, Rated, Rules, Scale, WeightRule,
};
pub use shares::{Shares, Weighting};
