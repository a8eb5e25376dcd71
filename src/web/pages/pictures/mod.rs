//! The pictures of a result, each with its numbers behind it and as a file of its own.

mod draw;
mod file;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::reports::filters;
use crate::service;
use crate::web::{Caller, Error, Layout, State};

use super::explain::stands_beside;
use super::results::{Awaits, Frame, Looked};
use super::{Address, View};

pub(super) use draw::{Shown, evaluators, lenses, stability, way};
pub(in crate::web) use file::{Kind, save};

#[derive(Template)]
#[template(path = "pages/pictures.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    is_advice: bool,
    pictures: Vec<Shown>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, view.lens.as_deref()).await?;
    looked.demand_results()?;
    if stands_beside(&looked) {
        let (opened, lens) = (Arc::clone(&looked.opened), looked.lens.clone());
        let work = move |_: &service::Service| Ok(opened.judged(lens.as_ref()));
        state.work(work).await?;
    }
    looked.page(&request, &state, "pictures", || render(&looked, &state))
}

fn render(looked: &Looked, state: &State) -> Result<String, Error> {
    let (places, opened) = (looked.places(), &looked.opened);
    let through = |name: &str| places.page(&format!("pictures/{name}.svg"));
    let of_record = |name: &str| places.record_file(&format!("pictures/{name}.svg"), None);
    let two = file::pair(looked, (None, None))?;
    let set = opened.dossier().set();
    let ways = match set.lenses() {
        [] => None,
        [only] => Some((None, Some(only.id()))),
        [one, other, ..] => Some((Some(one.id()), Some(other.id()))),
    };
    let judged = stands_beside(looked).then(|| opened.judged(looked.lens.as_ref()));
    let pictures = [
        Some(Shown::new(draw::ranking(looked), through("ranking"), "")),
        two.and_then(|two| draw::two(looked, two))
            .map(|picture| Shown::new(picture, through("why"), "")),
        Some(Shown::new(
            draw::heat(looked),
            through("heat-map"),
            "The scores stand in the cells; the further the colour stands out from the page, the more of what a criterion can give.",
        )),
        lenses(opened).map(|picture| {
            let note = "A thick line comes first somewhere; a dashed one is out of the running.";
            Shown::new(picture, of_record("lenses"), note)
        }),
        ways.and_then(|pair| way(opened, pair)).map(|picture| {
            let note = "An upright line is where first place changes.";
            Shown::new(picture, of_record("mix"), note)
        }),
        draw::prices(looked, None).map(|picture| {
            let note = "A filled dot is on the frontier, a hollow one is beaten, a dashed one is open.";
            Shown::new(picture, through("price-quality"), note)
        }),
        judged.and_then(|judged| stability(looked, &judged.firmness)).map(|picture| {
            let note = "The ring is the share now, the band how far it may move, an upright end where another vendor comes first.";
            Shown::new(picture, through("stability"), note)
        }),
    ];
    looked.rendered(&Page {
        layout: state.layout(),
        frame: looked.frame("/pictures"),
        is_advice: draw::is_tender(looked),
        pictures: pictures.into_iter().flatten().collect(),
    })
}
