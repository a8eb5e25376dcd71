//! How firm first place is: the verdict, and what would have to be different for another vendor to be first.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::reports::views::firmness::{FirmnessView, VerdictView, firmness, verdict};
use crate::scoring::firmness::Firmness;
use crate::web::pages::results::{Frame, Looked, rendered};
use crate::web::pages::{Address, View};
use crate::web::{Caller, Error, Layout, State};

/// Up to how many cells, times everybody who is left out once, the verdict is worked out for the ranking itself.
const AT_ONCE: usize = 20_000;

#[derive(Template)]
#[template(path = "pages/firmness.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    is_advice: bool,
    view: FirmnessView,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, view.lens.as_deref()).await?;
    looked.demand_results(caller)?;
    let found = looked.firmness(&state).await?;
    looked.page(&request, &state, "firmness", || {
        render(&looked, &state, &found)
    })
}

fn render(looked: &Looked, state: &State, found: &Firmness) -> Result<String, Error> {
    let evaluation = looked.opened.dossier().evaluation();
    rendered(&Page {
        layout: state.layout(),
        frame: looked.frame("/firmness"),
        is_advice: looked.is_tender(),
        view: firmness(evaluation, &looked.scorecard(), found, &looked.places()),
    })
}

/// The verdict beside the winner: in an internal choice, where it keeps nobody waiting.
pub(in crate::web::pages) fn beside_the_winner(looked: &Looked) -> Option<VerdictView> {
    let evaluation = looked.opened.dossier().evaluation();
    let vendors = evaluation.vendors().len();
    let left_out = vendors.saturating_add(evaluation.evaluators().len());
    let cells = vendors.saturating_mul(evaluation.set().criteria().len());
    if looked.is_tender() || vendors < 2 || cells.saturating_mul(left_out) > AT_ONCE {
        return None;
    }
    let found = looked.opened.firmness(looked.lens.as_ref());
    Some(verdict(evaluation, &found, &looked.places()))
}
