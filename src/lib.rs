//! Scorecards for choosing an ITSM tool.
//!
//! An IT department sets weighted criteria; a few people score a few vendors in a spreadsheet; somebody has to say who is
//! first, and be right when the losing bidder asks. This library reads criteria and score sheets and makes a ranking of
//! them: in exact numbers, with every total broken down to the cells it came from, and with a range instead of a number
//! wherever something is missing.
//!
//! # The house
//!
//! Rooms are named after the trade. Data flows through them from left to right, and a room may know only what stands to its
//! left; a test holds them to it.
//!
//! ```text
//! exact <- table <- criteria <- evaluation <- { sheets | scoring } <- reports <- accounts <- record <- store <- service
//!   <- { web | cli } <- main
//! ```
//!
//! | room | holds | knows nothing of |
//! |---|---|---|
//! | [`exact`] | the strict reading of decimals, fractions that never round, the one rounding on the way out | everything else |
//! | [`table`] | bytes to text to cells and back, and how texts are compared as names | criteria |
//! | [`criteria`] | the criteria set as proven types: TOML in, problems out; shares; lenses; weights by method | sheets |
//! | [`evaluation`] | one decision: vendors, evaluators, sheets, and the answers that stand | files |
//! | [`sheets`] | cells to answers with all problems at once; blank sheets to fill in | scoring |
//! | [`scoring`] | collapse, points, prices, gates, totals, bounds, ranks; what they rest on, how firm they are | files, sheets |
//! | [`reports`] | one result as text, JSON, CSV, a workbook and HTML | where it is shown |
//! | [`accounts`] | who may do what: the one table | storage |
//! | [`record`] | events, the hash chain, and the evaluation that events add up to | SQL |
//! | [`store`] | where the record is kept: one transaction per verb, in `SQLite` | HTTP |
//! | [`service`] | the verbs of the work: start, file, withdraw, exclude, decide | HTTP, commands |
//! | [`web`] | the server, its guards, the pages and the API | commands |
//! | `cli` | the commands, one file each | the server, which `main` hands it |
//!
//! # The walk of one score sheet
//!
//! Ana scored two vendors and saved `ana.csv`. Somebody runs `scorecard rank --criteria set.toml ana.csv`.
//!
//! 1. `cli` reads `set.toml`, and [`criteria::CriteriaSet::parse`] proves it: weights add up, references resolve, gates can be
//!    passed. From here on nobody checks that again. Had it mistakes, all of them would be told now, with lines.
//! 2. `cli` reads the bytes of `ana.csv`, no more of them than the limit, and gives them to [`sheets::read`]. [`table`] finds
//!    out what the bytes are: an encoding, a separator, rows numbered as a spreadsheet shows them.
//! 3. [`sheets`] finds the header, and with it what each column is about. Every cell becomes an [`evaluation::Entry`]: a score
//!    read by [`exact::read_decimal`], "no response", "not applicable", or nothing yet. What cannot be read becomes a
//!    [`sheets::Problem`] with row, column, value and cure. One problem refuses the sheet, but the reading goes on to the last
//!    row, so that Ana hears of everything at once.
//! 4. [`evaluation::Evaluation::file`] files the [`evaluation::Sheet`]: its answers replace earlier ones of Ana's and stand
//!    beside those of others.
//! 5. [`scoring::rank`] collapses the answers about each vendor and criterion into one cell, turns cells into points, decides
//!    the gates, compares prices, weighs the points, and counts who can still be before whom. What is missing runs through all
//!    of this as a low and a high end. The result is a [`scoring::Scorecard`] of [`exact::Fraction`]s.
//! 6. [`reports::publish`] rounds, once, and every form prints those numbers: the table on the terminal, JSON, CSV, HTML.

pub mod accounts;
pub mod cli;
pub mod criteria;
pub mod evaluation;
pub mod exact;
pub mod record;
pub mod reports;
pub mod scoring;
pub mod service;
pub mod sheets;
pub mod store;
pub mod table;
pub mod web;
