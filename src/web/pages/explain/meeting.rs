//! The agenda for a projector: one cell at a time, large, until everything is settled.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::evaluation::CONSENSUS;
use crate::exact;
use crate::reports::Detail;
use crate::reports::filters;
use crate::reports::views::agenda::{AgendaView, Neighbours, agenda, cell, neighbours};
use crate::reports::views::criteria::{CriterionRow, row};
use crate::reports::views::vendors::AnswerView;
use crate::scoring::explain::{AgendaItem, agenda as items};
use crate::service::Agreed;
use crate::web::pages::results::{Frame, Looked};
use crate::web::pages::steps::{Mistakes, Typed};
use crate::web::pages::{Address, see};
use crate::web::{Caller, Error, Layout, Posted, State, page, page_with_status};

use super::cell::{Cell, CellAddress};

#[derive(Template)]
#[template(path = "pages/meeting-start.html")]
struct Start<'a> {
    layout: Layout,
    frame: Frame<'a>,
    view: AgendaView<'a>,
    settled: usize,
    left: usize,
    /// The first that is not settled, below the meeting's address.
    first: Option<String>,
    before: Option<Before>,
}

#[derive(Template)]
#[template(path = "pages/meeting.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    at: String,
    vendor: &'a str,
    criterion: CriterionRow<'a>,
    individual: Vec<AnswerView<'a>>,
    consensus: Option<AnswerView<'a>>,
    spread: Option<String>,
    neighbours: Neighbours<'a>,
    settled: usize,
    left: usize,
    is_open: bool,
    mistakes: Mistakes,
    typed: Typed,
    before: Option<Before>,
}

/// What was settled just now.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct After {
    after: Option<String>,
}

/// What was settled just now, and where it can be taken back.
struct Before {
    /// Below the meeting's address: `2/ITIL-INC`.
    at: String,
    title: String,
    vendor: String,
}

/// Where the meeting begins, and where it ends once everything is settled.
pub(in crate::web) async fn start(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    after: web::Query<After>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, None).await?;
    looked.demand_results()?;
    let evaluation = looked.opened.dossier().evaluation();
    let card = looked.scorecard();
    let items = items(evaluation, &card);
    let (settled, left) = counted(&items);
    let first = items.iter().find(|item| !item.settled);
    let view = Start {
        layout: state.layout(),
        frame: looked.frame("/meeting"),
        view: agenda(evaluation, &card),
        settled,
        left,
        first: first.map(|item| below(&looked, item)),
        before: before(&looked, after.after.as_deref()),
    };
    page(&request, &view)
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<CellAddress>,
    after: web::Query<After>,
) -> Result<HttpResponse, Error> {
    let cell = Cell::at(&state, caller, &address, None).await?;
    let said = (Mistakes::default(), Typed::default());
    let before = before(&cell.looked, after.after.as_deref());
    answer(&state, &request, &cell, StatusCode::OK, said, before)
}

/// Files what was agreed on, or takes it back, and goes on to the next cell.
pub(in crate::web) async fn settle(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<CellAddress>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let typed = Typed::from(fields);
    let cell = Cell::at(&state, caller, &address, None).await?;
    let (id, vendor, said) = (cell.id(), cell.vendor_name().to_owned(), typed.clone());
    let criterion = address.into_inner().criterion;
    let is_undo = typed.text("what") == "undo";
    let filed = state.work(move |service| {
        let agreed = Agreed {
            vendor: &vendor,
            criterion: &criterion,
            score: if is_undo { "clear" } else { said.text("score") },
            reason: said.text("reason"),
        };
        service.agree(caller.actor(), &id, agreed)
    });
    match filed.await {
        Ok(_) if is_undo => Ok(see(&address_of(&cell, &this(&cell)))),
        Ok(receipt) => {
            let card = receipt.after.scorecard(None);
            let items = items(receipt.after.dossier().evaluation(), &card);
            let next = next(&items, &cell).map(|item| below(&cell.looked, item));
            let next = next.map_or_else(String::new, |next| format!("/{next}"));
            let meeting = format!("{}/meeting", cell.looked.places().here());
            Ok(see(&format!("{meeting}{next}?after={}", this(&cell))))
        }
        Err(error) => {
            let said = (Mistakes::of(error)?, typed);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer(&state, &request, &cell, status, said, None)
        }
    }
}

fn answer(
    state: &State,
    request: &HttpRequest,
    at: &Cell,
    status: StatusCode,
    (mistakes, typed): (Mistakes, Typed),
    before: Option<Before>,
) -> Result<HttpResponse, Error> {
    let looked = &at.looked;
    let dossier = looked.opened.dossier();
    let (set, evaluation) = (dossier.set(), dossier.evaluation());
    let found = set.criteria().get(at.criterion.position());
    let found = found.ok_or(Error::NotFound)?;
    let card = looked.scorecard();
    let published = looked.publish(&card, Detail::Criterion(at.criterion));
    let places = looked.places();
    let answers = cell(&published, at.vendor, at.criterion, &places).into_iter();
    let (consensus, individual): (Vec<_>, Vec<_>) =
        answers.partition(|answer| answer.said.evaluator == CONSENSUS);
    let items = items(evaluation, &card);
    let (settled, left) = counted(&items);
    let mut here = items.iter();
    let here = here.find(|item| (item.vendor, item.criterion) == (at.vendor, at.criterion));
    let view = Page {
        layout: state.layout(),
        frame: looked.frame("/meeting"),
        at: address_of(at, &this(at)),
        vendor: at.vendor_name(),
        criterion: row(set, None, at.criterion, found),
        individual,
        consensus: consensus.into_iter().next(),
        spread: here.map(spread),
        neighbours: neighbours(evaluation, &card, (at.vendor, at.criterion)),
        settled,
        left,
        is_open: at.is_open,
        mistakes,
        typed,
        before,
    };
    page_with_status(request, status, &view)
}

/// How many are settled, and how many are not.
fn counted(items: &[AgendaItem]) -> (usize, usize) {
    let settled = items.iter().filter(|item| item.settled).count();
    (settled, items.len().saturating_sub(settled))
}

fn spread(item: &AgendaItem) -> String {
    if item.conflict {
        "they contradict each other".to_owned()
    } else {
        format!("{} apart", exact::trimmed(&item.spread, exact::MAX_PLACES))
    }
}

/// What comes after a cell: the next on the agenda that is not settled, else the first of those before it.
fn next<'a>(items: &'a [AgendaItem], cell: &Cell) -> Option<&'a AgendaItem> {
    let is_here =
        |item: &AgendaItem| (item.vendor, item.criterion) == (cell.vendor, cell.criterion);
    let place = items.iter().position(is_here).unwrap_or_default();
    let (before, after) = items.split_at_checked(place)?;
    let open = |item: &&AgendaItem| !item.settled && !is_here(item);
    after.iter().find(open).or_else(|| before.iter().find(open))
}

/// A cell below the address of the meeting.
fn below(looked: &Looked, item: &AgendaItem) -> String {
    let set = looked.opened.dossier().set();
    let criterion = set.criteria().get(item.criterion.position());
    let number = item.vendor.position().saturating_add(1);
    format!("{number}/{}", criterion.map_or("", |one| one.id()))
}

fn this(cell: &Cell) -> String {
    let set = cell.looked.opened.dossier().set();
    let criterion = set.criteria().get(cell.criterion.position());
    let number = cell.vendor.position().saturating_add(1);
    format!("{number}/{}", criterion.map_or("", |one| one.id()))
}

fn address_of(cell: &Cell, below: &str) -> String {
    format!("{}/meeting/{below}", cell.looked.places().here())
}

/// What was settled just now, if the address says so and there is such a cell.
fn before(looked: &Looked, after: Option<&str>) -> Option<Before> {
    let at = after?;
    let (number, criterion) = at.split_once('/')?;
    let evaluation = looked.opened.dossier().evaluation();
    let place = number.parse::<usize>().ok()?.checked_sub(1)?;
    let vendor = evaluation.vendor_indices().nth(place)?;
    let set = evaluation.set();
    let index = set.criterion_index(criterion)?;
    Some(Before {
        at: at.to_owned(),
        title: set.criteria().get(index.position())?.title().to_owned(),
        vendor: evaluation.vendor_name(vendor).to_owned(),
    })
}
