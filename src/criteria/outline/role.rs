//! What headings mean.

use rust_decimal::Decimal;

use crate::table::name::fold;
use crate::table::words;

use super::scale::beside_name;

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Criterion,
    Id,
    Category,
    Description,
    Weight,
    Vendor,
    Score,
    Evaluator,
    Comment,
    Scale,
    Min,
    Max,
    Step,
    Kind,
    PriceRule,
    Floor,
    Ceiling,
    Currency,
    Minimum,
    Practices,
    Clause,
    Anchors,
    /// A column of a rubric: what this score means.
    Anchor(Decimal),
    /// Sums and ranks, and what is declared not to count.
    Aside,
    /// A vendor, where criteria are rows; a criterion, where vendors are.
    Other,
}

const NAMED: [(Role, &[&str]); 18] = [
    (
        Role::Id,
        &["id", "no", "no.", "nr", "nr.", "#", "ref", "ref."],
    ),
    (
        Role::Category,
        &[
            "category",
            "group",
            "section",
            "area",
            "kategorie",
            "bereich",
            "gruppe",
        ],
    ),
    (
        Role::Description,
        &[
            "description",
            "beschreibung",
            "details",
            "definition",
            "what is asked",
        ],
    ),
    (Role::Weight, &["moscow", "prio", "priorität"]),
    (
        Role::Score,
        &[
            "response",
            "vendor response",
            "compliance",
            "answer",
            "antwort",
        ],
    ),
    (Role::Scale, &["scale", "skala"]),
    (Role::Min, &["min", "lowest score", "min score"]),
    (
        Role::Max,
        &[
            "max",
            "maximum",
            "highest score",
            "max score",
            "maximum score",
            "max points",
        ],
    ),
    (Role::Step, &["step"]),
    (Role::Kind, &["kind", "type"]),
    (Role::PriceRule, &["price rule"]),
    (Role::Floor, &["floor"]),
    (Role::Ceiling, &["ceiling"]),
    (Role::Currency, &["currency", "währung"]),
    (Role::Minimum, &["minimum", "gate"]),
    (Role::Practices, &["practices"]),
    (Role::Clause, &["clause"]),
    (
        Role::Anchors,
        &["anchors", "rubric", "what scores mean", "scoring guide"],
    ),
];

impl Role {
    pub(super) fn of(heading: &str, is_exact: bool) -> Self {
        let folded = fold(heading);
        let word = folded.as_str();
        let listed = [
            (Self::Criterion, &words::CRITERION[..]),
            (Self::Weight, &words::WEIGHT),
            (Self::Vendor, &words::VENDOR),
            (Self::Score, &words::SCORE),
            (Self::Evaluator, &words::EVALUATOR),
            (Self::Comment, &words::COMMENT),
        ];
        let mut known = listed.iter().chain(&NAMED);
        match known.find(|(_, words)| words.contains(&word)) {
            Some((role, _)) => *role,
            None if is_sum(word) => Self::Aside,
            None if !is_exact && has_weight_word(word) => Self::Weight,
            None => match beside_name(heading) {
                Some((name, _)) if words::SCORE.contains(&fold(name).as_str()) => Self::Score,
                _ => Self::Other,
            },
        }
    }

    /// The role that a statement names.
    pub(super) fn declared(text: &str) -> Option<Self> {
        Some(match fold(text).as_str() {
            "criterion" => Self::Criterion,
            "id" => Self::Id,
            "category" => Self::Category,
            "description" => Self::Description,
            "anchors" => Self::Anchors,
            "weight" => Self::Weight,
            "vendor" => Self::Vendor,
            "score" => Self::Score,
            "evaluator" => Self::Evaluator,
            "comment" => Self::Comment,
            "ignore" => Self::Aside,
            _ => return None,
        })
    }

    /// What a score sheet is told of the column.
    pub(super) fn in_sheets(self) -> &'static str {
        match self {
            Self::Criterion => "criterion",
            Self::Vendor => "vendor",
            Self::Score => "score",
            Self::Evaluator => "evaluator",
            Self::Comment => "comment",
            Self::Weight => "weight",
            _ => "ignore",
        }
    }
}

/// `CIO weight`, `Weight 2026`, `Gewicht IT`, `Priority (1-3)`.
fn has_weight_word(folded: &str) -> bool {
    let known = [
        "weight",
        "weights",
        "weighting",
        "gewicht",
        "gewichtung",
        "importance",
        "priority",
        "prio",
        "priorität",
        "wichtigkeit",
    ];
    folded
        .split(|letter: char| !letter.is_alphanumeric())
        .any(|word| known.contains(&word))
}

/// Whether a name marks a row or a column of sums.
pub(super) fn is_sum(name: &str) -> bool {
    let folded = fold(name);
    let word = folded.trim_end_matches([':', '.']);
    let word = ["weighted ", "grand ", "overall "]
        .iter()
        .find_map(|start| word.strip_prefix(start))
        .unwrap_or(word);
    let word = [" score", " points", " scores"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    let sums = [
        "total", "totals", "subtotal", "sum", "average", "mean", "rank", "ranking", "score",
        "scores", "summe", "gesamt",
    ];
    sums.contains(&word)
}
