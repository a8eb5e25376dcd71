//! The way in: the link becomes a cookie, and the cookie says who calls.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::ServiceRequest;
use actix_web::http::{Method, header};
use actix_web::{HttpMessage as _, HttpResponse};

use crate::accounts::Actor;

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::routes;
use super::super::state::State;

/// The part of a query that carries the secret of a link.
const SECRET: &str = "t=";

/// Finds out who calls; an answer if the link was used.
pub(super) fn check(
    request: &ServiceRequest,
    state: &State,
) -> Result<Option<HttpResponse>, Error> {
    let path = request.path();
    let secret = secret_of(request.query_string()).filter(|_| *request.method() == Method::GET);
    let Some(way_in) = state.way_in() else {
        request
            .extensions_mut()
            .insert(Caller::new(Actor::Unauthenticated));
        return Ok(secret.map(|_| without_secret(request)));
    };
    let name = cookie_name(state.port());
    let cookie = request.cookie(&name);
    if cookie.is_some_and(|cookie| way_in.knows(cookie.value())) {
        request.extensions_mut().insert(Caller::new(Actor::Local));
        return Ok(secret.map(|_| without_secret(request)));
    }
    if let Some(secret) = secret.filter(|_| !routes::is_api(path)) {
        let let_in = way_in.open(secret)?.ok_or(Error::UsedLink)?;
        state.announce_link(&let_in.next);
        let mut response = without_secret(request);
        let cookie = Cookie::build(name, let_in.pass.reveal())
            .path("/")
            .http_only(true)
            .same_site(SameSite::Strict)
            .finish();
        response.add_cookie(&cookie).map_err(|_| Error::Broken)?;
        return Ok(Some(response));
    }
    if routes::is_open(path) {
        return Ok(None);
    }
    Err(Error::NotSignedIn)
}

/// Servers on several ports of one machine share its cookies, so that each needs a name of its own.
fn cookie_name(port: u16) -> String {
    format!("scorecard-{port}")
}

fn secret_of(query: &str) -> Option<&str> {
    query.split('&').find_map(|part| part.strip_prefix(SECRET))
}

/// The same address without the secret.
fn without_secret(request: &ServiceRequest) -> HttpResponse {
    let kept: Vec<&str> = request
        .query_string()
        .split('&')
        .filter(|part| !part.starts_with(SECRET))
        .collect();
    // Two slashes at the start would name another host.
    let path = format!("/{}", request.path().trim_start_matches(['/', '\\']));
    let target = if kept.is_empty() {
        path
    } else {
        format!("{path}?{}", kept.join("&"))
    };
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, target))
        .finish()
}
