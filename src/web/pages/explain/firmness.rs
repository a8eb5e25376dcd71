//! How firm first place is: the verdict, what would have to be different for another vendor to be first, and how often one
//! is when weights are drawn.

use std::sync::Arc;

use actix_web::http::header::REFRESH;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::criteria::Lens;
use crate::reports::filters;
use crate::reports::views::change::{Change, changes};
use crate::reports::views::draws::{DrawsView, draws};
use crate::reports::views::firmness::{FirmnessView, VerdictView, firmness, verdict};
use crate::reports::views::opinions::{OpinionsView, opinions};
use crate::scoring::draws::{Plan, Spread};
use crate::scoring::{self, Assessment};
use crate::service;
use crate::web::page::page;
use crate::web::pages::Address;
use crate::web::pages::pictures::{Shown, stability};
use crate::web::pages::results::{Awaits, Frame, Looked};
use crate::web::take::{Query, demand_in_time, plan_of, takes_long};
use crate::web::{Caller, Error, Layout, State};

/// What the page takes.
const TAKEN: [&str; 4] = ["lens", "draws", "seed", "weights"];
/// Up to how many cells, times everybody who is left out once, the verdict is worked out for the ranking itself.
const AT_ONCE: usize = 20_000;
/// After how many seconds a page that waits for draws is to be loaded again.
const AGAIN: &str = "2";

#[derive(Template)]
#[template(path = "pages/firmness.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    is_advice: bool,
    view: FirmnessView,
    draws: DrawsView,
    asked: Asked<'a>,
    opinions: OpinionsView,
    stability: Option<Shown>,
}

/// While draws are made.
#[derive(Template)]
#[template(path = "pages/drawing.html")]
struct Waiting<'a> {
    layout: Layout,
    frame: Frame<'a>,
    percent: u64,
    draws: u32,
    again: String,
}

/// What the form asks again.
struct Asked<'a> {
    lens: Option<&'a str>,
    draws: u32,
    seed: u64,
    is_unusual: bool,
    spreads: Vec<SpreadChoice>,
}

struct SpreadChoice {
    value: String,
    text: String,
    is_chosen: bool,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, &TAKEN)?;
    let plan = plan_of(&query)?;
    let looked = Looked::at(&state, caller, address.id()?, query.get("lens")).await?;
    looked.demand_results()?;
    let card = looked.scorecard();
    demand_in_time(&card, plan)?;
    if takes_long(&card, plan)
        && let Some(percent) = going_on(&looked, &state, plan)
    {
        return waiting(&looked, &state, &request, plan, percent);
    }
    let (opened, lens) = (Arc::clone(&looked.opened), looked.lens.clone());
    let work = move |_: &service::Service| Ok(opened.assessment(lens.as_ref(), plan));
    let found = state.work(work).await?;
    let view = format!("firmness {} {} {}", plan.draws, plan.seed, plan.weights);
    looked.page(&request, &state, view, || {
        render(&looked, &state, &found, plan)
    })
}

/// How much of the draws is done, in percent, while they go on; whoever asks first begins them.
fn going_on(looked: &Looked, state: &State, plan: Plan) -> Option<u64> {
    let lens = looked.lens.as_ref();
    let drawing = looked.opened.drawing(lens, plan);
    if drawing.done().is_some() && looked.opened.verdict_is_drawn(lens) {
        return None;
    }
    if looked.opened.is_mine_to_begin(&drawing) {
        let (opened, lens) = (Arc::clone(&looked.opened), looked.lens.clone());
        state.begin(move || {
            // What is drawn is kept; whoever loads the page again finds it.
            let _ = opened.first_in_band(lens.as_ref());
            let _ = opened.drawn(lens.as_ref(), plan);
        });
    }
    Some(drawing.percent())
}

/// The page that loads itself again until the draws are done, without a script.
fn waiting(
    looked: &Looked,
    state: &State,
    request: &HttpRequest,
    plan: Plan,
    percent: u64,
) -> Result<HttpResponse, Error> {
    let again = format!("{}?{}", request.path(), request.query_string());
    let mut answer = page(
        request,
        &Waiting {
            layout: state.layout(),
            frame: looked.frame(&below(plan)),
            percent,
            draws: plan.draws,
            again,
        },
    )?;
    let headers = answer.headers_mut();
    headers.insert(
        REFRESH,
        actix_web::http::header::HeaderValue::from_static(AGAIN),
    );
    Ok(answer)
}

fn render(looked: &Looked, state: &State, found: &Assessment, plan: Plan) -> Result<String, Error> {
    let evaluation = looked.opened.dossier().evaluation();
    let (card, places) = (looked.scorecard(), looked.places());
    let lens = looked.lens.as_ref();
    let weighting = scoring::View::from(lens).weighting(evaluation.set());
    let told = firmness(
        evaluation,
        &card,
        &found.firmness,
        &found.verdict,
        found.first_in_band.as_ref(),
        &places,
    );
    looked.rendered(&Page {
        layout: state.layout(),
        frame: looked.frame(&below(plan)),
        is_advice: looked.is_tender(),
        view: told,
        draws: draws(evaluation, &weighting, &found.drawn, &places),
        asked: Asked::new(lens, plan),
        opinions: opinions(evaluation, &card, &found.opinions, &places),
        stability: stability(looked, &found.firmness).map(|picture| {
            let file = places.page("pictures/stability.svg");
            let note = "The ring is the share now, the band how far it may move, an upright end where another vendor comes first.";
            Shown::new(picture, file, note).told_below()
        }),
    })
}

/// The address of the page below its evaluation's.
fn below(plan: Plan) -> String {
    if plan == Plan::USUAL {
        return "/firmness".to_owned();
    }
    let Plan {
        draws,
        seed,
        weights,
    } = plan;
    format!("/firmness?draws={draws}&seed={seed}&weights={weights}")
}

impl<'a> Asked<'a> {
    fn new(lens: Option<&'a Lens>, plan: Plan) -> Self {
        let mut spreads = vec![
            Spread::Band(10),
            Spread::AGREED,
            Spread::Band(50),
            Spread::Uniform,
        ];
        if !spreads.contains(&plan.weights) {
            spreads.push(plan.weights);
        }
        let choice = |spread: Spread| SpreadChoice {
            value: spread.to_string(),
            text: match spread {
                Spread::Band(percent) => format!("within {percent} percent"),
                Spread::Uniform => "any at all".to_owned(),
            },
            is_chosen: spread == plan.weights,
        };
        Self {
            lens: lens.map(Lens::id),
            draws: plan.draws,
            seed: plan.seed,
            is_unusual: plan != Plan::USUAL,
            spreads: spreads.into_iter().map(choice).collect(),
        }
    }
}

/// Whether the verdict stands beside the winner: in an internal choice, where it keeps nobody waiting.
pub(in crate::web::pages) fn stands_beside(looked: &Looked) -> bool {
    may_stand(looked) && is_quick(looked)
}

/// Whether a verdict belongs beside the winner, but would keep whoever looks waiting.
pub(in crate::web::pages) fn is_verdict_to_come(looked: &Looked) -> bool {
    may_stand(looked) && !is_quick(looked)
}

fn may_stand(looked: &Looked) -> bool {
    let vendors = looked.opened.dossier().evaluation().vendors().len();
    looked.shows && !looked.is_tender() && vendors >= 2
}

fn is_quick(looked: &Looked) -> bool {
    let evaluation = looked.opened.dossier().evaluation();
    let vendors = evaluation.vendors().len();
    let left_out = vendors.saturating_add(evaluation.evaluators().len());
    let cells = vendors.saturating_mul(evaluation.set().criteria().len());
    cells.saturating_mul(left_out) <= AT_ONCE
}

/// Works the verdict beside the winner out where it keeps nobody waiting.
pub(in crate::web::pages) async fn prepare(looked: &Looked, state: &State) -> Result<(), Error> {
    let is_known = || looked.opened.judged_at_hand(looked.lens.as_ref()).is_some();
    if stands_beside(looked) && !is_known() {
        let (opened, lens) = (Arc::clone(&looked.opened), looked.lens.clone());
        let work = move |_: &service::Service| Ok(opened.judged(lens.as_ref()));
        state.work(work).await?;
    }
    Ok(())
}

/// The verdict beside the winner.
pub(in crate::web::pages) fn beside_the_winner(looked: &Looked) -> Option<VerdictView> {
    if !stands_beside(looked) {
        return None;
    }
    let judged = looked.opened.judged(looked.lens.as_ref());
    Some(verdict(
        looked.opened.dossier().evaluation(),
        &looked.scorecard(),
        &judged.firmness,
        judged.first_in_band.as_ref(),
        &looked.places(),
    ))
}

/// What would change first place, beside the winner; nothing where that would keep whoever looks waiting, or is no part of
/// the record.
pub(in crate::web::pages) fn what_would_change(looked: &Looked) -> Vec<Change> {
    if !stands_beside(looked) {
        return Vec::new();
    }
    let judged = looked.opened.judged(looked.lens.as_ref());
    changes(
        looked.opened.dossier().evaluation(),
        &looked.scorecard(),
        &judged.firmness,
        &looked.places(),
    )
}
