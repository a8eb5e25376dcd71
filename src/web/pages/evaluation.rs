//! One evaluation: the ranking, what is missing, the sheets, and the form to upload one.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, may};
use crate::criteria::Lens;
use crate::record::Filing;
use crate::reports::{self, Detail, Standings};
use crate::service::Opened;
use crate::web::{Caller, Error, Layout, PageKey, State, cached_page};

use super::home::{kind_text, phase_text};
use super::{Address, View, see};

#[derive(Template)]
#[template(path = "pages/evaluation.html")]
struct Page<'a> {
    layout: Layout,
    here: String,
    title: &'a str,
    kind: &'static str,
    phase: &'static str,
    set: String,
    is_sample: bool,
    is_hidden: bool,
    lens: Option<&'a str>,
    lenses: Vec<(&'a str, &'a str)>,
    standings: Option<Standings<'a>>,
    people: Vec<Person<'a>>,
    missing: usize,
    sheets: Vec<SheetRow<'a>>,
    head: String,
}

struct Person<'a> {
    name: &'a str,
    answered: usize,
    owed: usize,
}

struct SheetRow<'a> {
    number: u32,
    file_name: &'a str,
    evaluators: String,
    by: &'a str,
    at: String,
    withdrawn: Option<&'a str>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (caller.actor(), address.id()?);
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    let lens = opened.lens(view.lens.as_deref())?.cloned();
    let dossier = opened.dossier();
    let key = PageKey::new(
        dossier.id().as_str(),
        dossier.head().to_string(),
        format!("evaluation {:?}", lens.as_ref().map(Lens::id)),
    );
    let shows = may(actor, Action::SeeResults, dossier.object()).is_ok();
    let card = opened.scorecard(lens.as_ref());
    let published = reports::publish(dossier.evaluation(), &card, Detail::Ranking);
    let layout = state.layout();
    cached_page(&request, &state, key, || {
        Ok(Page::new(layout, &opened, &published, lens.as_ref(), shows))
    })
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

impl<'a> Page<'a> {
    fn new(
        layout: Layout,
        opened: &'a Opened,
        published: &'a reports::Published<'_>,
        lens: Option<&'a Lens>,
        shows: bool,
    ) -> Self {
        let dossier = opened.dossier();
        let progress = opened.progress();
        let set = dossier.set();
        let has_vendors = !dossier.evaluation().vendors().is_empty();
        Self {
            layout,
            here: format!("/evaluations/{}", dossier.id()),
            title: dossier.title(),
            kind: kind_text(dossier.kind()),
            phase: phase_text(dossier.phase()),
            set: format!("{} ({} version {})", set.title(), set.id(), set.version()),
            is_sample: dossier.is_sample(),
            is_hidden: !shows,
            lens: lens.map(Lens::id),
            lenses: set
                .lenses()
                .iter()
                .map(|lens| (lens.id(), lens.title()))
                .collect(),
            standings: (shows && has_vendors).then(|| reports::standings(published)),
            missing: progress.missing(),
            people: progress
                .evaluators
                .iter()
                .map(|one| Person {
                    name: dossier.evaluation().evaluator_name(one.evaluator),
                    answered: one.answered,
                    owed: one.owed.len(),
                })
                .collect(),
            sheets: dossier.filings().iter().rev().map(SheetRow::new).collect(),
            head: dossier.head().to_string(),
        }
    }
}

impl<'a> SheetRow<'a> {
    fn new(filing: &'a Filing) -> Self {
        Self {
            number: filing.number,
            file_name: &filing.file_name,
            evaluators: filing.evaluators.join(", "),
            by: &filing.by,
            at: filing.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            withdrawn: filing.withdrawn.as_ref().map(|back| back.reason.as_str()),
        }
    }
}
