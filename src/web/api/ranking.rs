//! The result as JSON: the same bytes as `rank --format json` prints for the same sheets and criteria.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{Error, State};
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
    let (stamp, bytes) = json_of(&state, caller, at, lens).await?;
    let mut response = HttpResponse::Ok()
        .content_type("application/json")
        .body(bytes);
    stamp.put_on(&mut response)?;
    Ok(response)
}
