//! What offices call the columns that several kinds of sheets have; the first word is the one that the formats promise.

/// The column of the criteria.
pub const CRITERION: [&str; 9] = [
    "criterion",
    "criteria",
    "requirement",
    "question",
    "capability",
    "item",
    "kriterium",
    "kriterien",
    "anforderung",
];

/// The column of the weights.
pub const WEIGHT: [&str; 8] = [
    "weight",
    "weight %",
    "weight (%)",
    "weighting",
    "importance",
    "priority",
    "gewicht",
    "gewichtung",
];
