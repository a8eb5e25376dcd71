//! Trying to file a file, and what came of it.

use std::sync::Arc;

use crate::accounts::Actor;
use crate::evaluation::Refusal;
use crate::record::{Digest, EvaluationId};
use crate::service::{self, Opened, Receipt, Service, Upload};
use crate::sheets::{Declared, Problem, Rule};
use crate::table::xlsx::NotAWorkbook;
use crate::web::held::HeldFile;

/// What is said beside a file.
#[derive(Debug, Clone, Default)]
pub(in crate::web) struct Terms {
    /// The word for a file that was sent before.
    held: String,
    evaluator: String,
    new_vendors: String,
    new_evaluators: String,
    tab: String,
    dry_run: String,
    /// What its preview showed to be replaced.
    seen: Option<Digest>,
    declared: Declared,
    /// What was said that cannot be declared.
    undeclarable: Vec<String>,
}

/// One file, and what came of it.
pub(super) struct Attempt {
    pub(super) file: HeldFile,
    pub(super) terms: Terms,
    pub(super) verdict: Verdict,
}

/// What came of a file.
pub(super) enum Verdict {
    /// It is filed, was filed before, or was only looked at.
    Taken(Box<Receipt>),
    /// What it replaces has changed since it was looked at; this is how it is now.
    Stale(Box<Receipt>),
    /// It does not say who scored.
    WhoScored,
    /// Several tabs look like score sheets.
    WhichTab(Vec<String>),
    /// It is refused.
    Refused(Vec<Problem>),
    /// It does not go with what is there.
    Unfit(Vec<String>),
}

impl Terms {
    /// Reads the fields of a form.
    pub(super) fn of<'t>(fields: &(impl Iterator<Item = (&'t str, &'t str)> + Clone)) -> Self {
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
            evaluator: text("evaluator"),
            new_vendors: text("new_vendors"),
            new_evaluators: text("new_evaluators"),
            tab: text("tab"),
            dry_run: text("dry_run"),
        }
    }

    pub(super) fn held(&self) -> &str {
        &self.held
    }

    pub(super) fn evaluator(&self) -> &str {
        &self.evaluator
    }

    pub(super) fn tab(&self) -> Option<&str> {
        Some(self.tab.trim()).filter(|tab| !tab.is_empty())
    }

    pub(super) fn allows_vendors(&self) -> bool {
        self.new_vendors == "allow"
    }

    pub(super) fn allows_evaluators(&self) -> bool {
        self.new_evaluators == "allow"
    }

    pub(super) fn declared(&self) -> &Declared {
        &self.declared
    }

    pub(super) fn upload(&self, file: &HeldFile) -> Upload {
        let evaluator = self.evaluator.trim();
        Upload {
            file_name: file.name.clone(),
            bytes: file.bytes.to_vec(),
            evaluator: (!evaluator.is_empty()).then(|| evaluator.to_owned()),
            tab: self.tab().map(str::to_owned),
            declared: self.declared.clone(),
            seen: self.seen,
            demands_name: true,
            new_vendors: self.allows_vendors(),
            new_evaluators: self.allows_evaluators(),
        }
    }
}

/// Files each on its own: one that is refused does not hold up the others. Gives the evaluation as it stands afterwards.
pub(super) fn attempt_all(
    service: &Service,
    actor: Actor,
    id: &EvaluationId,
    files: Vec<HeldFile>,
    terms: &Terms,
) -> Result<(Arc<Opened>, Vec<Attempt>), service::Error> {
    let attempts = files
        .into_iter()
        .map(|file| attempt(service, actor, id, file, terms.clone()))
        .collect::<Result<Vec<_>, _>>()?;
    Ok((service.open(actor, id)?, attempts))
}

fn attempt(
    service: &Service,
    actor: Actor,
    id: &EvaluationId,
    file: HeldFile,
    terms: Terms,
) -> Result<Attempt, service::Error> {
    if !terms.undeclarable.is_empty() {
        let verdict = Verdict::Unfit(terms.undeclarable.clone());
        return Ok(Attempt {
            file,
            terms,
            verdict,
        });
    }
    let upload = terms.upload(&file);
    let result = if terms.dry_run == "true" {
        service.check_sheet(actor, id, &upload)
    } else {
        service.file_sheet(actor, id, &upload)
    };
    let verdict = match result {
        Ok(receipt) => Verdict::Taken(Box::new(receipt)),
        Err(service::Error::PreviewStale) => {
            Verdict::Stale(Box::new(service.check_sheet(actor, id, &upload)?))
        }
        Err(service::Error::Sheet(problems) | service::Error::NotASheet(problems)) => {
            let is_nameless = |problem: &Problem| matches!(problem.rule(), Rule::EvaluatorNeeded);
            if let Some(tabs) = several_tabs(&problems) {
                Verdict::WhichTab(tabs)
            } else if problems.iter().all(is_nameless) {
                Verdict::WhoScored
            } else {
                Verdict::Refused(problems)
            }
        }
        Err(service::Error::Refused(refusals)) => {
            let is_nameless =
                |refusal: &Refusal| matches!(refusal, Refusal::EvaluatorNeeded { .. });
            if refusals.iter().all(is_nameless) {
                Verdict::WhoScored
            } else {
                Verdict::Unfit(refusals.iter().map(ToString::to_string).collect())
            }
        }
        Err(other) => return Err(other),
    };
    if !matches!(verdict, Verdict::Taken(_) | Verdict::Stale(_)) {
        let sha256 = Digest::of(&file.bytes);
        tracing::info!(evaluation = %id, file = %file.name.escape_debug(), %sha256, "a sheet was not taken");
    }
    Ok(Attempt {
        file,
        terms,
        verdict,
    })
}

/// The tabs of a workbook that all look like score sheets, if that is what is in the way.
fn several_tabs(problems: &[Problem]) -> Option<Vec<String>> {
    match problems.first()?.rule() {
        Rule::Workbook(NotAWorkbook::SeveralTabs(tabs)) => Some(tabs.clone()),
        _ => None,
    }
}
