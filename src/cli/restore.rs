//! `scorecard restore`: a data directory from a backup, once every evaluation adds up to what it was.

use std::path::PathBuf;

use clap::Args;

use crate::service;

use super::settings::DataSetting;
use super::{Failure, Streams, failed};

#[derive(Debug, Args)]
pub(super) struct Restore {
    #[command(flatten)]
    data: DataSetting,
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let restored = service::restore(&self.file, self.data.path());
        let holdings = restored.map_err(|why| failed(streams, &why))?;
        let (data, file) = (self.data.path().display(), self.file.display());
        Ok(writeln!(
            streams.stdout,
            "{data} is restored from {file}: {holdings}. Every evaluation was ranked again and is as it was backed up."
        )?)
    }
}
