//! Who signed in, and whether they gave their password just now.

use std::future::{Ready, ready};

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};

use crate::accounts::{Actor, Key, Reach};
use crate::service::Visitor;

use super::caller::Caller;
use super::error::Error;
use super::state::State;

/// Somebody who signed in with a browser. A handler about an account takes one.
#[derive(Debug, Clone, Copy)]
pub struct SignedIn(
    /// Who, and in which session.
    pub Visitor,
);

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let visitor = request.extensions().get::<Visitor>().copied();
        ready(visitor.map(Self).ok_or(Error::NoAccount))
    }
}

/// Somebody of whom it is sure that they do it themselves: who signed in gave their password in the last minutes, and without
/// accounts there is nothing to give. A handler of what weighs much takes one in place of a [`Caller`].
#[derive(Debug, Clone, Copy)]
pub struct Confirmed {
    actor: Actor,
}

impl Confirmed {
    /// Whom the record names.
    #[must_use]
    pub fn actor(self) -> Actor {
        self.actor
    }
}

impl FromRequest for Confirmed {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let extensions = request.extensions();
        let caller = extensions.get::<Caller>().copied();
        let is_fresh = extensions
            .get::<Visitor>()
            .is_some_and(|visitor| visitor.is_fresh);
        ready(match caller.map(Caller::actor) {
            None => Err(Error::NotSignedIn),
            Some(Actor::User(user)) if user.reach == Reach::Everything && !is_fresh => {
                Err(Error::Unconfirmed)
            }
            // What a token may do at all is said by its scope.
            Some(actor) => Ok(Self { actor }),
        })
    }
}

/// The cookie that a browser shows from now on.
pub(super) fn cookie<'a>(state: &State, key: &Key) -> Cookie<'a> {
    Cookie::build(state.session_cookie(), key.reveal().to_owned())
        .path("/")
        .secure(state.settings().is_secure())
        .http_only(true)
        .same_site(SameSite::Strict)
        .finish()
}

/// The cookie that takes it away again.
pub(super) fn no_cookie<'a>(state: &State) -> Cookie<'a> {
    let mut cookie = Cookie::build(state.session_cookie(), "")
        .path("/")
        .secure(state.settings().is_secure())
        .http_only(true)
        .same_site(SameSite::Strict)
        .finish();
    cookie.make_removal();
    cookie
}
