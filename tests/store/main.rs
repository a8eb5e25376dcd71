//! The store on its own: whole or nothing, one holder, nothing changed after the fact.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on has found a failing test"
)]

mod damage;
mod folder;
mod full;
mod house;
mod killed;
mod story;
mod support;
