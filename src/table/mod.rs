//! Bytes to text to cells and back: encodings, CSV dialects, the apostrophe rule, workbooks, and how texts are compared as
//! names.
//!
//! This room knows nothing of criteria, vendors or scores.

pub mod bundle;
mod cells;
mod decode;
mod dialect;
mod invisible;
mod limits;
pub mod name;
mod quoted;
mod rows;
mod scan;
pub(crate) mod side_by_side;
pub mod words;
pub mod workbook;
pub mod write;
pub mod xlsx;

/// From how many bytes on a text is looked at by two threads: these take some 400 microseconds, a thread some fifty to begin.
const MANY_BYTES: usize = 4 * 1024 * 1024;

pub use cells::Cells;
pub use decode::{Decoded, Encoding, NotText, decode};
pub use dialect::{Delimiter, Dialect, SeparatorLine, detect, split_off_separator_line};
pub use invisible::name_of_invisible;
pub use limits::Limits;
pub use name::{Name, NameError, NameList, NotListed};
pub use rows::{Met, Rows};
pub use scan::{Flaw, Quoting, Scan, TooLong, scan};
pub use write::{BYTE_ORDER_MARK, CSV, CsvText, Separator};
