//! The configuration file: what a flag or a variable would say, written down. Both of them win over it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;

use clap::Command;
use thiserror::Error;
use toml::de::{DeTable, DeValue};

use super::config::settings_of;
use super::{Failure, misuse};

/// The flag that names the file, and its variable.
const FLAG: &str = "--config";
const VARIABLE: &str = "SCORECARD_CONFIG";

/// How unlike two keys may be for one to be meant by the other.
const UNLIKE: usize = 3;

/// By key, what it is set to.
type Values = BTreeMap<String, Vec<String>>;

/// What a configuration file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ConfigFile {
    path: String,
    values: Values,
}

/// What is wrong with a line of a configuration file.
#[derive(Debug, PartialEq, Eq, Error)]
enum Mistake {
    #[error("{0}; write one key = value in a line, texts in quotes")]
    Syntax(String),
    #[error("there is no setting \"{key}\"; {}", cure(.meant.as_deref()))]
    Unknown { key: String, meant: Option<String> },
    #[error("\"{0}\" takes a text, a whole number, true or false, or a list of texts")]
    Value(String),
}

fn cure(like: Option<&str>) -> String {
    match like {
        Some(like) => format!("did you mean \"{like}\"?"),
        None => "`scorecard config` lists all settings".to_owned(),
    }
}

impl ConfigFile {
    /// Reads the file that the arguments or the environment name; an empty one if they name none.
    pub(super) fn named(arguments: &[OsString], command: &Command) -> Result<Self, Failure> {
        let variable = std::env::var_os(VARIABLE).filter(|path| !path.is_empty());
        let Some(path) = in_arguments(arguments).or(variable) else {
            return Ok(Self::default());
        };
        let shown = path.to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).map_err(|why| {
            misuse(format!(
                "the configuration file {shown} cannot be read: {why}"
            ))
        })?;
        let known: Vec<String> = settings_of(command).iter().filter_map(key_of).collect();
        let values = read(&text, &known).map_err(|mistakes| {
            let lines: Vec<String> = mistakes
                .iter()
                .map(|(line, mistake)| format!("{shown}:{line}: {mistake}"))
                .collect();
            misuse(lines.join("\n"))
        })?;
        Ok(Self {
            path: shown,
            values,
        })
    }

    /// Where the file lies, if it sets this.
    pub(super) fn source_of(&self, argument: &clap::Arg) -> Option<&str> {
        let is_set = self.values.contains_key(&key_of(argument)?);
        is_set.then_some(self.path.as_str())
    }

    /// The command with what the file says in place of its defaults.
    pub(super) fn apply(&self, command: Command) -> Command {
        command
            .mut_args(|argument| self.in_argument(argument))
            .mut_subcommands(|below| self.apply(below))
    }

    fn in_argument(&self, argument: clap::Arg) -> clap::Arg {
        let key = key_of(&argument);
        match key.and_then(|key| self.values.get(&key)) {
            Some(values) => argument.default_values(values).required(false),
            None => argument,
        }
    }
}

/// The key of a setting: its variable without the prefix, as a flag would be written.
pub(super) fn key_of(argument: &clap::Arg) -> Option<String> {
    let variable = argument.get_env()?.to_str()?;
    if variable == VARIABLE {
        return None;
    }
    let (_, name) = variable.split_once('_')?;
    Some(name.to_lowercase().replace('_', "-"))
}

/// The file that `--config FILE` or `--config=FILE` names; looked for before the flags are read, as it changes their defaults.
fn in_arguments(arguments: &[OsString]) -> Option<OsString> {
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        let text = argument.to_str()?;
        if text == "--" {
            return None;
        }
        if text == FLAG {
            return rest.next().cloned();
        }
        let joined = text
            .strip_prefix(FLAG)
            .and_then(|rest| rest.strip_prefix('='));
        if let Some(path) = joined {
            return Some(path.into());
        }
    }
    None
}

fn read(text: &str, known: &[String]) -> Result<Values, Vec<(usize, Mistake)>> {
    let line_at = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        before.matches('\n').count().saturating_add(1)
    };
    let table = DeTable::parse(text).map_err(|why| {
        let line = line_at(why.span().unwrap_or_default().start);
        vec![(line, Mistake::Syntax(why.message().to_owned()))]
    })?;
    let mut values = BTreeMap::new();
    let mut mistakes = Vec::new();
    for (key, value) in table.get_ref() {
        let (line, key) = (line_at(key.span().start), key.get_ref().to_string());
        if !known.contains(&key) {
            let meant = closest(&key, known).map(str::to_owned);
            mistakes.push((line, Mistake::Unknown { key, meant }));
        } else if let Some(texts) = texts(value.get_ref()) {
            values.insert(key, texts);
        } else {
            mistakes.push((line, Mistake::Value(key)));
        }
    }
    mistakes.sort_by_key(|(line, _)| *line);
    if mistakes.is_empty() {
        Ok(values)
    } else {
        Err(mistakes)
    }
}

fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::Array(items) => {
            let mut all = Vec::new();
            for item in items {
                all.push(one_text(item.get_ref())?);
            }
            Some(all).filter(|all| !all.is_empty())
        }
        other => one_text(other).map(|text| vec![text]),
    }
}

fn one_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Boolean(yes) => Some(yes.to_string()),
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

fn closest<'a>(key: &str, known: &'a [String]) -> Option<&'a str> {
    let distances = known
        .iter()
        .map(|other| (strsim::damerau_levenshtein(key, other), other.as_str()));
    let (distance, closest) = distances.min()?;
    (distance <= UNLIKE).then_some(closest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<String> {
        ["listen", "no-login", "max-upload", "vendor"]
            .map(str::to_owned)
            .into()
    }

    #[test]
    fn texts_numbers_flags_and_lists_are_read() {
        let text =
            "listen = \"127.0.0.1:1\"\nmax-upload = 5\nno-login = true\nvendor = [\"A\", \"B\"]\n";
        let values = read(text, &known()).unwrap();
        assert_eq!(values["listen"], ["127.0.0.1:1"]);
        assert_eq!(values["max-upload"], ["5"]);
        assert_eq!(values["no-login"], ["true"]);
        assert_eq!(values["vendor"], ["A", "B"]);
    }

    #[test]
    fn every_mistake_is_told_with_its_line_and_cure() {
        let text = "# comment\nlisen = \"x\"\nmax-upload = 1.5\ncolour = \"red\"\n";
        let told: Vec<String> = read(text, &known())
            .unwrap_err()
            .iter()
            .map(|(line, mistake)| format!("{line}: {mistake}"))
            .collect();
        assert_eq!(
            told,
            [
                "2: there is no setting \"lisen\"; did you mean \"listen\"?",
                "3: \"max-upload\" takes a text, a whole number, true or false, or a list of texts",
                "4: there is no setting \"colour\"; `scorecard config` lists all settings",
            ]
        );
        let told = read("listen = \"a\"\nlisten = \"b\"\n", &known()).unwrap_err();
        assert_eq!(told[0].0, 2);
    }

    #[test]
    fn the_file_is_found_among_the_arguments() {
        let of = |line: &str| {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            in_arguments(&arguments)
        };
        assert_eq!(of("scorecard serve --config a.toml"), Some("a.toml".into()));
        assert_eq!(of("scorecard --config=a.toml serve"), Some("a.toml".into()));
        assert_eq!(of("scorecard rank -- --config a.toml"), None);
        assert_eq!(of("scorecard config"), None);
    }
}
