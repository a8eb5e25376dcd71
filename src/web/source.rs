//! From where somebody calls, as it is counted and written down.

use std::future::{Ready, ready};
use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::http::header::USER_AGENT;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};

use super::error::Error;

/// From where somebody calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source(String);

impl Source {
    /// The source of an address. An IPv6 network of one customer counts as one source.
    pub(super) fn new(address: Option<IpAddr>) -> Self {
        Self(match address {
            None => "unknown".to_owned(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        })
    }

    /// The address, as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromRequest for Source {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let source = request.extensions().get::<Self>().cloned();
        ready(source.ok_or(Error::Broken))
    }
}

/// What a browser calls itself, for its user to know it again.
pub(super) fn device(request: &HttpRequest, source: &Source) -> String {
    let agent = request.headers().get(USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok()).unwrap_or("");
    let browser = ["Firefox", "Edg", "Chrome", "Safari"]
        .into_iter()
        .find(|name| agent.contains(name))
        .map_or(
            "a browser",
            |name| if name == "Edg" { "Edge" } else { name },
        );
    let system = ["Windows", "Android", "iPhone", "Mac OS", "Linux"]
        .into_iter()
        .find(|name| agent.contains(name));
    match system {
        Some(system) => format!("{browser} on {system}, from {}", source.as_str()),
        None => format!("{browser}, from {}", source.as_str()),
    }
}
