//! What to talk about first, and one page for each cell with everybody's score and reason.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::criteria::CriterionIndex;
use crate::evaluation::VendorIndex;
use crate::record::EvaluationId;
use crate::reports::Detail;
use crate::reports::views::agenda::{AgendaView, agenda, cell};
use crate::reports::views::criteria::{CriterionRow, row};
use crate::reports::views::remarks::{Remarks, remarks};
use crate::reports::views::vendors::AnswerView;
use crate::web::pages::results::{Frame, Looked, rendered};
use crate::web::pages::{Address, View};
use crate::web::{Caller, Error, Layout, State};

#[derive(Template)]
#[template(path = "pages/agenda.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    view: AgendaView<'a>,
    /// Only where the answers may be seen.
    remarks: Option<Remarks<'a>>,
}

#[derive(Template)]
#[template(path = "pages/cell.html")]
struct CellPage<'a> {
    layout: Layout,
    frame: Frame<'a>,
    vendor: &'a str,
    vendor_href: String,
    criterion: CriterionRow<'a>,
    answers: Vec<AnswerView<'a>>,
}

/// The address of a cell: the vendor's number in the list, from 1, and the criterion's id.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct CellAddress {
    id: String,
    number: usize,
    criterion: String,
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
    looked.page(&request, &state, "agenda", || {
        let evaluation = looked.opened.dossier().evaluation();
        rendered(&Page {
            layout: state.layout(),
            frame: looked.frame("/agenda"),
            view: agenda(evaluation, &looked.scorecard()),
            remarks: looked.shows.then(|| remarks(evaluation)),
        })
    })
}

pub(in crate::web) async fn one(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<CellAddress>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let id: EvaluationId = address.id.parse().map_err(|_| Error::NotFound)?;
    let looked = Looked::at(&state, caller, id, view.lens.as_deref()).await?;
    let dossier = looked.opened.dossier();
    let position = address.number.checked_sub(1).ok_or(Error::NotFound)?;
    let mut vendors = dossier.evaluation().vendor_indices();
    let vendor = vendors.nth(position).ok_or(Error::NotFound)?;
    let criterion = dossier.set().criterion_index(&address.criterion);
    let criterion = criterion.ok_or(Error::NotFound)?;
    looked.demand_results(caller)?;
    let name = format!("cell {position} {}", criterion.position());
    looked.page(&request, &state, name, || {
        render_cell(&looked, &state, vendor, criterion)
    })
}

fn render_cell(
    looked: &Looked,
    state: &State,
    vendor: VendorIndex,
    index: CriterionIndex,
) -> Result<String, Error> {
    let dossier = looked.opened.dossier();
    let set = dossier.set();
    let criterion = set.criteria().get(index.position());
    let criterion = criterion.ok_or(Error::NotFound)?;
    let card = looked.scorecard();
    let published = looked.publish(&card, Detail::Criterion(index));
    let places = looked.places();
    let number = vendor.position().saturating_add(1);
    rendered(&CellPage {
        layout: state.layout(),
        frame: looked.frame(&format!("/agenda/{number}/{}", criterion.id())),
        vendor: dossier.evaluation().vendor_name(vendor),
        vendor_href: places.vendor(vendor.position(), format_args!("#{}", criterion.id())),
        criterion: row(set, looked.lens.as_ref(), index, criterion),
        answers: cell(&published, vendor, index, &places),
    })
}
