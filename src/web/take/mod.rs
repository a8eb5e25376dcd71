//! What a request brings: a form, a document, files. Nothing is handed on before all of it has arrived.

mod document;
mod file;
mod form;
mod path;
mod plan;
mod query;
mod sheet;
mod upload;
mod what_if;

use actix_web::HttpMessage as _;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web;
use futures_util::StreamExt as _;

use super::error::Error;
use super::state::State;

pub use document::Document;
pub(super) use file::OneFile;
pub use form::Posted;
pub use path::{At, AtSheet};
pub(super) use plan::{demand_in_time, plan_of, takes_long};
pub use query::Query;
pub(super) use sheet::SheetForm;
pub use upload::{Uploaded, UploadedFile};
pub(super) use what_if::{AskedWhatIf, ReadWhatIf, price_share};

/// The most bytes of a form or a document without files.
const FORM_BYTES: usize = 1024 * 1024;

/// Reads a whole body.
async fn whole(payload: &mut Payload, limit: usize) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|why| broken_off(&why, limit))?;
        if body.len().saturating_add(chunk.len()) > limit {
            return Err(Error::TooLarge { limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Why a body did not arrive whole.
fn broken_off(why: &PayloadError, limit: usize) -> Error {
    match why {
        PayloadError::Overflow => Error::TooLarge { limit },
        PayloadError::Io(cause) if cause.kind() == std::io::ErrorKind::TimedOut => Error::TooSlow,
        _ => Error::Truncated,
    }
}

/// The most bytes of a body with files.
fn upload_limit(request: &HttpRequest) -> usize {
    let state = request.app_data::<web::Data<State>>();
    state.map_or(FORM_BYTES, |state| state.settings().max_upload)
}

/// Refuses another type than the one that is taken, before anything is read.
fn demand(request: &HttpRequest, wanted: &'static str) -> Result<(), Error> {
    if request.content_type().eq_ignore_ascii_case(wanted) {
        Ok(())
    } else {
        Err(Error::WrongType { wanted })
    }
}
