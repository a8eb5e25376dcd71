//! What people resolved, for programs: who, when and why.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::record::{Decision, Proposal, Proposed, Purge, TakenBack};

/// The decision.
#[derive(Debug, Serialize)]
pub(super) struct DecisionJson<'a> {
    /// Who proposed it, where another person confirmed it.
    proposed_by: Option<&'a str>,
    /// How many people decided, as a sentence goes on.
    persons: String,
    /// Null if no vendor was chosen.
    vendor: Option<&'a str>,
    #[serde(flatten)]
    why: WhyJson<'a>,
}

/// What waits for a second person.
#[derive(Debug, Serialize)]
pub(super) struct ProposalJson<'a> {
    /// By which it is confirmed.
    number: u64,
    /// `award`, `take-back`, `unlock`, `purge` or `retention`.
    what: &'static str,
    /// The sheet whose file is to be purged; not for anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<u32>,
    /// The last day on which everything is to be kept; not for anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    /// Null if no vendor was chosen.
    vendor: Option<&'a str>,
    #[serde(flatten)]
    why: WhyJson<'a>,
}

/// That a file was purged.
#[derive(Debug, Serialize)]
pub(super) struct PurgeJson<'a> {
    /// Who proposed it, where another person confirmed it.
    proposed_by: Option<&'a str>,
    #[serde(flatten)]
    why: WhyJson<'a>,
}

impl<'a> PurgeJson<'a> {
    pub(super) fn new(purge: &'a Purge) -> Self {
        Self {
            proposed_by: purge.proposed_by.as_deref(),
            why: WhyJson::new(&purge.why),
        }
    }
}

/// Who, when and why.
#[derive(Debug, Serialize)]
pub(super) struct WhyJson<'a> {
    reason: &'a str,
    by: &'a str,
    at: Timestamp,
}

impl<'a> DecisionJson<'a> {
    pub(super) fn new(decision: &'a Decision) -> Self {
        Self {
            proposed_by: decision.proposed_by.as_deref(),
            persons: decision.persons(),
            vendor: decision.vendor.as_deref(),
            why: WhyJson::new(&decision.why),
        }
    }
}

impl<'a> ProposalJson<'a> {
    pub(super) fn new(proposal: &'a Proposal) -> Self {
        let vendor = match &proposal.what {
            Proposed::Award { vendor, .. } => vendor.as_deref(),
            Proposed::TakeBack
            | Proposed::Unlock
            | Proposed::Purge { .. }
            | Proposed::Retention { .. } => None,
        };
        let sheet = match proposal.what {
            Proposed::Purge { sheet } => sheet,
            Proposed::Award { .. }
            | Proposed::TakeBack
            | Proposed::Unlock
            | Proposed::Retention { .. } => None,
        };
        let until = match proposal.what {
            Proposed::Retention { until } => Some(until),
            Proposed::Award { .. }
            | Proposed::TakeBack
            | Proposed::Unlock
            | Proposed::Purge { .. } => None,
        };
        Self {
            number: proposal.number,
            what: proposal.what.word(),
            sheet,
            until,
            vendor,
            why: WhyJson::new(&proposal.why),
        }
    }
}

impl<'a> WhyJson<'a> {
    pub(super) fn new(why: &'a TakenBack) -> Self {
        Self {
            reason: &why.reason,
            by: &why.by,
            at: why.at,
        }
    }
}
