//! The verbs of the work over a real store, without a server.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on has found a failing test"
)]

mod award;
mod backup;
mod evidence;
mod links;
mod lock;
mod many;
mod older;
mod revise;
mod sample;
mod steps;
mod support;
mod tailor;
mod timeline;
mod users;
