//! Step 1: the criteria set, the prices that score full and nothing; then it is frozen.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, Actor, may};
use crate::criteria::{CriteriaSet, Criterion, Kind};
use crate::evaluation::{EvaluationKind, Phase};
use crate::record::EvaluationId;
use crate::reports::filters;
use crate::service::{self, Opened, PriceRange, Service, Step};
use crate::web::{Caller, Error, Layout, Posted, State, page_with_status};

use super::super::Address;
use super::judgements::JudgementsRow;
use super::typed::Typed;
use super::{Answer, Around, Done, Outcome, outcome};

#[derive(Template)]
#[template(path = "pages/method.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    is_draft: bool,
    is_tender: bool,
    may_reopen: bool,
    sets: Vec<Offer<'a>>,
    set: SetFacts<'a>,
    prices: Vec<PriceFields<'a>>,
    /// The digest of the method sheet, once the method is frozen.
    sheet: Option<String>,
    /// The price rules under which one vendor moves another's points.
    relative: Vec<&'static str>,
    judgements: Vec<JudgementsRow>,
}

struct Offer<'a> {
    id: &'a str,
    title: &'a str,
    criteria: usize,
    is_chosen: bool,
}

struct SetFacts<'a> {
    id: &'a str,
    /// Whether it is on no list but the evaluation's own.
    is_own: bool,
    title: &'a str,
    version: &'a str,
    sha256: String,
    criteria: usize,
    categories: usize,
}

/// The price range of one criterion; the field names are those that a problem names.
struct PriceFields<'a> {
    title: &'a str,
    field: String,
    floor: Field,
    ceiling: Field,
    currency: Field,
}

struct Field {
    name: String,
    value: String,
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
    match outcome(done, &id, "method")? {
        Outcome::Gone(answer) => Ok(answer),
        Outcome::Again(mistakes) => {
            let answer = Answer::Again(mistakes, typed);
            answered(&state, caller, &request, id, &answer).await
        }
    }
}

pub(super) fn owned<'t>(fields: impl Iterator<Item = (&'t str, &'t str)>) -> Vec<(String, String)> {
    fields
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect()
}

fn carry_out(
    service: &Service,
    caller: Caller,
    id: &EvaluationId,
    typed: &Typed,
) -> Result<&'static str, service::Error> {
    let actor = caller.actor();
    match typed.text("what") {
        "choose" => {
            service.choose_method(actor, id, typed.text("criteria"), &[])?;
            Ok("set")
        }
        what @ ("prices" | "freeze") => {
            let opened = service.open(actor, id)?;
            let set = opened.dossier().set();
            let prices: Vec<PriceRange> =
                asked(service, set).map(|one| range(one, typed)).collect();
            if !prices.is_empty() {
                service.choose_method(actor, id, set.id(), &prices)?;
            }
            if what == "prices" {
                return Ok("prices");
            }
            service.freeze_method(actor, id)?;
            Ok("frozen")
        }
        "reopen" => {
            service.reopen_method(actor, id, typed.text("reason"))?;
            Ok("unfrozen")
        }
        other => Err(unknown_form(other)),
    }
}

/// A form that no page sends.
pub(super) fn unknown_form(what: &str) -> service::Error {
    let message = "the page has no such form; load it again";
    service::Error::field("what", Some(what), "unknown-form", message)
}

/// The criteria whose price range is said per evaluation: those whose set on offer leaves it open.
fn asked<'a>(
    service: &'a Service,
    set: &'a Arc<CriteriaSet>,
) -> impl Iterator<Item = &'a Criterion> {
    let offered = service.library().find(set.id()).unwrap_or(set);
    let needed = offered.prices_needed().into_iter();
    needed.filter_map(|index| set.criteria().get(index.position()))
}

fn range(criterion: &Criterion, typed: &Typed) -> PriceRange {
    let part = |part: &str| {
        typed
            .text(&format!("prices.{}.{part}", criterion.id()))
            .to_owned()
    };
    PriceRange {
        criterion: criterion.id().to_owned(),
        floor: part("floor"),
        ceiling: part("ceiling"),
        currency: part("currency").trim().to_uppercase(),
    }
}

pub(super) async fn answered(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    id: EvaluationId,
    answer: &Answer,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    let may_reopen = may(actor, Action::ReopenMethod, opened.dossier().object()).is_ok();
    let page = Page::new(state, &opened, actor, answer, may_reopen);
    page_with_status(request, answer.status(), &page)
}

impl<'a> Page<'a> {
    fn new(
        state: &'a State,
        opened: &'a Opened,
        actor: Actor,
        answer: &Answer,
        may_reopen: bool,
    ) -> Self {
        let dossier = opened.dossier();
        let set = dossier.set();
        let sets = state.service().library().sets().iter();
        let around = Around::new(opened, actor, Step::Method, answer);
        let prices = asked(state.service(), set).map(|one| PriceFields::new(one, &around.typed));
        Self {
            layout: state.layout(),
            is_draft: dossier.phase() == Phase::Draft,
            is_tender: dossier.kind() == EvaluationKind::Tender,
            may_reopen,
            sets: sets
                .map(|offer| Offer {
                    id: offer.id(),
                    title: offer.title(),
                    criteria: offer.criteria().len(),
                    is_chosen: offer.id() == set.id(),
                })
                .collect(),
            set: SetFacts {
                id: set.id(),
                is_own: state.service().library().find(set.id()).is_none(),
                title: set.title(),
                version: set.version(),
                sha256: set.sha256().to_string(),
                criteria: set.criteria().len(),
                categories: set.categories().len(),
            },
            prices: prices.collect(),
            sheet: dossier.method_sheet().map(|sheet| sheet.to_string()),
            relative: relative_rules(set),
            judgements: dossier
                .judgements()
                .iter()
                .map(|found| JudgementsRow::new(&around.here, found))
                .collect(),
            around,
        }
    }
}

fn relative_rules(set: &CriteriaSet) -> Vec<&'static str> {
    let rules = set.criteria().iter().filter_map(|one| match one.kind() {
        Kind::Priced(priced) if priced.rule().is_relative() => Some(priced.rule().name()),
        Kind::Priced(_) | Kind::Rated(_) | Kind::PassFail => None,
    });
    let mut rules: Vec<&str> = rules.collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

impl<'a> PriceFields<'a> {
    fn new(criterion: &'a Criterion, typed: &Typed) -> Self {
        let (range, currency) = match criterion.kind() {
            Kind::Priced(priced) => (priced.range(), priced.currency()),
            Kind::Rated(_) | Kind::PassFail => (None, None),
        };
        let field = |part: &str, stands: String| {
            let name = format!("prices.{}.{part}", criterion.id());
            let value = if typed.is_empty() {
                stands
            } else {
                typed.text(&name).to_owned()
            };
            Field { name, value }
        };
        let amount = |end: Option<String>| end.unwrap_or_default();
        Self {
            title: criterion.title(),
            field: format!("prices.{}", criterion.id()),
            floor: field(
                "floor",
                amount(range.map(|range| range.floor().to_string())),
            ),
            ceiling: field(
                "ceiling",
                amount(range.map(|range| range.ceiling().to_string())),
            ),
            currency: field("currency", currency.unwrap_or_default().to_owned()),
        }
    }
}
