//! Who calls: known only once the guard has let the request in.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};

use super::error::Error;

/// Who calls. A handler that works for somebody takes one, and cannot be reached without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// A person at this machine who came in through the link.
    Local,
    /// A script on this machine, while there is no login.
    Script,
}

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Self>().copied();
        ready(caller.ok_or(Error::NotSignedIn))
    }
}
