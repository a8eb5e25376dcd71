//! What offices call the columns that several kinds of sheets have; the first word is the one that the formats promise.

/// The column of the criteria.
pub const CRITERION: [&str; 14] = [
    "criterion",
    "criteria",
    "requirement",
    "requirements",
    "question",
    "questions",
    "capability",
    "capabilities",
    "item",
    "items",
    "kriterium",
    "kriterien",
    "anforderung",
    "anforderungen",
];

/// The column of the weights.
pub const WEIGHT: [&str; 11] = [
    "weight",
    "weights",
    "weight %",
    "weight (%)",
    "weighting",
    "weightings",
    "importance",
    "priority",
    "gewicht",
    "gewichte",
    "gewichtung",
];

/// The column of the vendors.
pub const VENDOR: [&str; 11] = [
    "vendor",
    "supplier",
    "bidder",
    "tenderer",
    "option",
    "product",
    "solution",
    "anbieter",
    "bieter",
    "lieferant",
    "produkt",
];

/// The column of the scores.
pub const SCORE: [&str; 7] = [
    "score",
    "rating",
    "points",
    "mark",
    "grade",
    "bewertung",
    "punkte",
];

/// The column of those who score.
pub const EVALUATOR: [&str; 7] = [
    "evaluator",
    "assessor",
    "scorer",
    "reviewer",
    "grader",
    "bewerter",
    "prüfer",
];

/// The column of comments.
pub const COMMENT: [&str; 11] = [
    "comment",
    "comments",
    "note",
    "notes",
    "reason",
    "evidence",
    "justification",
    "rationale",
    "begründung",
    "kommentar",
    "bemerkung",
];
