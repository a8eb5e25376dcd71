//! Starting from one's own spreadsheet: criteria, vendors and scores in one go, looked at before anything is stored.

mod asked;
mod look;
mod looking;
mod scores;
mod take;

pub use look::{OwnCriterion, OwnLook, OwnProblem};
pub use take::{OwnStart, Taken};

use crate::record::Digest;

/// A file of one's own, and what is declared about it.
#[derive(Debug, Clone, Default)]
pub struct OwnFile {
    /// The name of the file.
    pub file_name: String,
    /// The file: a criteria set (TOML), CSV or XLSX.
    pub bytes: Vec<u8>,
    /// The title of the criteria set; that of the file if it is blank.
    pub title: String,
    /// The declarations, each a pair of texts: those of [`crate::criteria::Terms`] and [`crate::sheets::Declared`], and `tabs`
    /// (`evaluator`, `vendor`, or the name of the only tab that is meant) and `evaluator`.
    pub statements: Vec<(String, String)>,
    /// What was looked at before; if the file says something else now, nothing is stored.
    pub seen: Option<Digest>,
}

impl OwnFile {
    /// Whether a form's field of this name is a declaration about such a file.
    #[must_use]
    pub fn is_statement(field: &str) -> bool {
        matches!(field, "tabs" | "evaluator")
            || crate::criteria::Terms::is_statement(field)
            || crate::sheets::Declared::is_statement(field)
    }

    fn is_toml(&self) -> bool {
        self.file_name.to_lowercase().ends_with(".toml")
    }
}
