//! One evaluation: the five steps and the ranked scorecard.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::reports::views::firmness::VerdictView;
use crate::reports::views::matrix::{self, CategoryRow, MetricRow};
use crate::reports::views::ranking::{Ranking, ranking};
use crate::reports::views::side::Side;
use crate::reports::views::story::{StoryView, story};
use crate::reports::{Detail, Published};
use crate::service::Step;
use crate::web::{Caller, Error, Layout, State};

use super::addresses::Places;
use super::explain::{Closer, beside_the_winner, closer, prepare};
use super::home::{kind_text, phase_text};
use super::results::{Frame, Looked, rendered};
use super::steps::{self, Strip};
use super::{Address, View, see};

#[derive(Template)]
#[template(path = "pages/evaluation.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    strip: Strip,
    facts: String,
    is_sample: bool,
    is_hidden: bool,
    result: Option<Outcome<'a>>,
}

/// The ranked scorecard.
struct Outcome<'a> {
    story: StoryView<'a>,
    ranking: Ranking<'a>,
    metrics: Vec<Side<'a, MetricRow<'a>>>,
    categories: Vec<Side<'a, CategoryRow<'a>>>,
    verdict: Option<VerdictView>,
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
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, view.lens.as_deref()).await?;
    if let Some(step) = first_to_do(&looked) {
        let page = steps::page_of(step);
        return Ok(see(&format!("{}{page}", looked.places().here())));
    }
    prepare(&looked, &state).await?;
    looked.page(&request, &state, "ranking", || render(&looked, &state))
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

fn render(looked: &Looked, state: &State) -> Result<String, Error> {
    let dossier = looked.opened.dossier();
    let layout = state.layout();
    if !looked.shows || dossier.filings().is_empty() {
        return rendered(&Page::new(looked, layout, None));
    }
    let card = looked.scorecard();
    let published = looked.publish(&card, Detail::Ranking);
    let result = Outcome::new(&published, looked, closer(looked, &card));
    rendered(&Page::new(looked, layout, Some(result)))
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
    fn new(published: &'a Published<'a>, looked: &Looked, closer: Vec<Closer>) -> Self {
        let places = &looked.places();
        Self {
            verdict: beside_the_winner(looked),
            story: story(published, places),
            ranking: ranking(published, places),
            metrics: matrix::metrics(published, places),
            categories: matrix::categories(published, places),
            closer,
            files: files(places),
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
            ..csv("report.html", "everything in one file, fit to print")
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
    fn new(looked: &'a Looked, layout: Layout, result: Option<Outcome<'a>>) -> Self {
        let dossier = looked.opened.dossier();
        let set = dossier.set();
        Self {
            layout,
            frame: looked.frame(""),
            strip: Strip::new(&looked.opened, None),
            facts: format!(
                "{} · {} · {}, version {} · {}",
                kind_text(dossier.kind()),
                set.title(),
                set.id(),
                set.version(),
                phase_text(dossier.phase()),
            ),
            is_sample: dossier.is_sample(),
            is_hidden: !looked.shows,
            result,
        }
    }
}
