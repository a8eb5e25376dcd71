//! `scorecard criteria from`: a criteria set from a spreadsheet.

use clap::Args;

use crate::cli::input::read_bounded;
use crate::cli::settings::LimitSettings;
use crate::cli::telling::Telling;
use crate::cli::{Failure, Streams, misuse};
use crate::criteria::{Outline, Terms, outline};
use crate::sheets::Declared;

#[derive(Debug, Args)]
pub(in crate::cli) struct From {
    /// The spreadsheet (CSV or XLSX) with a column of criteria, and perhaps of weights and categories.
    #[arg(value_name = "FILE")]
    file: String,
    /// The lowest and the highest score, like 0..5 or 1..10, where the file does not say them.
    #[arg(
        long,
        env = "SCORECARD_SCALE",
        value_name = "MIN..MAX",
        hide_env_values = true
    )]
    scale: Option<String>,
    /// The distance of two scores, like 0.5; without it any number between is a score.
    #[arg(
        long,
        env = "SCORECARD_STEP",
        value_name = "NUMBER",
        hide_env_values = true
    )]
    step: Option<String>,
    /// The id of the set.
    #[arg(
        long,
        env = "SCORECARD_ID",
        value_name = "ID",
        hide_env_values = true,
        default_value = "own-set"
    )]
    id: String,
    /// The title of the set.
    #[arg(
        long,
        env = "SCORECARD_TITLE",
        value_name = "TEXT",
        hide_env_values = true,
        default_value = "Own criteria"
    )]
    title: String,
    /// The tab with the criteria, where several tabs of a workbook have some.
    #[arg(
        long,
        env = "SCORECARD_TAB",
        value_name = "NAME",
        hide_env_values = true
    )]
    tab: Option<String>,
    /// What the file leaves open, like weight:Must=5, weight-column=Weight, price:Cost=10000..50000:EUR or table=Security; what is
    /// declared about its scores, like word:Fully=5, may be repeated here.
    #[arg(
        long,
        env = "SCORECARD_DECLARE",
        value_name = "STATEMENT=ANSWER",
        hide_env_values = true
    )]
    declare: Vec<String>,
    #[command(flatten)]
    limits: LimitSettings,
}

impl From {
    pub(in crate::cli) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let asked = self.asked()?;
        let limits = self.limits.limits();
        let mut telling = Telling::default();
        match read_bounded(&self.file, limits.max_bytes, streams.stdin) {
            Err(unreadable) => telling.unreadable(&self.file, &unreadable),
            Ok(bytes) => {
                let outlined = outline(&bytes, &asked, &limits);
                let is_open = !outlined.questions.is_empty();
                if let Some(toml) = outlined.toml.filter(|_| !is_open) {
                    return Ok(streams.stdout.write_all(toml.as_bytes())?);
                }
                for one in outlined.problems {
                    let place = one.row.map(|row| format!("row {row}: "));
                    let value = one.value.map(|value| format!("\"{value}\": "));
                    let (place, value) = (place.unwrap_or_default(), value.unwrap_or_default());
                    let message = format!("{place}{value}{}", one.message);
                    telling.problem(&self.file, message, one.code);
                }
                for one in outlined.questions {
                    let options: Vec<&str> =
                        one.options.iter().map(|one| one.value.as_str()).collect();
                    let choices = match options.as_slice() {
                        [] => String::new(),
                        some => format!(" ({})", some.join(", ")),
                    };
                    let message = format!(
                        "{}{choices}; say it with --declare \"{}=…\"",
                        one.message, one.field
                    );
                    telling.problem(&self.file, message, one.code);
                }
            }
        }
        Err(telling.refuse(streams))
    }

    fn asked(&self) -> Result<Outline, Failure> {
        let settings = [("scale", &self.scale), ("step", &self.step)];
        let settings = settings
            .into_iter()
            .filter_map(|(field, text)| Some((field, text.as_deref()?)));
        let declared = self.declare.iter().map(|statement| {
            statement.split_once('=').ok_or_else(|| {
                misuse(format!(
                    "--declare {statement}: write what is declared, = and the answer"
                ))
            })
        });
        let declared: Vec<(&str, &str)> = declared.collect::<Result<_, _>>()?;
        // What is said of the scores of the same file is checked, and changes nothing about the criteria.
        let is_of_scores =
            |field: &str| Declared::is_statement(field) && !Terms::is_statement(field);
        let (of_file, declared): (Vec<_>, Vec<_>) = declared
            .into_iter()
            .partition(|(field, _)| matches!(*field, "tabs" | "evaluator"));
        let (of_scores, declared): (Vec<_>, Vec<_>) = declared
            .into_iter()
            .partition(|(field, _)| is_of_scores(field));
        let mut told = Vec::new();
        if let Err(wrong) = Declared::parse(of_scores) {
            told.extend(wrong.iter().map(|(field, why)| format!("{field}: {why}")));
        }
        let terms = Terms::parse(settings.chain(declared)).unwrap_or_else(|wrong| {
            told.extend(wrong.iter().map(|(field, why)| format!("{field}: {why}")));
            Terms::default()
        });
        if !told.is_empty() {
            return Err(misuse(told.join("\n")));
        }
        let is_tab = |(field, text): &&(&str, &str)| {
            *field == "tabs" && !matches!(*text, "evaluator" | "vendor")
        };
        let only_tab = of_file
            .iter()
            .find(is_tab)
            .map(|(_, tab)| (*tab).to_owned());
        Ok(Outline {
            id: self.id.clone(),
            title: self.title.clone(),
            tab: self.tab.clone().or(only_tab),
            terms,
        })
    }
}
