//! The settings that commands share, and how their values are read.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use thiserror::Error;

use crate::criteria::SetLimits;
use crate::table::{Limits, Name, NameError, Separator};

/// Where everything is kept.
#[derive(Debug, Args)]
pub(super) struct DataSetting {
    /// Where everything is kept; made if it is not there.
    #[arg(
        long,
        env = "SCORECARD_DATA",
        value_name = "DIR",
        hide_env_values = true,
        default_value = "scorecard-data"
    )]
    data: PathBuf,
}

impl DataSetting {
    pub(super) fn path(&self) -> &Path {
        &self.data
    }
}

/// How much room the disk is to keep.
#[derive(Debug, Args)]
pub(super) struct FreeSetting {
    /// With fewer MiB free on the disk of the data directory, `/health/ready` says no, before the disk is full.
    #[arg(
        id = "min_free",
        long = "min-free",
        env = "SCORECARD_MIN_FREE",
        value_name = "MIB",
        hide_env_values = true,
        default_value_t = 64
    )]
    mebibytes: u32,
}

impl FreeSetting {
    pub(super) fn bytes(&self) -> u64 {
        u64::from(self.mebibytes) << 20
    }
}

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

/// How large a criteria set may be.
#[derive(Debug, Args)]
pub(super) struct SetLimitSettings {
    /// The most criteria of a criteria set.
    #[arg(id = "max_criteria", long = "max-criteria", env = "SCORECARD_MAX_CRITERIA", value_name = "N",
          hide_env_values = true, default_value_t = SetLimits::default().criteria, value_parser = positive)]
    criteria: usize,
    /// The most categories of a criteria set that lie in each other.
    #[arg(id = "max_depth", long = "max-depth", env = "SCORECARD_MAX_DEPTH", value_name = "N",
          hide_env_values = true, default_value_t = SetLimits::default().depth, value_parser = positive)]
    depth: usize,
}

impl SetLimitSettings {
    pub(super) fn limits(&self) -> SetLimits {
        SetLimits {
            criteria: self.criteria,
            depth: self.depth,
            ..SetLimits::default()
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

pub(super) fn positive(text: &str) -> Result<usize, NotALimit> {
    match text.parse() {
        Ok(0) | Err(_) => Err(NotALimit::Shape),
        Ok(number) => Ok(number),
    }
}

/// Reads the name of a vendor or an evaluator.
/// A statement about a sheet: what stands before the last `=`, and after it.
pub(super) fn statement(text: &str) -> Result<(String, String), NoStatement> {
    let (what, meaning) = text.rsplit_once('=').ok_or(NoStatement)?;
    Ok((what.trim().to_owned(), meaning.trim().to_owned()))
}

/// A text that declares nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write what is declared, an equals sign and what it means, like word:Fully=5")]
pub(super) struct NoStatement;

pub(super) fn name(text: &str) -> Result<Name, NameError> {
    Name::parse(text)
}
