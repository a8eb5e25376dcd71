//! How the evaluators compare: for whoever chairs the evaluation, in no export and no bundle.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, may};
use crate::reports::filters;
use crate::reports::views::agenda::{AgendaView, agenda};
use crate::reports::views::panel::{PanelView, panel};
use crate::service;
use crate::web::pages::Address;
use crate::web::pages::pictures::{Shown, evaluators};
use crate::web::pages::results::{Awaits, Frame, Looked};
use crate::web::take::Query;
use crate::web::{Caller, Error, Layout, State};

/// How many cells of the agenda stand here.
const FIRST_CELLS: usize = 5;

#[derive(Template)]
#[template(path = "pages/panel.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    view: PanelView,
    agenda: AgendaView<'a>,
    spread: Option<Shown>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    Query::of(&request, &[])?;
    let looked = Looked::at(&state, caller, address.id()?, None).await?;
    let object = looked.opened.dossier().object();
    may(caller.actor(), Action::CompareEvaluators, object).map_err(service::Error::from)?;
    let opened = Arc::clone(&looked.opened);
    let work = move |_: &service::Service| Ok((opened.agreement(), opened.firmness(None)));
    let (agreement, firmness) = state.work(work).await?;
    looked.page(&request, &state, "panel", || {
        let evaluation = looked.opened.dossier().evaluation();
        let mut agenda = agenda(evaluation, &looked.scorecard());
        agenda.rows.truncate(FIRST_CELLS);
        looked.rendered(&Page {
            layout: state.layout(),
            frame: looked.frame("/panel"),
            view: panel(
                evaluation,
                &agreement,
                &firmness.leave_outs,
                &looked.places(),
            ),
            agenda,
            spread: evaluators(&looked.opened).map(|picture| {
                let file = looked.places().record_file("pictures/evaluators.svg", None);
                Shown::new(picture, file, "A ring is one evaluator, by number.")
            }),
        })
    })
}
