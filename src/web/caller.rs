//! Who calls: known only once the guard has let the request in.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};

use crate::accounts::Actor;
use crate::reports::locale::Locale;

use super::display;
use super::error::Error;

/// Who calls. A handler that works for somebody takes one, and cannot be reached without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Caller {
    actor: Actor,
    locale: Locale,
}

impl Caller {
    pub(super) fn new(actor: Actor) -> Self {
        Self {
            actor,
            locale: Locale::default(),
        }
    }

    /// Whom the record names.
    #[must_use]
    pub fn actor(self) -> Actor {
        self.actor
    }

    /// How they write numbers and dates, for pages.
    pub(super) fn locale(self) -> Locale {
        self.locale
    }
}

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Self>().copied();
        ready(match caller {
            Some(caller) => Ok(Self {
                locale: display::locale(request),
                ..caller
            }),
            None => Err(Error::NotSignedIn),
        })
    }
}
