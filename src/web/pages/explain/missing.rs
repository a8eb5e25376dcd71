//! What is missing, who owes it, and which of it could still change the order.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::reports::filters;
use crate::reports::views::missing::{MissingRow, MissingView, missing};
use crate::web::pages::results::{Awaits, Frame, Looked};
use crate::web::pages::steps::reminder;
use crate::web::pages::{Address, View};
use crate::web::{Caller, Error, Layout, State};

/// The most answers that are listed at once; a few more than these are listed too, a longer rest is folded.
const AT_ONCE: usize = 10;

#[derive(Template)]
#[template(path = "pages/missing.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    view: MissingView,
    /// Those that move most, and those that are folded.
    rows: Vec<MissingRow>,
    folded: Vec<MissingRow>,
    /// How many answers and prices are missing in all.
    missing: usize,
    people: Vec<Owing<'a>>,
}

/// Somebody who owes answers, and what to write to them.
struct Owing<'a> {
    name: &'a str,
    owed: usize,
    reminder: String,
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
    looked.page(&request, &state, "missing", || render(&looked, &state))
}

fn render(looked: &Looked, state: &State) -> Result<String, Error> {
    let dossier = looked.opened.dossier();
    let evaluation = dossier.evaluation();
    let progress = looked.opened.progress();
    let owing = progress.evaluators.iter().filter_map(|one| {
        let name = evaluation.evaluator_name(one.evaluator);
        Some(Owing {
            name,
            owed: one.owed.len(),
            reminder: reminder(dossier, name, &one.owed)?,
        })
    });
    let mut view = missing(evaluation, &looked.scorecard(), &looked.places());
    let mut rows = std::mem::take(&mut view.rows);
    let folded = if rows.len() > AT_ONCE.saturating_add(3) {
        rows.split_off(AT_ONCE)
    } else {
        Vec::new()
    };
    looked.rendered(&Page {
        layout: state.layout(),
        frame: looked.frame("/missing"),
        view,
        rows,
        folded,
        missing: progress.missing(),
        people: owing.collect(),
    })
}
