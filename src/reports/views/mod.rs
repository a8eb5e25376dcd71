//! A result laid out for readers: rows and cells of finished texts, shared by the one-file report and the pages.
//!
//! Where a text leads is not known here: every view is built with the [`Addresses`] of the place it is shown in.

pub(crate) mod agenda;
pub(crate) mod change;
pub(crate) mod compare;
pub(crate) mod costs;
pub(crate) mod criteria;
pub(crate) mod criterion;
pub(crate) mod draws;
pub(crate) mod firmness;
pub(crate) mod gates;
pub(crate) mod lenses;
mod limits;
mod links;
pub(crate) mod losses;
pub(crate) mod matrix;
pub(crate) mod missing;
pub(crate) mod mix;
pub(crate) mod opinions;
pub(crate) mod order;
pub(crate) mod panel;
pub(crate) mod price_quality;
pub(crate) mod ranking;
pub(crate) mod remarks;
pub(in crate::reports) mod rivals;
pub(crate) mod side;
mod signed;
pub(crate) mod story;
pub(crate) mod tailor;
pub(in crate::reports) mod tree;
pub(crate) mod vendors;
mod verdict;
pub(crate) mod waterfall;
pub(crate) mod what_if;
pub(crate) mod why;

pub(crate) use links::{Addresses, Nowhere, Said, Words, said, words};
