//! `scorecard criteria`: criteria sets and the blank sheets made from them.

mod check;
mod from;
mod list;
mod sheet;
mod tailor;

use clap::Subcommand;

use super::{Failure, Streams};

#[derive(Debug, Subcommand)]
pub(super) enum Criteria {
    /// Check criteria sets: every mistake of every file, or a line about each.
    Check(check::Check),
    /// Write the criteria set (TOML) of a spreadsheet.
    From(from::From),
    /// List the criteria sets that come with the program.
    List,
    /// Make a blank score sheet to fill in.
    Sheet(sheet::Sheet),
    /// Leave things out of a criteria set, weigh others, and keep all other proportions exactly.
    Tailor(tailor::Tailor),
}

impl Criteria {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        match self {
            Self::Check(check) => check.run(streams),
            Self::From(from) => from.run(streams),
            Self::List => list::run(streams),
            Self::Sheet(sheet) => sheet.run(streams),
            Self::Tailor(tailor) => tailor.run(streams),
        }
    }
}
