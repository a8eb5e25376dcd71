//! Setting a password with a link that works once, and setting up the first administrator.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::web::layout::Layout;
use crate::web::pages::see;
use crate::web::{Error, Posted, Query, State, page, page_with_status, routes};

use super::told;

#[derive(Template)]
#[template(path = "pages/password.html")]
struct PasswordPage<'a> {
    layout: Layout,
    action: &'a str,
    secret: &'a str,
    /// Whose; `None` if they choose a name too.
    name: Option<String>,
    wrong: Option<String>,
}

/// The secret of the link, and what was chosen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Typed {
    secret: String,
    name: Option<String>,
    password: String,
    again: String,
}

impl Typed {
    fn differs(&self) -> Option<String> {
        let message = "the two passwords are not the same; type it twice";
        (self.password != self.again).then(|| message.to_owned())
    }
}

pub(in crate::web) async fn show_set_up(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, Error> {
    look(&request, &state, routes::SET_UP)
}

pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, Error> {
    look(&request, &state, routes::PASSWORD)
}

fn look(request: &HttpRequest, state: &State, action: &str) -> Result<HttpResponse, Error> {
    let query = Query::of(request, &["t"])?;
    let secret = query.get("t").unwrap_or_default();
    let name = demanded(state, action, secret)?;
    let template = PasswordPage {
        layout: state.layout(),
        action,
        secret,
        name,
        wrong: None,
    };
    page(request, &template)
}

/// Whose link it is; one to set up the service is nobody's.
fn demanded(state: &State, action: &str, secret: &str) -> Result<Option<String>, Error> {
    let login = state.service().link_for(secret)?;
    if login.is_none() != (action == routes::SET_UP) {
        return Err(Error::Work(crate::service::Error::UsedLink));
    }
    Ok(login.map(|login| login.to_string()))
}

pub(in crate::web) async fn set_up(
    request: HttpRequest,
    state: web::Data<State>,
    Posted(typed): Posted<Typed>,
) -> Result<HttpResponse, Error> {
    demanded(&state, routes::SET_UP, &typed.secret)?;
    if let Some(wrong) = typed.differs() {
        return again(&request, &state, routes::SET_UP, &typed.secret, wrong);
    }
    let Typed {
        secret,
        name,
        password,
        ..
    } = typed;
    let link = secret.clone();
    let work = move |service: &crate::service::Service| {
        service.set_up(&link, name.as_deref().unwrap_or_default(), &password)
    };
    match state.work(work).await {
        Ok(_) => Ok(see(routes::SIGN_IN)),
        Err(error) => again(&request, &state, routes::SET_UP, &secret, told(error)?),
    }
}

pub(in crate::web) async fn set(
    request: HttpRequest,
    state: web::Data<State>,
    Posted(typed): Posted<Typed>,
) -> Result<HttpResponse, Error> {
    demanded(&state, routes::PASSWORD, &typed.secret)?;
    if let Some(wrong) = typed.differs() {
        return again(&request, &state, routes::PASSWORD, &typed.secret, wrong);
    }
    let Typed {
        secret, password, ..
    } = typed;
    let link = secret.clone();
    let work =
        move |service: &crate::service::Service| service.set_password_by_link(&link, &password);
    match state.work(work).await {
        Ok(_) => Ok(see(routes::SIGN_IN)),
        Err(error) => again(&request, &state, routes::PASSWORD, &secret, told(error)?),
    }
}

/// The page again, with what was wrong; a password is typed anew.
fn again(
    request: &HttpRequest,
    state: &State,
    action: &str,
    secret: &str,
    wrong: String,
) -> Result<HttpResponse, Error> {
    let template = PasswordPage {
        layout: state.layout(),
        action,
        secret,
        name: demanded(state, action, secret)?,
        wrong: Some(wrong),
    };
    let status = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
    page_with_status(request, status, &template)
}
