//! Why a verb was not done.

use serde::Serialize;
use thiserror::Error;

use crate::accounts::Denied;
use crate::criteria::elicit::ElicitProblem;
use crate::evaluation::Refusal;
use crate::record::{DamagedAnswers, HouseMisfit, Misfit};
use crate::sheets::Problem;
use crate::store::StoreError;
use crate::table::workbook::WorkbookError;

use super::{NoChance, OwnLook};

/// What is wrong with one field of a form or of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The field.
    pub field: String,
    /// What was given; `None` if nothing was.
    pub value: Option<String>,
    /// The stable name of the rule.
    pub code: &'static str,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl FieldProblem {
    /// Whether this is about the same field as another problem, or about the one that holds it.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let rest = other.field.strip_prefix(&self.field);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// Why a verb was not done. Nothing has changed then.
#[derive(Debug, Error)]
pub enum Error {
    /// There is no such evaluation.
    #[error("there is no such evaluation")]
    NoEvaluation,
    /// There is no such sheet.
    #[error("the evaluation has no such sheet")]
    NoSheet,
    /// There are no such judgements.
    #[error("the evaluation has no such judgements on record")]
    NoJudgements,
    /// What a sheet would replace is no longer what its preview showed.
    #[error("answers that this sheet replaces have changed since it was looked at")]
    PreviewStale,
    /// A personal link works no more.
    #[error(
        "this link works no more: its time is over, it was taken back, or another took its place"
    )]
    LinkOver,
    /// Another window saved something else meanwhile.
    #[error("another window has saved something else meanwhile, so this is not saved over it")]
    DraftStale,
    /// Name and password do not belong together; which of them is wrong is not told.
    #[error("name or password is not right")]
    SignIn,
    /// Too many tries, or too many at one time.
    #[error("too many tries; wait {seconds} seconds, then try again")]
    Wait {
        /// How long to wait.
        seconds: i64,
    },
    /// A link was used already, or is too old, or never was one.
    #[error("this link does not work, or not any more: each one works once and for a limited time")]
    UsedLink,
    /// There is no such token.
    #[error("you have no such token")]
    NoToken,
    /// There is no such account.
    #[error("nobody has an account of this name")]
    NoUser,
    /// There is no such vendor.
    #[error("the evaluation has no such vendor")]
    NoVendor,
    /// There is no such evaluator.
    #[error("the evaluation has no such evaluator")]
    NoEvaluator,
    /// There is no such criterion.
    #[error("the criteria set has no such criterion")]
    NoCriterion,
    /// No result is pinned.
    #[error("no result is pinned; lock it, or record the decision, first")]
    NoPin,
    /// There is no such lens.
    #[error("the criteria set has no lens \"{wanted}\"; it has: {}", listed(.known))]
    NoLens {
        /// The id that was asked for.
        wanted: String,
        /// The ids there are.
        known: Vec<String>,
    },
    /// It may not be done in this state.
    #[error(transparent)]
    Denied(Denied),
    /// Fields of a form or a request that cannot be taken.
    #[error("what was sent cannot be taken as it is")]
    Fields(Vec<FieldProblem>),
    /// A file of judgements that is refused, with everything that is wrong with it.
    #[error("the file of judgements has {} problem(s)", .0.len())]
    Judgements(Vec<ElicitProblem>),
    /// A spreadsheet of one's own with something wrong or open.
    #[error("the spreadsheet has {} problem(s) and leaves {} question(s) open", .0.problems.len(), .0.questions.len())]
    Own(Box<OwnLook>),
    /// A sheet that is refused, with everything that is wrong with it.
    #[error("the sheet has {} problem(s)", .0.len())]
    Sheet(Vec<Problem>),
    /// A sheet, vendor or evaluator that does not go with those already there.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Refusal>),
    /// The file is no sheet at all.
    #[error("the file is of a kind that is no score sheet")]
    NotASheet(Vec<Problem>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stored record is not what was written.
    #[error("the stored record is damaged: {0}")]
    Damaged(String),
    /// The system gives no random bytes.
    #[error(transparent)]
    Chance(#[from] NoChance),
    /// A workbook cannot be written.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
}

/// What there is to choose from.
fn listed(known: &[String]) -> String {
    if known.is_empty() {
        "none".to_owned()
    } else {
        known.join(", ")
    }
}

impl Error {
    /// One field that cannot be taken.
    #[must_use]
    pub fn field(
        field: &str,
        value: Option<&str>,
        code: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self::Fields(vec![FieldProblem {
            field: field.to_owned(),
            value: value.filter(|text| !text.is_empty()).map(str::to_owned),
            code,
            message: message.into(),
        }])
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            // What is not theirs is not there for them.
            Denied::Stranger => Self::NoEvaluation,
            denied => Self::Denied(denied),
        }
    }
}

impl From<HouseMisfit> for Error {
    fn from(misfit: HouseMisfit) -> Self {
        Self::Damaged(misfit.to_string())
    }
}

impl From<Misfit> for Error {
    fn from(misfit: Misfit) -> Self {
        match misfit {
            Misfit::Refused(refusals) => Self::Refused(refusals),
            Misfit::NotStarted
            | Misfit::Unattached
            | Misfit::Unknown(_)
            | Misfit::Unmapped(_)
            | Misfit::Name(_) => Self::Damaged(misfit.to_string()),
        }
    }
}

impl From<DamagedAnswers> for Error {
    fn from(damaged: DamagedAnswers) -> Self {
        Self::Damaged(damaged.to_string())
    }
}
