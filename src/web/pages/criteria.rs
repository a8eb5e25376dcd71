//! The criteria set: categories, criteria, weights, anchors, practices, and how every lens weighs the same criteria.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::criteria::Lens;
use crate::evaluation::Phase;
use crate::reports::filters;
use crate::reports::views::criteria::{CriteriaGroup, LensWeights, groups, lens_weights};
use crate::table::workbook::XLSX;
use crate::web::download::download;
use crate::web::{Caller, Error, Layout, State};

use super::results::{Frame, Looked};
use super::{Address, View};

#[derive(Template)]
#[template(path = "pages/criteria.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    lens: Option<&'a Lens>,
    facts: String,
    /// Whether it can still be changed.
    is_draft: bool,
    sha256: &'a str,
    criteria: Vec<CriteriaGroup<'a>>,
    weights: Option<LensWeights<'a>>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, view.lens.as_deref()).await?;
    looked.page(&request, &state, "criteria", || render(&looked, &state))
}

fn render(looked: &Looked, state: &State) -> Result<String, Error> {
    let set = looked.opened.dossier().set();
    looked.rendered(&Page {
        layout: state.layout(),
        frame: looked.frame("/criteria"),
        lens: looked.lens.as_ref(),
        facts: format!("{} · {}, version {}", set.title(), set.id(), set.version()),
        is_draft: looked.opened.dossier().phase() == Phase::Draft,
        sha256: set.sha256(),
        criteria: groups(set, looked.lens.as_ref()),
        weights: lens_weights(set),
    })
}

/// The set as TOML, with the evaluation's own prices.
pub(in crate::web) async fn toml(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (caller.actor(), address.id()?);
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    let set = opened.dossier().set();
    let name = format!("{}-{}.toml", set.id(), set.version());
    let bytes = set.source().as_bytes().to_vec();
    Ok(download(&name, "application/toml; charset=utf-8", bytes))
}

/// The set as a workbook, with the evaluation's own prices.
pub(in crate::web) async fn xlsx(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (caller.actor(), address.id()?);
    let made = state.work(move |service| {
        let opened = service.open(actor, &id)?;
        let set = opened.dossier().set();
        let name = format!("{}-{}.xlsx", set.id(), set.version());
        Ok((name, opened.criteria_xlsx(service.now())?))
    });
    let (name, bytes) = made.await?;
    Ok(download(&name, XLSX, bytes))
}
