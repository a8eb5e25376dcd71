//! What every request goes through before its handler, and every answer after it.

mod body;
mod fetch;
mod headers;
mod host;
mod login;
mod peer;

#[cfg(test)]
mod tests;

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::{ConnectionType, Method};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpResponse, web};
use futures_util::FutureExt as _;

use super::error::Error;
use super::state::{REQUEST, State};
use super::telling::{self, Asked};

/// What lets a request pass: nothing to add, or an answer in place of the handler's.
enum Passed {
    On,
    Answered(HttpResponse),
}

/// Refuses what must not get in, hands the rest on, and makes every answer whole: errors told, headers set, one line logged.
pub(super) async fn guard(
    mut request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    let Some(state) = request.app_data::<web::Data<State>>().cloned() else {
        return Err(Error::Broken.into());
    };
    let asked = Asked::of(&request, &state);
    let answer = match check(&mut request, &state) {
        Ok(Passed::On) => {
            if request.method() == Method::HEAD {
                // Answered like GET; the server library leaves the body out.
                request.head_mut().method = Method::GET;
            }
            let handled = REQUEST.scope(asked.id.clone(), next.call(request));
            AssertUnwindSafe(handled).catch_unwind().await
        }
        Ok(Passed::Answered(response)) => Ok(Ok(request.into_response(response))),
        Err(error) => {
            let unread = error.status().as_u16() == 413;
            let mut response = telling::answer(&error, &asked, &state);
            if unread {
                body::throw_away(&mut request).await;
                let head = response.head_mut();
                head.set_connection_type(ConnectionType::Close);
            }
            Ok(Ok(request.into_response(response)))
        }
    };
    if let Ok(Ok(response)) = answer {
        let mut response = telling::told(response, &asked, &state);
        headers::complete(
            response.headers_mut(),
            &asked.id,
            state.settings().is_secure(),
        );
        let route = response.request().match_pattern();
        asked.log(route.as_deref(), response.status(), started.elapsed());
        return Ok(body::keep_rest(response));
    }
    let mut response = telling::answer(&Error::Broken, &asked, &state);
    headers::complete(
        response.headers_mut(),
        &asked.id,
        state.settings().is_secure(),
    );
    asked.log(None, response.status(), started.elapsed());
    Err(InternalError::from_response(Error::Broken, response).into())
}

/// Everything a request must show before it gets further.
fn check(request: &mut ServiceRequest, state: &State) -> Result<Passed, Error> {
    host::check(
        request.head(),
        state.port(),
        state.settings().public.as_ref(),
    )?;
    let source = peer::check(request, state.settings())?;
    request.extensions_mut().insert(source);
    fetch::check(request.head(), state)?;
    if let Some(response) = login::check(request, state)? {
        return Ok(Passed::Answered(response));
    }
    body::bound(request, state.settings())?;
    Ok(Passed::On)
}

/// The one value of a header, as text; `None` if it is missing, sent twice or no text.
fn only<'a>(headers: &'a actix_web::http::header::HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name);
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}
