//! One score sheet that a program uploads, with what it says about it.

use actix_web::HttpRequest;

use crate::record::Digest;
use crate::service::{self, Came, FieldProblem, Upload};
use crate::sheets::Declared;
use crate::web::error::Error;

use super::{Query, Uploaded};

/// The fields beside the file; each may stand in the form or behind the question mark.
const FIELDS: [&str; 8] = [
    "seen",
    "decimal",
    "vendor",
    "evaluator",
    "tab",
    "new_vendors",
    "new_evaluators",
    "dry_run",
];

/// One score sheet with what is said about it.
#[derive(Debug)]
pub(in crate::web) struct SheetForm {
    pub(in crate::web) upload: Upload,
    /// Whether it is only looked at.
    pub(in crate::web) dry_run: bool,
}

impl SheetForm {
    /// Reads a form.
    ///
    /// # Errors
    /// [`service::Error::Fields`] with everything that is wrong with its fields.
    pub(in crate::web) fn of(request: &HttpRequest, uploaded: Uploaded) -> Result<Self, Error> {
        let query = Query::of(request, &FIELDS)?;
        let mut reading = Reading::default();
        let (statements, fields): (Vec<_>, Vec<_>) = query
            .pairs()
            .chain(uploaded.texts())
            .partition(|(name, _)| Declared::is_statement(name));
        for (name, text) in fields {
            reading.text(name, text);
        }
        let declared = reading.declared(&statements);
        let mut files = uploaded.into_files();
        reading.files(files.iter().map(|file| file.field.as_str()));
        let seen = reading.seen();
        if !reading.problems.is_empty() {
            return Err(service::Error::Fields(reading.problems).into());
        }
        let file = files.pop();
        let (file_name, bytes) = file.map_or_else(Default::default, |file| (file.name, file.bytes));
        Ok(Self {
            dry_run: reading.is("dry_run", "true"),
            upload: Upload {
                demands_name: false,
                came: Came::AsFile,
                tab: reading.take("tab").filter(|tab| !tab.trim().is_empty()),
                declared,
                seen,
                file_name,
                bytes,
                new_vendors: reading.is("new_vendors", "allow"),
                new_evaluators: reading.is("new_evaluators", "allow"),
                evaluator: reading.take("evaluator"),
            },
        })
    }
}

/// The fields as they are read, and what is wrong with them.
#[derive(Debug, Default)]
struct Reading {
    taken: Vec<(String, String)>,
    problems: Vec<FieldProblem>,
}

impl Reading {
    fn seen(&mut self) -> Option<Digest> {
        let text = self.take("seen").filter(|text| !text.is_empty())?;
        let seen = text.parse().ok();
        if seen.is_none() {
            let message =
                "write what the dry run answered in Scorecard-Seen, or leave the field out";
            self.refuse("seen", Some(&text), "unknown-value", message);
        }
        seen
    }

    fn declared(&mut self, statements: &[(&str, &str)]) -> Declared {
        Declared::parse(statements.iter().copied()).unwrap_or_else(|wrong| {
            for (field, why) in wrong {
                self.refuse(&field, None, "not-declarable", &why.to_string());
            }
            Declared::default()
        })
    }

    fn text(&mut self, name: &str, text: &str) {
        let allowed: &[&str] = match name {
            "evaluator" | "tab" | "seen" => &[],
            "new_vendors" | "new_evaluators" => &["allow", ""],
            "dry_run" => &["true", "false", ""],
            "file" => {
                let message = "send the sheet as a file with a name, like curl -F file=@sheet.csv";
                return self.refuse(name, None, "file-missing", message);
            }
            _ => return self.unknown(name, Some(text)),
        };
        if self.taken.iter().any(|(known, _)| known == name) {
            self.refuse(
                name,
                Some(text),
                "sent-twice",
                "it was sent twice; send it once",
            );
        } else if allowed.is_empty() || allowed.contains(&text) {
            self.taken.push((name.to_owned(), text.to_owned()));
        } else {
            let first = allowed.first().copied().unwrap_or_default();
            let message = format!("write {first}, or leave the field out");
            self.refuse(name, Some(text), "unknown-value", &message);
        }
    }

    fn files<'a>(&mut self, fields: impl Iterator<Item = &'a str>) {
        let mut count = 0_usize;
        for field in fields {
            if field == "file" {
                count = count.saturating_add(1);
            } else {
                self.unknown(field, None);
            }
        }
        let is_told = self.problems.iter().any(|problem| problem.field == "file");
        if count == 0 && !is_told {
            let message = "send the sheet in the field \"file\"";
            self.refuse("file", None, "file-missing", message);
        } else if count > 1 {
            let message = "send one sheet at a time, so that each has an answer of its own";
            self.refuse("file", None, "one-file-only", message);
        }
    }

    fn unknown(&mut self, name: &str, value: Option<&str>) {
        let message = format!(
            "there is no field of this name; there are: file, {}",
            FIELDS.join(", ")
        );
        self.refuse(name, value, "unknown-field", &message);
    }

    fn refuse(&mut self, name: &str, value: Option<&str>, code: &'static str, message: &str) {
        self.problems.push(FieldProblem {
            field: name.to_owned(),
            value: value.map(|text| text.chars().take(60).collect()),
            code,
            message: message.to_owned(),
        });
    }

    fn is(&self, name: &str, wanted: &str) -> bool {
        let mut taken = self.taken.iter();
        taken.any(|(known, text)| known == name && text == wanted)
    }

    fn take(&mut self, name: &str) -> Option<String> {
        let at = self.taken.iter().position(|(known, _)| known == name)?;
        Some(self.taken.swap_remove(at).1)
    }
}
