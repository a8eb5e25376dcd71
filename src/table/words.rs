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
