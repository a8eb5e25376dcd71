//! Sealed prices: that they are, when they are opened, and opening them.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, Actor, Denied, may};
use crate::evaluation::Prices;
use crate::record::EvaluationId;
use crate::service::{self, OpenCell, Opened, Service, Step};
use crate::web::{Caller, Confirmed, Error, Layout, Posted, State, page_with_status};

use super::super::Address;
use super::method::unknown_form;
use super::typed::Typed;
use super::{Answer, Around, Done, Outcome, outcome};

#[derive(Template)]
#[template(path = "pages/prices.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    is_sealed: bool,
    is_opened: bool,
    may_open: bool,
    /// Why they cannot be opened now, if it is not that somebody else has to.
    waits: Option<String>,
    /// The vendors without a price.
    without: Vec<&'a str>,
    /// How many answers beside prices are missing.
    missing: usize,
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

pub(in crate::web) async fn open(
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
    match outcome(done, &id, "prices")? {
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
    match typed.text("what") {
        "open" => service.open_prices(confirmed.actor(), id).map(|_| "opened"),
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
    let asked = may(actor, Action::OpenPrices, opened.dossier().object());
    let page = Page {
        may_open: asked.is_ok(),
        waits: match asked {
            Err(why @ (Denied::MethodOpen | Denied::ScoringOpen)) => Some(why.to_string()),
            _ => None,
        },
        ..Page::new(state, &opened, actor, answer)
    };
    page_with_status(request, answer.status(), &page)
}

impl<'a> Page<'a> {
    fn new(state: &State, opened: &'a Opened, actor: Actor, answer: &Answer) -> Self {
        let dossier = opened.dossier();
        let progress = opened.progress();
        let missing = progress.missing().saturating_sub(progress.prices.len());
        let prices = progress.prices;
        let name = |cell: &OpenCell| dossier.evaluation().vendor_name(cell.vendor);
        let mut without: Vec<&str> = prices.iter().map(name).collect();
        without.dedup();
        Self {
            layout: state.layout(),
            around: Around::new(opened, actor, Step::Decide, answer),
            is_sealed: dossier.prices() == Prices::Sealed,
            is_opened: dossier.prices() == Prices::Opened,
            may_open: false,
            waits: None,
            without,
            missing,
        }
    }
}
