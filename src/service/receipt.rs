//! What an upload is answered with.

use std::sync::Arc;

use crate::evaluation::Changes;
use crate::sheets::{Problem, ReadAs};

use super::opened::Opened;
use super::progress::Progress;

/// What happened to an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    /// It is filed, under this number.
    New(u32),
    /// The same file was filed before under this number, and all of its answers stand: nothing has changed.
    Again(u32),
    /// It was only looked at.
    Checked,
}

/// What an upload is answered with.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// What happened.
    pub filed: Filed,
    /// The name of the file.
    pub file_name: String,
    /// The evaluators it speaks for.
    pub evaluators: Vec<String>,
    /// The vendors it names.
    pub vendors: Vec<String>,
    /// Whether file or form says of every answer who gave it; else they are the panel's.
    pub names_evaluator: bool,
    /// Who might have scored, by the name of the file.
    pub suggested_evaluator: Option<String>,
    /// What it does to the answers.
    pub changes: Changes,
    /// How the file was understood.
    pub read_as: ReadAs,
    /// What was accepted but noticed.
    pub warnings: Vec<Problem>,
    /// The evaluation afterwards, or as it would be.
    pub after: Arc<Opened>,
}

impl Receipt {
    /// The number of the sheet; `None` if it was only looked at.
    #[must_use]
    pub fn sheet(&self) -> Option<u32> {
        match self.filed {
            Filed::New(number) | Filed::Again(number) => Some(number),
            Filed::Checked => None,
        }
    }

    /// Who has answered what, and what is still missing.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.after.progress()
    }
}
