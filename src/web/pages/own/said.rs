//! What a form says about a file.

use crate::evaluation::EvaluationKind;
use crate::service::OwnFile;
use crate::web::held::HeldFile;

use super::parts::joined;

/// The fields of a form, each once; the last counts.
#[derive(Debug, Clone)]
pub(super) struct Said(Vec<(String, String)>);

impl Said {
    pub(super) fn of(fields: Vec<(String, String)>) -> Self {
        let mut said = Self(Vec::new());
        for (field, text) in joined(fields) {
            said.put(&field, text);
        }
        said
    }

    pub(super) fn put(&mut self, field: &str, text: String) {
        self.0.retain(|(known, _)| known != field);
        self.0.push((field.to_owned(), text));
    }

    pub(super) fn text(&self, field: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == field);
        found.map_or("", |(_, text)| text.trim())
    }

    /// Stands for what is confirmed: the same form sent twice is confirmed once.
    pub(super) fn confirmed(&self) -> String {
        ["what", "seen", "title", "kind"]
            .map(|field| self.text(field))
            .join("\n")
    }

    pub(super) fn kind(&self) -> EvaluationKind {
        if self.text("kind") == "tender" {
            EvaluationKind::Tender
        } else {
            EvaluationKind::Internal
        }
    }

    /// The declarations, in a fixed order.
    pub(super) fn statements(&self) -> Vec<(String, String)> {
        let said = self
            .0
            .iter()
            .filter(|(field, text)| OwnFile::is_statement(field) && !text.trim().is_empty());
        let mut statements: Vec<(String, String)> = said.cloned().collect();
        statements.sort();
        statements
    }

    pub(super) fn file(&self, file: &HeldFile) -> OwnFile {
        OwnFile {
            file_name: file.name.clone(),
            bytes: file.bytes.to_vec(),
            title: self.text("set_title").to_owned(),
            statements: self.statements(),
            seen: self.text("seen").parse().ok(),
        }
    }
}
