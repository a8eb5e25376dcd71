//! `scorecard rank`: score sheets in, a ranking out.

use clap::{Args, ValueEnum};

use crate::criteria::Lens;
use crate::evaluation::Evaluation;
use crate::reports::{self, BookImprint, Detail};
use crate::scoring;
use crate::service::{Clock as _, SystemClock};

use super::filing::{Filing, LensSetting};
use super::settings::SeparatorSetting;
use super::telling::Telling;
use super::{Failure, Streams, demand_file};

#[derive(Debug, Args)]
pub(super) struct Rank {
    #[command(flatten)]
    filing: Filing,
    #[command(flatten)]
    lens: LensSetting,
    /// What to print.
    #[arg(
        long,
        env = "SCORECARD_FORMAT",
        hide_env_values = true,
        value_enum,
        default_value_t
    )]
    format: Format,
    /// What stands between the cells of a CSV.
    #[arg(
        long,
        env = "SCORECARD_SEPARATOR",
        hide_env_values = true,
        value_enum,
        default_value_t
    )]
    separator: SeparatorSetting,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for the terminal.
    #[default]
    Table,
    /// The whole result, with exact fractions.
    Json,
    /// The ranking as CSV.
    Csv,
    /// The scores as CSV, which reads back to the same result.
    Scores,
    /// One self-contained HTML file to mail or print.
    Html,
    /// A workbook that recomputes itself, every figure a formula over the scores.
    Xlsx,
}

impl Rank {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        if self.format == Format::Xlsx {
            demand_file(streams)?;
        }
        let set = self.filing.set(streams)?;
        let lens = self.lens.find(&set)?.cloned();
        let mut telling = Telling::default();
        self.filing.demand_prices(&set, &mut telling);
        let evaluation = self.filing.file_sheets(set, &mut telling, streams)?;
        if !telling.is_clean() {
            return Err(telling.refuse(streams));
        }
        telling.tell(streams);
        self.print(&evaluation, lens.as_ref(), streams)
    }

    fn print(
        &self,
        evaluation: &Evaluation,
        lens: Option<&Lens>,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let out = &mut *streams.stdout;
        let separator = self.separator.into();
        let detail = match self.format {
            Format::Scores => {
                return Ok(out.write_all(&reports::scores_csv(evaluation, separator))?);
            }
            Format::Table | Format::Csv => Detail::Ranking,
            Format::Json | Format::Html | Format::Xlsx => Detail::Full,
        };
        let card = scoring::rank(evaluation, lens);
        let published = reports::publish(evaluation, &card, detail);
        match self.format {
            Format::Table => out.write_all(reports::text(&published).as_bytes())?,
            Format::Json => reports::json(&published, out)?,
            Format::Html => out.write_all(reports::html(&published)?.as_bytes())?,
            Format::Xlsx => {
                let imprint = BookImprint {
                    title: evaluation.set().title(),
                    record: None,
                    at: SystemClock.now(),
                    not_for_an_award: false,
                    decided: None,
                };
                out.write_all(&reports::ranking_xlsx(&published, &card, &imprint)?)?;
            }
            Format::Csv | Format::Scores => {
                out.write_all(&reports::ranking_csv(&published, separator))?;
            }
        }
        Ok(())
    }
}
