//! One criterion: what it asks, and what everybody answered about every vendor.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::criteria::CriterionIndex;
use crate::record::EvaluationId;
use crate::reports::Detail;
use crate::reports::filters;
use crate::reports::views::criteria::{CriterionRow, row};
use crate::reports::views::criterion::{CriterionLine, Note, lines, notes};
use crate::web::{Caller, Error, Layout, State};

use super::View;
use super::results::{Frame, Looked};

/// The address of a criterion: its id.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct CriterionAddress {
    id: String,
    criterion: String,
}

#[derive(Template)]
#[template(path = "pages/criterion.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    criterion: CriterionRow<'a>,
    category: &'a str,
    lines: Vec<CriterionLine<'a>>,
    notes: Vec<Note<'a>>,
    is_hidden: bool,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<CriterionAddress>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let id: EvaluationId = address.id.parse().map_err(|_| Error::NotFound)?;
    let looked = Looked::at(&state, caller, id, view.lens.as_deref()).await?;
    let set = looked.opened.dossier().set();
    let index = set
        .criterion_index(&address.criterion)
        .ok_or(Error::NotFound)?;
    let name = format!("criterion {}", index.position());
    looked.page(&request, &state, name, || render(&looked, &state, index))
}

fn render(looked: &Looked, state: &State, index: CriterionIndex) -> Result<String, Error> {
    let set = looked.opened.dossier().set();
    let criterion = set
        .criteria()
        .get(index.position())
        .ok_or(Error::NotFound)?;
    let category = set.categories().get(criterion.category().position());
    let card = looked.scorecard();
    let published = looked.publish(&card, Detail::Criterion(index));
    let places = looked.places();
    let below = format!("/criteria/{}", criterion.id());
    let shown = |lines: Vec<_>| if looked.shows { lines } else { Vec::new() };
    looked.rendered(&Page {
        layout: state.layout(),
        frame: looked.frame(&below),
        criterion: row(set, looked.lens.as_ref(), index, criterion),
        category: category.map_or("", |category| category.title()),
        lines: shown(lines(&published, index, &places)),
        notes: if looked.shows {
            notes(&published, index)
        } else {
            Vec::new()
        },
        is_hidden: !looked.shows,
    })
}
