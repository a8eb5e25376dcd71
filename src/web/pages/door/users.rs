//! Accounts, for those who look after them. Nobody but their user ever knows a password: it is set with a link that works once.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{Action, Actor, Login, Object, may};
use crate::reports::filters;
use crate::service::{self, Service};
use crate::web::layout::Layout;
use crate::web::{Caller, Error, Posted, State, page_with_status, routes};

use super::{minute, told};

#[derive(Template)]
#[template(path = "pages/users.html")]
struct UsersPage {
    layout: Layout,
    users: Vec<UserRow>,
    /// For whom a link was made just now, and the link; it is never shown again.
    link: Option<(String, String)>,
    name: String,
    wrong: Option<String>,
}

struct UserRow {
    name: String,
    is_enabled: bool,
    is_administrator: bool,
    has_password: bool,
    signed_in: String,
}

/// What is to be changed.
#[derive(Debug, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::web) enum Change {
    Create {
        name: String,
        administrator: Option<String>,
    },
    Disable {
        user: Login,
    },
    Enable {
        user: Login,
    },
    MakeAdministrator {
        user: Login,
    },
    UnmakeAdministrator {
        user: Login,
    },
    Link {
        user: Login,
    },
}

pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
) -> Result<HttpResponse, Error> {
    answer(&request, &state, caller, None, Ok(None)).await
}

pub(in crate::web) async fn change(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    Posted(change): Posted<Change>,
) -> Result<HttpResponse, Error> {
    let typed = match &change {
        Change::Create { name, .. } => Some(name.clone()),
        _ => None,
    };
    let actor = caller.actor();
    let done = state
        .work(move |service| changed(service, actor, change))
        .await;
    let made = done.map(|made| {
        made.map(|(user, secret)| {
            let path = format!("{}?t={secret}", routes::PASSWORD);
            (user.to_string(), state.address_of(&path))
        })
    });
    answer(&request, &state, caller, typed, made).await
}

/// The user for whom a link was made, and its secret.
fn changed(
    service: &Service,
    actor: Actor,
    change: Change,
) -> Result<Option<(Login, String)>, service::Error> {
    let linked = |user| {
        let key = service.make_password_link(actor, user)?;
        Ok(Some((user, key.reveal().to_owned())))
    };
    match change {
        Change::Create {
            name,
            administrator,
        } => linked(service.create_user(actor, &name, administrator.is_some())?),
        Change::Link { user } => linked(user),
        Change::Disable { user } => service.disable_user(actor, user).map(|()| None),
        Change::Enable { user } => service.enable_user(actor, user).map(|()| None),
        Change::MakeAdministrator { user } => {
            service.set_administrator(actor, user, true).map(|()| None)
        }
        Change::UnmakeAdministrator { user } => {
            service.set_administrator(actor, user, false).map(|()| None)
        }
    }
}

async fn answer(
    request: &HttpRequest,
    state: &State,
    caller: Caller,
    typed: Option<String>,
    done: Result<Option<(String, String)>, Error>,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    may(actor, Action::ManageUsers, Object::House).map_err(service::Error::from)?;
    let (status, link, wrong) = match done {
        Ok(link) => (StatusCode::OK, link, None),
        Err(error) => (error.status(), None, Some(told(error)?)),
    };
    let house = state.work(Service::house).await?;
    let users = house.accounts().map(|(login, account)| UserRow {
        name: login.to_string(),
        is_enabled: account.is_enabled,
        is_administrator: account.is_administrator,
        has_password: account.has_password,
        signed_in: account
            .signed_in_at
            .map_or_else(|| "never".to_owned(), minute),
    });
    let template = UsersPage {
        layout: state.layout(),
        users: users.collect(),
        name: typed.filter(|_| wrong.is_some()).unwrap_or_default(),
        link,
        wrong,
    };
    page_with_status(request, status, &template)
}
