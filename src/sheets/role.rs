//! What headings mean, and which names would be mistaken for one.

use std::fmt;

use rust_decimal::Decimal;

use crate::criteria::Scale;
use crate::exact::read_decimal;
use crate::table::name::fold;
use crate::table::{Name, words};

use super::aside::is_aside;

/// What a heading says its column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Vendor,
    Criterion,
    Score,
    Evaluator,
    Comment,
    Weight,
    /// Known, and never a vendor, but not read.
    Aside,
    Other,
}

/// What offices call the columns.
const WORDS: [(Role, &[&str]); 6] = [
    (Role::Vendor, &words::VENDOR),
    (Role::Criterion, &words::CRITERION),
    (Role::Score, &words::SCORE),
    (Role::Evaluator, &words::EVALUATOR),
    (Role::Weight, &words::WEIGHT),
    (Role::Comment, &words::COMMENT),
];

impl Role {
    pub(super) fn of(heading: &str) -> Self {
        let folded = fold(heading);
        let word = folded.as_str();
        let named = WORDS.iter().find(|(_, words)| words.contains(&word));
        match named {
            Some((role, _)) => *role,
            None if is_aside(word) => Self::Aside,
            None => match said_scale(heading) {
                Some((name, _)) if Self::of(name) == Self::Score => Self::Score,
                _ if is_weight_aside(&folded) => Self::Weight,
                _ => Self::Other,
            },
        }
    }

    /// Whether a heading is the very word that the formats promise for this role.
    pub(super) fn is_promised(self, heading: &str) -> bool {
        fold(heading) == self.name()
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Vendor => "vendor",
            Self::Criterion => "criterion",
            Self::Score => "score",
            Self::Evaluator => "evaluator",
            Self::Comment => "comment",
            Self::Weight => "weight",
            Self::Aside | Self::Other => "",
        }
    }
}

/// `priority (1 = highest)`, `weight [1-5]`: a weight, and what is said about it.
fn is_weight_aside(folded: &str) -> bool {
    let name = folded
        .split_once(['(', '['])
        .map(|(name, _)| name.trim_end());
    name.is_some_and(|name| words::WEIGHT.contains(&name) || name == "prio")
}

/// Whether one of the words of a heading is one for scores: `Final score`, `Punkte (neu)`.
pub(super) fn speaks_of_scores(heading: &str) -> bool {
    let folded = fold(heading);
    let mut words = folded.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| words::SCORE.contains(&word))
}

/// Whether a heading or a cell is one of the words for a price: `Price`, `Preis (EUR)`.
pub(super) fn is_price(text: &str) -> bool {
    let folded = fold(text);
    let bare = folded
        .strip_suffix(')')
        .and_then(|open| open.split_once('('));
    let word = bare.map_or(folded.as_str(), |(word, _)| word.trim_end());
    words::PRICE.contains(&word)
}

/// What a heading says of the scale beside the name: `Score (1-5)`, `Speed [max 10]`, `item1(10)`, `Ease /5`, `Acme - 1-10`.
pub(super) fn said_scale(heading: &str) -> Option<(&str, SaidScale)> {
    let heading = heading.trim_end();
    let inside = [('(', ')'), ('[', ']')]
        .into_iter()
        .find_map(|(open, close)| {
            let before = heading.strip_suffix(close)?;
            before.rsplit_once(open)
        });
    let behind = || {
        let words = [" max ", " max. ", " out of ", " - ", " \u{2013} "];
        words.iter().find_map(|word| {
            let (name, scale) = heading.rsplit_once(word)?;
            // Behind a dash alone, one number may be of anything, and so may two that are no range of scores.
            let is_range = |said: &SaidScale| {
                said.min.is_some_and(|min| min < said.max) && said.max <= Decimal::ONE_HUNDRED
            };
            let is_clear = |said: &SaidScale| word.contains(char::is_alphabetic) || is_range(said);
            Some((name, SaidScale::parse(scale).filter(is_clear)?))
        })
    };
    let found = match inside {
        Some((name, scale)) => SaidScale::parse(scale).map(|said| (name, said)),
        None => heading
            .rsplit_once('/')
            .and_then(|(name, scale)| Some((name, SaidScale::parse(scale)?)))
            .or_else(behind),
    };
    let (name, scale) = found?;
    let name = name.trim_end();
    (!name.is_empty()).then_some((name, scale))
}

/// The scale that a vendor's heading says for certain: `Acme (1-10)`, `Acme /10`, but `Acme (2026)` says none.
pub(super) fn scale_beside(heading: &str) -> Option<SaidScale> {
    let (_, said) = said_scale(heading)?;
    let alone = heading.rsplit_once('(').is_some_and(|(_, inside)| {
        inside
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit())
    });
    (said.min.is_some() || !alone).then_some(said)
}

/// The ends of a scale as a heading says them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SaidScale {
    min: Option<Decimal>,
    max: Decimal,
}

impl SaidScale {
    pub(super) fn new(min: Option<Decimal>, max: Decimal) -> Self {
        Self { min, max }
    }

    fn parse(text: &str) -> Option<Self> {
        let folded = fold(text);
        let number = |text: &str| read_decimal(text.trim()).ok();
        let plain = ["max. ", "max ", "max:", "of ", "out of ", "von ", "/"]
            .iter()
            .find_map(|word| folded.strip_prefix(word))
            .unwrap_or(&folded);
        if let Some(max) = number(plain) {
            return Some(Self { min: None, max });
        }
        let ends = ["-", "–", "..", " to ", " bis "]
            .iter()
            .find_map(|between| folded.split_once(between))?;
        Some(Self {
            min: Some(number(ends.0)?),
            max: number(ends.1)?,
        })
    }

    /// Whether a criterion is scored on this scale.
    pub(super) fn is_of(self, scale: &Scale) -> bool {
        self.max == scale.max() && self.min.is_none_or(|min| min == scale.min())
    }
}

impl fmt::Display for SaidScale {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.min {
            Some(min) => write!(out, "from {min} to {}", self.max),
            None => write!(out, "up to {}", self.max),
        }
    }
}

/// Whether a name can head a vendor's column without being taken for something else.
pub(super) fn can_head_a_column(name: &Name) -> bool {
    let shown = name.shown();
    let doubtful = super::aside::beside(shown, &[]).is_some();
    Role::of(shown) == Role::Other && comment_of(shown).is_none() && !is_price(shown) && !doubtful
}

/// The vendor whose comments a column holds, by its heading: `Acme comment`, `Acme evidence`.
pub(super) fn comment_of(heading: &str) -> Option<&str> {
    let (vendor, word) = heading.rsplit_once(' ')?;
    words::COMMENT
        .contains(&fold(word).as_str())
        .then_some(vendor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_what_offices_call_them() {
        for (heading, role) in [
            ("Supplier", Role::Vendor),
            ("ANBIETER", Role::Vendor),
            ("requirement", Role::Criterion),
            ("Kriterium", Role::Criterion),
            ("Rating", Role::Score),
            ("Punkte", Role::Score),
            ("Score (1-5)", Role::Score),
            ("Prüfer", Role::Evaluator),
            ("Begründung", Role::Comment),
            ("Gewichtung", Role::Weight),
            ("Priority (1 = highest)", Role::Weight),
            ("Tool", Role::Vendor),
            ("Total points", Role::Aside),
            ("Productboard", Role::Other),
            ("Acme (Score)", Role::Other),
        ] {
            assert_eq!(Role::of(heading), role, "{heading}");
        }
    }

    #[test]
    fn a_heading_says_its_scale_beside_the_name() {
        for (heading, name, scale) in [
            ("Score (1-5)", "Score", "from 1 to 5"),
            ("Speed (max 10)", "Speed", "up to 10"),
            ("item1(10)", "item1", "up to 10"),
            ("Ease /5", "Ease", "up to 5"),
            ("Ease (0 to 4)", "Ease", "from 0 to 4"),
            ("Ease [1-10]", "Ease", "from 1 to 10"),
            ("Ease - 1-10", "Ease", "from 1 to 10"),
            ("Ease max. 10", "Ease", "up to 10"),
        ] {
            let (found, said) = said_scale(heading).unwrap();
            assert_eq!((found, said.to_string().as_str()), (name, scale));
        }
        for heading in [
            "Ease - 24-7",
            "Configuration (CMDB)",
            "Score",
            "Tool/vendor",
            "(5)",
            "Ease - 10",
        ] {
            assert_eq!(said_scale(heading), None, "{heading}");
        }
        for heading in [
            "Acme (1-10)",
            "Acme (max 10)",
            "Acme /10",
            "Acme [0-10]",
            "Acme - 1-10",
            "Acme max 10",
        ] {
            assert!(scale_beside(heading).is_some(), "{heading}");
        }
        for heading in ["Acme (2026)", "Acme (Cloud)", "Acme 24-7"] {
            assert_eq!(scale_beside(heading), None, "{heading}");
        }
    }
}
