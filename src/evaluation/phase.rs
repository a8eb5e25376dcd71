//! What kind of decision an evaluation is, and how far it has come.

use serde::{Deserialize, Serialize};

/// What kind of decision an evaluation makes; chosen at its start, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvaluationKind {
    /// A choice of one's own: results and advice are open all the time.
    #[default]
    Internal,
    /// A tender: the method is fixed by the first answer, and results are hidden until scoring is closed.
    Tender,
}

impl EvaluationKind {
    /// When results show, unless the start of the evaluation says otherwise.
    #[must_use]
    pub fn results(self) -> Results {
        match self {
            Self::Internal => Results::Open,
            Self::Tender => Results::Hidden,
        }
    }
}

/// When totals, ranks and scores may be seen; chosen at the start of an evaluation, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Results {
    /// All the time.
    Open,
    /// Once scoring is closed; until then only progress and disagreement show. A tender has no choice.
    Hidden,
}

/// Whether prices may be seen. That they are sealed is chosen at the start of an evaluation, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prices {
    /// They were never sealed.
    #[default]
    Shown,
    /// They come in, and nobody sees them before scoring is closed and somebody opens them.
    Sealed,
    /// They were sealed, and were opened; quality stays as it was then.
    Opened,
}

/// How far an evaluation has come.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The method is being set.
    #[default]
    Draft,
    /// The method is frozen, and sheets come in.
    Open,
    /// No answer changes any more.
    ScoringClosed,
    /// The decision is recorded.
    Decided,
}

/// How far an evaluation has come, lock and award included: one word for people and programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The method is being set.
    Draft,
    /// The method is frozen, and sheets come in.
    Open,
    /// No answer changes any more.
    ScoringClosed,
    /// Nothing that the result is made of changes any more.
    Locked,
    /// The decision is recorded, and a vendor chosen.
    Awarded,
    /// The decision is recorded, and no vendor chosen.
    NotAwarded,
}

impl Stage {
    /// The stage of an evaluation.
    #[must_use]
    pub fn of(phase: Phase, is_locked: bool, has_chosen: bool) -> Self {
        match phase {
            Phase::Draft => Self::Draft,
            Phase::Open => Self::Open,
            Phase::ScoringClosed if is_locked => Self::Locked,
            Phase::ScoringClosed => Self::ScoringClosed,
            Phase::Decided if has_chosen => Self::Awarded,
            Phase::Decided => Self::NotAwarded,
        }
    }

    /// As people read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "scoring is open",
            Self::ScoringClosed => "scoring is closed",
            Self::Locked => "locked",
            Self::Awarded => "awarded",
            Self::NotAwarded => "decided, no award",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_evaluation_goes_from_draft_to_awarded_and_is_locked_on_the_way() {
        let told = [
            (Phase::Draft, false, false, "draft"),
            (Phase::Open, false, false, "scoring is open"),
            (Phase::ScoringClosed, false, false, "scoring is closed"),
            (Phase::ScoringClosed, true, false, "locked"),
            (Phase::Decided, false, true, "awarded"),
            (Phase::Decided, true, true, "awarded"),
            (Phase::Decided, true, false, "decided, no award"),
        ];
        for (phase, is_locked, has_chosen, word) in told {
            assert_eq!(Stage::of(phase, is_locked, has_chosen).word(), word);
        }
        let written = serde_json::to_string(&Stage::ScoringClosed).unwrap();
        assert_eq!(written, r#""scoring-closed""#);
    }
}
