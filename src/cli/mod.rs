//! The command line: one file per command.
//!
//! Results go to standard output and nothing else does; problems and warnings go to standard error. The exit code is 0
//! for done, 1 for problems in the input, 2 for wrong usage.

mod agreement;
mod backup;
mod bundle;
mod bytes;
mod config;
mod criteria;
mod doctor;
mod file;
mod filing;
mod firmness;
mod input;
mod progress;
mod rank;
mod restore;
mod serve;
mod server;
mod settings;
mod telling;
mod user;
mod verify;
mod weights;

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::reports;
use crate::table::workbook::WorkbookError;

use file::ConfigFile;

pub use server::{Complaint, Hidden, ServeSettings, Server};

/// Where a command reads and writes.
pub struct Streams<'a> {
    /// Standard input.
    pub stdin: &'a mut dyn Read,
    /// Standard output, which carries results only.
    pub stdout: &'a mut dyn Write,
    /// Standard error, for problems and warnings.
    pub stderr: &'a mut dyn Write,
    /// Whether a person watches standard error.
    pub on_terminal: bool,
    /// Whether standard output goes to a terminal, which cannot show files.
    pub shows_output: bool,
}

impl std::fmt::Debug for Streams<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Streams")
            .field("on_terminal", &self.on_terminal)
            .field("shows_output", &self.shows_output)
            .finish_non_exhaustive()
    }
}

/// Exact, explainable scorecards for choosing an ITSM tool.
#[derive(Debug, Parser)]
#[command(name = "scorecard", version)]
struct Cli {
    /// A file with settings; flags and variables win over it.
    #[arg(
        long,
        env = "SCORECARD_CONFIG",
        value_name = "FILE",
        hide_env_values = true,
        global = true
    )]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages and the API on this machine; the command that runs if none is named.
    Serve(Box<serve::Serve>),
    /// Look at everything that can be wrong with the service and its data, without changing anything.
    Doctor(Box<doctor::Doctor>),
    /// Copy everything into one file, while the service may run, and prove the copy.
    Backup(backup::Backup),
    /// Make a data directory of a backup, and prove that everything is as it was.
    Restore(restore::Restore),
    /// Write the evidence of one evaluation into one archive: sheets, criteria, record, result. Not for bidders.
    Bundle(bundle::Bundle),
    /// Check such an archive on any machine: its record, its files, its answers and its result.
    Verify(verify::Verify),
    /// Look after accounts at the console, while the service does not run.
    User(user::User),
    /// Rank the vendors of score sheets.
    Rank(rank::Rank),
    /// Tell how firm the win is: under other weights, and with what is missing.
    Firmness(firmness::Firmness),
    /// Tell how much the evaluators of score sheets agree.
    Agreement(agreement::Agreement),
    /// Make weights of what people say about how much criteria matter.
    Weights(weights::Weights),
    /// Look at criteria sets, check them, and make blank score sheets.
    #[command(subcommand)]
    Criteria(criteria::Criteria),
    /// Show each setting with its value and where the value comes from.
    Config,
}

/// Why a command did not end well.
#[derive(Debug)]
enum Failure {
    /// The command was called wrongly, or asked for help.
    Usage(clap::Error),
    /// The input has problems, which have been told.
    Problems,
    /// The result cannot be written.
    Output(io::Error),
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        Self::Usage(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<reports::RenderError> for Failure {
    fn from(error: reports::RenderError) -> Self {
        Self::Output(io::Error::other(error))
    }
}

impl From<WorkbookError> for Failure {
    fn from(error: WorkbookError) -> Self {
        Self::Output(io::Error::other(error))
    }
}

/// A workbook is a file, and no text for a terminal.
fn demand_file(streams: &Streams<'_>) -> Result<(), Failure> {
    if streams.shows_output {
        return Err(misuse(
            "a workbook cannot be shown on a terminal; send it to a file, as with > FILE.xlsx",
        ));
    }
    Ok(())
}

/// Wrong usage that only shows once the input is known.
fn misuse(message: impl std::fmt::Display) -> Failure {
    let message = format!("{message}\n");
    Failure::Usage(clap::Error::raw(ErrorKind::ValueValidation, message))
}

/// Tells in a sentence why nothing was done.
fn failed(streams: &mut Streams<'_>, why: &dyn std::fmt::Display) -> Failure {
    // With standard error closed there is nobody to tell.
    let _ = writeln!(streams.stderr, "error: {why}");
    Failure::Problems
}

/// Runs one command; `serve` runs on the server given.
#[must_use]
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    server: &dyn Server,
    streams: &mut Streams<'_>,
) -> ExitCode {
    let done = dispatch(arguments, server, streams).and_then(|()| Ok(streams.stdout.flush()?));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Problems) => ExitCode::from(1),
        Err(Failure::Usage(error)) => answer(&error, streams),
        // Whoever reads the result has seen enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => {
            // If standard error is closed too, there is nobody left to tell.
            let _ = writeln!(
                streams.stderr,
                "error: the result cannot be written: {error}"
            );
            ExitCode::from(1)
        }
    }
}

/// The whole command tree; `config` shows the settings of the others and so takes them too.
fn command() -> clap::Command {
    let command = Cli::command();
    let settings = config::settings_of(&command);
    command.mut_subcommand("config", |config| config.args(settings))
}

/// The arguments, with the command that runs if none is named.
fn with_command(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.len() <= 1 {
        arguments.push("serve".into());
    }
    arguments
}

fn dispatch(
    arguments: impl IntoIterator<Item = OsString>,
    server: &dyn Server,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let arguments = with_command(arguments);
    let file = ConfigFile::named(&arguments, &command())?;
    let matches = file.apply(command()).try_get_matches_from(arguments)?;
    let Some(command) = Cli::from_arg_matches(&matches)?.command else {
        return Err(misuse("name a command; `scorecard --help` lists them"));
    };
    match command {
        Command::Serve(serve) => serve.run(server, streams),
        Command::Doctor(doctor) => doctor.run(server, streams),
        Command::Backup(backup) => backup.run(streams),
        Command::Restore(restore) => restore.run(streams),
        Command::Bundle(bundle) => bundle.run(streams),
        Command::Verify(verify) => verify.run(streams),
        Command::Rank(rank) => rank.run(streams),
        Command::Firmness(firmness) => firmness.run(streams),
        Command::Agreement(agreement) => agreement.run(streams),
        Command::Weights(weights) => weights.run(streams),
        Command::Criteria(criteria) => criteria.run(streams),
        Command::User(user) => user.run(streams),
        Command::Config => config::run(&matches, &file, streams),
    }
}

/// Help goes where results go, a complaint where problems go.
fn answer(error: &clap::Error, streams: &mut Streams<'_>) -> ExitCode {
    let text = error.render();
    let out = if error.use_stderr() {
        &mut *streams.stderr
    } else {
        &mut *streams.stdout
    };
    // With the stream closed there is nobody to tell.
    let _ = write!(out, "{text}").and_then(|()| out.flush());
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}
