//! What can be done.

use std::fmt;

/// What somebody asks to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// See which evaluations there are.
    ListEvaluations,
    /// Start an evaluation.
    StartEvaluation,
    /// See an evaluation: its method, people, progress and sheets.
    See,
    /// See totals and ranks.
    SeeResults,
    /// See where the evaluators differ and by how much, and not what each gave.
    SeeDisagreement,
    /// See prices, and what they come to.
    SeePrices,
    /// See how the evaluators compare with each other: for whoever chairs, and nobody else.
    CompareEvaluators,
    /// See what would be under other weights, or with somebody left out.
    WhatIf,
    /// Choose the criteria set and the price ranges.
    SetMethod,
    /// Freeze the method, so that sheets can come in.
    FreezeMethod,
    /// Open a frozen method again.
    ReopenMethod,
    /// Put another method under the answers of an internal choice.
    ReviseMethod,
    /// Add or remove vendors.
    ChangeVendors,
    /// Add or remove evaluators, and say what they score.
    ChangeEvaluators,
    /// Hand out blank sheets.
    HandOutSheets,
    /// File a score sheet.
    FileSheet,
    /// Declare whether one has a conflict of interest.
    DeclareInterests,
    /// Withdraw a sheet, or let it stand again.
    WithdrawSheet,
    /// Exclude a vendor, or admit it again.
    ExcludeVendor,
    /// Recuse an evaluator, or take that back.
    RecuseEvaluator,
    /// Close scoring.
    CloseScoring,
    /// Open scoring again.
    ReopenScoring,
    /// Open the prices, if they are sealed.
    OpenPrices,
    /// Record the decision.
    Decide,
    /// Take the decision back.
    TakeBackDecision,
    /// Confirm what another person proposed, or take a proposal back.
    Confirm,
    /// Lock the result.
    LockResult,
    /// Unlock the result.
    UnlockResult,
    /// Remove an evaluation from the list.
    RemoveEvaluation,
    /// See single scores, reasons and sheets as they were given.
    SeeScores,
    /// See the record of who did what.
    SeeTrail,
    /// Take the evidence of an evaluation along.
    TakeEvidence,
    /// Give people roles in an evaluation, and take them back.
    ChangeMembers,
    /// Create users, disable them, make administrators.
    ManageUsers,
    /// Change one's own password, sessions and tokens.
    ManageAccount,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 35] = [
        Self::ListEvaluations,
        Self::StartEvaluation,
        Self::See,
        Self::SeeResults,
        Self::SeeDisagreement,
        Self::SeePrices,
        Self::CompareEvaluators,
        Self::WhatIf,
        Self::SetMethod,
        Self::FreezeMethod,
        Self::ReopenMethod,
        Self::ReviseMethod,
        Self::ChangeVendors,
        Self::ChangeEvaluators,
        Self::HandOutSheets,
        Self::FileSheet,
        Self::DeclareInterests,
        Self::WithdrawSheet,
        Self::ExcludeVendor,
        Self::RecuseEvaluator,
        Self::CloseScoring,
        Self::ReopenScoring,
        Self::OpenPrices,
        Self::Decide,
        Self::TakeBackDecision,
        Self::Confirm,
        Self::LockResult,
        Self::UnlockResult,
        Self::RemoveEvaluation,
        Self::SeeScores,
        Self::SeeTrail,
        Self::TakeEvidence,
        Self::ChangeMembers,
        Self::ManageUsers,
        Self::ManageAccount,
    ];
}

/// As a sentence goes on after "cannot".
impl fmt::Display for Action {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::ListEvaluations => "list the evaluations",
            Self::StartEvaluation => "start an evaluation",
            Self::See => "see the evaluation",
            Self::SeeResults => "see results",
            Self::SeePrices => "see prices",
            Self::SeeDisagreement => "see where the evaluators differ",
            Self::CompareEvaluators => "compare the evaluators",
            Self::WhatIf => "ask what would be",
            Self::SetMethod => "change the method",
            Self::FreezeMethod => "freeze the method",
            Self::ReopenMethod => "open the method again",
            Self::ReviseMethod => "revise the method",
            Self::ChangeVendors => "change the list of vendors",
            Self::ChangeEvaluators => "change the list of evaluators",
            Self::HandOutSheets => "hand out sheets",
            Self::FileSheet => "file a sheet",
            Self::DeclareInterests => "declare interests",
            Self::WithdrawSheet => "withdraw a sheet or let it stand again",
            Self::ExcludeVendor => "exclude a vendor or admit it again",
            Self::RecuseEvaluator => "recuse an evaluator or take that back",
            Self::CloseScoring => "close scoring",
            Self::ReopenScoring => "open scoring again",
            Self::OpenPrices => "open the prices",
            Self::Decide => "record a decision",
            Self::TakeBackDecision => "take the decision back",
            Self::Confirm => "confirm a proposal or take it back",
            Self::LockResult => "lock the result",
            Self::UnlockResult => "unlock the result",
            Self::RemoveEvaluation => "remove the evaluation",
            Self::SeeScores => "see single scores",
            Self::SeeTrail => "see who did what",
            Self::TakeEvidence => "take the evidence along",
            Self::ChangeMembers => "give roles or take them back",
            Self::ManageUsers => "create or disable users",
            Self::ManageAccount => "change the account",
        })
    }
}
