//! Several files on one page: what is said of the others is kept while one of them is answered.

use crate::record::EvaluationId;
use crate::web::held::{HeldFile, Holding};

use super::attempt::Job;
use super::outcome::Outcome;
use super::terms::Terms;

/// What a page says of its files, kept at hand like one.
const NAME: &str = "what a page says of its files";

/// What a form asks about files at hand.
#[derive(Default)]
pub(in crate::web::pages) struct Asked {
    pub(in crate::web::pages) jobs: Vec<Job>,
    /// What is said of files that are no longer at hand.
    pub(in crate::web::pages) gone: Vec<Terms>,
}

impl Asked {
    /// Files that have just come.
    pub(in crate::web::pages) fn about(jobs: Vec<Job>) -> Self {
        Self {
            jobs,
            ..Self::default()
        }
    }

    /// The same, of an evaluator who hands in what is theirs.
    pub(in crate::web::pages) fn only_by(self, evaluator: &str) -> Self {
        let jobs = self.jobs.into_iter().map(|job| Job {
            terms: job.terms.only_by(evaluator),
            ..job
        });
        Self {
            jobs: jobs.collect(),
            ..self
        }
    }

    /// The file that a form is about comes first; the others of its page are looked at again, or, if all are to be filed and
    /// they were seen, filed as well.
    pub(in crate::web::pages) fn of(
        id: &EvaluationId,
        fields: &[(String, String)],
        holding: &Holding,
    ) -> Self {
        let text = |name: &str| {
            let found = fields.iter().find(|(field, _)| field == name);
            found.map_or("", |(_, text)| text.as_str())
        };
        let mut asked = Self::default();
        let first = Terms::of(&pairs(fields));
        let others = others(id, text("others"), holding);
        if !first.held().is_empty() || others.is_empty() {
            asked.add(id, first.clone(), holding);
        }
        let is_all = text("all") == "file";
        for terms in others {
            let is_first = terms.held() == first.held() && terms.tab() == first.tab();
            if !is_first {
                let terms = if is_all { terms } else { terms.unseen() };
                asked.add(id, terms, holding);
            }
        }
        asked
    }

    fn add(&mut self, id: &EvaluationId, terms: Terms, holding: &Holding) {
        match holding.find(id, terms.held()) {
            Some(file) => self.jobs.push(Job {
                file,
                terms,
                is_fresh: false,
            }),
            None => self.gone.push(terms),
        }
    }
}

fn others(id: &EvaluationId, key: &str, holding: &Holding) -> Vec<Terms> {
    let kept = holding.find(id, key).filter(|file| file.name == NAME);
    let kept: Option<Vec<Vec<(String, String)>>> =
        kept.and_then(|file| serde_json::from_slice(&file.bytes).ok());
    let kept = kept.unwrap_or_default();
    kept.iter()
        .map(|fields| Terms::of(&pairs(fields)))
        .collect()
}

/// Keeps what is said of the files of a page; `None` if it has only one.
pub(in crate::web::pages) fn keep(
    id: &EvaluationId,
    outcomes: &[Outcome],
    holding: &Holding,
) -> Option<String> {
    if outcomes.len() < 2 {
        return None;
    }
    let said = |outcome: &Outcome| outcome.confirmation().or_else(|| outcome.open());
    let open: Vec<Vec<(String, String)>> = outcomes.iter().filter_map(said).collect();
    let bytes = serde_json::to_vec(&open).ok()?;
    let name = NAME.to_owned();
    let bytes = bytes.into();
    let file = HeldFile {
        name,
        bytes,
        is_typed: false,
    };
    holding.keep(id, file)
}

/// The fields of a form as pairs.
pub(in crate::web::pages) fn pairs(
    fields: &[(String, String)],
) -> impl Iterator<Item = (&str, &str)> + Clone {
    fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
}
