//! The shapes that offices bring: each becomes a criteria set, vendors and scores, or a question, or a refusal.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on has found a failing test"
)]

mod shapes;
mod support;
mod workbook;
