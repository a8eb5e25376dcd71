//! One cell of the agenda: everybody's score and reason, and what is agreed on.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{Action, may};
use crate::criteria::CriterionIndex;
use crate::evaluation::VendorIndex;
use crate::record::EvaluationId;
use crate::reports::Detail;
use crate::reports::filters;
use crate::reports::views::agenda::{Neighbours, cell, neighbours};
use crate::reports::views::criteria::{CriterionRow, row};
use crate::reports::views::vendors::AnswerView;
use crate::service::Agreed;
use crate::web::pages::results::{Frame, Looked};
use crate::web::pages::steps::{Mistakes, Typed};
use crate::web::pages::{View, see};
use crate::web::{Caller, Error, Layout, Posted, State, text_with_status};

#[derive(Template)]
#[template(path = "pages/cell.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    /// The address of this page.
    at: String,
    vendor: &'a str,
    vendor_href: String,
    criterion: CriterionRow<'a>,
    answers: Vec<AnswerView<'a>>,
    neighbours: Neighbours<'a>,
    /// Whether a consensus can be typed in now.
    is_open: bool,
    mistakes: Mistakes,
    typed: Typed,
}

/// The address of a cell: the vendor's number in the list, from 1, and the criterion's id.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct CellAddress {
    id: String,
    number: usize,
    pub(super) criterion: String,
}

/// A cell as somebody looks at it.
pub(super) struct Cell {
    pub(super) looked: Looked,
    pub(super) vendor: VendorIndex,
    pub(super) criterion: CriterionIndex,
    pub(super) is_open: bool,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<CellAddress>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let cell = Cell::at(&state, caller, &address, view.lens.as_deref()).await?;
    let name = format!(
        "cell {} {}",
        cell.vendor.position(),
        cell.criterion.position()
    );
    cell.looked.page(&request, &state, name, || {
        cell.render(&state, Mistakes::default(), Typed::default())
    })
}

/// Files what was agreed on, and shows the cell with it.
pub(in crate::web) async fn agree(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<CellAddress>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let typed = Typed::from(fields);
    let cell = Cell::at(&state, caller, &address, None).await?;
    let (of, said) = (address.into_inner(), typed.clone());
    let (id, vendor) = (cell.id(), cell.vendor_name().to_owned());
    let filed = state.work(move |service| {
        let agreed = Agreed {
            vendor: &vendor,
            criterion: &of.criterion,
            score: said.text("score"),
            reason: said.text("reason"),
        };
        service.agree(caller.actor(), &id, agreed)
    });
    match filed.await {
        Ok(_) => Ok(see(&format!("{}#given", cell.address()))),
        Err(error) => {
            let page = cell.render(&state, Mistakes::of(error)?, typed)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(text_with_status(&request, status, page))
        }
    }
}

impl Cell {
    pub(super) async fn at(
        state: &State,
        caller: Caller,
        address: &CellAddress,
        lens: Option<&str>,
    ) -> Result<Self, Error> {
        let id: EvaluationId = address.id.parse().map_err(|_| Error::NotFound)?;
        let looked = Looked::at(state, caller, id, lens).await?;
        let dossier = looked.opened.dossier();
        let position = address.number.checked_sub(1).ok_or(Error::NotFound)?;
        let mut vendors = dossier.evaluation().vendor_indices();
        let vendor = vendors.nth(position).ok_or(Error::NotFound)?;
        let criterion = dossier.set().criterion_index(&address.criterion);
        let criterion = criterion.ok_or(Error::NotFound)?;
        looked.demand_results()?;
        // What is agreed on is nobody's own sheet.
        let is_open = may(caller.actor(), Action::FileSheet, dossier.object()).is_ok()
            && dossier.members().own_evaluator(caller.actor()).is_none();
        Ok(Self {
            looked,
            vendor,
            criterion,
            is_open,
        })
    }

    pub(super) fn id(&self) -> EvaluationId {
        self.looked.opened.dossier().id().clone()
    }

    pub(super) fn vendor_name(&self) -> &str {
        let evaluation = self.looked.opened.dossier().evaluation();
        evaluation.vendor_name(self.vendor)
    }

    /// The address below the evaluation's.
    fn below(&self) -> String {
        let set = self.looked.opened.dossier().set();
        let criterion = set.criteria().get(self.criterion.position());
        let number = self.vendor.position().saturating_add(1);
        let id = criterion.map_or("", |criterion| criterion.id());
        format!("/agenda/{number}/{id}")
    }

    fn address(&self) -> String {
        format!("{}{}", self.looked.places().here(), self.below())
    }

    fn render(&self, state: &State, mistakes: Mistakes, typed: Typed) -> Result<String, Error> {
        let Self {
            looked, criterion, ..
        } = self;
        let dossier = looked.opened.dossier();
        let set = dossier.set();
        let found = set.criteria().get(criterion.position());
        let found = found.ok_or(Error::NotFound)?;
        let card = looked.scorecard();
        let published = looked.publish(&card, Detail::Criterion(*criterion));
        let places = looked.places();
        looked.rendered(&Page {
            layout: state.layout(),
            frame: looked.frame(&self.below()),
            at: self.address(),
            vendor: self.vendor_name(),
            vendor_href: places.vendor(self.vendor.position(), format_args!("#{}", found.id())),
            criterion: row(set, looked.lens.as_ref(), *criterion, found),
            answers: cell(&published, self.vendor, *criterion, &places),
            neighbours: neighbours(dossier.evaluation(), &card, (self.vendor, *criterion)),
            is_open: self.is_open,
            mistakes,
            typed,
        })
    }
}
