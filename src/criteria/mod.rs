//! The criteria set: a weighted tree of categories and criteria with its scale, rules and lenses.
//!
//! A [`CriteriaSet`] can only be made by reading TOML ([`CriteriaSet::parse`]), so one that exists is a proven one:
//! its weights add up, its references resolve, and its gates can be passed.

mod costs;
pub mod elicit;
mod kind;
mod lens;
mod limits;
mod node;
mod outline;
mod pins;
mod price;
mod problem;
mod reading;
mod reweighed;
mod rule;
mod rules;
mod set;
mod shares;
mod shipped;
mod siblings;
mod splice;
mod tailored;

pub use costs::{Costs, LAYERS, LayerIndex, MAX_HORIZON, MAX_LAYERS};
pub use kind::{Direction, Kind, Rated, Scale};
pub use lens::{Lens, Metric};
pub use limits::SetLimits;
pub use node::{Category, Criterion};
pub use outline::{
    Choice, NotATerm, Outline, OutlineProblem, OutlineRule, Outlined, Question, ScoreLayout, Terms,
    outline, outline_tabs,
};
pub use pins::{PinError, PinProblem, PricePin};
pub use price::{PriceRange, PriceRule, Priced};
pub use problem::SetProblem;
pub use reweighed::Unchangeable;
pub use rule::{
    CostMistake, Expected, FormMistake, JudgingMistake, SetRule, Suggestion, TreeMistake,
    WeightMistake,
};
pub use rules::{Collapse, PointsRule, Rules, WeightRule};
pub use set::{CategoryIndex, CriteriaSet, CriterionIndex};
pub use shares::{Shares, Weighting};
pub use shipped::{Shipped, find_shipped, shipped};
pub use siblings::Node;
pub use tailored::{
    Stakeholder, TailorNote, TailorProblem, TailorRule, Tailored, TailoredName, Tailoring, Wishes,
};
