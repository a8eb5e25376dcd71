//! What one cell of the grid says, exactly as somebody typed it.

use serde::{Deserialize, Serialize};

use crate::evaluation::{Answer, Evaluation, Given};
use crate::exact::{plain, read_decimal, read_typed};
use crate::table::name::fold;

/// A score and its reason, exactly as typed: they may be wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedCell {
    /// The score, or what else a cell of a sheet may say.
    pub score: String,
    /// Why.
    pub reason: String,
}

impl TypedCell {
    /// An answer that is filed, as somebody would type it.
    #[must_use]
    pub fn of(evaluation: &Evaluation, given: &Given) -> Self {
        Self {
            score: match given.answer {
                Answer::Scored(score) => plain(score),
                Answer::Passed => "pass".to_owned(),
                Answer::Failed => "fail".to_owned(),
                Answer::NoResponse => "no response".to_owned(),
                Answer::NotApplicable => "not applicable".to_owned(),
            },
            reason: evaluation.comment(given).map_or_else(String::new, lines),
        }
    }

    /// As it came from a page: browsers end lines in two ways.
    #[must_use]
    pub fn new(score: &str, reason: &str) -> Self {
        Self {
            score: score.to_owned(),
            reason: lines(reason),
        }
    }

    /// Whether no score stands there.
    #[must_use]
    pub fn is_unscored(&self) -> bool {
        self.score.trim().is_empty()
    }

    /// Whether nothing stands there.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.is_unscored() && self.reason.trim().is_empty()
    }

    /// Whether both say the same: `3,50` is 3.5.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let scores = (read_typed(&self.score), read_typed(&other.score));
        let same_score = match scores {
            (Ok(one), Ok(another)) => one == another,
            _ => fold(&self.score) == fold(&other.score),
        };
        same_score && self.reason.trim() == other.reason.trim()
    }

    /// The number as a sheet writes it; `None` if it is none, or could be two.
    pub(super) fn number(&self) -> Option<String> {
        let text = self.score.trim();
        if read_decimal(text).is_ok() {
            return Some(text.to_owned());
        }
        read_typed(text).ok().map(|_| text.replacen(',', ".", 1))
    }
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(score: &str, reason: &str) -> TypedCell {
        TypedCell::new(score, reason)
    }

    #[test]
    fn a_number_says_the_same_however_it_is_written() {
        for (one, other, same) in [
            ("3,5", " 3.50 ", true),
            ("3", "3.0", true),
            ("", "  ", true),
            ("No  Response", "no response", true),
            ("3", "", false),
            ("3", "4", false),
            ("1,000", "1.000", false),
        ] {
            assert_eq!(
                cell(one, "why").says_the_same(&cell(other, " why\r\n")),
                same,
                "{one} {other}"
            );
        }
        assert!(!cell("3", "why").says_the_same(&cell("3", "because")));
    }

    #[test]
    fn a_decimal_comma_becomes_a_point_and_a_doubt_stays_as_typed() {
        assert_eq!(cell(" 3,5 ", "").number().as_deref(), Some("3.5"));
        assert_eq!(cell("3.50", "").number().as_deref(), Some("3.50"));
        for text in ["1,000", "about 3", "", "no response", "1e3", "3,5,1"] {
            assert_eq!(cell(text, "").number(), None, "{text}");
        }
    }
}
