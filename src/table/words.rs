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
pub const VENDOR: [&str; 19] = [
    "vendor",
    "vendors",
    "supplier",
    "suppliers",
    "bidder",
    "bidders",
    "tenderer",
    "option",
    "product",
    "products",
    "solution",
    "tool",
    "tools",
    "anbieter",
    "bieter",
    "lieferant",
    "lieferanten",
    "produkt",
    "produkte",
];

/// The column of the scores.
pub const SCORE: [&str; 13] = [
    "score",
    "scores",
    "rating",
    "ratings",
    "points",
    "mark",
    "marks",
    "grade",
    "grades",
    "bewertung",
    "bewertungen",
    "punkte",
    "punktzahl",
];

/// The column of those who score.
pub const EVALUATOR: [&str; 12] = [
    "evaluator",
    "evaluators",
    "assessor",
    "assessors",
    "scorer",
    "scorers",
    "reviewer",
    "reviewers",
    "grader",
    "graders",
    "bewerter",
    "prüfer",
];

/// The column of comments, alone or after a vendor's name.
pub const COMMENT: [&str; 19] = [
    "comment",
    "comments",
    "note",
    "notes",
    "reason",
    "reasons",
    "evidence",
    "remark",
    "remarks",
    "justification",
    "justifications",
    "rationale",
    "begründung",
    "begründungen",
    "kommentar",
    "kommentare",
    "bemerkung",
    "bemerkungen",
    "anmerkung",
];

/// The column of the price.
pub const PRICE: [&str; 10] = [
    "price", "prices", "cost", "costs", "bid", "bids", "tco", "preis", "preise", "kosten",
];
