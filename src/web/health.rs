//! Whether the process lives, and whether it can do its work.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::service::Service;

use super::state::State;

#[derive(Serialize)]
struct Health {
    status: &'static str,
}

/// The process answers.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().json(Health { status: "live" })
}

/// The process can do its work.
pub(super) async fn ready(state: web::Data<State>) -> HttpResponse {
    match state.work(Service::ready).await {
        Ok(()) => HttpResponse::Ok().json(Health { status: "ready" }),
        Err(why) => {
            tracing::warn!(%why, "not ready");
            HttpResponse::ServiceUnavailable().json(Health {
                status: "not ready",
            })
        }
    }
}
