//! What an address names: an evaluation, and one of its sheets.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::record::EvaluationId;
use crate::service;
use crate::web::error::Error;

/// The evaluation that `{id}` in an address names. Whether there is one, its handler finds out.
#[derive(Debug, Clone)]
pub struct At(
    /// Its id.
    pub EvaluationId,
);

/// The sheet that `{id}` and `{sheet}` in an address name.
#[derive(Debug, Clone)]
pub struct AtSheet(
    /// The id of the evaluation.
    pub EvaluationId,
    /// The number of the sheet.
    pub u32,
);

impl FromRequest for At {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(evaluation(request).map(Self))
    }
}

impl FromRequest for AtSheet {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let number = request.match_info().query("sheet").parse();
        let at = evaluation(request).and_then(|id| {
            let number = number.map_err(|_| service::Error::NoSheet)?;
            Ok(Self(id, number))
        });
        ready(at)
    }
}

fn evaluation(request: &HttpRequest) -> Result<EvaluationId, Error> {
    let id = request.match_info().query("id").parse();
    Ok(id.map_err(|_| service::Error::NoEvaluation)?)
}
