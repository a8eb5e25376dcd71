//! The pages that explain a result: one question each.

pub(in crate::web) mod agenda;
pub(in crate::web) mod cell;
mod closer;
pub(in crate::web) mod costs;
pub(in crate::web) mod debriefs;
pub(in crate::web) mod firmness;
pub(in crate::web) mod lenses;
pub(in crate::web) mod meeting;
pub(in crate::web) mod missing;
pub(in crate::web) mod panel;
pub(in crate::web) mod what_if;
pub(in crate::web) mod why;

pub(super) use closer::{Closer, closer, may_ask};
pub(super) use firmness::{
    beside_the_winner, is_verdict_to_come, prepare, stands_beside, what_would_change,
};
