//! `scorecard config`: each setting with its value and where the value comes from.

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

use crate::reports::columns::{Side, aligned};

use super::file::ConfigFile;
use super::{Failure, Streams};

/// What is never shown.
const SECRETS: [&str; 1] = ["login_secret"];

/// Every flag of the other commands that has a variable, none of them required.
pub(super) fn settings_of(command: &Command) -> Vec<Arg> {
    let mut settings: Vec<Arg> = Vec::new();
    collect(command, &mut settings);
    settings
}

fn collect(command: &Command, settings: &mut Vec<Arg>) {
    for argument in command.get_arguments() {
        let is_new = settings
            .iter()
            .all(|known| known.get_id() != argument.get_id());
        if argument.get_env().is_some() && is_new && !argument.is_global_set() {
            // An alias can be the flag of another command.
            let argument = argument.clone().visible_alias(None).required(false);
            settings.push(argument);
        }
    }
    for below in command.get_subcommands() {
        collect(below, settings);
    }
}

pub(super) fn run(
    matches: &ArgMatches,
    file: &ConfigFile,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let command = super::command();
    let Some((matches, config)) = matches
        .subcommand_matches("config")
        .zip(command.find_subcommand("config"))
    else {
        return Ok(());
    };
    let mut rows = vec![["setting", "value", "source"].map(str::to_owned).to_vec()];
    let settings = command.get_arguments().chain(config.get_arguments());
    rows.extend(
        settings
            .filter(|argument| argument.get_env().is_some())
            .map(|argument| row(matches, file, argument)),
    );
    let text = aligned(&rows, &[Side::Left; 3]);
    Ok(streams.stdout.write_all(text.as_bytes())?)
}

fn row(matches: &ArgMatches, file: &ConfigFile, argument: &Arg) -> Vec<String> {
    let id = argument.get_id().as_str();
    let flag = argument.get_long().unwrap_or(id);
    let variable = argument.get_env().unwrap_or_default().to_string_lossy();
    let source = match matches.value_source(id) {
        Some(ValueSource::EnvVariable) => format!("environment ({variable})"),
        Some(ValueSource::CommandLine) => "command line".to_owned(),
        Some(_) if file.source_of(argument).is_some() => {
            format!("file ({})", file.source_of(argument).unwrap_or_default())
        }
        Some(_) => format!("default (--{flag} or {variable} sets it)"),
        None => format!("not set (--{flag} or {variable} sets it)"),
    };
    let values = matches.get_raw(id).into_iter().flatten();
    let values: Vec<_> = values.map(|value| value.to_string_lossy()).collect();
    let value = if values.is_empty() {
        "–".to_owned()
    } else if SECRETS.contains(&id) {
        "(not shown)".to_owned()
    } else {
        values.join(", ")
    };
    vec![flag.to_owned(), value, source]
}
