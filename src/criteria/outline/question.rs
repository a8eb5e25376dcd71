//! What a spreadsheet leaves open and somebody has to say.

use serde::Serialize;

/// A question, answered by the declaration that it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The declaration that answers it, like `scale` or `weight:Must`.
    pub field: String,
    /// The stable name of its kind.
    pub code: &'static str,
    /// What is asked.
    pub message: String,
    /// The answers there are to choose from; empty if it is typed.
    pub options: Vec<Choice>,
    /// The answer that suggests itself, to be confirmed.
    pub suggested: Option<String>,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What is declared.
    pub value: String,
    /// What it means.
    pub text: String,
}

impl Question {
    /// A question that is answered by typing.
    #[must_use]
    pub fn typed(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            code,
            message: message.into(),
            options: Vec::new(),
            suggested: None,
        }
    }

    /// With answers to choose from.
    #[must_use]
    pub fn with(mut self, options: impl IntoIterator<Item = (String, String)>) -> Self {
        let choices = options.into_iter();
        self.options = choices
            .map(|(value, text)| Choice { value, text })
            .collect();
        self
    }

    /// With an answer that suggests itself.
    #[must_use]
    pub fn suggesting(mut self, answer: impl Into<String>) -> Self {
        self.suggested = Some(answer.into());
        self
    }
}
