//! Step 2: vendors and people. Step 3: handing out the sheets.

use std::sync::Arc;

use crate::accounts::{Action, Actor};
use crate::criteria::CategoryIndex;
use crate::evaluation::EvaluatorIndex;
use crate::record::{Change, Dossier, EvaluationId};
use crate::table::{Name, NameList};

use super::opened::Opened;
use super::{Entry, Error, FieldProblem, Service};

/// What an evaluator is to score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignment {
    /// Every criterion but the prices.
    Everything,
    /// The criteria of some categories, by the categories' ids.
    Categories(Vec<String>),
    /// What they answer of their own accord.
    Open,
}

impl Service {
    /// Adds vendors; those that are listed already are left as they are.
    ///
    /// # Errors
    /// [`Error::Fields`] with every name that cannot be one, [`Error::Refused`] for look-alikes.
    pub fn add_vendors(
        &self,
        actor: Actor,
        id: &EvaluationId,
        names: &[String],
    ) -> Result<Arc<Opened>, Error> {
        let mut problems = Vec::new();
        let steps = vendor_steps(names, &mut problems);
        if !problems.is_empty() {
            return Err(Error::Fields(problems));
        }
        self.change(actor, Action::ChangeVendors, id, |dossier| {
            Ok(unlisted(steps, dossier))
        })
    }

    /// Takes a vendor that no sheet names off the list.
    ///
    /// # Errors
    /// [`Error::Refused`] if a sheet names it.
    pub fn remove_vendor(
        &self,
        actor: Actor,
        id: &EvaluationId,
        vendor: &str,
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::ChangeVendors, id, |dossier| {
            let vendor = vendor_name(dossier, vendor)?;
            Ok(vec![Entry::plain(Change::VendorRemoved { vendor })])
        })
    }

    /// Adds evaluators; those that are listed already are left as they are.
    ///
    /// # Errors
    /// [`Error::Fields`] with every name that cannot be one, [`Error::Refused`] for look-alikes.
    pub fn add_evaluators(
        &self,
        actor: Actor,
        id: &EvaluationId,
        names: &[String],
    ) -> Result<Arc<Opened>, Error> {
        let mut problems = Vec::new();
        let steps = evaluator_steps(names, &mut problems);
        if !problems.is_empty() {
            return Err(Error::Fields(problems));
        }
        self.change(actor, Action::ChangeEvaluators, id, |dossier| {
            Ok(unlisted(steps, dossier))
        })
    }

    /// Takes an evaluator whom no sheet names off the list.
    ///
    /// # Errors
    /// [`Error::Refused`] if a sheet names them.
    pub fn remove_evaluator(
        &self,
        actor: Actor,
        id: &EvaluationId,
        evaluator: &str,
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::ChangeEvaluators, id, |dossier| {
            let evaluator = evaluator_name(dossier, evaluator)?;
            Ok(vec![Entry::plain(Change::EvaluatorRemoved { evaluator })])
        })
    }

    /// Says what an evaluator is to score; what is not answered of it is then missing.
    ///
    /// # Errors
    /// [`Error::NoEvaluator`], or [`Error::Fields`] for a category that is not there.
    pub fn assign(
        &self,
        actor: Actor,
        id: &EvaluationId,
        evaluator: &str,
        assignment: &Assignment,
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::ChangeEvaluators, id, |dossier| {
            let evaluator = evaluator_name(dossier, evaluator)?;
            let criteria = assigned_ids(dossier, assignment)?;
            Ok(vec![Entry::plain(Change::CriteriaAssigned {
                evaluator,
                criteria,
            })])
        })
    }

    /// Notes that evaluators have got their sheets; those without an assignment are then to score everything.
    ///
    /// # Errors
    /// [`Error::NoEvaluator`] if somebody is not on the list.
    pub fn hand_out(
        &self,
        actor: Actor,
        id: &EvaluationId,
        evaluators: &[String],
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::HandOutSheets, id, |dossier| {
            let names = evaluators.iter().map(|name| evaluator_name(dossier, name));
            let evaluators = names.collect::<Result<Vec<_>, _>>()?;
            if evaluators.is_empty() {
                return Ok(Vec::new());
            }
            Ok(vec![Entry::plain(Change::SheetsHandedOut { evaluators })])
        })
    }
}

fn assigned_ids(dossier: &Dossier, assignment: &Assignment) -> Result<Option<Vec<String>>, Error> {
    let set = dossier.set();
    let id_of = |index: crate::criteria::CriterionIndex| {
        set.criteria()
            .get(index.position())
            .map(|one| one.id().to_owned())
    };
    match assignment {
        Assignment::Open => Ok(None),
        Assignment::Everything => Ok(Some(dossier.scored_criteria().filter_map(id_of).collect())),
        Assignment::Categories(ids) => {
            let mut categories: Vec<CategoryIndex> = Vec::new();
            for id in ids {
                let found = set
                    .indexed_categories()
                    .find(|(_, category)| category.id() == id);
                let Some((index, _)) = found else {
                    let message = "the criteria set has no such category";
                    return Err(Error::field(
                        "categories",
                        Some(id),
                        "unknown-category",
                        message,
                    ));
                };
                categories.push(index);
            }
            let within = |&index: &_| {
                categories
                    .iter()
                    .any(|&category| set.is_within(index, category))
            };
            Ok(Some(
                dossier
                    .scored_criteria()
                    .filter(within)
                    .filter_map(id_of)
                    .collect(),
            ))
        }
    }
}

pub(super) fn vendor_steps(names: &[String], problems: &mut Vec<FieldProblem>) -> Vec<Entry> {
    let names = parsed("vendors", names, problems);
    let changes = names.into_iter().map(|name| Change::VendorAdded {
        vendor: name.shown().to_owned(),
    });
    changes.map(Entry::plain).collect()
}

pub(super) fn evaluator_steps(names: &[String], problems: &mut Vec<FieldProblem>) -> Vec<Entry> {
    let names = parsed("evaluators", names, problems);
    let changes = names.into_iter().map(|name| Change::EvaluatorAdded {
        evaluator: name.shown().to_owned(),
    });
    changes.map(Entry::plain).collect()
}

/// The names of a list, each once; blank ones are left out.
fn parsed(field: &str, texts: &[String], problems: &mut Vec<FieldProblem>) -> Vec<Name> {
    let mut list = NameList::default();
    for text in texts.iter().filter(|text| !text.trim().is_empty()) {
        let message = match Name::parse(text) {
            Err(error) => (error.to_string(), "no-name"),
            Ok(name) => match list.find_or_add(&name) {
                Ok(_) => continue,
                Err(like) => {
                    let like = list.get(like).map_or("", Name::shown);
                    let message = format!(
                        "looks like \"{like}\" but is written with other characters; write it the same way everywhere"
                    );
                    (message, "confusable-name")
                }
            },
        };
        problems.push(FieldProblem {
            field: field.to_owned(),
            value: Some(text.clone()),
            code: message.1,
            message: message.0,
        });
    }
    list.names().to_vec()
}

/// The steps that add names which are not listed yet.
pub(super) fn unlisted(steps: Vec<Entry>, dossier: &Dossier) -> Vec<Entry> {
    let evaluation = dossier.evaluation();
    let is_new = |step: &Entry| match &step.change {
        Change::VendorAdded { vendor } => {
            Name::parse(vendor).is_ok_and(|name| evaluation.vendor_named(&name).is_none())
        }
        Change::EvaluatorAdded { evaluator } => {
            Name::parse(evaluator).is_ok_and(|name| evaluation.evaluator_named(&name).is_none())
        }
        _ => true,
    };
    steps.into_iter().filter(is_new).collect()
}

/// The name of a vendor as shown.
pub(super) fn vendor_name(dossier: &Dossier, text: &str) -> Result<String, Error> {
    let evaluation = dossier.evaluation();
    let found = Name::parse(text)
        .ok()
        .and_then(|name| evaluation.vendor_named(&name));
    found
        .map(|index| evaluation.vendor_name(index).to_owned())
        .ok_or(Error::NoVendor)
}

/// The evaluator of a name.
pub(super) fn named_evaluator(dossier: &Dossier, text: &str) -> Result<EvaluatorIndex, Error> {
    let name = Name::parse(text).map_err(|_| Error::NoEvaluator)?;
    let found = dossier.evaluation().evaluator_named(&name);
    found.ok_or(Error::NoEvaluator)
}

/// The name of an evaluator as shown.
pub(super) fn evaluator_name(dossier: &Dossier, text: &str) -> Result<String, Error> {
    let index = named_evaluator(dossier, text)?;
    Ok(dossier.evaluation().evaluator_name(index).to_owned())
}
