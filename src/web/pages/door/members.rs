//! Who has which role in an evaluation.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{Action, Actor, Role, may};
use crate::record::EvaluationId;
use crate::service::{self, Opened, Service};
use crate::web::layout::Layout;
use crate::web::{At, Caller, Error, Posted, State, page_with_status};

use super::told;

#[derive(Template)]
#[template(path = "pages/members.html")]
struct MembersPage<'a> {
    layout: Layout,
    title: &'a str,
    here: String,
    members: Vec<(String, String)>,
    evaluators: Vec<&'a str>,
    may_change: bool,
    wrong: Option<String>,
}

/// What is to be changed.
#[derive(Debug, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::web) enum Change {
    Add {
        user: String,
        role: RoleWord,
        evaluator: Option<String>,
    },
    Remove {
        user: String,
    },
}

/// A role as the form names it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::web) enum RoleWord {
    Owner,
    Evaluator,
    Viewer,
    Auditor,
}

pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let opened = state
        .work(move |service| service.open(actor, &at.0))
        .await?;
    answer(&request, &state, actor, &opened, (StatusCode::OK, None))
}

pub(in crate::web) async fn change(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
    Posted(change): Posted<Change>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (caller.actor(), at.0.clone());
    let done = state
        .work(move |service| changed(service, actor, &id, change))
        .await;
    let (opened, said) = match done {
        Ok(opened) => (opened, (StatusCode::OK, None)),
        Err(error) => {
            let status = error.status();
            let wrong = told(error)?;
            let again = state.work(move |service| service.open(actor, &at.0));
            (again.await?, (status, Some(wrong)))
        }
    };
    answer(&request, &state, actor, &opened, said)
}

fn changed(
    service: &Service,
    actor: Actor,
    id: &EvaluationId,
    change: Change,
) -> Result<std::sync::Arc<Opened>, service::Error> {
    match change {
        Change::Remove { user } => service.remove_member(actor, id, &user),
        Change::Add {
            user,
            role,
            evaluator,
        } => {
            let role = match role {
                RoleWord::Owner => Role::Owner,
                RoleWord::Evaluator => Role::Evaluator(evaluator.unwrap_or_default()),
                RoleWord::Viewer => Role::Viewer,
                RoleWord::Auditor => Role::Auditor,
            };
            service.add_member(actor, id, &user, role)
        }
    }
}

fn answer(
    request: &HttpRequest,
    state: &State,
    actor: Actor,
    opened: &Opened,
    (status, wrong): (StatusCode, Option<String>),
) -> Result<HttpResponse, Error> {
    let dossier = opened.dossier();
    let evaluation = dossier.evaluation();
    let words = |roles: &[Role]| {
        let words = roles.iter().map(ToString::to_string);
        words.collect::<Vec<_>>().join(", ")
    };
    let members = dossier.members().users();
    let members = members.map(|(login, roles)| (login.to_string(), words(roles)));
    let template = MembersPage {
        layout: state.layout(),
        title: dossier.title(),
        here: format!("/evaluations/{}", dossier.id()),
        members: members.collect(),
        evaluators: evaluation
            .evaluator_indices()
            .map(|one| evaluation.evaluator_name(one))
            .collect(),
        may_change: may(actor, Action::ChangeMembers, dossier.object()).is_ok(),
        wrong,
    };
    page_with_status(request, status, &template)
}
