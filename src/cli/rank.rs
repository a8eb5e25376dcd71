//! `scorecard rank`: score sheets in, a ranking out.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::criteria::{CriteriaSet, Lens, PricePin};
use crate::evaluation::Evaluation;
use crate::reports::{self, BookImprint, Detail};
use crate::scoring;
use crate::service::{Clock as _, SystemClock};
use crate::sheets::{self, Context, Declared, Form};
use crate::table::{Limits, Name};

use super::input::{STDIN, named_set, read_bounded};
use super::settings::{LimitSettings, SeparatorSetting, SetLimitSettings, name, statement};
use super::telling::Telling;
use super::{Failure, Streams, demand_file, misuse, progress};

#[derive(Debug, Args)]
pub(super) struct Rank {
    /// The criteria set: the id of a shipped one, or a TOML file.
    #[arg(
        long,
        env = "SCORECARD_CRITERIA",
        value_name = "ID-OR-FILE",
        hide_env_values = true
    )]
    criteria: String,
    /// Look through a lens of the criteria set: the same scores under another stakeholder's weights.
    #[arg(
        long,
        env = "SCORECARD_LENS",
        value_name = "ID",
        hide_env_values = true
    )]
    lens: Option<String>,
    /// Who scored, for sheets that do not say.
    #[arg(long, env = "SCORECARD_EVALUATOR", value_name = "NAME", hide_env_values = true, value_parser = name)]
    evaluator: Option<Name>,
    /// The tab with the scores, where several tabs of a workbook look like score sheets.
    #[arg(
        long,
        env = "SCORECARD_TAB",
        value_name = "NAME",
        hide_env_values = true
    )]
    tab: Option<String>,
    /// What a sheet means where it could be read in two ways, like word:Fully=5, column:Punkte=score, name:Akme=Acme, decimal=comma or vendor=Acme; may be given several times.
    #[arg(
        long,
        env = "SCORECARD_DECLARE",
        value_name = "WHAT=MEANING",
        hide_env_values = true,
        value_parser = statement,
        value_delimiter = '\n'
    )]
    declare: Vec<(String, String)>,
    /// The range between which a price scores, like CST-TCO=100000..900000:EUR; may be given several times.
    #[arg(
        long,
        env = "SCORECARD_PRICE",
        value_name = "ID=FLOOR..CEILING:CUR",
        hide_env_values = true,
        value_delimiter = ','
    )]
    price: Vec<PricePin>,
    #[command(flatten)]
    limits: LimitSettings,
    #[command(flatten)]
    set_limits: SetLimitSettings,
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
    /// The score sheets (CSV), in the order they are filed; - is standard input.
    #[arg(value_name = "SHEET", required = true)]
    sheets: Vec<String>,
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
        let set = named_set(&self.criteria, &self.set_limits.limits(), streams)?;
        let set = set.with_prices(&self.price).map_err(|problems| {
            let lines: Vec<String> = problems
                .iter()
                .map(|problem| format!("--price: {problem}"))
                .collect();
            misuse(lines.join("\n"))
        })?;
        let lens = self.lens(&set)?.cloned();
        let mut telling = Telling::default();
        self.demand_prices(&set, &mut telling);
        let declared = self.declared()?;
        let evaluation = self.file_sheets(set, &declared, &mut telling, streams);
        if !telling.is_clean() {
            return Err(telling.refuse(streams));
        }
        telling.tell(streams);
        self.print(&evaluation, lens.as_ref(), streams)
    }

    fn lens<'a>(&self, set: &'a CriteriaSet) -> Result<Option<&'a Lens>, Failure> {
        let Some(id) = self.lens.as_deref().filter(|id| !id.is_empty()) else {
            return Ok(None);
        };
        if let Some(lens) = set.lens(id) {
            return Ok(Some(lens));
        }
        let ids: Vec<&str> = set.lenses().iter().map(Lens::id).collect();
        let cure = if ids.is_empty() {
            "it has none; leave --lens out".to_owned()
        } else {
            format!("it has: {}", ids.join(", "))
        };
        Err(misuse(format!(
            "the criteria set \"{}\" has no lens \"{id}\"; {cure}",
            set.id()
        )))
    }

    fn demand_prices(&self, set: &CriteriaSet, telling: &mut Telling) {
        for index in set.prices_needed() {
            let Some(criterion) = set.criteria().get(index.position()) else {
                continue;
            };
            let (title, id) = (criterion.title(), criterion.id());
            let message = format!(
                "\"{title}\" ({id}) is scored between two prices, which depend on your case: add --price \
                 {id}=FLOOR..CEILING:CUR with the price that scores full, the one that scores nothing and the currency, \
                 like --price {id}=100000..900000:EUR"
            );
            telling.problem(&self.criteria, message, "price-range-needed");
        }
    }

    fn declared(&self) -> Result<Declared, Failure> {
        let pairs = self.declare.iter();
        Declared::parse(pairs.map(|(field, text)| (field.as_str(), text.as_str()))).map_err(
            |wrong| {
                let lines: Vec<String> = wrong
                    .iter()
                    .map(|(field, why)| format!("--declare {field}: {why}"))
                    .collect();
                misuse(lines.join("\n"))
            },
        )
    }

    /// Files every sheet in the order given; a sheet with problems is left out, and the next ones are read all the same.
    fn file_sheets(
        &self,
        set: CriteriaSet,
        declared: &Declared,
        telling: &mut Telling,
        streams: &mut Streams<'_>,
    ) -> Evaluation {
        let limits = self.limits.limits();
        let mut evaluation = Evaluation::new(Arc::new(set));
        for (path, shown) in self.sheets.iter().zip(self.shown_names()) {
            let bytes = match read_bounded(path, limits.max_bytes, streams.stdin) {
                Ok(bytes) => bytes,
                Err(unreadable) => {
                    telling.unreadable(path, &unreadable);
                    continue;
                }
            };
            let bar = progress::of_sheet(&shown, bytes.len(), streams.on_terminal);
            let count = |answers| {
                if let Some(bar) = &bar {
                    progress::show(bar, answers);
                }
            };
            let form = Form {
                tab: self.tab.clone(),
                declared: declared.clone(),
                file_name: shown,
                evaluator: self.evaluator.clone(),
            };
            let read = sheets::read(&bytes, &form, &context(&evaluation, &limits, &count));
            if let Some(bar) = &bar {
                bar.finish_and_clear();
            }
            match read {
                Ok(read) => {
                    telling.sheet_warnings(path, &read.warnings);
                    if let Err(refusals) = evaluation.file(read.sheet) {
                        telling.refusals(path, &refusals);
                    }
                }
                Err(problems) => telling.sheet_problems(path, &problems),
            }
        }
        evaluation
    }

    /// What reports call the sheets: their file names, or the paths as given where two files have the same name.
    fn shown_names(&self) -> Vec<String> {
        let file_name = |path: &str| -> String {
            let name = Path::new(path).file_name();
            match name.and_then(|name| name.to_str()) {
                _ if path == STDIN => "standard input".to_owned(),
                Some(name) => name.to_owned(),
                None => path.to_owned(),
            }
        };
        let names: Vec<String> = self.sheets.iter().map(|path| file_name(path)).collect();
        let distinct: HashSet<&String> = names.iter().collect();
        let paths: HashSet<&String> = self.sheets.iter().collect();
        if distinct.len() == paths.len() {
            names
        } else {
            self.sheets.clone()
        }
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

fn context<'a>(
    evaluation: &'a Evaluation,
    limits: &'a Limits,
    progress: &'a dyn Fn(usize),
) -> Context<'a> {
    Context {
        set: evaluation.set(),
        vendors: evaluation.vendors(),
        evaluators: evaluation.evaluators(),
        new_vendors: true,
        new_evaluators: true,
        consensus_needs_reason: false,
        limits,
        progress: Some(progress),
    }
}
