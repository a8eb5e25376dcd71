//! Looking at a file, or filing what was looked at, and what came of it.

use std::sync::Arc;

use crate::accounts::Actor;
use crate::evaluation::Refusal;
use crate::record::{Digest, EvaluationId};
use crate::service::{self, Opened, Receipt, Service};
use crate::sheets::{self, Problem, Rule};
use crate::table::xlsx::NotAWorkbook;
use crate::web::held::HeldFile;

use super::terms::Terms;

/// The most tabs of one workbook that are looked at together.
const TABS: usize = 30;

/// A file with what is said about it.
pub(in crate::web::pages) struct Job {
    pub(in crate::web::pages) file: HeldFile,
    pub(in crate::web::pages) terms: Terms,
    /// Whether it has come just now: that it is refused is recorded once.
    pub(in crate::web::pages) is_fresh: bool,
}

/// One file, or one tab of it, and what came of it.
pub(in crate::web::pages) struct Attempt {
    pub(in crate::web::pages) file: HeldFile,
    pub(in crate::web::pages) terms: Terms,
    pub(in crate::web::pages) verdict: Verdict,
    /// The tabs of its workbook that look like score sheets, if there are several.
    pub(in crate::web::pages) tabs: Arc<[String]>,
}

/// What came of a file.
pub(in crate::web::pages) enum Verdict {
    /// It is filed, was filed before, or was only looked at.
    Taken(Box<Receipt>),
    /// What it replaces has changed since it was looked at; this is how it is now.
    Stale(Box<Receipt>),
    /// It does not say who scored; perhaps its tab has a name that does.
    WhoScored(Option<String>),
    /// It is refused.
    Refused(Vec<Problem>),
    /// It does not go with what is there.
    Unfit(Vec<String>),
}

/// Each on its own: one that is refused does not hold up the others. Gives the evaluation as it stands afterwards.
pub(in crate::web::pages) fn attempt_all(
    service: &Service,
    actor: Actor,
    id: &EvaluationId,
    jobs: Vec<Job>,
) -> Result<(Arc<Opened>, Vec<Attempt>), service::Error> {
    let mut attempts = Vec::new();
    for job in jobs {
        let trying = Trying {
            service,
            actor,
            id,
            opened: service.open(actor, id)?,
        };
        attempts.append(&mut trying.job(job)?);
    }
    Ok((service.open(actor, id)?, attempts))
}

struct Trying<'a> {
    service: &'a Service,
    actor: Actor,
    id: &'a EvaluationId,
    opened: Arc<Opened>,
}

impl Trying<'_> {
    /// A workbook with several tabs of scores is looked at tab by tab.
    fn job(&self, job: Job) -> Result<Vec<Attempt>, service::Error> {
        let Job {
            file,
            mut terms,
            is_fresh,
        } = job;
        let mut tabs = self.tabs_of(&file, &terms);
        if let Some(tab) = terms.tab()
            && terms.may_guess()
        {
            let attempt = self.tab(&file, &terms, tab, &tabs, is_fresh)?;
            return Ok(vec![attempt]);
        }
        let mut verdict = self.verdict(&file, &terms)?;
        if let Some(several) = several_tabs(&verdict) {
            tabs = several.into();
            let shown = tabs.iter().take(TABS);
            let attempts: Result<Vec<Attempt>, _> = shown
                .map(|tab| self.tab(&file, &terms, tab, &tabs, is_fresh))
                .collect();
            return attempts;
        }
        if terms.tab().is_none()
            && lacks_vendor(&verdict)
            && let listed = self.opened.dossier().evaluation().vendors()
            && let Some(vendor) = self.opened.named_by(&file.name, listed)
            && let Some(about) = terms.about_vendor(&vendor)
        {
            terms = about;
            verdict = self.verdict(&file, &terms)?;
        }
        if let Verdict::WhoScored(named) = &mut verdict {
            *named = named.take().or_else(|| self.who_scored(&file, &terms));
        }
        self.told(file, terms, verdict, tabs, is_fresh)
            .map(|attempt| vec![attempt])
    }

    /// The tabs of a workbook of which one is named.
    fn tabs_of(&self, file: &HeldFile, terms: &Terms) -> Arc<[String]> {
        let limits = self.service.limits();
        let tabs = terms
            .tab()
            .map(|_| sheets::score_tabs(&file.bytes, terms.declared(), limits));
        tabs.unwrap_or_default().into()
    }

    /// What a tab does not say itself, its name may.
    fn tab(
        &self,
        file: &HeldFile,
        said: &Terms,
        tab: &str,
        tabs: &Arc<[String]>,
        is_fresh: bool,
    ) -> Result<Attempt, service::Error> {
        let dossier = self.opened.dossier();
        let mut terms = said.about_tab(tab, !dossier.lists_vendors());
        // Among several tabs, one named after an evaluator is theirs, whoever hands in the file.
        let listed = dossier.evaluation().evaluators();
        if let Some(name) = self.opened.named_by(tab, listed)
            && !terms.evaluator().is_empty()
        {
            terms = terms.by(name);
        }
        let mut verdict = self.verdict(file, &terms)?;
        if lacks_vendor(&verdict)
            && let Some(vendor) = self.opened.vendor_of_tab(Some(tab), &file.name)
            && let Some(about) = terms.about_vendor(&vendor)
        {
            terms = about;
            verdict = self.verdict(file, &terms)?;
        }
        if let Verdict::WhoScored(told) = &verdict {
            let is_vendor = terms.declared().vendor().is_some();
            let name = if is_vendor {
                let told = told.clone();
                told.or_else(|| self.opened.suggested_evaluator(None, &file.name))
            } else {
                self.opened.evaluator_of_tab(tab, &file.name)
            };
            if let Some(name) = name {
                terms = terms.by(name);
                verdict = self.verdict(file, &terms)?;
            }
        }
        self.told(file.clone(), terms, verdict, Arc::clone(tabs), is_fresh)
    }

    fn who_scored(&self, file: &HeldFile, terms: &Terms) -> Option<String> {
        let tab = terms.tab().map(str::to_owned).or_else(|| {
            let limits = self.service.limits();
            sheets::score_tabs(&file.bytes, terms.declared(), limits).pop()
        });
        match tab {
            Some(tab) => self.opened.evaluator_of_tab(&tab, &file.name),
            None => self.opened.suggested_evaluator(None, &file.name),
        }
    }

    fn told(
        &self,
        file: HeldFile,
        terms: Terms,
        verdict: Verdict,
        tabs: Arc<[String]>,
        is_fresh: bool,
    ) -> Result<Attempt, service::Error> {
        if !matches!(verdict, Verdict::Taken(_) | Verdict::Stale(_)) {
            let (id, sha256) = (self.id, Digest::of(&file.bytes));
            tracing::info!(evaluation = %id, file = %file.name.escape_debug(), %sha256, "a sheet was not taken");
        }
        if let Verdict::Refused(problems) = &verdict
            && is_fresh
        {
            let upload = terms.upload(&file);
            self.service
                .record_refusal(self.actor, self.id, &upload, problems)?;
        }
        Ok(Attempt {
            file,
            terms,
            verdict,
            tabs,
        })
    }

    /// Files what was seen, and looks at what was not.
    fn verdict(&self, file: &HeldFile, terms: &Terms) -> Result<Verdict, service::Error> {
        if !terms.undeclarable().is_empty() {
            return Ok(Verdict::Unfit(terms.undeclarable().to_vec()));
        }
        let (service, actor, id) = (self.service, self.actor, self.id);
        let upload = terms.upload(file);
        let result = if terms.seen().is_some() {
            service.file_sheet(actor, id, &upload)
        } else {
            service.check_sheet(actor, id, &upload)
        };
        match result {
            Ok(receipt) => Ok(Verdict::Taken(Box::new(receipt))),
            Err(service::Error::PreviewStale) => {
                let now = self.verdict(file, &terms.clone().unseen())?;
                Ok(match now {
                    Verdict::Taken(receipt) => Verdict::Stale(receipt),
                    other => other,
                })
            }
            Err(service::Error::Sheet(problems) | service::Error::NotASheet(problems)) => {
                let is_nameless =
                    |problem: &Problem| matches!(problem.rule(), Rule::EvaluatorNeeded);
                if problems.iter().all(is_nameless) {
                    let told = problems.first().and_then(Problem::value);
                    Ok(Verdict::WhoScored(told.map(str::to_owned)))
                } else {
                    Ok(Verdict::Refused(problems))
                }
            }
            // What an evaluator may not hand in, told at the sheet.
            Err(service::Error::Fields(problems)) => {
                let told = problems.iter().map(|problem| match &problem.value {
                    Some(value) => format!("“{value}”: {}", problem.message),
                    None => problem.message.clone(),
                });
                Ok(Verdict::Unfit(told.collect()))
            }
            Err(service::Error::Refused(refusals)) => {
                let is_nameless =
                    |refusal: &Refusal| matches!(refusal, Refusal::EvaluatorNeeded { .. });
                if refusals.iter().all(is_nameless) {
                    Ok(Verdict::WhoScored(None))
                } else {
                    let told = refusals.iter().map(ToString::to_string);
                    Ok(Verdict::Unfit(told.collect()))
                }
            }
            Err(other) => Err(other),
        }
    }
}

/// The tabs of a workbook that all look like score sheets, if that is what is in the way.
fn several_tabs(verdict: &Verdict) -> Option<Vec<String>> {
    let Verdict::Refused(problems) = verdict else {
        return None;
    };
    match problems.first()?.rule() {
        Rule::Workbook(NotAWorkbook::SeveralTabs(tabs)) => Some(tabs.clone()),
        _ => None,
    }
}

fn lacks_vendor(verdict: &Verdict) -> bool {
    let Verdict::Refused(problems) = verdict else {
        return false;
    };
    let is_vendor = |problem: &Problem| matches!(problem.rule(), Rule::MissingColumn("vendor"));
    !problems.is_empty() && problems.iter().all(is_vendor)
}
