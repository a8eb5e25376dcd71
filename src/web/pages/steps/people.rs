//! Step 2: which vendors are compared, who scores them, and who scores what.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::Actor;
use crate::criteria::{Category, CategoryIndex};
use crate::evaluation::EvaluatorIndex;
use crate::record::{Dossier, EvaluationId};
use crate::service::{self, Assignment, Opened, Service, Step};
use crate::web::{Caller, Error, Layout, Posted, State, page_with_status};

use super::super::Address;
use super::method::unknown_form;
use super::typed::Typed;
use super::{Answer, Around, Done, Outcome, outcome};

#[derive(Template)]
#[template(path = "pages/people.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    vendors: Vec<Listed<'a>>,
    evaluators: Vec<Listed<'a>>,
    categories: Vec<&'a str>,
    assignments: Vec<Row<'a>>,
}

/// A name of a list, and whether it may still be taken off it.
struct Listed<'a> {
    name: &'a str,
    is_removable: bool,
}

/// What one evaluator is to score.
struct Row<'a> {
    name: &'a str,
    says: &'static str,
    boxes: Vec<Tick<'a>>,
}

struct Tick<'a> {
    field: String,
    category: &'a str,
    label: &'a str,
    is_ticked: bool,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    done: web::Query<Done>,
) -> Result<HttpResponse, Error> {
    let answer = Answer::Look(done.into_inner());
    answered(&state, caller, &request, address.id()?, &answer).await
}

pub(in crate::web) async fn change(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let (id, typed) = (address.id()?, Typed::from(fields));
    let (wanted, of) = (typed.clone(), id.clone());
    let done = state
        .work(move |service| carry_out(service, caller, &of, &wanted))
        .await;
    match outcome(done, &id, "people")? {
        Outcome::Gone(answer) => Ok(answer),
        Outcome::Again(mistakes) => {
            let answer = Answer::Again(mistakes, typed);
            answered(&state, caller, &request, id, &answer).await
        }
    }
}

fn carry_out(
    service: &Service,
    caller: Caller,
    id: &EvaluationId,
    typed: &Typed,
) -> Result<&'static str, service::Error> {
    let actor = caller.actor();
    match typed.text("what") {
        "add-vendors" => {
            service.add_vendors(actor, id, &names(typed, "vendors")?)?;
            Ok("vendors")
        }
        "remove-vendor" => {
            service.remove_vendor(actor, id, typed.text("vendor"))?;
            Ok("vendors")
        }
        "add-evaluators" => {
            service.add_evaluators(actor, id, &names(typed, "evaluators")?)?;
            Ok("evaluators")
        }
        "remove-evaluator" => {
            service.remove_evaluator(actor, id, typed.text("evaluator"))?;
            Ok("evaluators")
        }
        "assign" => {
            let opened = service.open(actor, id)?;
            for (name, assignment) in assignments(opened.dossier(), typed) {
                service.assign(actor, id, &name, &assignment)?;
            }
            Ok("assigned")
        }
        other => Err(unknown_form(other)),
    }
}

fn names(typed: &Typed, field: &str) -> Result<Vec<String>, service::Error> {
    let names = typed.lines(field);
    if names.iter().all(|name| name.trim().is_empty()) {
        let message = "write at least one name, one a line";
        return Err(service::Error::field(field, None, "names-missing", message));
    }
    Ok(names)
}

/// The assignments that the ticks change; what they leave as it stands is left alone.
fn assignments(dossier: &Dossier, typed: &Typed) -> Vec<(String, Assignment)> {
    let categories = scored_categories(dossier);
    let changed = dossier.scorers().filter_map(|evaluator| {
        let field = field_of(evaluator);
        let ticked: BTreeSet<&str> = typed.all(&field).collect();
        let now = ticks(dossier, evaluator, &categories);
        let stands: BTreeSet<&str> = now
            .iter()
            .filter(|one| one.2)
            .map(|one| one.1.id())
            .collect();
        if ticked == stands {
            return None;
        }
        let assignment = if ticked.is_empty() {
            Assignment::Open
        } else if ticked.len() == categories.len() {
            Assignment::Everything
        } else {
            Assignment::Categories(ticked.into_iter().map(str::to_owned).collect())
        };
        let name = dossier.evaluation().evaluator_name(evaluator);
        Some((name.to_owned(), assignment))
    });
    changed.collect()
}

/// The top-level categories in which something is scored.
fn scored_categories(dossier: &Dossier) -> Vec<(CategoryIndex, &Category)> {
    let set = dossier.set();
    let is_scored = |category| {
        let mut scored = dossier.scored_criteria();
        scored.any(|criterion| set.is_within(criterion, category))
    };
    let top = set
        .indexed_categories()
        .filter(|(_, category)| category.parent().is_none());
    top.filter(|(index, _)| is_scored(*index)).collect()
}

/// Whether everything of a category that is scored is assigned to an evaluator, category by category.
fn ticks<'a>(
    dossier: &'a Dossier,
    evaluator: EvaluatorIndex,
    categories: &[(CategoryIndex, &'a Category)],
) -> Vec<(CategoryIndex, &'a Category, bool)> {
    let set = dossier.set();
    let assigned = dossier.evaluation().assignment(evaluator);
    let is_whole = |category| {
        assigned.is_some_and(|assigned| {
            let within = dossier
                .scored_criteria()
                .filter(|&one| set.is_within(one, category));
            within.into_iter().all(|one| assigned.contains(&one))
        })
    };
    let ticks = categories.iter();
    ticks
        .map(|&(index, category)| (index, category, is_whole(index)))
        .collect()
}

fn field_of(evaluator: EvaluatorIndex) -> String {
    format!("assign.{}", evaluator.position())
}

async fn answered(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    id: EvaluationId,
    answer: &Answer,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    page_with_status(
        request,
        answer.status(),
        &Page::new(state, &opened, actor, answer),
    )
}

impl<'a> Page<'a> {
    fn new(state: &State, opened: &'a Opened, actor: Actor, answer: &Answer) -> Self {
        let dossier = opened.dossier();
        let evaluation = dossier.evaluation();
        let categories = scored_categories(dossier);
        let sheets = || {
            evaluation
                .sheet_indices()
                .filter_map(|one| evaluation.sheet(one))
        };
        let vendors = evaluation.vendors().names().iter().map(|name| Listed {
            name: name.shown(),
            is_removable: !sheets().any(|sheet| sheet.vendors().contains(name)),
        });
        let evaluators = evaluation.evaluators().names().iter().map(|name| Listed {
            name: name.shown(),
            is_removable: !sheets().any(|sheet| sheet.evaluators().contains(name)),
        });
        Self {
            layout: state.layout(),
            around: Around::new(opened, actor, Step::People, answer),
            vendors: vendors.collect(),
            evaluators: evaluators.collect(),
            assignments: dossier
                .scorers()
                .map(|evaluator| Row::new(dossier, evaluator, &categories))
                .collect(),
            categories: categories.iter().map(|(_, one)| one.title()).collect(),
        }
    }
}

impl<'a> Row<'a> {
    fn new(
        dossier: &'a Dossier,
        evaluator: EvaluatorIndex,
        categories: &[(CategoryIndex, &'a Category)],
    ) -> Self {
        let ticks = ticks(dossier, evaluator, categories);
        let says = match dossier.evaluation().assignment(evaluator) {
            None => "nothing said yet",
            Some(_) if ticks.iter().all(|(_, _, whole)| *whole) => "everything",
            Some(_) if ticks.iter().any(|(_, _, whole)| *whole) => "the categories ticked",
            Some(_) => "single criteria",
        };
        let boxes = ticks.into_iter().map(|(_, category, is_ticked)| Tick {
            field: field_of(evaluator),
            category: category.id(),
            label: category.title(),
            is_ticked,
        });
        Self {
            name: dossier.evaluation().evaluator_name(evaluator),
            says,
            boxes: boxes.collect(),
        }
    }
}
