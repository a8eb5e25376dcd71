//! The service for programs: one file per resource, over the same verbs as the pages.
//!
//! A verb that changes an evaluation answers with the whole evaluation afterwards. What is wrong is told as an RFC 9457
//! problem document, with everything that is wrong at once.

mod costs;
mod decision;
pub(super) mod drafts;
mod evaluations;
mod explain;
mod filed;
mod firmness;
mod method;
mod own;
mod people;
mod purge;
mod ranking;
mod resolved;
mod settle;
mod sheets;
mod tailoring;
mod view;
mod weights;
mod what_if;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{ServiceConfig, delete, get, post, put, resource};

use crate::accounts::Actor;
use crate::service::{self, Opened, Service};

use super::error::Error;
use super::exports::{self, RECORD};
use super::pages::timeline;
use super::papers;
use super::state::State;
use super::take::Document;
use view::EvaluationJson;

/// Every address for programs.
pub(super) fn routes(service: &mut ServiceConfig) {
    let all = resource("/api/v1/evaluations")
        .route(get().to(evaluations::list))
        .route(post().to(evaluations::start));
    let one = resource("/api/v1/evaluations/{id}")
        .route(get().to(evaluations::show))
        .route(delete().to(evaluations::remove));
    let weights = resource("/api/v1/weights/{method}").route(post().to(weights::elicit));
    let own = resource("/api/v1/evaluations/from-spreadsheet").route(post().to(own::start));
    service
        .service(all)
        .service(own)
        .service(one)
        .service(weights);
    service
        .configure(method_and_people)
        .configure(sheets_and_decision);
}

fn method_and_people(service: &mut ServiceConfig) {
    let at = |path: &str| resource(format!("/api/v1/evaluations/{{id}}/{path}"));
    service
        .service(at("method").route(put().to(method::choose)))
        .service(at("weights/{method}").route(post().to(weights::take)))
        .service(at("judgements/{digest}").route(get().to(weights::judgements)))
        .service(at("method/tailoring").route(put().to(tailoring::tailor)))
        .service(at("method.html").route(get().to(papers::method)))
        .service(at("method/freeze").route(post().to(method::freeze)))
        .service(at("method/revise").route(post().to(method::revise)))
        .service(at("method/reopen").route(post().to(method::reopen)))
        .service(
            at("vendors")
                .route(post().to(people::add_vendors))
                .route(delete().to(people::remove_vendor)),
        )
        .service(
            at("evaluators")
                .route(post().to(people::add_evaluators))
                .route(delete().to(people::remove_evaluator)),
        )
        .service(at("assignments").route(put().to(people::assign)))
        .service(at("handouts").route(post().to(people::hand_out)));
}

fn sheets_and_decision(service: &mut ServiceConfig) {
    let at = |path: &str| resource(format!("/api/v1/evaluations/{{id}}/{path}"));
    service
        .service(
            at("sheets")
                .route(get().to(sheets::list))
                .route(post().to(sheets::file)),
        )
        .service(
            at("drafts/{evaluator}")
                .route(get().to(drafts::show))
                .route(put().to(drafts::save)),
        )
        .service(at("sheets/problems").route(post().to(sheets::problems)))
        .service(
            at("sheets/{sheet}")
                .route(get().to(sheets::show))
                .route(delete().to(sheets::withdraw)),
        )
        .service(
            at("sheets/{sheet}/original")
                .route(get().to(sheets::original))
                .route(delete().to(purge::file)),
        )
        .service(at("files").route(delete().to(purge::all)))
        .service(at("retention").route(put().to(purge::retain)))
        .service(at("sheets/{sheet}/restore").route(post().to(sheets::restore)))
        .service(
            at("exclusions")
                .route(post().to(settle::exclude))
                .route(delete().to(settle::readmit)),
        )
        .service(
            at("recusals")
                .route(post().to(settle::recuse))
                .route(delete().to(settle::take_recusal_back)),
        )
        .service(at("scoring/close").route(post().to(decision::close)))
        .service(at("prices/open").route(post().to(decision::open_prices)))
        .service(at("scoring/reopen").route(post().to(decision::reopen)))
        .service(
            at("decision")
                .route(put().to(decision::decide))
                .route(delete().to(decision::take_back)),
        )
        .service(
            at("proposal")
                .route(put().to(decision::confirm))
                .route(delete().to(decision::take_proposal_back)),
        )
        .service(
            at("lock")
                .route(put().to(decision::lock))
                .route(delete().to(decision::unlock)),
        )
        .service(at("pinned.json").route(get().to(exports::pinned_json)))
        .service(at("costs").route(get().to(costs::costs)))
        .service(at("price-quality").route(get().to(costs::price_quality)))
        .service(at("ranking").route(get().to(ranking::ranking)))
        .service(at("what-if").route(get().to(what_if::what_if)))
        .service(at("firmness").route(get().to(firmness::firmness)))
        .service(at("agreement").route(get().to(firmness::agreement)))
        .service(at("why").route(get().to(explain::why)))
        .service(at("missing").route(get().to(explain::missing)))
        .service(at("agenda").route(get().to(explain::agenda)))
        .service(at("lenses").route(get().to(explain::lenses)))
        .service(at("mix").route(get().to(explain::mix)))
        .service(at("report.html").route(get().to(papers::report)))
        .service(at("advice.html").route(get().to(papers::advice)))
        .service(at("ranking.csv").route(get().to(exports::ranking_csv)))
        .service(at("bundle.zip").route(get().to(exports::bundle)))
        .service(at("audit").route(get().to(timeline::audit)))
        .service(at("ranking.xlsx").route(get().to(exports::ranking_xlsx)))
        .service(at("scores.xlsx").route(get().to(exports::scores_xlsx)))
        .service(at("scores.csv").route(get().to(exports::scores_csv)));
}

/// Does one verb, and answers with the evaluation as it is then.
async fn changed(
    state: &State,
    actor: Actor,
    verb: impl FnOnce(&Service) -> Result<Arc<Opened>, service::Error> + Send + 'static,
) -> Result<HttpResponse, Error> {
    let work = move |service: &Service| {
        let opened = verb(service)?;
        let progress = opened.progress();
        let pinned = service.pinned(&opened)?;
        Ok((opened, progress, pinned))
    };
    let (opened, progress, pinned) = state.work(work).await?;
    let dossier = opened.dossier();
    let json = EvaluationJson::new(dossier, &progress, actor).with_pinned(pinned.as_deref());
    Ok(HttpResponse::Ok()
        .insert_header((RECORD, dossier.head().to_string()))
        .json(json))
}

/// Whom a document names. A name that nobody bears is a field that cannot be taken.
#[derive(Debug, Default)]
struct Named {
    vendor: Option<String>,
    evaluator: Option<String>,
}

impl Named {
    fn vendor(&self) -> &str {
        self.vendor.as_deref().unwrap_or_default()
    }

    fn evaluator(&self) -> &str {
        self.evaluator.as_deref().unwrap_or_default()
    }

    /// The refusal of a verb, told by the field that is to blame.
    fn blame(&self, error: service::Error) -> service::Error {
        let (field, name, code) = match error {
            service::Error::NoVendor => ("vendor", &self.vendor, "unknown-vendor"),
            service::Error::NoEvaluator => ("evaluator", &self.evaluator, "unknown-evaluator"),
            other => return other,
        };
        let message = format!(
            "the evaluation has no {field} of this name; write it as it stands in the list"
        );
        service::Error::field(field, name.as_deref(), code, message)
    }
}
