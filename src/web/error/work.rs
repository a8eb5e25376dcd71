//! What the service refuses, in the words of a status.

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use crate::accounts::Denied;
use crate::criteria::elicit::ElicitProblem;
use crate::evaluation::Refusal;
use crate::service;
use crate::store::StoreError;
use crate::table::workbook::WorkbookError;

/// The status of what the service refuses.
pub(super) fn status(error: &service::Error) -> StatusCode {
    match error {
        service::Error::NoEvaluation
        | service::Error::NoSheet
        | service::Error::NoJudgements
        | service::Error::NoUser
        | service::Error::NoToken
        | service::Error::NoVendor
        | service::Error::NoEvaluator
        | service::Error::NoCriterion
        | service::Error::NoPin
        | service::Error::NoLens { .. } => StatusCode::NOT_FOUND,
        service::Error::LinkOver => StatusCode::GONE,
        service::Error::SignIn | service::Error::UsedLink => StatusCode::UNAUTHORIZED,
        service::Error::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
        service::Error::Denied(denied) => denied_status(*denied),
        service::Error::Fields(_)
        | service::Error::Judgements(_)
        | service::Error::Own(_)
        | service::Error::Sheet(_)
        | service::Error::Refused(_)
        | service::Error::Workbook(WorkbookError::TooLarge) => StatusCode::UNPROCESSABLE_ENTITY,
        service::Error::PreviewStale | service::Error::DraftStale => StatusCode::CONFLICT,
        service::Error::NotASheet(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        service::Error::Store(why) => store_status(why),
        service::Error::Workbook(WorkbookError::Failed(_))
        | service::Error::Damaged(_)
        | service::Error::Chance(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn denied_status(denied: Denied) -> StatusCode {
    match denied {
        Denied::MethodOpen
        | Denied::MethodFrozen
        | Denied::HasSheets
        | Denied::NothingFiled
        | Denied::FixedMethod
        | Denied::Locked
        | Denied::NotLocked
        | Denied::ScoringClosed
        | Denied::ScoringOpen
        | Denied::Decided
        | Denied::NotDecided
        | Denied::ResultsHidden
        | Denied::OwnScores
        | Denied::OwnFirst
        | Denied::Undeclared
        | Denied::NoEvaluator
        | Denied::PricesSealed
        | Denied::PricesOpened
        | Denied::NotSealed
        | Denied::WhatIfClosed
        | Denied::NotYet
        | Denied::Proposed
        | Denied::NothingProposed
        | Denied::ProposalStale
        | Denied::ProposalOther
        | Denied::ProposerGone
        | Denied::NothingToPurge
        | Denied::Retained
        | Denied::Kept => StatusCode::CONFLICT,
        Denied::FilePurged | Denied::Emptied => StatusCode::GONE,
        // Not even that it is there.
        Denied::Stranger => StatusCode::NOT_FOUND,
        Denied::Role
        | Denied::OwnProposal
        | Denied::Nameless
        | Denied::NotAdministrator
        | Denied::Scope
        | Denied::NoAccount
        | Denied::NotHere => StatusCode::FORBIDDEN,
    }
}

fn store_status(why: &StoreError) -> StatusCode {
    match why {
        StoreError::Stale => StatusCode::CONFLICT,
        StoreError::Full | StoreError::NearlyFull { .. } => StatusCode::INSUFFICIENT_STORAGE,
        StoreError::Busy | StoreError::Closed => StatusCode::SERVICE_UNAVAILABLE,
        StoreError::Broken { .. }
        | StoreError::BrokenHouse(_)
        | StoreError::Damaged(_)
        | StoreError::Corrupt(_)
        | StoreError::Disk(_)
        | StoreError::Database(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The word that programs know it by.
pub(super) fn code(error: &service::Error) -> &'static str {
    match error {
        service::Error::NoEvaluation => "no-evaluation",
        service::Error::NoSheet => "no-sheet",
        service::Error::NoJudgements => "no-judgements",
        service::Error::PreviewStale => "preview-stale",
        service::Error::LinkOver => "link-over",
        service::Error::DraftStale => "draft-changed",
        service::Error::NoUser => "no-user",
        service::Error::NoToken => "no-token",
        service::Error::SignIn => "sign-in",
        service::Error::Wait { .. } => "wait",
        service::Error::UsedLink => "link-used",
        service::Error::NoVendor => "no-vendor",
        service::Error::NoEvaluator => "no-evaluator",
        service::Error::NoCriterion => "no-criterion",
        service::Error::NoPin => "no-pin",
        service::Error::NoLens { .. } => "no-lens",
        service::Error::Denied(denied) => denied.code(),
        service::Error::Fields(_) => "fields",
        service::Error::Judgements(_) => "judgement-problems",
        service::Error::Own(_) => "spreadsheet-open",
        service::Error::Sheet(_) => "sheet-problems",
        service::Error::Refused(_) => "does-not-fit",
        service::Error::NotASheet(_) => "not-a-sheet",
        service::Error::Store(StoreError::Stale) => "changed-meanwhile",
        service::Error::Store(StoreError::Full | StoreError::NearlyFull { .. }) => "disk-full",
        service::Error::Store(
            StoreError::Busy
            | StoreError::Closed
            | StoreError::Broken { .. }
            | StoreError::BrokenHouse(_)
            | StoreError::Damaged(_)
            | StoreError::Corrupt(_)
            | StoreError::Disk(_)
            | StoreError::Database(_),
        )
        | service::Error::Damaged(_)
        | service::Error::Workbook(WorkbookError::Failed(_))
        | service::Error::Chance(_) => "internal",
        service::Error::Workbook(WorkbookError::TooLarge) => "too-large-for-a-workbook",
    }
}

/// What to do instead.
pub(super) fn cure(error: &service::Error) -> &'static str {
    match error {
        service::Error::NoEvaluation => "Check the address, or start from the list of evaluations.",
        service::Error::NoSheet
        | service::Error::NoJudgements
        | service::Error::NoUser
        | service::Error::NoToken
        | service::Error::NoVendor
        | service::Error::NoEvaluator
        | service::Error::NoCriterion
        | service::Error::NoPin
        | service::Error::NoLens { .. } => {
            "Check the address, or start from the page of the evaluation."
        }
        service::Error::SignIn => {
            "Check both and try again. A forgotten password is set anew with a link that an administrator makes."
        }
        service::Error::Wait { .. } => "Nothing was changed. Wait, then try again.",
        service::Error::UsedLink => "Ask an administrator for a new one.",
        service::Error::PreviewStale => {
            "Nothing was stored. Look at the sheet again, and file it with what that answers."
        }
        service::Error::LinkOver => {
            "Ask whoever sent it for a new one; what you handed in and what you typed is kept."
        }
        service::Error::DraftStale => {
            "Nothing was overwritten. Load what was saved, look at what differs, and save again with its revision."
        }
        // Each of these says itself what comes first.
        service::Error::Denied(_) => "Nothing was changed.",
        service::Error::Own(_) => {
            "Nothing was stored. Correct what is listed, answer each question by a field of its name, and send it again."
        }
        service::Error::Fields(_)
        | service::Error::Judgements(_)
        | service::Error::Sheet(_)
        | service::Error::Refused(_)
        | service::Error::NotASheet(_) => {
            "Nothing was stored. Correct what is listed and send it again."
        }
        service::Error::Store(StoreError::Stale) => {
            "Nothing was stored. Load the page again, look at what changed, and repeat what you did."
        }
        service::Error::Store(StoreError::Full | StoreError::NearlyFull { .. }) => {
            "Nothing was stored, and everything that was stored can still be read. Make room on the disk and send it again."
        }
        service::Error::Store(StoreError::Closed) => {
            "The service is stopping or starting. Try it again in a moment."
        }
        service::Error::Store(StoreError::Busy) => "Nothing was stored. Try it again in a moment.",
        service::Error::Store(
            StoreError::Broken { .. }
            | StoreError::BrokenHouse(_)
            | StoreError::Damaged(_)
            | StoreError::Corrupt(_)
            | StoreError::Disk(_)
            | StoreError::Database(_),
        )
        | service::Error::Damaged(_)
        | service::Error::Workbook(WorkbookError::Failed(_))
        | service::Error::Chance(_) => super::ASK_THE_LOG,
        service::Error::Workbook(WorkbookError::TooLarge) => "Save the CSV files instead.",
    }
}

/// Everything that is wrong, one by one, where there is more than a sentence to say.
pub(super) fn problems(error: &service::Error) -> Vec<Value> {
    match error {
        service::Error::Sheet(problems) | service::Error::NotASheet(problems) => {
            problems.iter().map(value).collect()
        }
        service::Error::Fields(problems) => problems.iter().map(value).collect(),
        service::Error::Own(look) => look.problems.iter().map(value).collect(),
        service::Error::Judgements(problems) => problems.iter().map(judgement).collect(),
        service::Error::Refused(refusals) => refusals.iter().map(refusal).collect(),
        service::Error::NoEvaluation
        | service::Error::NoSheet
        | service::Error::NoJudgements
        | service::Error::PreviewStale
        | service::Error::DraftStale
        | service::Error::LinkOver
        | service::Error::SignIn
        | service::Error::Wait { .. }
        | service::Error::UsedLink
        | service::Error::NoToken
        | service::Error::NoUser
        | service::Error::NoVendor
        | service::Error::NoEvaluator
        | service::Error::NoCriterion
        | service::Error::NoPin
        | service::Error::NoLens { .. }
        | service::Error::Denied(_)
        | service::Error::Store(_)
        | service::Error::Damaged(_)
        | service::Error::Workbook(_)
        | service::Error::Chance(_) => Vec::new(),
    }
}

/// What is open and answered by declarations.
pub(super) fn questions(error: &service::Error) -> Vec<Value> {
    match error {
        service::Error::Own(look) => look.questions.iter().map(value).collect(),
        _ => Vec::new(),
    }
}

fn value(problem: &impl serde::Serialize) -> Value {
    // Texts and numbers always become JSON.
    serde_json::to_value(problem).unwrap_or_default()
}

fn judgement(problem: &ElicitProblem) -> Value {
    json!({
        "row": problem.row(),
        "column": problem.column(),
        "value": problem.value(),
        "code": problem.code(),
        "message": problem.to_string(),
    })
}

fn refusal(refusal: &Refusal) -> Value {
    let value = match refusal {
        Refusal::EvaluatorNeeded { .. } => None,
        Refusal::Confusable { name, .. } | Refusal::Named { name } => Some(name),
    };
    json!({
        "row": null,
        "column": null,
        "value": value,
        "code": refusal.code(),
        "message": refusal.to_string(),
    })
}
