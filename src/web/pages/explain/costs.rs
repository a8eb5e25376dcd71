//! What vendors cost and what quality they offer for it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::Action;
use crate::reports::filters;
use crate::reports::views::costs::{CostsView, costs};
use crate::reports::views::price_quality::{PriceQualityView, price_quality};
use crate::scoring::tco::tco;
use crate::web::pages::addresses::Places;
use crate::web::pages::pictures::Shown;
use crate::web::pages::results::{Awaits, Frame, Looked};
use crate::web::pages::{Address, View};
use crate::web::{Caller, Error, Layout, State};

#[derive(Template)]
#[template(path = "pages/costs.html")]
struct CostsPage<'a> {
    layout: Layout,
    frame: Frame<'a>,
    view: Option<CostsView<'a>>,
}

#[derive(Template)]
#[template(path = "pages/price-quality.html")]
struct PricePage<'a> {
    layout: Layout,
    frame: Frame<'a>,
    prices: Vec<PriceQualityView<'a>>,
    /// The picture of each price.
    pictures: Vec<Option<Shown>>,
    has_costs: bool,
}

/// Costs are the record's: no lens changes them.
pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, None).await?;
    looked.demand(Action::SeePrices)?;
    looked.page(&request, &state, "costs", || {
        let evaluation = looked.opened.dossier().evaluation();
        let found = tco(evaluation);
        looked.rendered(&CostsPage {
            layout: state.layout(),
            frame: looked.frame("/costs"),
            view: found.and_then(|found| costs(evaluation, &found, &looked.places())),
        })
    })
}

/// Price against quality, quality weighed through a lens if one is asked for.
pub(in crate::web) async fn against_quality(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, view.lens.as_deref()).await?;
    looked.demand(Action::SeePrices)?;
    looked.page(&request, &state, "price-quality", || {
        let evaluation = looked.opened.dossier().evaluation();
        let found = looked.opened.price_quality(looked.lens.as_ref());
        let places = looked.places();
        let prices = found
            .iter()
            .map(|one| price_quality(evaluation, one, &places));
        let mut prices: Vec<_> = prices.collect();
        looked.rendered(&PricePage {
            layout: state.layout(),
            frame: looked.frame("/price-quality"),
            has_costs: evaluation.set().costed().is_some(),
            pictures: prices.iter_mut().map(|one| shown(one, &places)).collect(),
            prices,
        })
    })
}

/// The picture of one price, taken out of its view.
fn shown(view: &mut PriceQualityView<'_>, places: &Places<'_>) -> Option<Shown> {
    let picture = view.picture.take()?;
    let file = places.page("pictures/price-quality.svg");
    let join = if file.contains('?') { '&' } else { '?' };
    let file = format!("{file}{join}criterion={}", view.id);
    let note = "A filled dot is on the frontier and the line leads along it; a hollow one is beaten or not compared; a dashed one is \
                open. An upright line is what a quality can still be.";
    Some(Shown::new(picture, file, note).told_below())
}
