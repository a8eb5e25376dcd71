//! One file, sent as it is or in a form.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};

use super::{Uploaded, upload_limit, whole};
use crate::service;
use crate::web::error::Error;

/// The bytes of one file: the only file of a form, or the body itself where it is no form.
#[derive(Debug)]
pub(in crate::web) struct OneFile(
    /// What it holds.
    pub(in crate::web) Vec<u8>,
);

impl FromRequest for OneFile {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let content_type = request.content_type();
        if content_type.eq_ignore_ascii_case("multipart/form-data") {
            let uploaded = Uploaded::from_request(request, payload);
            return Box::pin(async move { only(uploaded.await?) });
        }
        let is_text = content_type.eq_ignore_ascii_case("text/csv");
        let limit = upload_limit(request);
        let mut payload = payload.take();
        Box::pin(async move {
            if is_text {
                whole(&mut payload, limit).await.map(Self)
            } else {
                Err(Error::WrongType {
                    wanted: "text/csv, or multipart/form-data with one file",
                })
            }
        })
    }
}

fn only(uploaded: Uploaded) -> Result<OneFile, Error> {
    let mut files = uploaded.into_files().into_iter();
    match (files.next(), files.next()) {
        (Some(file), None) => Ok(OneFile(file.bytes)),
        (first, _) => {
            let name = first.map(|file| file.name);
            let message = "send exactly one file";
            Err(service::Error::field("file", name.as_deref(), "one-file-needed", message).into())
        }
    }
}
