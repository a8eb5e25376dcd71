//! `scorecard backup`: everything in one file, proven, while the service may go on.

use std::path::PathBuf;

use clap::Args;

use crate::service;

use super::settings::DataSetting;
use super::{Failure, Streams, failed};

#[derive(Debug, Args)]
pub(super) struct Backup {
    #[command(flatten)]
    data: DataSetting,
    /// The file to make; one that is there is not overwritten.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let made = service::back_up(self.data.path(), &self.file);
        let holdings = made.map_err(|why| failed(streams, &why))?;
        let (data, file) = (self.data.path().display(), self.file.display());
        Ok(writeln!(
            streams.stdout,
            "{file} is a whole backup of {data}: {holdings}."
        )?)
    }
}
