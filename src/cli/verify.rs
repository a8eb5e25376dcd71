//! `scorecard verify`: checks a bundle without the service that made it, from the original files on.

use std::path::PathBuf;

use clap::Args;

use crate::service;

use super::{Failure, Streams, failed};

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The archive.
    #[arg(value_name = "BUNDLE.zip")]
    bundle: PathBuf,
    /// An end of the record that was printed or mailed at some time, like 14:d9cd8965…
    #[arg(long, value_name = "SEQ:HASH")]
    expect: Option<String>,
}

impl Verify {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let bytes = std::fs::read(&self.bundle).map_err(|why| {
            let told = format!("{} cannot be read: {why}", self.bundle.display());
            failed(streams, &told)
        })?;
        let checked = service::verify(&bytes, self.expect.as_deref());
        let checked = checked.map_err(|why| {
            let told = format!("{} is no bundle: {why}", self.bundle.display());
            failed(streams, &told)
        })?;
        write!(streams.stdout, "{checked}")?;
        if checked.holds() {
            Ok(())
        } else {
            streams.stdout.flush()?;
            Err(Failure::Problems)
        }
    }
}
