//! The scoring rules, one sentence a test, on evaluations small enough to compute by hand.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that cannot go on has found a failing test"
)]

mod collapse;
mod gates;
mod people;
mod price;
mod ranking;
mod support;
mod worked;
