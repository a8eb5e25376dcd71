//! One evaluation: the five steps and the ranked scorecard.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::Action;
use crate::evaluation::Phase;
use crate::record::{Decision, Dossier};
use crate::reports::filters;
use crate::reports::views::change::Change;
use crate::reports::views::firmness::VerdictView;
use crate::reports::views::matrix::{self, CategoryRow, MetricRow};
use crate::reports::views::order::Order;
use crate::reports::views::ranking::{Ranking, live};
use crate::reports::views::side::Side;
use crate::reports::views::story::{StoryView, story};
use crate::reports::{Detail, Published};
use crate::service::{self, Step, must_declare};
use crate::web::{Caller, Error, Layout, State};

use super::addresses::Places;
use super::explain::{
    Closer, beside_the_winner, closer, is_verdict_to_come, may_ask, prepare, what_would_change,
};
use super::home::{kind_text, stage_text};
use super::results::{Frame, Looked};
use super::steps::{self, Strip};
use super::{Address, see};

/// What stands behind the question mark: a lens, and the order to show the ranking in.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Asked {
    lens: Option<String>,
    sort: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/evaluation.html")]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    strip: Strip,
    facts: String,
    is_sample: bool,
    /// What was decided, and by how many.
    decided: Option<String>,
    /// Whether the last sheet of the sample can still come.
    sample_waits: bool,
    /// What has to happen before results may be seen; `None` if they may be.
    hidden_until: Option<&'static str>,
    may_file: bool,
    may_remove: bool,
    result: Option<Outcome<'a>>,
}

/// The ranked scorecard.
struct Outcome<'a> {
    story: StoryView<'a>,
    ranking: Ranking<'a>,
    metrics: Vec<Side<'a, MetricRow<'a>>>,
    categories: Vec<Side<'a, CategoryRow<'a>>>,
    verdict: Option<VerdictView>,
    changes: Vec<Change>,
    /// Whether it may be asked what would be.
    may_ask: bool,
    /// Whether working the verdict out would keep whoever looks waiting.
    is_verdict_to_come: bool,
    closer: Vec<Closer>,
    files: Vec<FileLink>,
}

/// A result to save.
struct FileLink {
    name: &'static str,
    what: &'static str,
    href: String,
    semicolon: Option<String>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let order = asked.order()?;
    let looked = Looked::at(&state, caller, address.id()?, asked.lens.as_deref()).await?;
    // Who scores declares before the first look.
    if must_declare(caller.actor(), looked.opened.dossier()) {
        return Ok(see(&format!("{}/declare", looked.places().here())));
    }
    if let Some(step) = first_to_do(&looked) {
        let page = steps::page_of(step);
        return Ok(see(&format!("{}{page}", looked.places().here())));
    }
    prepare(&looked, &state).await?;
    let view = format!("ranking {order}");
    looked.page(&request, &state, view, || render(&looked, &state, order))
}

impl Asked {
    /// The order to show the ranking in; without a word that of the result.
    fn order(&self) -> Result<Order, Error> {
        match self.sort.as_deref() {
            None | Some("") => Ok(Order::PAGE),
            Some(text) => text.parse().map_err(|unknown| {
                let message = format!("{unknown}");
                service::Error::field("sort", Some(text), "unknown-order", message).into()
            }),
        }
    }
}

/// The step whose page comes first, as long as nothing has been collected.
fn first_to_do(looked: &Looked) -> Option<Step> {
    let dossier = looked.opened.dossier();
    if looked.lens.is_some() || !dossier.filings().is_empty() {
        return None;
    }
    let now = looked.opened.progress().now();
    now.filter(|step| *step < Step::Collect)
}

fn render(looked: &Looked, state: &State, order: Order) -> Result<String, Error> {
    let dossier = looked.opened.dossier();
    let layout = state.layout();
    if !looked.shows || dossier.filings().is_empty() {
        return looked.rendered(&Page::new(looked, (layout, order), None));
    }
    let card = looked.scorecard();
    let published = looked.publish(&card, Detail::Ranking);
    let result = Outcome::new(&published, looked, (closer(looked, &card), order));
    looked.rendered(&Page::new(looked, (layout, order), Some(result)))
}

pub(in crate::web) async fn remove(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (caller.actor(), address.id()?);
    state
        .work(move |service| service.remove(actor, &id))
        .await?;
    Ok(see("/"))
}

impl<'a> Outcome<'a> {
    fn new(
        published: &'a Published<'a>,
        looked: &Looked,
        (closer, order): (Vec<Closer>, Order),
    ) -> Self {
        let places = &looked.places();
        let here = |order: Order| places.ranking_in(order);
        Self {
            verdict: beside_the_winner(looked),
            is_verdict_to_come: is_verdict_to_come(looked),
            story: story(published, places),
            changes: what_would_change(looked),
            may_ask: may_ask(looked),
            ranking: live(
                published,
                places,
                order,
                (here, places.record_file("compare", None)),
            ),
            metrics: matrix::metrics(published, places),
            categories: matrix::categories(published, places),
            closer,
            files: files(places)
                .into_iter()
                .filter(|file| match file.name {
                    "bundle.zip" => looked.may(Action::TakeEvidence),
                    "ranking.xlsx" => looked.may(Action::SeePrices),
                    _ => true,
                })
                .collect(),
        }
    }
}

fn files(places: &Places<'_>) -> Vec<FileLink> {
    let csv = |name, what| FileLink {
        name,
        what,
        href: places.file(name, None),
        semicolon: Some(places.file(name, Some("semicolon"))),
    };
    vec![
        csv("ranking.csv", "the ranking"),
        FileLink {
            semicolon: None,
            href: places.ranking_workbook(),
            ..csv(
                "ranking.xlsx",
                "the ranking as a workbook whose formulas recompute every figure from the scores",
            )
        },
        FileLink {
            semicolon: Some(places.record_file("scores.csv", Some("semicolon"))),
            href: places.record_file("scores.csv", None),
            ..csv(
                "scores.csv",
                "every answer; uploads back to the same result",
            )
        },
        FileLink {
            semicolon: None,
            href: places.record_file("scores.xlsx", None),
            ..csv("scores.xlsx", "the same answers as a workbook")
        },
        FileLink {
            semicolon: None,
            ..csv("report.html", "the record in one file, fit to print")
        },
        FileLink {
            semicolon: None,
            href: places.record_file("advice.html", None),
            ..csv(
                "advice.html",
                "lenses, stability and all other advice, a document of its own",
            )
        },
        FileLink {
            semicolon: None,
            href: places.record_file("bundle.zip", None),
            ..csv(
                "bundle.zip",
                "the evidence, not for bidders: sheets, criteria, record and result, with what checks them offline",
            )
        },
    ]
}

impl<'a> Page<'a> {
    fn new(
        looked: &'a Looked,
        (layout, order): (Layout, Order),
        result: Option<Outcome<'a>>,
    ) -> Self {
        let dossier = looked.opened.dossier();
        let set = dossier.set();
        let below = order
            .query()
            .map_or_else(String::new, |sort| format!("?{sort}"));
        Self {
            layout,
            frame: looked.frame(&below),
            strip: Strip::new(&looked.opened, looked.ways(), None),
            facts: format!(
                "{} · {} · {}, version {} · {}",
                kind_text(dossier.kind()),
                set.title(),
                set.id(),
                set.version(),
                stage_text(dossier.stage()),
            ),
            is_sample: dossier.is_sample(),
            sample_waits: sample_waits(dossier),
            decided: dossier.decision().map(Decision::told),
            hidden_until: looked.hidden_until(),
            may_file: looked.may(Action::FileSheet),
            may_remove: looked.may(Action::RemoveEvaluation),
            result,
        }
    }
}

/// Whether an evaluation is the sample, and the last sheet of it can still come.
pub(super) fn sample_waits(dossier: &Dossier) -> bool {
    let mut filings = dossier.filings().iter();
    dossier.is_sample()
        && matches!(dossier.phase(), Phase::Draft | Phase::Open)
        && !filings.any(|one| one.file_name == "mei-lindqvist.csv")
}
