//! Sheets of somebody with a personal link: what became of each, told without a word about anybody else.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::reports::filters;
use crate::service;
use crate::web::download::download_marked;
use crate::web::guest::Invited;
use crate::web::held::HeldFile;
use crate::web::pages::sheets::{Asked, Job, Outcome, Terms, What, outcomes, pairs};
use crate::web::{Error, Layout, Posted, State, Uploaded, page_with_status};

#[derive(Template)]
#[template(path = "pages/mine-looked.html")]
struct Answer {
    layout: Layout,
    title: String,
    here: String,
    outcomes: Vec<Outcome>,
}

/// Looks at files that have just come; nothing is filed before it was seen.
pub(in crate::web) async fn upload(
    state: web::Data<State>,
    request: HttpRequest,
    invited: Invited,
    uploaded: Uploaded,
) -> Result<HttpResponse, Error> {
    let files = uploaded.into_files().into_iter();
    let jobs: Vec<Job> = files
        .map(|file| Job {
            file: HeldFile {
                name: file.name,
                bytes: file.bytes.into(),
                is_typed: false,
            },
            terms: Terms::default(),
            is_fresh: true,
        })
        .collect();
    if jobs.is_empty() {
        let message = "no file was chosen; choose one";
        return Err(service::Error::field("file", None, "file-missing", message).into());
    }
    let asked = Asked::about(jobs);
    answer(&state, &request, invited, asked).await
}

/// Goes on with a file that was sent before; files it if what it does was seen.
pub(in crate::web) async fn go_on(
    state: web::Data<State>,
    request: HttpRequest,
    invited: Invited,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let asked = Asked::of(&invited.id, &fields, state.held());
    answer(&state, &request, invited, asked).await
}

/// The file that was sent before, with what is wrong with it in a column of its own.
pub(in crate::web) async fn marked(
    state: web::Data<State>,
    invited: Invited,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let Invited { id, guest } = invited;
    let terms = Terms::of(&pairs(&fields))
        .unseen()
        .only_by(&guest.evaluator);
    let file = state.held().find(&id, terms.held());
    let file = file.ok_or(Error::NotFound)?;
    let upload = terms.upload(&file);
    let marked = state.work(move |service| service.mark_problems(guest.actor, &id, &upload));
    let (marked, _) = marked.await?;
    Ok(download_marked(&file.name, marked))
}

/// Shows what the sheet would do that is made of what they typed.
pub(in crate::web::pages) async fn preview(
    state: &State,
    request: &HttpRequest,
    invited: Invited,
    file: HeldFile,
) -> Result<HttpResponse, Error> {
    let asked = Asked::about(vec![Job {
        file,
        terms: Terms::default(),
        is_fresh: false,
    }]);
    answer(state, request, invited, asked).await
}

async fn answer(
    state: &State,
    request: &HttpRequest,
    invited: Invited,
    asked: Asked,
) -> Result<HttpResponse, Error> {
    let (caller, here) = (invited.caller(), invited.home());
    let asked = asked.only_by(&invited.guest.evaluator);
    let (opened, outcomes) = outcomes(state, caller, invited.id, asked).await?;
    let status = if outcomes.iter().any(Outcome::is_refused) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = Answer {
        layout: state.layout(),
        title: opened.dossier().title().to_owned(),
        here,
        outcomes,
    };
    page_with_status(request, status, &page)
}
