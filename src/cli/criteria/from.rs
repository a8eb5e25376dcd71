//! `scorecard criteria from`: a criteria set from a spreadsheet.

use clap::Args;
use rust_decimal::Decimal;

use crate::cli::input::read_bounded;
use crate::cli::settings::LimitSettings;
use crate::cli::telling::Telling;
use crate::cli::{Failure, Streams, misuse};
use crate::criteria::{Outline, outline};
use crate::exact::read_decimal;

#[derive(Debug, Args)]
pub(in crate::cli) struct From {
    /// The spreadsheet (CSV or XLSX) with a column of criteria, and perhaps of weights and categories.
    #[arg(value_name = "FILE")]
    file: String,
    /// The lowest and the highest score, like 0..5 or 1..10.
    #[arg(
        long,
        env = "SCORECARD_SCALE",
        value_name = "MIN..MAX",
        hide_env_values = true
    )]
    scale: String,
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
            Ok(bytes) => match outline(&bytes, &asked, &limits) {
                Ok(toml) => return Ok(streams.stdout.write_all(toml.as_bytes())?),
                Err(problems) => {
                    for one in problems {
                        let place = one.row.map(|row| format!("row {row}: "));
                        let value = one.value.map(|value| format!("\"{value}\": "));
                        let (place, value) = (place.unwrap_or_default(), value.unwrap_or_default());
                        telling.problem(
                            &self.file,
                            format!("{place}{value}{}", one.message),
                            one.code,
                        );
                    }
                }
            },
        }
        Err(telling.refuse(streams))
    }

    fn asked(&self) -> Result<Outline, Failure> {
        let number = |text: &str| -> Result<Decimal, Failure> {
            read_decimal(text.trim()).map_err(|why| misuse(format!("\"{text}\": {why}")))
        };
        let (min, max) = self
            .scale
            .split_once("..")
            .ok_or_else(|| misuse("--scale: write the lowest and the highest score, like 0..5"))?;
        Ok(Outline {
            id: self.id.clone(),
            title: self.title.clone(),
            min: number(min)?,
            max: number(max)?,
            step: self.step.as_deref().map(number).transpose()?,
            tab: self.tab.clone(),
        })
    }
}
