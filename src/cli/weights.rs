//! `scorecard weights`: what people say about how much criteria matter in, weights out.

use clap::{Args, ValueEnum};

use crate::criteria::elicit::{Method, elicit};
use crate::criteria::find_shipped;
use crate::record::Digest;
use crate::reports;

use super::input::{named_set, read_bounded};
use super::settings::{LimitSettings, SetLimitSettings};
use super::telling::Telling;
use super::{Failure, Streams};

/// How weights are found, and from which file.
#[derive(Debug, Args)]
pub(super) struct Weights {
    /// How weights are found.
    #[arg(value_enum)]
    method: MethodSetting,
    /// What was said, as CSV; - is standard input.
    #[arg(value_name = "FILE")]
    file: String,
    /// Write a criteria set (TOML) in which one group has these weights: which set to take, by id or as a file.
    #[arg(long, value_name = "ID-OR-FILE")]
    into: Option<String>,
    #[command(flatten)]
    limits: LimitSettings,
    #[command(flatten)]
    set_limits: SetLimitSettings,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MethodSetting {
    /// Pairwise comparisons: criterion,ID,ID... with how many times as much the row matters, 1/3 allowed.
    Ahp,
    /// Rank-order centroid: criterion,rank.
    Roc,
    /// Rank sum: criterion,rank.
    RankSum,
    /// Points for the swing from worst to best: criterion,points.
    Swing,
}

impl From<MethodSetting> for Method {
    fn from(setting: MethodSetting) -> Self {
        match setting {
            MethodSetting::Ahp => Self::Ahp,
            MethodSetting::Roc => Self::RankOrderCentroid,
            MethodSetting::RankSum => Self::RankSum,
            MethodSetting::Swing => Self::Swing,
        }
    }
}

impl Weights {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let limits = self.limits.limits();
        let mut telling = Telling::default();
        let bytes = match read_bounded(&self.file, limits.max_bytes, streams.stdin) {
            Ok(bytes) => bytes,
            Err(unreadable) => {
                telling.unreadable(&self.file, &unreadable);
                return Err(telling.refuse(streams));
            }
        };
        match elicit(self.method.into(), &bytes, &limits) {
            Ok(elicited) => {
                if let Some(message) = elicited.warning() {
                    telling.warning(&self.file, message, "inconsistent");
                }
                let Some(into) = &self.into else {
                    telling.tell(streams);
                    return Ok(reports::weights_json(&elicited, streams.stdout)?);
                };
                let set = named_set(into, &self.set_limits.limits(), streams)?;
                let (id, version) = set.next_name(find_shipped(into).is_some());
                match elicited.into_set(&set, &id, &version) {
                    Ok(weighed) => {
                        telling.tell(streams);
                        streams.stdout.write_all(self.origin(&bytes).as_bytes())?;
                        Ok(streams.stdout.write_all(weighed.source().as_bytes())?)
                    }
                    Err(refused) => {
                        telling.problem(&self.file, &refused, refused.code());
                        Err(telling.refuse(streams))
                    }
                }
            }
            Err(problems) => {
                telling.elicit_problems(&self.file, &problems);
                Err(telling.refuse(streams))
            }
        }
    }

    /// What the set says about where its weights come from: the method, and the digest of what was said.
    fn origin(&self, bytes: &[u8]) -> String {
        let method = Method::from(self.method).code();
        let digest = Digest::of(bytes);
        format!(
            "# The weights of one group are by {method}, of judgements with the SHA-256 {digest}\n"
        )
    }
}
