//! The binary as people call it: arguments and files in, streams and exit codes out.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on has found a failing test"
)]

mod agreement;
mod backup;
mod doctor;
mod exports;
mod firmness;
mod large;
mod problems;
mod published;
mod report;
mod serve;
mod support;
mod tailor;
mod usage;
mod weights;
mod worked;
