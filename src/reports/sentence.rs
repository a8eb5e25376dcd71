//! Sentences that know what their words are about, so that a page can lead there.

use std::fmt;

use crate::criteria::{CategoryIndex, CriterionIndex};
use crate::evaluation::{EvaluatorIndex, VendorIndex};

/// What a part of a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// A vendor's result.
    Vendor(VendorIndex),
    /// One category of a vendor's result.
    Category(VendorIndex, CategoryIndex),
    /// One criterion of a vendor's result.
    Cell(VendorIndex, CriterionIndex),
    /// One criterion over all vendors.
    Criterion(CriterionIndex),
    /// What an evaluator still owes.
    Owner(EvaluatorIndex),
    /// What is missing without anybody owing it.
    Missing,
}

/// Some words of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) about: Option<About>,
    /// Whether these are words of ours with figures in them, which a page writes as its reader does.
    pub(crate) is_figure: bool,
}

/// A sentence in parts; as a text it is all of them in a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sentence {
    parts: Vec<Part>,
}

impl Sentence {
    /// A sentence that begins with plain words.
    pub(crate) fn of(text: impl Into<String>) -> Self {
        Self::default().say(text)
    }

    /// A sentence that begins with words about something.
    pub(crate) fn on(text: impl Into<String>, about: About) -> Self {
        Self::default().name(text, about)
    }

    /// Goes on with plain words.
    pub(crate) fn say(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part {
            text: text.into(),
            about: None,
            is_figure: false,
        });
        self
    }

    /// Goes on with words of ours that have figures in them, and no name.
    pub(crate) fn figure(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part {
            text: text.into(),
            about: None,
            is_figure: true,
        });
        self
    }

    /// Goes on with words about something.
    pub(crate) fn name(mut self, text: impl Into<String>, about: About) -> Self {
        self.parts.push(Part {
            text: text.into(),
            about: Some(about),
            is_figure: false,
        });
        self
    }

    /// Goes on with what another sentence says.
    pub(crate) fn then(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }

    /// Goes on with a list of which only the first few are at hand: `A, B and C`, `A, B and 4 more`.
    pub(crate) fn list(self, first: Vec<Self>, count: usize) -> Self {
        self.list_of(first, count, "")
    }

    /// As [`Sentence::list`], with a word for what the rest are: `A, B and 4 more vendors`.
    pub(crate) fn list_of(mut self, first: Vec<Self>, count: usize, what: &str) -> Self {
        let more = count.saturating_sub(first.len());
        let last = first.len().saturating_sub(1);
        for (position, item) in first.into_iter().enumerate() {
            let before = match position {
                0 => "",
                _ if position == last && more == 0 => " and ",
                _ => ", ",
            };
            if !before.is_empty() {
                self = self.say(before);
            }
            self = self.then(item);
        }
        match (more, what) {
            (0, _) => self,
            (more, "") => self.say(format!(" and {more} more")),
            (1, what) => self.say(format!(" and 1 more {}", what.trim_end_matches('s'))),
            (more, what) => self.say(format!(" and {more} more {what}")),
        }
    }

    /// Sentences in a row, with something between them.
    pub(crate) fn joined(each: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let each = each.into_iter().enumerate();
        each.fold(Self::default(), |told, (at, next)| {
            let told = if at == 0 { told } else { told.say(between) };
            told.then(next)
        })
    }

    pub(crate) fn into_parts(self) -> Vec<Part> {
        self.parts
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }
}

/// Plain words.
impl<T: Into<String>> From<T> for Sentence {
    fn from(text: T) -> Self {
        Self::of(text)
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts
            .iter()
            .try_for_each(|part| out.write_str(&part.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(count: usize) -> String {
        let first = ["A", "B", "C"].into_iter().take(count).map(Sentence::of);
        Sentence::of("for ")
            .list(first.collect(), count)
            .to_string()
    }

    #[test]
    fn a_list_reads_like_a_sentence() {
        let told: Vec<String> = (1..=4).map(listed).collect();
        assert_eq!(
            told,
            [
                "for A",
                "for A and B",
                "for A, B and C",
                "for A, B, C and 1 more"
            ]
        );
    }
}
