//! Step 4, its second half: who and what does not count, and the end of scoring.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, Actor, may};
use crate::evaluation::Phase;
use crate::record::{Dossier, EvaluationId};
use crate::service::{self, Opened, Service, Step};
use crate::table::Name;
use crate::web::{Caller, Error, Layout, Posted, State, page_with_status};

use super::super::Address;
use super::method::unknown_form;
use super::typed::Typed;
use super::{Answer, Around, Done, Outcome, outcome};

#[derive(Template)]
#[template(path = "pages/settle.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    is_draft: bool,
    is_open: bool,
    is_closed: bool,
    missing: usize,
    vendors: Vec<&'a str>,
    evaluators: Vec<&'a str>,
    exclusions: Vec<(&'a str, &'a str)>,
    recusals: Vec<(&'a str, Option<&'a str>, &'a str)>,
    /// Who declared what, for those who lead or audit.
    declared: Vec<DeclaredView<'a>>,
}

/// What one evaluator declared last.
struct DeclaredView<'a> {
    evaluator: &'a str,
    /// Each with whether the evaluator is recused there already.
    conflicts: Vec<(&'a str, bool)>,
    words: &'a str,
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

pub(in crate::web) async fn settle(
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
    match outcome(done, &id, "settle")? {
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
    let (vendor, evaluator) = (typed.some("vendor"), typed.text("evaluator"));
    let reason = typed.text("reason");
    let (opened, done) = match typed.text("what") {
        "close" => (service.close_scoring(actor, id), "closed"),
        "reopen" => (service.reopen_scoring(actor, id, reason), "reopened"),
        "exclude" => (
            service.exclude_vendor(actor, id, typed.text("vendor"), reason),
            "excluded",
        ),
        "readmit" => (
            service.readmit_vendor(actor, id, typed.text("vendor"), reason),
            "readmitted",
        ),
        "recuse" => (
            service.recuse_evaluator(actor, id, evaluator, vendor, reason),
            "recused",
        ),
        "return" => (
            service.return_evaluator(actor, id, evaluator, vendor, reason),
            "returned",
        ),
        other => return Err(unknown_form(other)),
    };
    opened.map(|_| done)
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
        let exclusions = dossier.exclusions().iter();
        let recusals = dossier.recusals().iter();
        let vendors = evaluation.vendors().names().iter();
        let evaluators = evaluation.evaluators().names().iter();
        Self {
            layout: state.layout(),
            around: Around::new(opened, actor, Step::Collect, answer),
            is_draft: dossier.phase() == Phase::Draft,
            is_open: dossier.phase() == Phase::Open,
            is_closed: dossier.phase() == Phase::ScoringClosed,
            missing: opened.progress().missing(),
            vendors: vendors.map(Name::shown).collect(),
            evaluators: evaluators.map(Name::shown).collect(),
            declared: declared(dossier, actor),
            exclusions: exclusions
                .map(|one| (one.vendor.as_str(), one.why.reason.as_str()))
                .collect(),
            recusals: recusals
                .map(|one| {
                    let vendor = one.vendor.as_deref();
                    (one.evaluator.as_str(), vendor, one.why.reason.as_str())
                })
                .collect(),
        }
    }
}

/// What each declared last, those with a conflict first.
fn declared(dossier: &Dossier, actor: Actor) -> Vec<DeclaredView<'_>> {
    if may(actor, Action::SeeTrail, dossier.object()).is_err() {
        return Vec::new();
    }
    let evaluation = dossier.evaluation();
    let mut seen = BTreeSet::new();
    let last = dossier.declarations().iter().rev();
    let last = last.filter(|one| seen.insert(one.evaluator.as_str()));
    let is_recused = |evaluator: &str, vendor: &str| {
        let evaluator = evaluation.evaluator_named(&Name::parse(evaluator).ok()?)?;
        let vendor = evaluation.vendor_named(&Name::parse(vendor).ok()?)?;
        Some(evaluation.is_recused(evaluator, vendor))
    };
    let mut views: Vec<DeclaredView<'_>> = last
        .map(|one| DeclaredView {
            evaluator: &one.evaluator,
            conflicts: one
                .conflicts
                .iter()
                .map(|vendor| {
                    let recused = is_recused(&one.evaluator, vendor).unwrap_or(false);
                    (vendor.as_str(), recused)
                })
                .collect(),
            words: one.words.as_deref().unwrap_or_default(),
        })
        .collect();
    views.sort_by_key(|one| (one.conflicts.is_empty(), one.evaluator));
    views
}
