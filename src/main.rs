//! The `scorecard` binary.
fn main() {}
