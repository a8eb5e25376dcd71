//! The log, on standard error.

use std::io;
use std::panic;

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::cli::{Failure, misuse};

/// What the server library tells of its own threads is of no use to anybody, unless asked for.
const QUIET: &str = "actix_server=warn";

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs: one JSON object a line.
    Json,
}

/// Starts to log.
pub(super) fn start(filter: &str, format: LogFormat, colours: bool) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(format!("{QUIET},{filter}")).map_err(|why| {
        misuse(format!(
            "--log \"{filter}\" cannot be read ({why}); write error, warn, info, debug or trace"
        ))
    })?;
    let log = fmt().with_env_filter(filter).with_writer(io::stderr);
    let started = match format {
        LogFormat::Text => log.with_ansi(colours).with_target(false).try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_target(false).try_init(),
    };
    // If something in this process logs already, that log goes on.
    let _ = started;
    panic::set_hook(Box::new(
        |broken| tracing::error!(%broken, "a piece of work broke off"),
    ));
    Ok(())
}
