//! An independent oracle for the scoring rules: exact rationals, recursion over the tree, every scenario tried.
//!
//! It shares no code with the crate. Random evaluations are written down as TOML and CSV, go through the whole library
//! as a user's files would, and the published JSON is compared with what the oracle reckons.

mod build;
mod compare;
mod engine;
mod make;
mod model;
mod reckon;
mod write;

mod agreement;
mod boundaries;
mod completions;
mod examples;
mod exports;
mod invariance;
mod publishing;
mod taking_back;
mod workbook;
