//! Documents that programs send.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;

use super::{FORM_BYTES, demand, whole};
use crate::web::error::Error;

/// A JSON document that a program sent.
#[derive(Debug)]
pub struct Json<T>(
    /// What it says.
    pub T,
);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let typed = demand(request, "application/json");
        let mut payload = payload.take();
        Box::pin(async move {
            typed?;
            let body = whole(&mut payload, FORM_BYTES).await?;
            let read = serde_json::from_slice(&body).map_err(|why| Error::Malformed {
                why: why.to_string(),
            });
            read.map(Self)
        })
    }
}
