//! The verbs of the work over a real store, without a server.

#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a helper that cannot go on has found a failing test, and its sums are of places in small files"
)]

mod award;
mod backup;
mod evidence;
mod links;
mod lock;
mod many;
mod older;
mod priced;
mod purge;
mod purged_bundle;
mod revise;
mod sample;
mod steps;
mod support;
mod tailor;
mod timeline;
mod users;
