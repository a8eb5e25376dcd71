//! The settings that commands share, and how their values are read.

use clap::{Args, ValueEnum};
use thiserror::Error;

use crate::table::{Limits, Name, NameError, Separator};

/// How much a score sheet may hold.
#[derive(Debug, Args)]
pub(super) struct LimitSettings {
    /// The most bytes of a sheet.
    #[arg(long = "max-bytes", env = "SCORECARD_MAX_BYTES", value_name = "N", hide_env_values = true,
          default_value_t = Limits::default().max_bytes, value_parser = positive)]
    bytes: usize,
    /// The most rows of a sheet; a row with several scores counts as that many.
    #[arg(long = "max-rows", env = "SCORECARD_MAX_ROWS", value_name = "N", hide_env_values = true,
          default_value_t = Limits::default().max_rows, value_parser = positive)]
    rows: usize,
    /// The most columns of a sheet.
    #[arg(long = "max-columns", env = "SCORECARD_MAX_COLUMNS", value_name = "N", hide_env_values = true,
          default_value_t = Limits::default().max_columns, value_parser = positive)]
    columns: usize,
    /// The most characters of one cell.
    #[arg(long = "max-cell", env = "SCORECARD_MAX_CELL", value_name = "N", hide_env_values = true,
          default_value_t = Limits::default().max_cell, value_parser = positive)]
    cell: usize,
}

impl LimitSettings {
    pub(super) fn limits(&self) -> Limits {
        Limits {
            max_bytes: self.bytes,
            max_rows: self.rows,
            max_columns: self.columns,
            max_cell: self.cell,
        }
    }
}

/// Which of the two spreadsheet worlds a CSV is for.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum SeparatorSetting {
    /// Commas between cells, decimal points.
    #[default]
    Comma,
    /// Semicolons between cells, decimal commas.
    Semicolon,
}

impl From<SeparatorSetting> for Separator {
    fn from(setting: SeparatorSetting) -> Self {
        match setting {
            SeparatorSetting::Comma => Self::Comma,
            SeparatorSetting::Semicolon => Self::Semicolon,
        }
    }
}

/// Why a limit is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum NotALimit {
    #[error("write a whole number of at least 1, like 1000")]
    Shape,
}

fn positive(text: &str) -> Result<usize, NotALimit> {
    match text.parse() {
        Ok(0) | Err(_) => Err(NotALimit::Shape),
        Ok(number) => Ok(number),
    }
}

/// Reads the name of a vendor or an evaluator.
pub(super) fn name(text: &str) -> Result<Name, NameError> {
    Name::parse(text)
}
