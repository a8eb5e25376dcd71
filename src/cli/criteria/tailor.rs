//! `scorecard criteria tailor`: a criteria set with less in it and other weights.

use clap::Args;

use crate::cli::input::named_set;
use crate::cli::settings::SetLimitSettings;
use crate::cli::telling::Telling;
use crate::cli::{Failure, Streams, misuse};
use crate::criteria::{
    CriteriaSet, Stakeholder, TailorProblem, Tailored, Tailoring, Wishes, find_shipped,
};

#[derive(Debug, Args)]
pub(in crate::cli) struct Tailor {
    /// The criteria set: the id of one that comes with the program, or a file (TOML).
    #[arg(
        long,
        env = "SCORECARD_CRITERIA",
        value_name = "ID-OR-FILE",
        hide_env_values = true
    )]
    criteria: String,
    /// A criterion, or a category with everything in it, to leave out; may be repeated, one a line in the variable.
    #[arg(
        long,
        env = "SCORECARD_DROP",
        value_name = "ID",
        hide_env_values = true,
        value_delimiter = '\n'
    )]
    drop: Vec<String>,
    /// A lens to leave out; may be repeated.
    #[arg(
        long,
        env = "SCORECARD_DROP_LENS",
        value_name = "ID",
        hide_env_values = true,
        value_delimiter = '\n'
    )]
    drop_lens: Vec<String>,
    /// What all priced criteria together weigh, in percent.
    #[arg(
        long,
        env = "SCORECARD_PRICE_SHARE",
        value_name = "PERCENT",
        hide_env_values = true,
        allow_hyphen_values = true
    )]
    price_share: Option<String>,
    /// What a category weighs, in percent of the whole; the others fill 100. May be repeated.
    #[arg(
        long,
        env = "SCORECARD_CATEGORY",
        value_name = "ID=PERCENT",
        hide_env_values = true,
        value_delimiter = '\n'
    )]
    category: Vec<String>,
    /// A lens made of the 100 points somebody spreads over categories or criteria; may be repeated.
    #[arg(
        long,
        env = "SCORECARD_STAKEHOLDER",
        value_name = "NAME=ID:POINTS,...",
        hide_env_values = true,
        value_delimiter = '\n'
    )]
    stakeholder: Vec<String>,
    #[command(flatten)]
    set_limits: SetLimitSettings,
}

impl Tailor {
    pub(in crate::cli) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let wishes = self.wishes()?;
        let set = named_set(&self.criteria, &self.set_limits.limits(), streams)?;
        let mut telling = Telling::default();
        match tailored(&set, &wishes, find_shipped(&self.criteria).is_some()) {
            Ok(tailored) => {
                for note in &tailored.notes {
                    telling.warning(&self.criteria, note, note.code());
                }
                telling.tell(streams);
                Ok(streams.stdout.write_all(tailored.set.source().as_bytes())?)
            }
            Err(problems) => {
                for problem in &problems {
                    telling.problem(&self.criteria, self.told(problem), problem.code());
                }
                Err(telling.refuse(streams))
            }
        }
    }

    fn wishes(&self) -> Result<Wishes, Failure> {
        let categories = self.category.iter().map(|text| {
            let parts = text.split_once('=');
            let (id, weight) = parts.ok_or_else(|| {
                misuse(format!("--category \"{text}\": write it like security=25"))
            })?;
            Ok((id.trim().to_owned(), weight.to_owned()))
        });
        Ok(Wishes {
            of: String::new(),
            drop: self.drop.clone(),
            drop_lenses: self.drop_lens.clone(),
            price_share: self.price_share.clone().unwrap_or_default(),
            categories: categories.collect::<Result<_, Failure>>()?,
            stakeholders: self
                .stakeholder
                .iter()
                .map(|text| stakeholder(text))
                .collect::<Result<_, Failure>>()?,
        })
    }

    /// A problem with the flag that it is about.
    fn told(&self, problem: &TailorProblem) -> String {
        let field = problem.field.as_str();
        let parts: Vec<&str> = field.splitn(4, '.').collect();
        let of = |number: &str| {
            let text = number
                .parse()
                .ok()
                .and_then(|at: usize| self.stakeholder.get(at));
            let name = text.and_then(|text| text.split_once('='));
            name.map_or_else(String::new, |(name, _)| format!(" {name}"))
        };
        let place = match parts.as_slice() {
            ["drop"] => "--drop".to_owned(),
            ["drop_lenses"] => "--drop-lens".to_owned(),
            ["price_share"] => "--price-share".to_owned(),
            ["categories", ..] => {
                let id = field.strip_prefix("categories.").unwrap_or_default();
                format!("--category {id}")
            }
            ["lenses", number, "points", id] => format!("--stakeholder{}: {id}", of(number)),
            ["lenses", number, ..] => format!("--stakeholder{}", of(number)),
            _ => return problem.to_string(),
        };
        let value = problem.value.as_ref().map(|value| format!(" \"{value}\""));
        format!("{place}{}: {problem}", value.unwrap_or_default())
    }
}

fn tailored(
    set: &CriteriaSet,
    wishes: &Wishes,
    is_shipped: bool,
) -> Result<Tailored, Vec<TailorProblem>> {
    let tailoring = Tailoring::of(set, wishes)?;
    set.tailored(&tailoring, &set.tailored_name(is_shipped))
}

/// Reads `CFO=cost:60,security:40`. Points are written with a decimal point here, as commas part them.
fn stakeholder(text: &str) -> Result<Stakeholder, Failure> {
    let wrong = || {
        misuse(format!(
            "--stakeholder \"{text}\": write it like CFO=cost:60,security:40"
        ))
    };
    let (title, points) = text.split_once('=').ok_or_else(wrong)?;
    let points = points.split(',').map(|one| {
        let (id, points) = one.split_once(':').ok_or_else(wrong)?;
        Ok((id.trim().to_owned(), points.to_owned()))
    });
    Ok(Stakeholder {
        id: String::new(),
        title: title.to_owned(),
        points: points.collect::<Result<_, Failure>>()?,
    })
}
