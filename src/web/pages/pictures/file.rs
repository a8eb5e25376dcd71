//! Pictures as files, to be put into a slide or a paper.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};

use crate::accounts::Action;
use crate::criteria::Lens;
use crate::evaluation::{Evaluation, VendorIndex};
use crate::reports::picture::Picture;
use crate::service;
use crate::web::download::download;
use crate::web::exports::{Stamp, name};
use crate::web::pages::Address;
use crate::web::pages::explain::lenses;
use crate::web::pages::results::Looked;
use crate::web::take::Query;
use crate::web::{Caller, Error, State};

use super::draw;

const SVG: &str = "image/svg+xml";
/// How much of the record's hash stands below a picture.
const SHORT: usize = 24;

/// A picture that can be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Kind {
    Ranking,
    HeatMap,
    Lenses,
    Mix,
    Stability,
    Evaluators,
    Why,
    PriceQuality,
}

impl Kind {
    /// What its address takes behind the question mark.
    fn taken(self) -> &'static [&'static str] {
        match self {
            Self::Ranking | Self::HeatMap | Self::Stability => &["lens"],
            Self::Lenses | Self::Evaluators => &[],
            Self::Mix => &["one", "other"],
            Self::Why => &["lens", "first", "second"],
            Self::PriceQuality => &["lens", "criterion"],
        }
    }
}

/// Saves a picture.
pub(in crate::web) async fn save(
    kind: Kind,
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, kind.taken())?;
    let looked = Looked::at(&state, caller, address.id()?, query.get("lens")).await?;
    looked.demand_results()?;
    match kind {
        Kind::Evaluators => looked.demand(Action::CompareEvaluators)?,
        Kind::PriceQuality => looked.demand(Action::SeePrices)?,
        Kind::Ranking | Kind::HeatMap | Kind::Lenses | Kind::Mix | Kind::Stability | Kind::Why => {}
    }
    let work = move |_: &service::Service| Ok(drawn(kind, &looked, &query).map(|it| (it, looked)));
    let (picture, looked) = state.work(work).await??;
    let picture = picture.ok_or(Error::NotFound)?;
    let dossier = looked.opened.dossier();
    let lens = looked.lens.as_ref();
    let svg = picture.alone(&foot(&looked))?;
    let mut response = download(
        &name(dossier, picture.name, lens, "svg"),
        SVG,
        svg.into_bytes(),
    );
    Stamp::of(dossier, lens).put_on(&mut response)?;
    Ok(response)
}

fn drawn(kind: Kind, looked: &Looked, query: &Query) -> Result<Option<Picture>, Error> {
    let opened = Arc::clone(&looked.opened);
    Ok(match kind {
        Kind::Ranking => Some(draw::ranking(looked)),
        Kind::HeatMap => Some(draw::heat(looked)),
        Kind::Lenses => draw::lenses(&opened),
        Kind::Mix => {
            let asked = lenses::Asked::between(query.get("one"), query.get("other"));
            let blend = asked.blend(&opened)?;
            blend.and_then(|blend| {
                draw::way(&opened, (blend.one.as_deref(), blend.other.as_deref()))
            })
        }
        Kind::Stability => draw::stability(looked, &opened.judged(looked.lens.as_ref()).firmness),
        Kind::Evaluators => draw::evaluators(&opened),
        Kind::Why => {
            let pair = pair(looked, (query.get("first"), query.get("second")))?;
            pair.and_then(|pair| draw::two(looked, pair))
        }
        Kind::PriceQuality => draw::prices(looked, query.get("criterion")),
    })
}

/// The two vendors that are asked for; without a word the first two of the ranking.
pub(super) fn pair(
    looked: &Looked,
    (first, second): (Option<&str>, Option<&str>),
) -> Result<Option<(VendorIndex, VendorIndex)>, Error> {
    let evaluation = looked.opened.dossier().evaluation();
    let card = looked.scorecard();
    let mut ranked = card.vendors.iter().map(|one| one.vendor);
    let mut asked = |number: Option<&str>| match number {
        Some(number) => numbered(evaluation, number).map(Some),
        None => Ok(ranked.next()),
    };
    let (first, second) = (asked(first)?, asked(second)?);
    Ok(first.zip(second).filter(|(first, second)| first != second))
}

fn numbered(evaluation: &Evaluation, number: &str) -> Result<VendorIndex, Error> {
    let number: usize = number.parse().map_err(|_| Error::NotFound)?;
    let position = number.checked_sub(1).ok_or(Error::NotFound)?;
    let mut vendors = evaluation.vendor_indices();
    vendors.nth(position).ok_or(Error::NotFound)
}

/// What a picture was made from.
fn foot(looked: &Looked) -> String {
    let dossier = looked.opened.dossier();
    let set = dossier.set();
    let lens = looked.lens.as_ref();
    let lens = lens.map_or_else(String::new, |lens| format!(" · {} lens", Lens::title(lens)));
    let advice = if draw::is_tender(looked) && looked.lens.is_some() {
        " · advice, no part of the record"
    } else {
        ""
    };
    let head: String = dossier.head().to_string().chars().take(SHORT).collect();
    format!(
        "{} · {} version {}{lens}{advice} · record {head}…",
        dossier.title(),
        set.id(),
        set.version()
    )
}
