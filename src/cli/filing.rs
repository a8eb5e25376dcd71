//! What commands that read score sheets share: a criteria set, the sheets, and how both are read.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use clap::Args;

use crate::criteria::{CriteriaSet, Lens, PricePin};
use crate::evaluation::Evaluation;
use crate::sheets::{self, Context, Declared, Form};
use crate::table::{Limits, Name};

use super::input::{STDIN, named_set, read_sheet};
use super::settings::{LimitSettings, SetLimitSettings, name, statement};
use super::telling::Telling;
use super::{Failure, Streams, misuse, progress};

/// Which criteria set, and which sheets.
#[derive(Debug, Args)]
pub(super) struct Filing {
    /// The criteria set: the id of a shipped one, or a TOML file.
    #[arg(
        long,
        env = "SCORECARD_CRITERIA",
        value_name = "ID-OR-FILE",
        hide_env_values = true
    )]
    criteria: String,
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
    /// The score sheets (CSV), in the order they are filed; - is standard input.
    #[arg(value_name = "SHEET", required = true)]
    sheets: Vec<String>,
}

/// Through which lens to look.
#[derive(Debug, Args)]
pub(super) struct LensSetting {
    /// Look through a lens of the criteria set: the same scores under another stakeholder's weights.
    #[arg(
        long,
        env = "SCORECARD_LENS",
        value_name = "ID",
        hide_env_values = true
    )]
    lens: Option<String>,
}

impl LensSetting {
    /// The lens of the set, if one is named.
    pub(super) fn find<'a>(&self, set: &'a CriteriaSet) -> Result<Option<&'a Lens>, Failure> {
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
}

impl Filing {
    /// The criteria set, with its prices.
    pub(super) fn set(&self, streams: &mut Streams<'_>) -> Result<CriteriaSet, Failure> {
        let set = named_set(&self.criteria, &self.set_limits.limits(), streams)?;
        set.with_prices(&self.price).map_err(|problems| {
            let lines: Vec<String> = problems
                .iter()
                .map(|problem| format!("--price: {problem}"))
                .collect();
            misuse(lines.join("\n"))
        })
    }

    /// A price that is scored between two others needs them.
    pub(super) fn demand_prices(&self, set: &CriteriaSet, telling: &mut Telling) {
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
    pub(super) fn file_sheets(
        &self,
        set: CriteriaSet,
        telling: &mut Telling,
        streams: &mut Streams<'_>,
    ) -> Result<Evaluation, Failure> {
        let declared = self.declared()?;
        let limits = self.limits.limits();
        let mut evaluation = Evaluation::new(Arc::new(set));
        for (path, shown) in self.sheets.iter().zip(self.shown_names()) {
            let bytes = match read_sheet(path, limits.max_bytes, streams.stdin) {
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
            // The answers are all that is needed from here on; of a large sheet, both take much room.
            drop(bytes);
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
        Ok(evaluation)
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
}

fn context<'a>(
    evaluation: &'a Evaluation,
    limits: &'a Limits,
    progress: &'a (dyn Fn(usize) + Sync),
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
