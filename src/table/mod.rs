//! Bytes to text to cells and back: encodings, CSV dialects, the apostrophe rule, and how texts are compared as names.
//!
//! This room knows nothing of criteria, vendors or scores.

pub mod name;
pub mod write;

pub use name::{Name, NameError, NameList, NotListed};
pub use write::{CsvText, Separator};
