//! One vendor: how its total is made up, down to everybody's answers and the cells they came from.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::evaluation::VendorIndex;
use crate::record::EvaluationId;
use crate::reports::Detail;
use crate::reports::filters;
use crate::reports::views::losses::{FailedGate, LossRow, failed_gates, losses};
use crate::reports::views::ranking::{Ranking, ranking};
use crate::reports::views::vendors::{VendorSection, section};
use crate::web::{Caller, Error, Layout, State};

use super::View;
use super::results::{Frame, Looked};

/// The address of a vendor: its number in the list, from 1.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct VendorAddress {
    id: String,
    number: usize,
}

#[derive(Template)]
#[template(path = "pages/vendor.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    vendor: VendorSection<'a>,
    ranking: Ranking<'a>,
    failed: Vec<FailedGate<'a>>,
    losses: Vec<LossRow<'a>>,
    recused: Vec<String>,
    before: Option<Neighbour<'a>>,
    after: Option<Neighbour<'a>>,
}

/// The vendor before or after in the list.
struct Neighbour<'a> {
    name: &'a str,
    href: String,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<VendorAddress>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let id: EvaluationId = address.id.parse().map_err(|_| Error::NotFound)?;
    let looked = Looked::at(&state, caller, id, view.lens.as_deref()).await?;
    let position = address.number.checked_sub(1).ok_or(Error::NotFound)?;
    let mut vendors = looked.opened.dossier().evaluation().vendor_indices();
    let vendor = vendors.nth(position).ok_or(Error::NotFound)?;
    looked.demand_results()?;
    let name = format!("vendor {position}");
    looked.page(&request, &state, name, || render(&looked, &state, vendor))
}

fn render(looked: &Looked, state: &State, vendor: VendorIndex) -> Result<String, Error> {
    let card = looked.scorecard();
    let published = looked.publish(&card, Detail::Full);
    let places = looked.places();
    let number = vendor.position().saturating_add(1);
    looked.rendered(&Page {
        layout: state.layout(),
        frame: looked.frame(&format!("/vendors/{number}")),
        vendor: section(&published, vendor, &places).ok_or(Error::NotFound)?,
        ranking: ranking(&published, &places),
        failed: failed_gates(&published, &looked.opened.scorecard(None), vendor, &places),
        losses: losses(&published, &card, vendor, &places),
        recused: recused(looked, vendor),
        before: vendor
            .position()
            .checked_sub(1)
            .and_then(|at| neighbour(looked, at)),
        after: neighbour(looked, number),
    })
}

fn neighbour(looked: &Looked, position: usize) -> Option<Neighbour<'_>> {
    let evaluation = looked.opened.dossier().evaluation();
    let vendor = evaluation.vendor_indices().nth(position)?;
    Some(Neighbour {
        name: evaluation.vendor_name(vendor),
        href: looked.places().vendor(position, ""),
    })
}

/// Who is recused for the vendor, and why.
fn recused(looked: &Looked, vendor: VendorIndex) -> Vec<String> {
    let dossier = looked.opened.dossier();
    let name = dossier.evaluation().vendor_name(vendor);
    let about = dossier
        .recusals()
        .iter()
        .filter(|recusal| recusal.vendor.as_deref().is_none_or(|one| one == name));
    about
        .map(|recusal| format!("{} is recused: {}", recusal.evaluator, recusal.why.reason))
        .collect()
}
