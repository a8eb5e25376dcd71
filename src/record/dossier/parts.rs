//! What surrounds the answers of an evaluation: sheets as they were filed, exclusions, recusals, the decision.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::evaluation::{Changes, Dropped, Evaluation, SheetIndex};
use crate::record::{Digest, Pin, SetRef};
use crate::sheets::Declared;

/// Who did something, when and why, where it can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What an evaluator said about their interests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The evaluator.
    pub evaluator: String,
    /// The vendors they were asked about.
    pub vendors: Vec<String>,
    /// Those with whom they have a conflict.
    pub conflicts: Vec<String>,
    /// What they said about it.
    pub words: Option<String>,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What was said about how much the parts of one group matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgements {
    /// The stable name of the method that made weights of it.
    pub method: String,
    /// The id of the category whose parts were weighed; `None` for the categories.
    pub of: Option<String>,
    /// The digest of the file.
    pub digest: Digest,
    /// Who brought it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A sheet as it was filed.
#[derive(Debug, Clone)]
pub struct Filing {
    /// Its number, from 1.
    pub number: u32,
    /// Which sheet of the evaluation it is.
    pub sheet: SheetIndex,
    /// The name of the file.
    pub file_name: String,
    /// The digest of the file as it came.
    pub original: Digest,
    /// The size of the file.
    pub bytes: u64,
    /// The digest of its answers.
    pub answers: Digest,
    /// The evaluator that was named with it.
    pub evaluator: Option<String>,
    /// Whether it was allowed to bring vendors.
    pub new_vendors: bool,
    /// Whether it was allowed to bring evaluators.
    pub new_evaluators: bool,
    /// The tab that was named, if the file is a workbook.
    pub tab: Option<String>,
    /// What was declared about it.
    pub declared: Declared,
    /// The evaluators it speaks for.
    pub evaluators: Vec<String>,
    /// What it did to the answers when it was filed.
    pub changes: Changes,
    /// Who filed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// That it was withdrawn.
    pub withdrawn: Option<TakenBack>,
}

/// A vendor that is excluded.
#[derive(Debug, Clone)]
pub struct Exclusion {
    /// The vendor.
    pub vendor: String,
    /// Who, when and why.
    pub why: TakenBack,
}

/// An evaluator who is recused.
#[derive(Debug, Clone)]
pub struct Recusal {
    /// The evaluator.
    pub evaluator: String,
    /// The vendor; `None` for all.
    pub vendor: Option<String>,
    /// Who, when and why.
    pub why: TakenBack,
}

/// The decision.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The vendor chosen; `None` if none is.
    pub vendor: Option<String>,
    /// Who, when and why.
    pub why: TakenBack,
    /// The result it was taken on; `None` if the record is older than that.
    pub pinned: Option<Pin>,
    /// Who proposed it, if another person confirmed it; else one person decided.
    pub proposed_by: Option<String>,
}

impl Decision {
    /// What was decided, why and by how many people.
    #[must_use]
    pub fn told(&self) -> String {
        let chosen = self.vendor.as_deref().unwrap_or("No vendor");
        let (persons, reason) = (self.persons(), &self.why.reason);
        format!("{chosen} is chosen, {persons}: {reason}")
    }

    /// How many people decided, as a sentence goes on.
    #[must_use]
    pub fn persons(&self) -> String {
        match &self.proposed_by {
            Some(first) => format!("proposed by {first}, confirmed by {}", self.why.by),
            None => "decided by one person".to_owned(),
        }
    }
}

/// Another version of the method under the same answers.
#[derive(Debug, Clone)]
pub struct Revision {
    /// The criteria set before.
    pub from: SetRef,
    /// The criteria set after.
    pub to: SetRef,
    /// Who, when and why.
    pub why: TakenBack,
    /// What values became where a scale changed, by the id of the criterion.
    pub mapping: BTreeMap<String, String>,
    /// The answers that do not count any more.
    pub dropped: Vec<Dropped>,
    /// The evaluation before.
    pub before: Arc<Evaluation>,
    /// The result before.
    pub pinned: Pin,
}

/// A lock on the result.
#[derive(Debug, Clone)]
pub struct Lock {
    /// Who, when and why.
    pub why: TakenBack,
    /// The result.
    pub pinned: Pin,
}
