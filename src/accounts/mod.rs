//! Who may do what.
//!
//! Every verb of the work asks [`may`] before it does anything, with who asks, for what, and on what in which state.
//! There are no users yet: who can reach the service at all may do everything the state of the evaluation allows.

mod action;
mod actor;
mod table;

pub use action::Action;
pub use actor::Actor;
pub use table::{Denied, Object, may};
