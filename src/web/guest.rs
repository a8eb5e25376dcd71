//! Who comes with a personal link: known by a cookie that is sent to their own pages only.

use std::future::Future;
use std::pin::Pin;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use crate::record::EvaluationId;
use crate::service::Guest;

use super::caller::Caller;
use super::error::Error;
use super::state::State;

/// Somebody who came with a personal link. The pages of such people take one and cannot be reached without.
#[derive(Debug, Clone)]
pub(super) struct Invited {
    /// The evaluation that the link leads to.
    pub(super) id: EvaluationId,
    /// Who they are.
    pub(super) guest: Guest,
}

impl Invited {
    pub(super) fn caller(&self) -> Caller {
        Caller::new(self.guest.actor)
    }

    /// The address that all of their pages are below.
    pub(super) fn home(&self) -> String {
        home(&self.id)
    }
}

impl FromRequest for Invited {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let state = request.app_data::<web::Data<State>>().cloned();
        let id = request.match_info().query("id").parse::<EvaluationId>();
        let secret = state.as_ref().and_then(|state| {
            let cookie = request.cookie(&cookie_name(state.port()))?;
            Some(cookie.value().to_owned())
        });
        Box::pin(async move {
            let state = state.ok_or(Error::Broken)?;
            let id = id.map_err(|_| Error::NotFound)?;
            let secret = secret.ok_or(Error::NotFound)?;
            let of = id.clone();
            let guest = state.work(move |service| service.guest(&of, &secret));
            Ok(Self {
                guest: guest.await?,
                id,
            })
        })
    }
}

/// The address that all pages of those with a link to an evaluation are below.
pub(super) fn home(id: &EvaluationId) -> String {
    format!("/mine/{id}")
}

/// The cookie of a link. It goes to the pages of its evaluation alone.
pub(super) fn cookie(state: &State, id: &EvaluationId, secret: &str) -> Cookie<'static> {
    Cookie::build(cookie_name(state.port()), secret.to_owned())
        .path(home(id))
        .secure(state.settings().is_secure())
        .http_only(true)
        .same_site(SameSite::Strict)
        .finish()
}

/// Servers on several ports of one machine share its cookies, so that each needs a name of its own.
fn cookie_name(port: u16) -> String {
    format!("scorecard-link-{port}")
}
