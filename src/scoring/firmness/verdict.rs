//! How firm first place is, in one word.

use crate::exact::Fraction;
use crate::scoring::card::Scorecard;

use super::leave_out::{LeaveOut, LeftOut};
use super::profile::running;
use super::score_flip::lead;
use super::stability::SmallestFlip;

/// A smallest flip that moves more than this part of the whole weight, 1/10, makes a win firm.
pub const FIRM_FROM: (i64, i64) = (1, 10);

/// A win is firm only if it is first in at least this part of the draws of weights around the agreed ones, 95 of 100.
pub const FIRM_IN: (i64, i64) = (95, 100);

/// How firm first place is. Each word rests on the ones before it not being true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// First place is not decided, or an open gate could change it.
    Undecided,
    /// No clear winner.
    CloseCall(Vec<Reason>),
    /// Only moving more than a tenth of the whole weight, or nothing of this kind, lets another be first, and draws of the
    /// weights around the agreed ones confirm it.
    Firm,
    /// None of the others.
    Probable,
}

/// Why it is a close call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Several share first place.
    Shared,
    /// The lead over the next is below what the set calls a close call.
    SmallLead {
        /// The lead, in points of 100.
        lead: Fraction,
    },
    /// Without this vendor or evaluator another one is first.
    Without(LeftOut),
}

impl Verdict {
    /// The stable name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::CloseCall(_) => "close-call",
            Self::Firm => "firm",
            Self::Probable => "probable",
        }
    }

    /// Why it is a close call; nothing if it is none.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        match self {
            Self::CloseCall(reasons) => reasons,
            Self::Undecided | Self::Firm | Self::Probable => &[],
        }
    }
}

impl Verdict {
    /// The verdict once it is known in which part of the draws of weights around the agreed ones the leader is first.
    #[must_use]
    pub fn in_draws(self, first: &Fraction) -> Self {
        let (part, of) = FIRM_IN;
        let firm_in = Fraction::new(part, of).unwrap_or_else(Fraction::one);
        match self {
            Self::Firm if *first < firm_in => Self::Probable,
            verdict => verdict,
        }
    }
}

/// Judges first place.
#[must_use]
pub fn verdict(
    card: &Scorecard,
    close_call: &Fraction,
    smallest: Option<&SmallestFlip>,
    leave_outs: &[LeaveOut],
) -> Verdict {
    let leaders = card.leaders();
    let Some(leader) = leaders.first().and_then(|&first| card.vendor(first)) else {
        return Verdict::Undecided;
    };
    let mut reasons = Vec::new();
    if leaders.len() > 1 {
        reasons.push(Reason::Shared);
    } else {
        let rivals = running(card).filter(|rival| rival.vendor != leader.vendor);
        let least = rivals.map(|rival| lead(leader, rival)).min();
        let small = least.filter(|least| least < close_call);
        reasons.extend(small.map(|lead| Reason::SmallLead { lead }));
    }
    let changing = leave_outs.iter().filter(|one| one.changes_winner());
    reasons.extend(changing.map(|one| Reason::Without(one.left_out)));
    let (part, of) = FIRM_FROM;
    let firm_from = Fraction::new(part, of).unwrap_or_else(Fraction::zero);
    if !reasons.is_empty() {
        Verdict::CloseCall(reasons)
    } else if smallest.is_none_or(|flip| flip.moved > firm_from) {
        Verdict::Firm
    } else {
        Verdict::Probable
    }
}
