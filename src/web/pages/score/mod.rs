//! Scoring in the page: the grid of what one evaluator owes, saved as a draft and filed as a sheet.

mod form;
mod view;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{Action, may};
use crate::record::EvaluationId;
use crate::reports::filters;
use crate::service::{self, DraftCell, ScoreGrid};
use crate::web::download::encoded;
use crate::web::guest::Invited;
use crate::web::held::HeldFile;
use crate::web::{Caller, Error, Layout, Posted, State, page_with_status};

use super::mine;
use super::sheets::preview;
use super::steps::{Mistakes, Typed};
use super::{Address, see};
use view::{GridGroup, VendorHead, Wrong};

#[derive(Template)]
#[template(path = "pages/score.html")]
struct Page<'a> {
    layout: Layout,
    title: &'a str,
    desk: &'a Desk,
    evaluator: &'a str,
    revision: u64,
    saved_at: Option<String>,
    news: News,
    mistakes: Mistakes,
    problems: &'a [String],
    wrong: Vec<Wrong<'a>>,
    scored: usize,
    cells: usize,
    unfiled: usize,
    shows_all: bool,
    vendors: Vec<VendorHead<'a>>,
    groups: Vec<GridGroup<'a>>,
    can_type: bool,
    shown: Option<&'a str>,
}

/// What has happened just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum News {
    #[default]
    Nothing,
    /// The draft was saved.
    Saved,
    /// Another window saved something else meanwhile.
    Conflict,
}

impl News {
    fn is_saved(self) -> bool {
        self == Self::Saved
    }

    fn is_conflict(self) -> bool {
        self == Self::Conflict
    }
}

/// Where a grid is worked on.
pub(super) struct Desk {
    /// The address of the evaluation, or of what somebody with a link sees of it.
    pub(super) home: String,
    /// What the home is called.
    pub(super) home_title: String,
    /// The address of the grid, and the query that it needs.
    at: String,
    query: String,
    /// Where the script saves.
    draft: String,
    /// Who works here, if they came with a personal link.
    invited: Option<Invited>,
}

/// Whose grid, and which part of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Asked {
    evaluator: String,
    vendor: Option<String>,
    done: Option<String>,
}

/// Whose grid a form is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Whose {
    evaluator: String,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let (asked, id) = (asked.into_inner(), address.id()?);
    let desk = Desk::of_office(&id, &asked.evaluator);
    let grid = load(&state, caller, id, asked.evaluator).await?;
    let shown = Shown::after(asked.vendor.as_deref(), asked.done.as_deref());
    shown.answer(&state, caller, &request, &desk, &grid)
}

pub(in crate::web) async fn change(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    whose: web::Query<Whose>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let (id, evaluator) = (address.id()?, whose.into_inner().evaluator);
    let desk = Desk::of_office(&id, &evaluator);
    let typed = Typed::from(fields);
    taken(&state, caller, &request, (id, evaluator), &desk, typed).await
}

/// Saves what was typed, and goes on to the preview of the sheet if that is asked for.
async fn taken(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    (id, evaluator): (EvaluationId, String),
    desk: &Desk,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let cells = form::cells(&typed);
    let revision = typed.text("revision").parse().unwrap_or_default();
    let (actor, of, name, sent) = (caller.actor(), id.clone(), evaluator.clone(), cells.clone());
    let saved = state.work(move |service| service.save_draft(actor, &of, &name, revision, &sent));
    let vendor = typed.some("vendor");
    let grid = match saved.await {
        Ok(grid) => grid,
        Err(Error::Work(why @ (service::Error::DraftStale | service::Error::Fields(_)))) => {
            let grid = load(state, caller, id, evaluator).await?;
            return refused(state, caller, request, desk, (&grid, why, &cells), vendor);
        }
        Err(other) => return Err(other),
    };
    if typed.text("what") != "review" {
        return Ok(see(&desk.saved(vendor)));
    }
    if grid.wrong() > 0 || grid.unfiled() == 0 {
        let shown = Shown {
            vendor,
            is_nothing_to_file: grid.unfiled() == 0,
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Shown::default()
        };
        return shown.answer(state, caller, request, desk, &grid);
    }
    let actor = caller.actor();
    let of = id.clone();
    let upload = state
        .work(move |service| service.draft_sheet(actor, &of, &evaluator))
        .await?;
    let file = HeldFile {
        name: upload.file_name,
        bytes: upload.bytes.into(),
        is_typed: true,
    };
    match &desk.invited {
        Some(invited) => mine::preview(state, request, invited.clone(), file).await,
        None => preview(state, caller, request, id, file).await,
    }
}

/// The grid of somebody with a personal link.
pub(super) async fn of_guest(
    state: &State,
    request: &HttpRequest,
    invited: &Invited,
    vendor: Option<String>,
    done: Option<String>,
) -> Result<HttpResponse, Error> {
    let (desk, caller) = (Desk::of_guest(invited), invited.caller());
    let evaluator = invited.guest.evaluator.clone();
    let grid = load(state, caller, invited.id.clone(), evaluator).await?;
    let shown = Shown::after(vendor.as_deref(), done.as_deref());
    shown.answer(state, caller, request, &desk, &grid)
}

/// What somebody with a personal link typed.
pub(super) async fn taken_from_guest(
    state: &State,
    request: &HttpRequest,
    invited: &Invited,
    fields: Vec<(String, String)>,
) -> Result<HttpResponse, Error> {
    let (desk, caller) = (Desk::of_guest(invited), invited.caller());
    let whose = (invited.id.clone(), invited.guest.evaluator.clone());
    taken(state, caller, request, whose, &desk, Typed::from(fields)).await
}

/// The page again, with what was typed, beside what is saved.
fn refused(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    desk: &Desk,
    (saved, why, cells): (&ScoreGrid, service::Error, &[DraftCell]),
    vendor: Option<&str>,
) -> Result<HttpResponse, Error> {
    let is_conflict = matches!(why, service::Error::DraftStale);
    let typed = saved.with_typed(cells);
    let shown = Shown {
        vendor,
        saved: is_conflict.then_some(saved),
        mistakes: if is_conflict {
            Mistakes::default()
        } else {
            Mistakes::of(why.into())?
        },
        status: if is_conflict {
            StatusCode::CONFLICT
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        },
        ..Shown::default()
    };
    shown.answer(state, caller, request, desk, &typed)
}

async fn load(
    state: &State,
    caller: Caller,
    id: EvaluationId,
    evaluator: String,
) -> Result<ScoreGrid, Error> {
    let actor = caller.actor();
    state
        .work(move |service| service.score_grid(actor, &id, &evaluator))
        .await
}

/// How a grid is shown.
#[derive(Default)]
struct Shown<'a> {
    vendor: Option<&'a str>,
    news: News,
    is_nothing_to_file: bool,
    /// What another window saved meanwhile.
    saved: Option<&'a ScoreGrid>,
    mistakes: Mistakes,
    status: StatusCode,
}

impl<'a> Shown<'a> {
    fn after(vendor: Option<&'a str>, done: Option<&str>) -> Self {
        Self {
            vendor,
            news: match done {
                Some("saved") => News::Saved,
                _ => News::Nothing,
            },
            ..Self::default()
        }
    }

    fn answer(
        self,
        state: &State,
        caller: Caller,
        request: &HttpRequest,
        desk: &Desk,
        grid: &ScoreGrid,
    ) -> Result<HttpResponse, Error> {
        let dossier = grid.opened().dossier();
        let alone = view::alone(grid, self.vendor);
        let nothing = "nothing is typed that is not filed yet; score something first".to_owned();
        let nothing = [nothing];
        let news = match self.saved {
            Some(_) => News::Conflict,
            None => self.news,
        };
        let page = Page {
            layout: state.layout(),
            title: dossier.title(),
            desk,
            evaluator: grid.evaluator_name(),
            revision: grid.revision(),
            saved_at: grid
                .saved_at()
                .map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string()),
            news,
            mistakes: self.mistakes,
            problems: if self.is_nothing_to_file {
                &nothing
            } else {
                grid.problems()
            },
            wrong: view::wrong(grid),
            scored: grid.scored(),
            cells: grid.cells().len(),
            unfiled: grid.unfiled(),
            shows_all: alone.is_none(),
            vendors: view::vendors(grid, alone),
            groups: view::rows(grid, self.saved, alone),
            can_type: may(caller.actor(), Action::FileSheet, dossier.object()).is_ok(),
            shown: self.vendor,
        };
        page_with_status(request, self.status, &page)
    }
}

impl Desk {
    fn of_office(id: &EvaluationId, evaluator: &str) -> Self {
        let home = format!("/evaluations/{id}");
        let name = encoded(evaluator);
        Self {
            at: format!("{home}/score"),
            query: format!("evaluator={name}"),
            draft: format!("/api/v1/evaluations/{id}/drafts/{name}"),
            home_title: String::new(),
            home,
            invited: None,
        }
    }

    fn of_guest(invited: &Invited) -> Self {
        let home = invited.home();
        Self {
            at: format!("{home}/score"),
            query: String::new(),
            draft: format!("{home}/draft"),
            home_title: "Your scores".to_owned(),
            home,
            invited: Some(invited.clone()),
        }
    }

    /// Where a form is sent.
    fn action(&self) -> String {
        self.with("")
    }

    /// The grid of one vendor, or of all.
    fn of_vendor(&self, vendor: &str) -> String {
        self.with(&format!("vendor={vendor}"))
    }

    fn saved(&self, vendor: Option<&str>) -> String {
        let vendor =
            vendor.map_or_else(String::new, |vendor| format!("&vendor={}", encoded(vendor)));
        self.with(&format!("done=saved{vendor}"))
    }

    fn with(&self, more: &str) -> String {
        let parts = [self.query.as_str(), more];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            self.at.clone()
        } else {
            format!("{}?{}", self.at, parts.join("&"))
        }
    }
}
