//! The result as JSON: the same bytes as `rank --format json` prints for the same sheets and criteria.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{Error, RECORD, State};
use crate::web::exports::{json_of, lens_of};
use crate::web::{At, Caller};

/// The result, through a lens if one is asked for.
pub(super) async fn ranking(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let lens = lens_of(&request)?;
    let (head, bytes) = json_of(&state, caller, at, lens).await?;
    Ok(HttpResponse::Ok()
        .insert_header((RECORD, head))
        .content_type("application/json")
        .body(bytes))
}
