//! What is declared about a file, sorted by who needs to know it.

use crate::criteria::{Outline, Terms};
use crate::sheets::Declared;
use crate::table::Name;

use super::super::{Error, FieldProblem, Library};
use super::OwnFile;

/// The declarations of a file.
pub(super) struct Asked {
    pub(super) outline: Outline,
    /// What the score sheets are told, besides their columns.
    pub(super) sheets: Vec<(String, String)>,
    pub(super) tabs: Option<String>,
    pub(super) evaluator: Option<Name>,
}

impl Asked {
    pub(super) fn of(own: &OwnFile, library: &Library) -> Result<Self, Error> {
        let mut problems = Vec::new();
        let mut refuse = |field: &str, value: &str, code, message: String| {
            problems.push(FieldProblem {
                field: field.to_owned(),
                value: Some(value.to_owned()).filter(|value| !value.is_empty()),
                code,
                message,
            });
        };
        let said = || {
            own.statements
                .iter()
                .map(|(field, text)| (field.as_str(), text.trim()))
        };
        let text = |name: &str| {
            let found = said().find(|(field, text)| *field == name && !text.is_empty());
            found.map(|(_, text)| text.to_owned())
        };
        let terms = Terms::parse(said().filter(|(field, _)| Terms::is_statement(field)));
        let terms = terms.unwrap_or_else(|wrong| {
            for (field, why) in wrong {
                refuse(&field, "", "not-declarable", why.to_string());
            }
            Terms::default()
        });
        let is_of_sheets =
            |field: &str| Declared::is_statement(field) && !field.starts_with("column:");
        let sheets: Vec<(&str, &str)> = said().filter(|(field, _)| is_of_sheets(field)).collect();
        if let Err(wrong) = Declared::parse(sheets.iter().copied()) {
            for (field, why) in wrong {
                refuse(&field, "", "not-declarable", why.to_string());
            }
        }
        let evaluator = text("evaluator").and_then(|text| {
            let name = Name::parse(&text);
            name.map_err(|error| refuse("evaluator", &text, "no-name", error.to_string()))
                .ok()
        });
        if !problems.is_empty() {
            return Err(Error::Fields(problems));
        }
        let stem = own
            .file_name
            .rsplit_once('.')
            .map_or(own.file_name.as_str(), |(stem, _)| stem);
        let title = Some(own.title.trim())
            .filter(|title| !title.is_empty())
            .unwrap_or(stem);
        Ok(Self {
            outline: Outline {
                id: id_of(title, library),
                title: if title.is_empty() {
                    "Own criteria".to_owned()
                } else {
                    title.to_owned()
                },
                tab: None,
                terms,
            },
            sheets: sheets
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(field, text)| (field.to_owned(), text.to_owned()))
                .collect(),
            tabs: text("tabs"),
            evaluator,
        })
    }
}

/// A title as the id of a set that none on offer has.
fn id_of(title: &str, library: &Library) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let id: String = words.join("-").chars().take(40).collect();
    let id = id.trim_matches('-');
    let id = if id.is_empty() { "own-set" } else { id };
    if library.find(id).is_some() {
        format!("{id}-own")
    } else {
        id.to_owned()
    }
}
