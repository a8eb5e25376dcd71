//! What headings mean, and which names would be mistaken for one.

use crate::table::Name;
use crate::table::name::fold;

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

/// Words that make a column one of comments, alone or after a vendor's name.
const COMMENT_WORDS: [&str; 6] = ["comment", "comments", "note", "notes", "reason", "evidence"];

impl Role {
    pub(super) fn of(heading: &str) -> Self {
        let folded = fold(heading);
        match folded.as_str() {
            "vendor" => Self::Vendor,
            "criterion" => Self::Criterion,
            "score" => Self::Score,
            "evaluator" => Self::Evaluator,
            "weight" | "weight %" | "weight (%)" => Self::Weight,
            word if COMMENT_WORDS.contains(&word) => Self::Comment,
            word if is_aside(word) => Self::Aside,
            _ => Self::Other,
        }
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

/// `total`, `Max score`, `weighted total`: columns that describe or sum up, and never hold a vendor's scores.
fn is_aside(folded: &str) -> bool {
    let word = folded.strip_prefix("weighted ").unwrap_or(folded);
    let word = [" score", " points"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    let plain = ["title", "category", "description", "anchors"];
    plain.contains(&folded) || is_sum(word) || word == "max"
}

fn is_sum(word: &str) -> bool {
    matches!(word, "total" | "sum" | "average" | "rank")
}

/// Whether a criterion cell marks a row of totals instead of naming a criterion.
pub(super) fn marks_totals(cell: &str) -> bool {
    let folded = fold(cell);
    let word = folded.trim_end_matches([':', '.']);
    let word = word
        .strip_prefix("weighted ")
        .or_else(|| word.strip_prefix("grand "))
        .unwrap_or(word);
    let word = [" score", " points"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    is_sum(word) || matches!(word, "totals" | "subtotal" | "mean" | "ranking")
}

/// Whether a name can head a vendor's column without being taken for something else.
pub(super) fn can_head_a_column(name: &Name) -> bool {
    Role::of(name.shown()) == Role::Other && comment_of(name.shown()).is_none()
}

/// The vendor whose comments a column holds, by its heading: `Acme comment`, `Acme evidence`.
pub(super) fn comment_of(heading: &str) -> Option<&str> {
    let (vendor, word) = heading.rsplit_once(' ')?;
    COMMENT_WORDS
        .contains(&fold(word).as_str())
        .then_some(vendor)
}
