//! The way in: by the link of the terminal, or with an account.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::ServiceRequest;
use actix_web::http::header::AUTHORIZATION;
use actix_web::http::{Method, header};
use actix_web::{HttpMessage as _, HttpResponse, web};

use crate::accounts::Actor;
use crate::service::Visitor;

use super::super::caller::Caller;
use super::super::error::Error;
use super::super::routes;
use super::super::state::{Entrance, State};
use super::super::way_in::WayIn;
use super::{fetch, only};

/// The part of a query that carries the secret of a link.
const SECRET: &str = "t=";

/// Finds out who calls; an answer if that is not the handler's to give.
pub(super) fn check(
    request: &ServiceRequest,
    state: &State,
) -> Result<Option<HttpResponse>, Error> {
    let secret = secret_of(request.query_string()).filter(|_| *request.method() == Method::GET);
    match state.entrance() {
        Entrance::Open => {
            let caller = Caller::new(Actor::Unauthenticated);
            request.extensions_mut().insert(caller);
            Ok(secret.map(|_| without_secret(request)))
        }
        Entrance::Link(way_in) => by_link(request, state, way_in, secret),
        Entrance::Accounts => with_account(request, state),
    }
}

fn by_link(
    request: &ServiceRequest,
    state: &State,
    way_in: &WayIn,
    secret: Option<&str>,
) -> Result<Option<HttpResponse>, Error> {
    let path = request.path();
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

fn with_account(request: &ServiceRequest, state: &State) -> Result<Option<HttpResponse>, Error> {
    let path = request.path();
    if routes::is_open(path) {
        return Ok(None);
    }
    if state.service().house()?.is_empty() {
        return match path {
            routes::SET_UP => fetch::demand_same_origin(request.head(), state).map(|()| None),
            _ => Err(Error::NotSetUp),
        };
    }
    if request.headers().contains_key(AUTHORIZATION) {
        // Whoever shows a token is known by it alone.
        let token = only(request.headers(), AUTHORIZATION.as_str());
        let token = token.and_then(|value| value.strip_prefix("Bearer "));
        let user = match token {
            Some(token) => state.service().bearer(token.trim())?,
            None => None,
        };
        let caller = Caller::new(Actor::User(user.ok_or(Error::BadToken)?));
        request.extensions_mut().insert(caller);
        return Ok(None);
    }
    // A browser that shows a cookie must also show that one of our own pages sent the request.
    fetch::demand_same_origin(request.head(), state)?;
    let cookie = request.cookie(&state.session_cookie());
    let visitor = match &cookie {
        Some(cookie) => state.service().visitor(cookie.value())?,
        None => None,
    };
    if let Some(visitor) = visitor {
        request
            .extensions_mut()
            .insert(Caller::new(Actor::User(visitor.user)));
        request.extensions_mut().insert(visitor);
        note_use(state, visitor);
        return Ok(None);
    }
    match path {
        _ if routes::lets_in(path) => Ok(None),
        _ if routes::is_api(path) || *request.method() != Method::GET => Err(Error::SignInFirst),
        _ => Ok(Some(to_sign_in(request))),
    }
}

/// Notes now and then that somebody is there; nobody waits for it.
fn note_use(state: &State, visitor: Visitor) {
    if visitor.is_due {
        let service = std::sync::Arc::clone(state.service());
        // It is on its way already; what is dropped is only the waiting.
        drop(web::block(move || {
            if let Err(why) = service.note_use(&visitor) {
                tracing::error!(%why, "the use of a session cannot be noted");
            }
        }));
    }
}

/// Sends a browser to where its user signs in, and from there back.
fn to_sign_in(request: &ServiceRequest) -> HttpResponse {
    let wanted = request
        .uri()
        .path_and_query()
        .map_or("/", |uri| uri.as_str());
    let target = match wanted {
        "/" => routes::SIGN_IN.to_owned(),
        wanted => format!("{}?to={}", routes::SIGN_IN, encoded(wanted)),
    };
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, target))
        .finish()
}

/// As it stands in a query.
fn encoded(text: &str) -> String {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.');
    let letters = text.bytes().map(|byte| {
        if fits(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    });
    letters.collect::<Vec<_>>().concat()
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
