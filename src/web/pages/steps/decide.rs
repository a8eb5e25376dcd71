//! Step 5: the decision with its reason, and the files that go with it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, may};
use crate::evaluation::Phase;
use crate::record::{Decision, EvaluationId};
use crate::service::{self, Opened, Service, Step};
use crate::web::{Caller, Error, Layout, Posted, State, page_with_status};

use super::super::Address;
use super::method::unknown_form;
use super::typed::Typed;
use super::{Answer, Around, Done, Outcome, outcome};

#[derive(Template)]
#[template(path = "pages/decide.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    is_closed: bool,
    shows: bool,
    vendors: Vec<&'a str>,
    decision: Option<DecisionView<'a>>,
}

struct DecisionView<'a> {
    vendor: Option<&'a str>,
    reason: &'a str,
    by: &'a str,
    at: String,
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

pub(in crate::web) async fn decide(
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
    match outcome(done, &id, "decide")? {
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
    let (actor, reason) = (caller.actor(), typed.text("reason"));
    match typed.text("what") {
        "decide" => {
            service.decide(actor, id, typed.some("vendor"), reason)?;
            Ok("decided")
        }
        "take-back" => {
            service.take_back_decision(actor, id, reason)?;
            Ok("taken-back")
        }
        other => Err(unknown_form(other)),
    }
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
    let shows = may(actor, Action::SeeResults, opened.dossier().object()).is_ok();
    let page = Page::new(state, &opened, answer, shows);
    page_with_status(request, answer.status(), &page)
}

impl<'a> Page<'a> {
    fn new(state: &State, opened: &'a Opened, answer: &Answer, shows: bool) -> Self {
        let dossier = opened.dossier();
        let evaluation = dossier.evaluation();
        let vendors = evaluation.vendor_indices();
        let stand = vendors.filter(|&one| !evaluation.is_excluded(one));
        Self {
            layout: state.layout(),
            around: Around::new(opened, Step::Decide, answer),
            is_closed: dossier.phase() == Phase::ScoringClosed,
            shows,
            vendors: stand.map(|one| evaluation.vendor_name(one)).collect(),
            decision: dossier.decision().map(DecisionView::new),
        }
    }
}

impl<'a> DecisionView<'a> {
    fn new(decision: &'a Decision) -> Self {
        Self {
            vendor: decision.vendor.as_deref(),
            reason: &decision.why.reason,
            by: &decision.why.by,
            at: decision.why.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        }
    }
}
