//! The binary as people call it: arguments and files in, streams and exit codes out.

mod exports;
mod problems;
mod report;
mod support;
mod usage;
mod worked;
