//! Step 3: blank sheets for everybody who scores, the one for the prices, and what to write when they go out.

use std::collections::BTreeMap;

use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{Action, Actor, may};
use crate::evaluation::VendorIndex;
use crate::record::{Digest, Dossier, EvaluationId};
use crate::reports::filters;
use crate::service::{self, BlankFile, EvaluatorProgress, Opened, Step};
use crate::sheets::Shape;
use crate::table::Separator;
use crate::web::download::download;
use crate::web::{Caller, Error, Layout, Posted, Secret, State, page_with_status};

use super::super::Address;
use super::letter::{invitation, reminder, told};
use super::typed::Typed;
use super::{Answer, Around, Done, Mistakes, Outcome, outcome};

#[derive(Template)]
#[template(path = "pages/handout.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    has_vendors: bool,
    asks: Asks,
    missing_prices: usize,
    people: Vec<Person<'a>>,
    /// Those who have no sheet yet, if sheets can be handed out.
    waiting: Vec<&'a str>,
    is_draft: bool,
    /// Whether what people scored may be seen by others than themselves.
    shows_scores: bool,
    /// Everybody who scores.
    everybody: Vec<&'a str>,
    /// Why a link may not lead here from elsewhere.
    link_hint: Option<String>,
}

/// What the criteria set asks for beside scores.
struct Asks {
    prices: bool,
    costs: bool,
}

struct Person<'a> {
    name: &'a str,
    handed_out: Option<String>,
    answered: usize,
    owed: usize,
    invitation: String,
    /// The personal link that was made just now.
    link: Option<String>,
    /// What is to be said of the one they have.
    has_link: Option<String>,
    reminder: Option<String>,
}

/// Which blank sheet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Blank {
    evaluator: Option<String>,
    shape: Option<String>,
    sep: Option<String>,
}

/// Which sheet for the prices.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct PriceBlank {
    sep: Option<String>,
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
    let (of, actor) = (id.clone(), caller.actor());
    let names: Vec<String> = typed.all("evaluator").map(str::to_owned).collect();
    if typed.text("what") == "invite" {
        return invite(&state, caller, &request, id, typed).await;
    }
    let is_end = typed.text("what") == "end";
    let done = state
        .work(move |service| {
            if is_end {
                let names = names.iter();
                let ended = names.map(|name| service.end_invitation(actor, &of, name).map(drop));
                ended.collect::<Result<(), _>>()?;
                return Ok("ended");
            }
            service.hand_out(actor, &of, &names)?;
            Ok("handed-out")
        })
        .await;
    match outcome(done, &id, "handout")? {
        Outcome::Gone(answer) => Ok(answer),
        Outcome::Again(mistakes) => {
            let answer = Answer::Again(mistakes, typed);
            answered(&state, caller, &request, id, &answer).await
        }
    }
}

/// Makes personal links, and shows them: this once, for only their digests are kept.
async fn invite(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    id: EvaluationId,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let mut secrets = Vec::new();
    for name in typed.all("evaluator") {
        secrets.push((name.to_owned(), Secret::random()?));
    }
    let digests = secrets.iter().map(|(name, secret)| {
        let digest = Digest::of(secret.reveal().as_bytes());
        (name.clone(), digest)
    });
    let digests: Vec<(String, Digest)> = digests.collect();
    let (actor, of, days) = (caller.actor(), id.clone(), typed.text("days").to_owned());
    let made = state.work(move |service| service.invite(actor, &of, &digests, &days));
    let opened = match made.await {
        Ok(opened) => opened,
        Err(error) => {
            let answer = Answer::Again(Mistakes::of(error)?, typed);
            return answered(state, caller, request, id, &answer).await;
        }
    };
    let links = secrets.iter().map(|(name, secret)| {
        let link = state.link(&format!("link/{id}/{}", secret.reveal()));
        (name.clone(), link)
    });
    let links: BTreeMap<String, String> = links.collect();
    let answer = Answer::Look(Done::of("invited"));
    let mut page = Page::new(state, &opened, actor, &answer, &links);
    page.shows_scores = may(actor, Action::SeeResults, opened.dossier().object()).is_ok();
    let mut answer = page_with_status(request, answer.status(), &page)?;
    let unkept = HeaderValue::from_static("no-store");
    answer.headers_mut().insert(CACHE_CONTROL, unkept);
    Ok(answer)
}

/// A blank sheet for one evaluator, or for anybody, as CSV.
pub(in crate::web) async fn blank(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
    wanted: web::Query<Blank>,
) -> Result<HttpResponse, Error> {
    let wanted = wanted.into_inner();
    let file = BlankFile::Csv(separator(wanted.sep.as_deref())?);
    let shape = wanted.shape(Shape::Long)?;
    sheet(&state, caller, address.id()?, wanted.evaluator, shape, file).await
}

/// A blank sheet for one evaluator, or for anybody, as a workbook.
pub(in crate::web) async fn workbook(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
    wanted: web::Query<Blank>,
) -> Result<HttpResponse, Error> {
    let wanted = wanted.into_inner();
    if let Some(sep) = wanted.sep.as_deref() {
        let message = "a workbook has no separator; leave sep out";
        return Err(service::Error::field("sep", Some(sep), "no-separator", message).into());
    }
    let shape = wanted.shape(Shape::Wide)?;
    let file = BlankFile::Xlsx;
    sheet(&state, caller, address.id()?, wanted.evaluator, shape, file).await
}

async fn sheet(
    state: &State,
    caller: Caller,
    id: EvaluationId,
    evaluator: Option<String>,
    shape: Shape,
    file: BlankFile,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let sheet = state
        .work(move |service| {
            let evaluator = evaluator.as_deref().filter(|name| !name.is_empty());
            service.blank_sheet(actor, &id, evaluator, shape, file)
        })
        .await?;
    Ok(download(&sheet.file_name, sheet.media_type, sheet.bytes))
}

/// The blank sheet for the prices.
pub(in crate::web) async fn prices(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
    wanted: web::Query<PriceBlank>,
) -> Result<HttpResponse, Error> {
    let file = BlankFile::Csv(separator(wanted.sep.as_deref())?);
    prices_as(&state, caller, address.id()?, file).await
}

/// The blank workbook for the prices.
pub(in crate::web) async fn prices_workbook(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    prices_as(&state, caller, address.id()?, BlankFile::Xlsx).await
}

async fn prices_as(
    state: &State,
    caller: Caller,
    id: EvaluationId,
    file: BlankFile,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let sheet = state
        .work(move |service| service.price_sheet(actor, &id, file))
        .await?;
    Ok(download(&sheet.file_name, sheet.media_type, sheet.bytes))
}

/// The blank sheet for what every vendor costs.
pub(in crate::web) async fn costs(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
    wanted: web::Query<PriceBlank>,
) -> Result<HttpResponse, Error> {
    let file = BlankFile::Csv(separator(wanted.sep.as_deref())?);
    costs_as(&state, caller, address.id()?, file).await
}

/// The blank workbook for what every vendor costs.
pub(in crate::web) async fn costs_workbook(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    costs_as(&state, caller, address.id()?, BlankFile::Xlsx).await
}

async fn costs_as(
    state: &State,
    caller: Caller,
    id: EvaluationId,
    file: BlankFile,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let sheet = state
        .work(move |service| service.cost_sheet(actor, &id, file))
        .await?;
    Ok(download(&sheet.file_name, sheet.media_type, sheet.bytes))
}

impl Blank {
    fn shape(&self, usual: Shape) -> Result<Shape, service::Error> {
        let message = "write shape=long or shape=wide";
        match self.shape.as_deref() {
            None => Ok(usual),
            Some("long") => Ok(Shape::Long),
            Some("wide") => Ok(Shape::Wide),
            Some(other) => Err(service::Error::field(
                "shape",
                Some(other),
                "unknown-shape",
                message,
            )),
        }
    }
}

fn separator(wanted: Option<&str>) -> Result<Separator, service::Error> {
    let message = "write sep=comma or sep=semicolon";
    match wanted {
        None | Some("comma") => Ok(Separator::Comma),
        Some("semicolon") => Ok(Separator::Semicolon),
        Some(other) => Err(service::Error::field(
            "sep",
            Some(other),
            "unknown-separator",
            message,
        )),
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
    let mut page = Page::new(state, &opened, actor, answer, &BTreeMap::new());
    page.shows_scores = may(actor, Action::SeeResults, opened.dossier().object()).is_ok();
    page_with_status(request, answer.status(), &page)
}

impl<'a> Page<'a> {
    fn new(
        state: &State,
        opened: &'a Opened,
        actor: Actor,
        answer: &Answer,
        links: &BTreeMap<String, String>,
    ) -> Self {
        let dossier = opened.dossier();
        let evaluation = dossier.evaluation();
        let progress = opened.progress();
        let scorers = progress.evaluators.iter();
        let people: Vec<Person<'a>> = scorers
            .map(|one| Person::new(dossier, one, links))
            .collect();
        let around = Around::new(opened, actor, Step::HandOut, answer);
        let hands_out = around.forms.hands_out;
        // Whoever has answered has had a sheet.
        let waiting = people
            .iter()
            .filter(|one| one.handed_out.is_none() && one.answered == 0);
        let is_draft = dossier.phase() == crate::evaluation::Phase::Draft;
        Self {
            layout: state.layout(),
            around,
            has_vendors: !evaluation.vendors().is_empty(),
            asks: Asks {
                prices: dossier.priced_criteria().next().is_some(),
                costs: dossier.set().costed().is_some(),
            },
            missing_prices: progress.prices.len(),
            waiting: waiting.filter(|_| hands_out).map(|one| one.name).collect(),
            everybody: people.iter().map(|one| one.name).collect(),
            people,
            is_draft,
            shows_scores: false,
            link_hint: state.link_hint(),
        }
    }
}

impl<'a> Person<'a> {
    fn new(
        dossier: &'a Dossier,
        progress: &EvaluatorProgress,
        links: &BTreeMap<String, String>,
    ) -> Self {
        let evaluation = dossier.evaluation();
        let evaluator = progress.evaluator;
        let name = evaluation.evaluator_name(evaluator);
        let is_theirs = |&vendor: &VendorIndex| {
            !evaluation.is_excluded(vendor) && !evaluation.is_recused(evaluator, vendor)
        };
        let vendors = evaluation.vendor_indices().filter(is_theirs);
        let vendors: Vec<&str> = vendors.map(|one| evaluation.vendor_name(one)).collect();
        let handed_out = dossier.handed_out(evaluator);
        Self {
            name,
            handed_out: handed_out.map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string()),
            answered: progress.answered,
            owed: progress.owed.len(),
            invitation: invitation(dossier, name, &vendors, links.get(name).map(String::as_str)),
            link: links.get(name).cloned(),
            has_link: dossier.invitation(name).map(told),
            reminder: reminder(dossier, name, &progress.owed),
        }
    }
}
