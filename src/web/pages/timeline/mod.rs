//! Everything that happened to an evaluation, in plain words, with filters.

mod asked;
mod view;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, may};
use crate::reports::filters;
use crate::service::{Service, Step};
use crate::web::download::download;
use crate::web::exports::{Stamp, name};
use crate::web::{At, Caller, Error, Layout, PageKey, Query, State, cached_page};

use super::Address;
use super::steps::{Around, looked_at};
use asked::Asked;
use view::{Choices, Leaf, MomentView};

/// One event a line.
const NDJSON: &str = "application/x-ndjson";

#[derive(Template)]
#[template(path = "pages/timeline.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    choices: Choices<'a>,
    asked: &'a Asked,
    leaf: Leaf,
    moments: Vec<MomentView>,
    /// Whether the answers that gave way may be seen.
    shows: bool,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (caller.actor(), address.id()?);
    let query = Query::of(&request, asked::TAKEN)?;
    let work = move |service: &Service| service.timeline(actor, &id);
    let (opened, timeline) = state.work(work).await?;
    let dossier = opened.dossier();
    let choices = Choices::new(&opened, &timeline);
    let asked = Asked::of(&query, &choices)?;
    let shows = may(actor, Action::SeeResults, dossier.object()).is_ok();
    let view = format!("timeline {shows} {}", asked.address(asked.page));
    let key = PageKey::new(&opened, caller, view);
    cached_page(&request, &state, key, || {
        let (leaf, moments) = view::told(&opened, &timeline, &asked, shows);
        Ok(Page {
            layout: state.layout(),
            around: Around::new(&opened, actor, Step::Decide, &looked_at()),
            choices,
            asked: &asked,
            leaf,
            moments,
            shows,
        })
    })
}

/// The record as it was sealed, one event a line, for whoever checks it elsewhere.
pub(in crate::web) async fn audit(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    Query::of(&request, &[])?;
    let actor = caller.actor();
    let work = move |service: &Service| {
        let opened = service.open(actor, &at.0)?;
        let name = name(opened.dossier(), "audit", None, "ndjson");
        Ok((name, service.audit(actor, &at.0)?))
    };
    let (name, audit) = state.work(work).await?;
    let mut response = download(&name, NDJSON, audit.lines.into_bytes());
    Stamp::of_record(audit.head).put_on(&mut response)?;
    Ok(response)
}
