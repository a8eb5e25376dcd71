//! What somebody with a personal link sees: what they owe, their sheet, the grid, and what they have filed. Nothing else.

mod looked;

use actix_web::http::header::{CACHE_CONTROL, HeaderName, REFERRER_POLICY};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{Action, may};
use crate::record::EvaluationId;
use crate::reports::filters;
use crate::service::{BlankFile, ScoreGrid, must_declare};
use crate::sheets::Shape;
use crate::table::Separator;
use crate::web::api::drafts;
use crate::web::download::download;
use crate::web::guest::{Invited, cookie, home};
use crate::web::{Document, Error, Layout, Posted, State, page};

use super::score;
use super::see;

pub(super) use looked::preview;
pub(in crate::web) use looked::{go_on, marked, upload};

#[derive(Template)]
#[template(path = "pages/mine.html")]
struct Page<'a> {
    layout: Layout,
    title: &'a str,
    here: String,
    evaluator: &'a str,
    until: String,
    is_open: bool,
    has_cells: bool,
    scored: usize,
    cells: usize,
    unfiled: usize,
    sheets: Vec<OwnSheet<'a>>,
}

struct OwnSheet<'a> {
    number: u32,
    file_name: &'a str,
    at: String,
    withdrawn: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "pages/mine-open.html")]
struct Open {
    layout: Layout,
    home: String,
}

/// A link: the evaluation, and the secret.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Link {
    id: String,
    secret: String,
}

/// One of their own sheets.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct OwnAddress {
    number: u32,
}

/// Which blank sheet.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Blank {
    shape: Option<String>,
    sep: Option<String>,
}

/// Which part of the grid.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Asked {
    vendor: Option<String>,
    done: Option<String>,
}

/// Opens a link: the secret goes into a cookie, and out of the address.
///
/// The page that stands in between makes the way on one of this service's own, or a strict cookie would not be sent with it.
pub(in crate::web) async fn enter(
    state: web::Data<State>,
    request: HttpRequest,
    link: web::Path<Link>,
) -> Result<HttpResponse, Error> {
    let Link { id, secret } = link.into_inner();
    let id: EvaluationId = id.parse().map_err(|_| Error::NotFound)?;
    let (of, known) = (id.clone(), secret.clone());
    state
        .work(move |service| service.enter(&of, &known))
        .await?;
    let open = Open {
        layout: state.layout(),
        home: home(&id),
    };
    let mut answer = page(&request, &open)?;
    let cookie = cookie(&state, &id, &secret);
    answer.add_cookie(&cookie).map_err(|_| Error::Broken)?;
    let unseen: [(HeaderName, &'static str); 2] = [
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in unseen {
        let value = actix_web::http::header::HeaderValue::from_static(value);
        answer.headers_mut().insert(name, value);
    }
    Ok(answer)
}

/// Where they begin.
pub(in crate::web) async fn show(
    state: web::Data<State>,
    request: HttpRequest,
    invited: Invited,
) -> Result<HttpResponse, Error> {
    if waits(&state, &invited).await? {
        return Ok(see(&format!("{}/declare", invited.home())));
    }
    let grid = grid(&state, &invited).await?;
    let dossier = grid.opened().dossier();
    let own = [invited.guest.evaluator.as_str()];
    let filings = dossier.filings().iter().rev();
    let sheets = filings.filter(|filing| filing.evaluators == own);
    let view = Page {
        layout: state.layout(),
        title: dossier.title(),
        here: invited.home(),
        evaluator: &invited.guest.evaluator,
        until: invited.guest.until.strftime("%Y-%m-%d").to_string(),
        is_open: may(invited.guest.actor, Action::FileSheet, dossier.object()).is_ok(),
        has_cells: !grid.cells().is_empty(),
        scored: grid.scored(),
        cells: grid.cells().len(),
        unfiled: grid.unfiled(),
        sheets: sheets
            .map(|filing| OwnSheet {
                number: filing.number,
                file_name: &filing.file_name,
                at: filing.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
                withdrawn: filing.withdrawn.as_ref().map(|why| why.reason.as_str()),
            })
            .collect(),
    };
    page(&request, &view)
}

/// Whether they have to declare first if they have a conflict of interest.
async fn waits(state: &State, invited: &Invited) -> Result<bool, Error> {
    let (actor, id) = (invited.guest.actor, invited.id.clone());
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    Ok(must_declare(actor, opened.dossier()))
}

async fn grid(state: &State, invited: &Invited) -> Result<ScoreGrid, Error> {
    let (actor, id) = (invited.guest.actor, invited.id.clone());
    let evaluator = invited.guest.evaluator.clone();
    state
        .work(move |service| service.score_grid(actor, &id, &evaluator))
        .await
}

pub(in crate::web) async fn score(
    state: web::Data<State>,
    request: HttpRequest,
    invited: Invited,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let asked = asked.into_inner();
    score::of_guest(&state, &request, &invited, asked.vendor, asked.done).await
}

pub(in crate::web) async fn save(
    state: web::Data<State>,
    request: HttpRequest,
    invited: Invited,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    score::taken_from_guest(&state, &request, &invited, fields).await
}

/// The draft, for the script of the grid.
pub(in crate::web) async fn draft(
    state: web::Data<State>,
    invited: Invited,
) -> Result<HttpResponse, Error> {
    let caller = invited.caller();
    drafts::shown(&state, caller, invited.id, invited.guest.evaluator).await
}

/// Saves some cells of the draft, for the script of the grid.
pub(in crate::web) async fn save_draft(
    state: web::Data<State>,
    invited: Invited,
    said: Document,
) -> Result<HttpResponse, Error> {
    let caller = invited.caller();
    drafts::saved(&state, caller, invited.id, invited.guest.evaluator, said).await
}

/// Their sheet to fill in, as CSV.
pub(in crate::web) async fn blank_csv(
    state: web::Data<State>,
    invited: Invited,
    wanted: web::Query<Blank>,
) -> Result<HttpResponse, Error> {
    let separator = match wanted.sep.as_deref() {
        Some("semicolon") => Separator::Semicolon,
        _ => Separator::Comma,
    };
    let shape = match wanted.shape.as_deref() {
        Some("wide") => Shape::Wide,
        _ => Shape::Long,
    };
    blank(&state, invited, shape, BlankFile::Csv(separator)).await
}

/// Their sheet to fill in, as a workbook.
pub(in crate::web) async fn blank_xlsx(
    state: web::Data<State>,
    invited: Invited,
) -> Result<HttpResponse, Error> {
    blank(&state, invited, Shape::Wide, BlankFile::Xlsx).await
}

async fn blank(
    state: &State,
    invited: Invited,
    shape: Shape,
    file: BlankFile,
) -> Result<HttpResponse, Error> {
    let sheet = state.work(move |service| {
        let Invited { id, guest } = &invited;
        service.blank_sheet(guest.actor, id, Some(&guest.evaluator), shape, file)
    });
    let sheet = sheet.await?;
    Ok(download(&sheet.file_name, sheet.media_type, sheet.bytes))
}

/// A sheet of theirs as it was filed.
pub(in crate::web) async fn original(
    state: web::Data<State>,
    invited: Invited,
    address: web::Path<OwnAddress>,
) -> Result<HttpResponse, Error> {
    let number = address.number;
    let original =
        state.work(move |service| service.own_original(&invited.guest, &invited.id, number));
    let (filing, bytes) = original.await?;
    Ok(download(
        &filing.file_name,
        "application/octet-stream",
        bytes,
    ))
}

/// Back to where they begin.
pub(in crate::web) async fn back(invited: Invited) -> HttpResponse {
    see(&format!("{}#upload", invited.home()))
}
