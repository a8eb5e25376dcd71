//! What stands against tailoring a set as somebody wants it.

use thiserror::Error;

use crate::criteria::Suggestion;
use crate::exact::NotTyped;
use crate::table::NameError;

/// One thing that stands against tailoring a set. Displayed, it says what is wrong and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{rule}")]
pub struct TailorProblem {
    /// The field: `drop`, `drop_lenses`, `price_share`, `categories.ID`, `lenses.NUMBER.title` or `lenses.NUMBER.points.ID`,
    /// numbers from 0; empty if it is about all of it.
    pub field: String,
    /// What was typed; `None` if it is about no single text.
    pub value: Option<String>,
    /// The rule that is broken.
    pub rule: TailorRule,
}

impl TailorProblem {
    pub(super) fn new(field: impl Into<String>, value: Option<&str>, rule: TailorRule) -> Self {
        Self {
            field: field.into(),
            value: value.map(|text| text.chars().take(60).collect()),
            rule,
        }
    }

    /// The stable name of the rule, in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.rule.code()
    }
}

/// A rule of tailoring.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TailorRule {
    /// Another set than the one somebody looked at.
    #[error("the set has changed since this was filled in; load it again and say it anew")]
    SetChanged,
    /// Nothing is to be changed.
    #[error(
        "nothing is changed; drop something, type a weight or a price share, or let a stakeholder spread points"
    )]
    Nothing,
    /// An id that is none of the set.
    #[error(
        "the set has no category and no criterion of this id{near}; write an id as it stands in the set"
    )]
    Unknown {
        /// What was perhaps meant.
        near: Suggestion,
    },
    /// An id that is no category of the set.
    #[error("the set has no category of this id{near}; write the id of a category")]
    UnknownCategory {
        /// What was perhaps meant.
        near: Suggestion,
    },
    /// An id that is no lens of the set.
    #[error("the set has no lens of this id{near}; write the id of a lens")]
    UnknownLens {
        /// What was perhaps meant.
        near: Suggestion,
    },
    /// Something that has two numbers.
    #[error("this stands there twice; write it once")]
    Twice,
    /// Nothing is kept.
    #[error("nothing is kept; keep at least one criterion")]
    NothingLeft,
    /// What is kept has no weight.
    #[error("nothing that is kept weighs anything; keep a criterion with a weight")]
    NothingWeighs,
    /// No number.
    #[error("{0}")]
    NotANumber(#[from] NotTyped),
    /// A number below 0 or above 100.
    #[error("this is not between 0 and 100; write a number from 0 to 100, like 30 or 12.5")]
    OutOfRange,
    /// A weight of something that is dropped.
    #[error("this is dropped, so that it weighs nothing; keep it, or leave this empty")]
    Dropped,
    /// A weight of something that has none.
    #[error("nothing in it is weighed, as all of it is pass or fail; leave this empty")]
    Weightless,
    /// A price share of a set without prices.
    #[error("no criterion that is kept is priced; leave this empty, or keep one that is")]
    NoPrice,
    /// Everything that is typed is more than the whole.
    #[error(
        "what is typed adds up to {sum}, which is more than 100; lower a weight or the price share"
    )]
    TooMuch {
        /// What it adds up to.
        sum: String,
    },
    /// Everything is typed and it is less than the whole.
    #[error(
        "what is typed adds up to {sum}, and nothing else is left to weigh the other {missing}; raise a weight until they add up to 100, or leave one empty"
    )]
    TooLittle {
        /// What it adds up to.
        sum: String,
        /// What is missing to 100.
        missing: String,
    },
    /// A category weighs less than what is typed within it.
    #[error(
        "what is typed within it, prices included, adds up to {sum}; raise this to at least that, or lower what is within"
    )]
    BelowParts {
        /// What it adds up to.
        sum: String,
    },
    /// A category weighs more than what is typed within it, and has nothing else.
    #[error(
        "what is typed within it, prices included, adds up to {sum} and nothing else is in it; write {sum}, or leave one of them empty"
    )]
    AboveParts {
        /// What it adds up to.
        sum: String,
    },
    /// There is no proportion to spread a weight by.
    #[error(
        "everything that this is to be spread over weighs 0, so that nothing says in which proportion; weigh its parts first, or write 0"
    )]
    NoProportion,
    /// A lens that weighs nothing of what is kept.
    #[error(
        "the lens \"{lens}\" weighs nothing of what is kept; drop that lens too, or keep something that it weighs"
    )]
    LensLeftEmpty {
        /// The id of the lens.
        lens: String,
    },
    /// Points without a name.
    #[error("write who spreads these points, like CFO")]
    NoName,
    /// A name that is none.
    #[error("this is no name: {0}; write a short one, like CFO")]
    BadName(NameError),
    /// The id of a lens with other characters.
    #[error("an id has only letters, digits, \".\", \"_\" and \"-\"; write one like cfo")]
    BadId,
    /// A lens that is there already.
    #[error("there is a lens \"{id}\" already; drop that one as well, or write another name")]
    LensTaken {
        /// Its id.
        id: String,
    },
    /// More lenses than a set may have.
    #[error("a set has at most {most} lenses; drop one")]
    TooManyLenses {
        /// How many it may have.
        most: usize,
    },
    /// Points that are not 100.
    #[error("the points add up to {sum}, which is {difference}; spread exactly 100")]
    PointsSum {
        /// What they add up to.
        sum: String,
        /// `1 too much` or `1 too little`.
        difference: String,
    },
    /// Points for something within something that has points.
    #[error("this lies in \"{outer}\", which has points too; give points to one of the two")]
    Within {
        /// The id of the category around it.
        outer: String,
    },
    /// The numbers cannot be written.
    #[error("these weights have no exact form with at most 21 digits; write rounder numbers")]
    NoForm,
    /// A gate, or another part of the set, does not go with it.
    #[error(
        "the set would not hold together: {message}; change what is dropped or weighed, or change the set first"
    )]
    Broken {
        /// The stable name of the rule of the set.
        code: &'static str,
        /// What is wrong.
        message: String,
    },
    /// The text of the set does not take it.
    #[error(
        "this set is written in a form that cannot be tailored from here; write each category as [[category]], each criterion as [[criterion]] and each lens as [[lens]], or change the file"
    )]
    Unchangeable,
}

impl TailorRule {
    /// The stable name, in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::SetChanged => "set-changed",
            Self::Nothing => "nothing-changed",
            Self::Unknown { .. } => "unknown-criterion",
            Self::UnknownCategory { .. } => "unknown-category",
            Self::UnknownLens { .. } => "unknown-lens",
            Self::Twice => "sent-twice",
            Self::NothingLeft => "nothing-left",
            Self::NothingWeighs => "nothing-weighs",
            Self::NotANumber(_) => "not-a-number",
            Self::OutOfRange => "not-a-percentage",
            Self::Dropped => "dropped",
            Self::Weightless => "weightless",
            Self::NoPrice => "not-priced",
            Self::TooMuch { .. } | Self::TooLittle { .. } => "wrong-sum",
            Self::BelowParts { .. } | Self::AboveParts { .. } => "category-sum",
            Self::NoProportion => "no-proportion",
            Self::LensLeftEmpty { .. } => "lens-left-empty",
            Self::NoName => "no-name",
            Self::BadName(_) => "bad-name",
            Self::BadId => "bad-id",
            Self::LensTaken { .. } => "lens-taken",
            Self::TooManyLenses { .. } => "limit-exceeded",
            Self::PointsSum { .. } => "points-sum",
            Self::Within { .. } => "points-within",
            Self::NoForm => "no-exact-form",
            Self::Broken { code, .. } => code,
            Self::Unchangeable => "unchangeable-set",
        }
    }
}
