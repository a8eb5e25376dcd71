//! What to talk about first.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::Action;
use crate::reports::filters;
use crate::reports::views::agenda::{AgendaRow, AgendaView, agenda};
use crate::reports::views::remarks::{Remarks, remarks};
use crate::web::pages::results::{Awaits, Frame, Looked};
use crate::web::pages::{Address, View};
use crate::web::{Caller, Error, Layout, State};

#[derive(Template)]
#[template(path = "pages/agenda.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    view: AgendaView<'a>,
    /// What is neither flagged nor settled, taken out of the view: often it is most of it.
    small: Vec<AgendaRow<'a>>,
    /// Only where the answers may be seen.
    remarks: Option<Remarks<'a>>,
}

/// The agenda tells how much people differ and not what they gave, so that a tender shows it before scoring is closed.
pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, view.lens.as_deref()).await?;
    looked.demand(Action::SeeDisagreement)?;
    looked.page(&request, &state, "agenda", || {
        let evaluation = looked.opened.dossier().evaluation();
        let mut view = agenda(evaluation, &looked.scorecard());
        let rows = view.rows.into_iter();
        let (rows, small) = rows.partition(|row| row.flagged || row.settled);
        view.rows = rows;
        looked.rendered(&Page {
            layout: state.layout(),
            frame: looked.frame("/agenda"),
            view,
            small,
            remarks: looked.shows.then(|| remarks(evaluation)),
        })
    })
}
