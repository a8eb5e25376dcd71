//! Which events somebody wants to see.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Moment, Replaced};

/// What kind of change an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The start, and everything about criteria, weights and prices.
    Method,
    /// Vendors and people join and leave, and what they are to score.
    Lists,
    /// Sheets are handed out.
    HandedOut,
    /// Sheets come in and are taken back.
    Sheets,
    /// Files that were refused.
    Refused,
    /// Vendors are excluded, evaluators recused.
    Settled,
    /// Scoring is closed and opened.
    Scoring,
    /// The decision, and the lock on the result.
    Decision,
    /// The evaluation itself.
    Whole,
}

impl Topic {
    /// Every kind of change.
    pub const ALL: [Self; 9] = [
        Self::Method,
        Self::Lists,
        Self::HandedOut,
        Self::Sheets,
        Self::Refused,
        Self::Settled,
        Self::Scoring,
        Self::Decision,
        Self::Whole,
    ];

    /// The word that addresses know it by.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Lists => "lists",
            Self::HandedOut => "handouts",
            Self::Sheets => "sheets",
            Self::Refused => "refused",
            Self::Settled => "settled",
            Self::Scoring => "scoring",
            Self::Decision => "decision",
            Self::Whole => "evaluation",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Method => "criteria, weights and prices",
            Self::Lists => "vendors, people and who scores what",
            Self::HandedOut => "sheets handed out",
            Self::Sheets => "sheets filed and taken back",
            Self::Refused => "files that were refused",
            Self::Settled => "exclusions and recusals",
            Self::Scoring => "scoring closed and opened",
            Self::Decision => "decision and lock",
            Self::Whole => "the evaluation itself",
        }
    }
}

/// Which events somebody wants to see; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Done by this person, or about them.
    pub person: Option<String>,
    /// Of this kind.
    pub topic: Option<Topic>,
    /// About this vendor.
    pub vendor: Option<String>,
    /// About the criterion with this id.
    pub criterion: Option<String>,
    /// About the sheet with this number.
    pub sheet: Option<u32>,
    /// On this day (UTC) or later.
    pub from: Option<Date>,
    /// On this day (UTC) or earlier.
    pub to: Option<Date>,
}

impl Wanted {
    /// Whether an event is wanted.
    #[must_use]
    pub fn holds(&self, moment: &Moment) -> bool {
        let about = &moment.about;
        let day = TimeZone::UTC.to_datetime(moment.at).date();
        let person = |name: &String| moment.actor == *name || about.evaluators.contains(name);
        self.person.as_ref().is_none_or(person)
            && self.topic.is_none_or(|topic| moment.topic == topic)
            && is_among(self.vendor.as_ref(), |one| about.vendors.contains(one))
            && is_among(self.criterion.as_ref(), |one| about.criteria.contains(one))
            && self.sheet.is_none_or(|one| about.sheet == Some(one))
            && self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
    }

    /// Whether an answer that gave way is wanted, of an event that is.
    #[must_use]
    pub fn takes(&self, replaced: &Replaced) -> bool {
        is_among(self.vendor.as_ref(), |one| *replaced.vendor == **one)
            && is_among(self.criterion.as_ref(), |one| *replaced.criterion == **one)
    }
}

fn is_among(wanted: Option<&String>, is_it: impl Fn(&String) -> bool) -> bool {
    wanted.is_none_or(is_it)
}
