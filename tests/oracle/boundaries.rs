//! Right at the edge, one step before it and one step beyond.

mod answers;
mod gates;
mod prices;
mod ranks;
mod tree;

use serde_json::Value;

use crate::build::Story;
use crate::compare::{by_id, text, vendor};
use crate::model::{Kind, Weights};

pub fn of<'a>(result: &'a Value, name: &str, field: &str) -> &'a str {
    text(&vendor(result, name)[field])
}

pub fn points<'a>(result: &'a Value, name: &str, criterion: &str) -> &'a str {
    text(&by_id(&vendor(result, name)["criteria"], criterion)["points"])
}

pub fn outcome<'a>(result: &'a Value, name: &str) -> &'a str {
    text(&vendor(result, name)["gates"][0]["outcome"])
}

pub fn one_rated(kind: Kind) -> Story {
    Story::new(Weights::Points, 5).criterion("X", 100, kind)
}
