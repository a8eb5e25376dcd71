//! The one table of routes.

use actix_web::web::{self, ServiceConfig, get, post};

use super::error::Error;
use super::pages::door::{account, confirm, members, password, sign_in, users};
use super::pages::explain::{
    agenda, cell, costs, debriefs, firmness, lenses, meeting, missing, panel, what_if, why,
};
use super::pages::pictures::Kind;
use super::pages::steps::{
    collect, decide, handout, judgements, method, people, prices, revise, settle, swing, tailor,
};
use super::pages::{
    compare, criteria, criterion, declare, display, evaluation, guide, home, mine, own, pictures,
    score, search, sheets, timeline, vendor,
};
use super::{api, assets, exports, health};

/// What is open to everybody who reaches the port.
const OPEN: [&str; 6] = [
    "/health/live",
    "/health/ready",
    "/assets/",
    "/mine/",
    "/link/",
    "/display",
];

/// Where somebody signs in.
pub(super) const SIGN_IN: &str = "/sign-in";
/// Where the first administrator is set up.
pub(super) const SET_UP: &str = "/set-up";
/// Where somebody sets their password with a link.
pub(super) const PASSWORD: &str = "/password";

/// Every address of the service.
pub(super) fn all(service: &mut ServiceConfig) {
    service
        // Addresses are compared one after the other, so what is asked for most comes first.
        .service(web::resource("/evaluations/{id}").route(web::get().to(evaluation::show)))
        .service(web::resource("/health/live").route(web::get().to(health::live)))
        .service(web::resource("/health/ready").route(web::get().to(health::ready)))
        .service(web::resource("/assets/{version}/{name}").route(web::get().to(assets::asset)))
        .configure(api::routes)
        .configure(exports::routes)
        .service(web::resource("/").route(web::get().to(home::show)))
        .service(web::resource("/guide").route(get().to(guide::show)))
        .service(
            web::resource("/display")
                .route(get().to(display::show))
                .route(post().to(display::choose)),
        )
        .service(at("search").route(get().to(search::show)))
        .service(web::resource("/sample").route(web::post().to(home::start_sample)))
        .service(web::resource("/sample/{name}").route(web::get().to(home::sample_sheet)))
        .service(web::resource("/own").route(web::post().to(own::start)))
        .service(web::resource("/own/held").route(web::post().to(own::go_on)))
        .service(web::resource("/evaluations").route(web::post().to(home::start)))
        .service(
            web::resource("/evaluations/{id}/vendors/{number}").route(web::get().to(vendor::show)),
        )
        .service(
            web::resource("/evaluations/{id}/criteria/{criterion}")
                .route(web::get().to(criterion::show)),
        )
        .service(
            web::resource("/evaluations/{id}/remove").route(web::post().to(evaluation::remove)),
        )
        .service(
            at("sheets")
                .route(get().to(collect::show))
                .route(post().to(sheets::upload)),
        )
        .service(at("sheets/held").route(post().to(sheets::go_on)))
        .service(at("sheets/held/problems").route(post().to(sheets::marked)))
        .service(at("sheets/{number}").route(get().to(sheets::one::show)))
        .service(
            web::resource("/evaluations/{id}/sheets/{number}/original")
                .route(web::get().to(sheets::original)),
        )
        .service(
            web::resource("/evaluations/{id}/sheets/{number}/withdraw")
                .route(web::post().to(sheets::withdraw)),
        )
        .service(
            web::resource("/evaluations/{id}/sheets/{number}/restore")
                .route(web::post().to(sheets::restore)),
        )
        .service(
            at("score")
                .route(get().to(score::show))
                .route(post().to(score::change)),
        )
        .service(at("criteria").route(get().to(criteria::show)))
        .service(at("criteria.toml").route(get().to(criteria::toml)))
        .service(at("criteria.xlsx").route(get().to(criteria::xlsx)))
        .configure(door)
        .configure(steps)
        .configure(explanations)
        .configure(guests)
        .configure(drawings)
        .default_service(web::to(nothing_here));
}

/// The ways in, and the pages about accounts and roles.
fn door(service: &mut ServiceConfig) {
    service
        .service(
            web::resource(SIGN_IN)
                .route(get().to(sign_in::show))
                .route(post().to(sign_in::sign_in)),
        )
        .service(web::resource("/sign-out").route(post().to(sign_in::sign_out)))
        .service(
            web::resource(SET_UP)
                .route(get().to(password::show_set_up))
                .route(post().to(password::set_up)),
        )
        .service(
            web::resource(PASSWORD)
                .route(get().to(password::show))
                .route(post().to(password::set)),
        )
        .service(
            web::resource("/account")
                .route(get().to(account::show))
                .route(post().to(account::change)),
        )
        .service(
            web::resource("/confirm")
                .route(get().to(confirm::show))
                .route(post().to(confirm::confirm)),
        )
        .service(
            web::resource("/users")
                .route(get().to(users::show))
                .route(post().to(users::change)),
        )
        .service(
            at("members")
                .route(get().to(members::show))
                .route(post().to(members::change)),
        );
}

/// The pages of the five steps, and the sheets that are handed out.
fn steps(service: &mut ServiceConfig) {
    service
        .service(
            at("method/revise")
                .route(get().to(revise::show))
                .route(post().to(revise::change)),
        )
        .service(at("method/own").route(post().to(own::bring)))
        .service(at("method/own/held").route(post().to(own::go_on_with)))
        .service(at("method/judgements").route(post().to(judgements::take)))
        .service(at("method/judgements/{digest}").route(get().to(judgements::file)))
        .service(
            at("method/swing")
                .route(get().to(swing::show))
                .route(post().to(swing::change)),
        )
        .service(
            at("method/tailor")
                .route(get().to(tailor::show))
                .route(post().to(tailor::change)),
        )
        .service(
            at("method")
                .route(get().to(method::show))
                .route(post().to(method::change)),
        )
        .service(
            at("people")
                .route(get().to(people::show))
                .route(post().to(people::change)),
        )
        .service(
            at("handout")
                .route(get().to(handout::show))
                .route(post().to(handout::change)),
        )
        .service(at("blank.csv").route(get().to(handout::blank)))
        .service(at("blank.xlsx").route(get().to(handout::workbook)))
        .service(at("prices.csv").route(get().to(handout::prices)))
        .service(at("costs.csv").route(get().to(handout::costs)))
        .service(at("costs.xlsx").route(get().to(handout::costs_workbook)))
        .service(at("prices.xlsx").route(get().to(handout::prices_workbook)))
        .service(
            at("settle")
                .route(get().to(settle::show))
                .route(post().to(settle::settle)),
        )
        .service(
            at("declare")
                .route(get().to(declare::show))
                .route(post().to(declare::declare)),
        )
        .service(
            at("prices")
                .route(get().to(prices::show))
                .route(post().to(prices::open)),
        )
        .service(
            at("decide")
                .route(get().to(decide::show))
                .route(post().to(decide::decide)),
        )
        .service(at("timeline").route(get().to(timeline::show)));
}

/// The pages that explain a result.
fn explanations(service: &mut ServiceConfig) {
    service
        .service(at("compare").route(get().to(compare::show)))
        .service(at("why").route(get().to(why::show)))
        .service(at("what-if").route(get().to(what_if::show)))
        .service(at("what-if/then").route(get().to(what_if::part)))
        .service(at("firmness").route(get().to(firmness::show)))
        .service(at("lenses").route(get().to(lenses::show)))
        .service(at("costs").route(get().to(costs::show)))
        .service(at("price-quality").route(get().to(costs::against_quality)))
        .service(at("agenda").route(get().to(agenda::show)))
        .service(
            at("agenda/{number}/{criterion}")
                .route(get().to(cell::show))
                .route(post().to(cell::agree)),
        )
        .service(at("meeting").route(get().to(meeting::start)))
        .service(
            at("meeting/{number}/{criterion}")
                .route(get().to(meeting::show))
                .route(post().to(meeting::settle)),
        )
        .service(at("panel").route(get().to(panel::show)))
        .service(at("debriefs").route(get().to(debriefs::show)))
        .service(at("debriefs.zip").route(get().to(debriefs::all)))
        .service(at("debriefs/{number}/{kind}").route(get().to(debriefs::file)))
        .service(at("missing").route(get().to(missing::show)));
}

/// What those see who come with a personal link; each of these asks for it.
fn guests(service: &mut ServiceConfig) {
    let at = |below: &str| web::resource(format!("/mine/{{id}}{below}"));
    service
        .service(web::resource("/link/{id}/{secret}").route(get().to(mine::enter)))
        .service(at("").route(get().to(mine::show)))
        .service(
            at("/declare")
                .route(get().to(declare::show_guest))
                .route(post().to(declare::declare_guest)),
        )
        .service(
            at("/score")
                .route(get().to(mine::score))
                .route(post().to(mine::save)),
        )
        .service(
            at("/draft")
                .route(get().to(mine::draft))
                .route(web::put().to(mine::save_draft)),
        )
        .service(at("/blank.csv").route(get().to(mine::blank_csv)))
        .service(at("/blank.xlsx").route(get().to(mine::blank_xlsx)))
        .service(
            at("/sheets")
                .route(get().to(mine::back))
                .route(post().to(mine::upload)),
        )
        .service(at("/sheets/held").route(post().to(mine::go_on)))
        .service(at("/sheets/held/problems").route(post().to(mine::marked)))
        .service(at("/sheets/{number}").route(get().to(mine::original)));
}

/// The pictures of a result, and each as a file.
fn drawings(service: &mut ServiceConfig) {
    let saved = |resource: actix_web::Resource, kind: Kind| {
        resource.route(get().to(move |state, caller, request, address| {
            pictures::save(kind, state, caller, request, address)
        }))
    };
    service
        .service(at("pictures").route(get().to(pictures::show)))
        .service(saved(at("pictures/ranking.svg"), Kind::Ranking))
        .service(saved(at("pictures/heat-map.svg"), Kind::HeatMap))
        .service(saved(at("pictures/lenses.svg"), Kind::Lenses))
        .service(saved(at("pictures/mix.svg"), Kind::Mix))
        .service(saved(at("pictures/stability.svg"), Kind::Stability))
        .service(saved(at("pictures/evaluators.svg"), Kind::Evaluators))
        .service(saved(at("pictures/why.svg"), Kind::Why))
        .service(saved(at("pictures/price-quality.svg"), Kind::PriceQuality));
}

/// An address below an evaluation's.
fn at(below: &str) -> actix_web::Resource {
    web::resource(format!("/evaluations/{{id}}/{below}"))
}

/// Whether an address needs no login.
pub(super) fn is_open(path: &str) -> bool {
    OPEN.iter().any(|open| match open.strip_suffix('/') {
        Some(_) => path.starts_with(open),
        None => path == *open,
    })
}

/// Whether an address is there for those who are not in yet.
pub(super) fn lets_in(path: &str) -> bool {
    [SIGN_IN, PASSWORD, SET_UP].contains(&path)
}

/// Whether an address is answered for programs and not for people.
pub(super) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

async fn nothing_here() -> Result<actix_web::HttpResponse, Error> {
    Err(Error::NotFound)
}
