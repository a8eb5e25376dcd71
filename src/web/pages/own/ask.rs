//! What the page asks of a file, in plain words, each with the controls that answer it.

use crate::criteria::Question;

use super::parts::{PriceParts, ScaleParts, WAYS};
use super::said::Said;

/// A question, or an answer to one that can still be changed.
pub(super) struct Ask {
    /// The declaration that answers it.
    pub(super) field: String,
    pub(super) message: String,
    pub(super) control: Control,
}

/// How it is answered.
pub(super) enum Control {
    Typed(String),
    Chosen(Vec<Opt>),
    Scale(ScaleParts),
    Price { parts: PriceParts, ways: Vec<Opt> },
    Weight { number: String, is_must: bool },
}

/// An answer to choose.
pub(super) struct Opt {
    pub(super) value: String,
    pub(super) text: String,
    pub(super) is_chosen: bool,
}

impl Ask {
    /// What the file leaves open.
    pub(super) fn new(question: &Question, said: &Said) -> Self {
        let before = said.text(&question.field);
        let suggested = question.suggested.as_deref().unwrap_or_default();
        let value = if before.is_empty() { suggested } else { before };
        if question.options.is_empty() {
            let message = message(&question.field);
            let message = message.unwrap_or_else(|| as_a_sentence(&question.message));
            return Self::typed(question.field.clone(), message, value);
        }
        let options = question.options.iter();
        let options = options.map(|one| Opt::new(&one.value, &one.text, value));
        Self {
            field: question.field.clone(),
            message: as_a_sentence(&question.message),
            control: Control::Chosen(options.collect()),
        }
    }

    /// What was said before, to be changed.
    pub(super) fn again(field: &str, value: &str) -> Self {
        let known = choices(field);
        if known.is_empty() {
            let message = message(field).unwrap_or_else(|| label(field));
            return Self::typed(field.to_owned(), message, value);
        }
        let options = known.iter();
        let options = options.map(|(one, text)| Opt::new(one, text, value));
        Self {
            field: field.to_owned(),
            message: label(field),
            control: Control::Chosen(options.collect()),
        }
    }

    fn typed(field: String, message: String, value: &str) -> Self {
        let control = match field.split_once(':') {
            None if field == "scale" => Control::Scale(ScaleParts::of(value)),
            Some(("price", _)) => Control::price(value),
            Some(("weight", _)) => Control::weight(value),
            None | Some(_) => Control::Typed(value.to_owned()),
        };
        Self {
            field,
            message,
            control,
        }
    }
}

impl Control {
    fn price(value: &str) -> Self {
        let parts = PriceParts::of(value);
        let ways = WAYS.iter();
        let ways = ways.map(|(way, text)| Opt::new(way, text, &parts.way));
        Self::Price {
            ways: ways.collect(),
            parts,
        }
    }

    fn weight(value: &str) -> Self {
        let is_must = value == "pass-fail";
        Self::Weight {
            number: if is_must { "" } else { value }.to_owned(),
            is_must,
        }
    }
}

impl Opt {
    fn new(value: &str, text: &str, chosen: &str) -> Self {
        Self {
            value: value.to_owned(),
            text: text.to_owned(),
            is_chosen: value == chosen,
        }
    }
}

/// The question about what has controls of its own.
fn message(field: &str) -> Option<String> {
    match field.split_once(':') {
        None if field == "scale" => Some("On which scale are the scores?".to_owned()),
        Some(("price", title)) => Some(format!("“{title}” holds amounts: how do they score?")),
        Some(("weight", word)) => Some(format!("What does “{word}” weigh?")),
        None | Some(_) => None,
    }
}

/// What a declaration is about; how programs call it if nothing plainer is known.
fn label(field: &str) -> String {
    match field.split_once(':') {
        Some(("column", heading)) => format!("The column “{heading}” is"),
        Some(("word", word)) => format!("“{word}” stands for the score"),
        Some(("gate", word)) => format!("“{word}” is"),
        Some(("name", name)) => format!("“{name}” means"),
        Some(_) => field.to_owned(),
        None => match field {
            "step" => "The distance of two scores",
            "weight-column" => "The column with the weights",
            "weights" => "What criteria without a weight weigh",
            "priority" => "What the numbers of the priorities are",
            "heading-numbers" => "What the numbers in headings are",
            "table" => "The table that counts",
            "tabs" => "What the tabs are",
            "evaluator" => "Who scored",
            "vendor" => "The vendor that the scores are about",
            "decimal" => "The decimal sign",
            other => other,
        }
        .to_owned(),
    }
}

/// The answers to choose from, where they are always the same.
fn choices(field: &str) -> &'static [(&'static str, &'static str)] {
    match field.split_once(':') {
        Some(("gate", _)) => &[("pass", "a pass"), ("fail", "a fail")],
        Some(_) => &[],
        None => match field {
            "weights" => &[
                ("maximum", "as much as their highest score"),
                ("equal", "all the same"),
            ],
            "priority" => &[
                ("weights", "weights: the higher, the more it counts"),
                ("order", "an order: 1 is the most important"),
            ],
            "heading-numbers" => &[
                ("maximum", "the highest score, from 0"),
                ("name", "part of the name"),
            ],
            "decimal" => &[("comma", "comma: 4,5"), ("point", "point: 4.5")],
            _ => &[],
        },
    }
}

/// The same text with a capital at its beginning, as it stands above a field.
fn as_a_sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
