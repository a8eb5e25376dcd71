//! Why something may not be done.

use thiserror::Error;

/// Why something may not be done: what is in the way, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum Denied {
    /// The method must be frozen first.
    #[error("the method is not frozen yet; freeze it first (step 1)")]
    MethodOpen,
    /// The method is frozen.
    #[error(
        "the method is frozen; open it again first, which is possible until the first sheet is filed"
    )]
    MethodFrozen,
    /// Sheets were filed under this method.
    #[error(
        "sheets were filed under this method, so it stays as it is; in an internal choice revise it with a reason \
         (step 1), in a tender start another evaluation for another method"
    )]
    HasSheets,
    /// Nothing was filed under this method yet.
    #[error(
        "no sheet was filed under this method yet; change it in step 1, or open it again there"
    )]
    NothingFiled,
    /// The method of a tender is fixed.
    #[error(
        "in a tender the method stays as it is from the first answer on; start another evaluation for another method"
    )]
    FixedMethod,
    /// Scoring is closed.
    #[error("scoring is closed; open scoring again first, with a reason")]
    ScoringClosed,
    /// Scoring is still open.
    #[error("scoring is still open; close it first (step 4)")]
    ScoringOpen,
    /// The decision is recorded.
    #[error("the decision is recorded; take it back first, with a reason")]
    Decided,
    /// There is no decision.
    #[error("no decision is recorded")]
    NotDecided,
    /// The result is locked.
    #[error("the result is locked; unlock it first, with a reason (step 5)")]
    Locked,
    /// The result is not locked.
    #[error("the result is not locked")]
    NotLocked,
    /// Something waits to be confirmed by a second person.
    #[error(
        "something is proposed and waits for a second person; confirm it or take it back first (step 5)"
    )]
    Proposed,
    /// Nothing waits to be confirmed.
    #[error("nothing is proposed that could be confirmed or taken back")]
    NothingProposed,
    /// One person cannot be two.
    #[error("whoever proposed it cannot confirm it; another owner does (step 5), or take it back")]
    OwnProposal,
    /// The result is another than when the decision was proposed.
    #[error(
        "the result is another than when this was proposed; take the proposal back and propose it again (step 5)"
    )]
    ProposalStale,
    /// Another proposal stands there than the one that was looked at.
    #[error(
        "something else is proposed now than what you looked at; look at it again (step 5), then confirm it or take it back"
    )]
    ProposalOther,
    /// Whoever proposed it could not do so any more.
    #[error(
        "whoever proposed it has no open account here any more, or leads this evaluation no more; take the proposal back \
         and propose it again (step 5)"
    )]
    ProposerGone,
    /// Two persons are to be told apart.
    #[error(
        "more than one account is open here, so this takes two persons who signed in; start the service with `--login` and sign in"
    )]
    Nameless,
    /// The file was purged.
    #[error(
        "the file was purged; its page tells by whom, when and why, with its SHA-256, and the answers read from it stand"
    )]
    FilePurged,
    /// The whole evaluation was purged.
    #[error(
        "this evaluation was purged, its answers too; its record is left (step 5: timeline, bundle), with who purged it, when and \
         why, and the digests of all that is gone"
    )]
    Emptied,
    /// There is nothing that could be purged.
    #[error("there is no file that could be purged: none came, or all were purged already")]
    NothingToPurge,
    /// The evaluation is kept for longer.
    #[error(
        "an evaluation is purged only after the day until which it is kept; set that day, or wait for it (step 5)"
    )]
    Retained,
    /// Results are hidden until scoring is closed.
    #[error(
        "results stay hidden until scoring is closed (step 4): always in a tender, and where it was chosen at the \
         start; until then only progress and disagreement show"
    )]
    ResultsHidden,
    /// While results are hidden, nobody sees what another scored.
    #[error(
        "while results are hidden, as in a tender, what somebody scored is seen by nobody else; let them score through \
         their personal link (step 3)"
    )]
    OwnScores,
    /// Whoever scores sees nothing of the others before their own sheet is in.
    #[error(
        "you score here yourself: what others scored, and what it comes to, shows once your own answers to everything \
         you are assigned are handed in, or scoring is closed (step 4)"
    )]
    OwnFirst,
    /// Prices are sealed.
    #[error(
        "prices are sealed, so nothing that they are part of is shown or decided; close scoring (step 4), then open them \
         (step 5)"
    )]
    PricesSealed,
    /// Prices were opened.
    #[error(
        "the prices were opened, so quality stays as it was scored before, and no sheet comes in any more; start another \
         evaluation if it has to be scored again"
    )]
    PricesOpened,
    /// There is no sealed price.
    #[error("the prices are not sealed, so there is nothing to open")]
    NotSealed,
    /// Whoever scores says first whether they have a conflict of interest.
    #[error(
        "say first whether you have a conflict of interest with a vendor, on the page \"Conflicts of interest\" of this \
         evaluation; it is asked again whenever a vendor is added"
    )]
    Undeclared,
    /// Whoever does not score has nothing to declare.
    #[error("you do not score in this evaluation, so there is nothing to declare")]
    NoEvaluator,
    /// Between the first answer and the end of scoring nobody asks in a tender what would be.
    #[error(
        "while results are hidden, as in a tender, nobody asks what would be; close scoring first (step 4)"
    )]
    WhatIfClosed,
    /// A real evaluation stays.
    #[error(
        "only the sample, and an evaluation without any sheet, can be removed; what people scored stays on record"
    )]
    Kept,
    /// Whoever asks has nothing to do with the evaluation: they do not even hear that it is there.
    #[error("there is no such evaluation")]
    Stranger,
    /// None of their roles includes it.
    #[error(
        "your role in this evaluation does not include that; ask an owner of it for another role"
    )]
    Role,
    /// Their role includes it once the result stands.
    #[error(
        "for your role, scores and results show once the result is locked or the decision recorded (step 5)"
    )]
    NotYet,
    /// Only administrators may.
    #[error("only an administrator may do that; ask one")]
    NotAdministrator,
    /// The token is for something else.
    #[error(
        "this token does not reach that; make one with another scope on the page of your account"
    )]
    Scope,
    /// Without an account there is nobody to do it for.
    #[error("that needs an account; sign in first")]
    NoAccount,
    /// The action belongs to an evaluation, or to none.
    #[error("that cannot be done here")]
    NotHere,
}

impl Denied {
    /// The stable name of the reason.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::MethodOpen => "method-open",
            Self::MethodFrozen => "method-frozen",
            Self::HasSheets => "has-sheets",
            Self::NothingFiled => "nothing-filed",
            Self::FixedMethod => "fixed-method",
            Self::ScoringClosed => "scoring-closed",
            Self::ScoringOpen => "scoring-open",
            Self::Decided => "decided",
            Self::NotDecided => "not-decided",
            Self::Locked => "locked",
            Self::NotLocked => "not-locked",
            Self::Proposed => "proposed",
            Self::NothingProposed => "nothing-proposed",
            Self::OwnProposal => "own-proposal",
            Self::ProposalStale => "proposal-stale",
            Self::ProposalOther => "proposal-other",
            Self::ProposerGone => "proposer-gone",
            Self::Nameless => "nameless",
            Self::FilePurged => "file-purged",
            Self::Emptied => "evaluation-purged",
            Self::NothingToPurge => "nothing-to-purge",
            Self::Retained => "retained",
            Self::ResultsHidden => "results-hidden",
            Self::OwnScores => "own-scores",
            Self::OwnFirst => "own-first",
            Self::PricesSealed => "prices-sealed",
            Self::PricesOpened => "prices-opened",
            Self::NotSealed => "prices-not-sealed",
            Self::Undeclared => "undeclared",
            Self::NoEvaluator => "no-evaluator-role",
            Self::WhatIfClosed => "what-if-closed",
            Self::Kept => "kept",
            Self::Stranger => "no-evaluation",
            Self::Role => "role",
            Self::NotYet => "not-yet",
            Self::NotAdministrator => "not-administrator",
            Self::Scope => "token-scope",
            Self::NoAccount => "no-account",
            Self::NotHere => "not-here",
        }
    }
}
