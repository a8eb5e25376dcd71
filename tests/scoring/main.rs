//! The scoring rules, one sentence a test, on evaluations small enough to compute by hand.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that cannot go on has found a failing test"
)]

mod agreement;
mod collapse;
mod draws;
mod explain;
mod firmness;
mod gates;
mod made;
mod opinions;
mod people;
mod price;
mod ranking;
mod simplex;
mod support;
mod what_if;
mod worked;
