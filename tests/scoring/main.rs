//! The scoring rules, one sentence a test, on evaluations small enough to compute by hand.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that cannot go on has found a failing test"
)]

mod collapse;
mod explain;
mod gates;
mod made;
mod people;
mod price;
mod ranking;
mod support;
mod worked;
