//! `scorecard criteria check`: every mistake of every file, or a line about each.

use clap::Args;

use crate::cli::input::read_set;
use crate::cli::settings::SetLimitSettings;
use crate::cli::telling::Telling;
use crate::cli::{Failure, Streams};
use crate::criteria::CriteriaSet;
use crate::reports::words::counted;

#[derive(Debug, Args)]
pub(in crate::cli) struct Check {
    /// The criteria sets (TOML); - is standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    #[command(flatten)]
    set_limits: SetLimitSettings,
}

impl Check {
    pub(in crate::cli) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let mut telling = Telling::default();
        let mut summaries = String::new();
        for file in &self.files {
            match read_set(file, &self.set_limits.limits(), streams.stdin) {
                Ok(Ok(set)) => summaries.push_str(&summary(file, &set)),
                Ok(Err(refused)) => telling.set_problems(file, &refused, streams.on_terminal),
                Err(unreadable) => telling.unreadable(file, &unreadable),
            }
        }
        if !telling.is_clean() {
            return Err(telling.refuse(streams));
        }
        Ok(streams.stdout.write_all(summaries.as_bytes())?)
    }
}

fn summary(file: &str, set: &CriteriaSet) -> String {
    format!(
        "{file}: {} version {}, {} in {}, {}, SHA-256 {}\n",
        set.id(),
        set.version(),
        counted(set.criteria().len(), "criterion", "criteria"),
        counted(set.categories().len(), "category", "categories"),
        counted(set.lenses().len(), "lens", "lenses"),
        set.sha256(),
    )
}
