//! Step 5: the decision with its reason, and the files that go with it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, may};
use crate::evaluation::Phase;
use crate::record::{Decision, EvaluationId, TakenBack};
use crate::reports::filters;
use crate::service::{self, Opened, Pinned, Sameness, Service, Step};
use crate::web::{Caller, Confirmed, Error, Layout, Posted, State, page_with_status};

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
    lock: Option<DecisionView<'a>>,
    may_lock: bool,
    pinned: Option<PinView>,
}

/// The pinned result beside the one of now.
struct PinView {
    sha256: String,
    record: String,
    method: String,
    matches: bool,
    /// Whether the program writes more beside the pinned figures now.
    says_more: bool,
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
    confirmed: Confirmed,
    request: HttpRequest,
    address: web::Path<Address>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let (id, typed) = (address.id()?, Typed::from(fields));
    let (wanted, of) = (typed.clone(), id.clone());
    let done = state
        .work(move |service| carry_out(service, confirmed, &of, &wanted))
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
    confirmed: Confirmed,
    id: &EvaluationId,
    typed: &Typed,
) -> Result<&'static str, service::Error> {
    let (actor, reason) = (confirmed.actor(), typed.text("reason"));
    match typed.text("what") {
        "decide" => {
            service.decide(actor, id, typed.some("vendor"), reason)?;
            Ok("decided")
        }
        "lock" => {
            service.lock_result(actor, id, reason)?;
            Ok("locked")
        }
        "unlock" => {
            service.unlock_result(actor, id, reason)?;
            Ok("unlocked")
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
    let work = move |service: &Service| {
        let opened = service.open(actor, &id)?;
        let pinned = service.pinned(&opened)?;
        Ok((opened, pinned))
    };
    let (opened, pinned) = state.work(work).await?;
    let object = opened.dossier().object();
    let page = Page {
        shows: may(actor, Action::SeeResults, object).is_ok(),
        may_lock: may(actor, Action::LockResult, object).is_ok(),
        pinned: pinned.as_deref().map(PinView::new),
        ..Page::new(state, &opened, answer)
    };
    page_with_status(request, answer.status(), &page)
}

impl<'a> Page<'a> {
    fn new(state: &State, opened: &'a Opened, answer: &Answer) -> Self {
        let dossier = opened.dossier();
        let evaluation = dossier.evaluation();
        let vendors = evaluation.vendor_indices();
        let stand = vendors.filter(|&one| !evaluation.is_excluded(one));
        Self {
            layout: state.layout(),
            around: Around::new(opened, Step::Decide, answer),
            is_closed: dossier.phase() == Phase::ScoringClosed,
            shows: false,
            vendors: stand.map(|one| evaluation.vendor_name(one)).collect(),
            decision: dossier.decision().map(DecisionView::new),
            lock: dossier.lock().map(|lock| DecisionView::of(None, &lock.why)),
            may_lock: false,
            pinned: None,
        }
    }
}

impl<'a> DecisionView<'a> {
    fn new(decision: &'a Decision) -> Self {
        Self::of(decision.vendor.as_deref(), &decision.why)
    }

    fn of(vendor: Option<&'a str>, why: &'a TakenBack) -> Self {
        Self {
            vendor,
            reason: &why.reason,
            by: &why.by,
            at: why.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        }
    }
}

impl PinView {
    fn new(pinned: &Pinned) -> Self {
        Self {
            sha256: pinned.pin.result.to_string(),
            record: pinned.pin.record.clone(),
            method: pinned.pin.method.clone(),
            matches: pinned.matches(),
            says_more: pinned.agreement == Sameness::Figures,
        }
    }
}
