//! What is wrong with a form, told above it and beside its fields.

use crate::service;
use crate::web::Error;

/// What is wrong with a form.
#[derive(Debug, Clone, Default)]
pub(in crate::web::pages) struct Mistakes(Vec<Mistake>);

/// One thing that is wrong.
#[derive(Debug, Clone)]
pub(in crate::web::pages) struct Mistake {
    /// The field, which is also the id of its element; empty if it is no single field.
    pub(in crate::web::pages) field: String,
    pub(in crate::web::pages) value: Option<String>,
    pub(in crate::web::pages) message: String,
}

impl Mistakes {
    /// The mistakes of what was typed; any other error as it is.
    pub(in crate::web::pages) fn of(error: Error) -> Result<Self, Error> {
        match error {
            Error::Work(service::Error::Fields(problems)) => {
                let mistakes = problems.into_iter().map(|problem| Mistake {
                    field: problem.field,
                    value: problem.value,
                    message: problem.message,
                });
                Ok(Self(mistakes.collect()))
            }
            Error::Work(service::Error::Refused(refusals)) => {
                let mistakes = refusals.iter().map(|refusal| Mistake {
                    field: String::new(),
                    value: None,
                    message: refusal.to_string(),
                });
                Ok(Self(mistakes.collect()))
            }
            other => Err(other),
        }
    }

    /// All of them, in the order they were found.
    pub(in crate::web::pages) fn all(&self) -> &[Mistake] {
        &self.0
    }

    /// What is wrong with a field.
    pub(in crate::web::pages) fn at(&self, field: &str) -> Option<&str> {
        let found = self.0.iter().find(|mistake| mistake.field == field);
        found.map(|mistake| mistake.message.as_str())
    }

    /// Whether anything is wrong with a field.
    pub(in crate::web::pages) fn is_at(&self, field: &str) -> bool {
        self.at(field).is_some()
    }
}
