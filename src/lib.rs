//! Scorecards for choosing an ITSM tool.
pub mod cli;
pub mod criteria;
pub mod evaluation;
pub mod exact;
pub mod reports;
pub mod scoring;
pub mod sheets;
pub mod table;
