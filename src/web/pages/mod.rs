//! The pages, one file each: handler, view and template.

mod addresses;
pub(super) mod compare;
pub(super) mod criteria;
pub(super) mod criterion;
pub(super) mod declare;
pub(super) mod display;
pub(super) mod door;
pub(super) mod evaluation;
pub(super) mod explain;
pub(super) mod guide;
pub(super) mod home;
pub(super) mod mine;
pub(super) mod own;
pub(super) mod pictures;
pub(super) mod results;
pub(super) mod score;
pub(super) mod search;
pub(super) mod sheets;
pub(super) mod steps;
pub(super) mod timeline;
pub(super) mod vendor;
mod ways;

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use serde::Deserialize;

use crate::record::EvaluationId;

use super::error::Error;

/// An evaluation's address.
#[derive(Debug, Deserialize)]
pub(super) struct Address {
    id: String,
}

impl Address {
    fn id(&self) -> Result<EvaluationId, Error> {
        self.id.parse().map_err(|_| Error::NotFound)
    }
}

/// What is looked through.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct View {
    lens: Option<String>,
}

/// Sends the browser to another page, which it may load again without sending the form again.
fn see(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, path))
        .finish()
}
