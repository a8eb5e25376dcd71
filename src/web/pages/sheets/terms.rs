//! What is said beside a file, as the forms of the pages send it.

use crate::record::Digest;
use crate::service::{Came, Upload};
use crate::sheets::Declared;
use crate::web::held::HeldFile;

/// What is said beside a file.
#[derive(Debug, Clone, Default)]
pub(in crate::web::pages) struct Terms {
    /// The word for a file that was sent before.
    held: String,
    evaluator: String,
    new_vendors: bool,
    new_evaluators: bool,
    tab: String,
    /// What its preview showed; only with it a file is filed.
    seen: Option<Digest>,
    declared: Declared,
    /// What was said that cannot be declared.
    undeclarable: Vec<String>,
    guess: Guess,
}

/// Whether what a sheet does not say itself is taken from the name of its tab or file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Guess {
    #[default]
    No,
    May,
    Done,
}

impl Terms {
    /// Reads the fields of a form.
    pub(in crate::web::pages) fn of<'t>(
        fields: &(impl Iterator<Item = (&'t str, &'t str)> + Clone),
    ) -> Self {
        let text = |field: &str| {
            let found = fields.clone().find(|(name, _)| *name == field);
            found.map(|(_, text)| text.to_owned()).unwrap_or_default()
        };
        let statements = fields
            .clone()
            .filter(|(name, _)| Declared::is_statement(name));
        let (declared, undeclarable) = match Declared::parse(statements) {
            Ok(declared) => (declared, Vec::new()),
            Err(wrong) => {
                let told = wrong.iter().map(|(field, why)| format!("{field}: {why}"));
                (Declared::default(), told.collect())
            }
        };
        Self {
            seen: text("seen").parse().ok(),
            declared,
            undeclarable,
            held: text("held"),
            evaluator: text("evaluator").trim().to_owned(),
            new_vendors: text("new_vendors") == "allow",
            new_evaluators: text("new_evaluators") == "allow",
            tab: text("tab").trim().to_owned(),
            guess: match text("guess").as_str() {
                "may" => Guess::May,
                "done" => Guess::Done,
                _ => Guess::No,
            },
        }
    }

    /// The same, to be looked at, whatever was seen before.
    pub(in crate::web::pages) fn unseen(self) -> Self {
        Self { seen: None, ..self }
    }

    pub(in crate::web::pages) fn held(&self) -> &str {
        &self.held
    }

    pub(in crate::web::pages) fn evaluator(&self) -> &str {
        &self.evaluator
    }

    pub(in crate::web::pages) fn tab(&self) -> Option<&str> {
        Some(self.tab.as_str()).filter(|tab| !tab.is_empty())
    }

    pub(in crate::web::pages) fn declared(&self) -> &Declared {
        &self.declared
    }

    pub(in crate::web::pages) fn undeclarable(&self) -> &[String] {
        &self.undeclarable
    }

    pub(in crate::web::pages) fn is_guessed(&self) -> bool {
        self.guess == Guess::Done
    }

    pub(in crate::web::pages) fn may_guess(&self) -> bool {
        self.guess == Guess::May
    }

    pub(in crate::web::pages) fn seen(&self) -> Option<Digest> {
        self.seen
    }

    /// The same about a tab. While no vendors are listed, each tab may bring its own, also after the first is filed.
    pub(in crate::web::pages) fn about_tab(&self, tab: &str, brings_vendors: bool) -> Self {
        Self {
            tab: tab.to_owned(),
            new_vendors: self.new_vendors || brings_vendors,
            seen: None,
            ..self.clone()
        }
    }

    /// The same, by somebody the tab or the file is named after.
    pub(in crate::web::pages) fn by(self, evaluator: String) -> Self {
        Self {
            evaluator,
            guess: Guess::Done,
            ..self
        }
    }

    /// The same of an evaluator who hands in what is theirs: no name is guessed, and none joins a list.
    pub(in crate::web::pages) fn only_by(self, evaluator: &str) -> Self {
        Self {
            evaluator: evaluator.to_owned(),
            new_vendors: false,
            new_evaluators: false,
            ..self
        }
    }

    /// The same about a vendor the tab or the file is named after; `None` if that is no name.
    pub(in crate::web::pages) fn about_vendor(&self, vendor: &str) -> Option<Self> {
        let said = self.declared.statements().chain([("vendor", vendor)]);
        Some(Self {
            declared: Declared::parse(said).ok()?,
            guess: Guess::Done,
            ..self.clone()
        })
    }

    /// The fields of a form that says the same of a file at hand.
    pub(in crate::web::pages) fn fields(&self, held: &str) -> Vec<(String, String)> {
        let allow = |is: bool| if is { "allow" } else { "" };
        let guess = if self.is_guessed() { "done" } else { "" };
        let said = [
            ("held", held),
            ("tab", &self.tab),
            ("evaluator", &self.evaluator),
            ("new_vendors", allow(self.new_vendors)),
            ("new_evaluators", allow(self.new_evaluators)),
            ("guess", guess),
        ];
        let said = said.into_iter().filter(|(_, text)| !text.is_empty());
        said.chain(self.declared.statements())
            .map(|(field, text)| (field.to_owned(), text.to_owned()))
            .collect()
    }

    pub(in crate::web::pages) fn upload(&self, file: &HeldFile) -> Upload {
        Upload {
            file_name: file.name.clone(),
            bytes: file.bytes.to_vec(),
            evaluator: (!self.evaluator.is_empty()).then(|| self.evaluator.clone()),
            tab: self.tab().map(str::to_owned),
            declared: self.declared.clone(),
            seen: self.seen,
            demands_name: true,
            came: if file.is_typed {
                Came::Typed
            } else {
                Came::AsFile
            },
            new_vendors: self.new_vendors,
            new_evaluators: self.new_evaluators,
        }
    }
}
