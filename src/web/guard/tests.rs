use std::sync::Arc;

use actix_web::body::to_bytes;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HOST};
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpResponse, web};
use serde_json::Value;

use super::guard;
use crate::service::{Library, NoChance, OsChance, Service, SystemClock};
use crate::store::Sqlite;
use crate::table::Limits;
use crate::web::{Caller, Error, Posted, Settings, State};

/// A state whose port is 80, over a store that goes away with the folder.
fn state(settings: Settings, folder: &tempfile::TempDir) -> web::Data<State> {
    let store = Sqlite::open(folder.path()).unwrap();
    let service = Service::new(
        Arc::new(store),
        Arc::new(SystemClock),
        Arc::new(OsChance),
        Library::shipped(),
        Limits::default(),
    );
    web::Data::new(State::new(settings, Arc::new(service), 80).unwrap())
}

async fn breaks() -> Result<HttpResponse, Error> {
    panic!("a handler with a mistake");
}

async fn fails() -> Result<HttpResponse, Error> {
    Err(crate::service::Error::Chance(NoChance).into())
}

async fn leaks() -> Result<HttpResponse, actix_web::Error> {
    Err(actix_web::error::ErrorInternalServerError(
        "the secret cause",
    ))
}

async fn takes(_: Caller, Posted(_form): Posted<Vec<(String, String)>>) -> HttpResponse {
    HttpResponse::Ok().finish()
}

/// Answers one request of a service without a login.
async fn ask(request: TestRequest) -> (StatusCode, actix_web::http::header::HeaderMap, String) {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        no_login: true,
        ..Settings::default()
    };
    let app = init_service(
        App::new()
            .app_data(state(settings, &folder))
            .route("/breaks", web::get().to(breaks))
            .route("/api/breaks", web::get().to(breaks))
            .route("/fails", web::get().to(fails))
            .route("/api/leaks", web::get().to(leaks))
            .service(web::resource("/takes").route(web::post().to(takes)))
            .service(web::resource("/number/{number}").route(web::get().to(number)))
            .wrap(from_fn(guard)),
    )
    .await;
    let request = request.insert_header((HOST, "localhost")).to_request();
    let answered = actix_web::dev::Service::call(&app, request).await;
    let (status, headers, body) = match answered {
        Ok(response) => {
            let (_, response) = response.into_parts();
            (
                response.status(),
                response.headers().clone(),
                response.into_body(),
            )
        }
        Err(error) => {
            let response = error.error_response();
            (
                response.status(),
                response.headers().clone(),
                response.into_body(),
            )
        }
    };
    let bytes = to_bytes(body).await.unwrap();
    (status, headers, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn number(number: web::Path<u32>) -> String {
    number.to_string()
}

#[actix_web::test]
async fn a_handler_that_breaks_off_is_answered_without_its_cause() {
    for path in ["/breaks", "/api/breaks", "/fails", "/api/leaks"] {
        let (status, headers, body) = ask(TestRequest::get().uri(path)).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(
            body.contains("Something went wrong in the service."),
            "{body}"
        );
        for cause in ["mistake", "random", "secret cause"] {
            assert!(!body.contains(cause), "{path}: {body}");
        }
        let id = headers.get("x-request-id").unwrap().to_str().unwrap();
        assert!(body.contains(id), "{body}");
        assert!(headers.contains_key("content-security-policy"));
        assert_eq!(headers.get("cache-control").unwrap(), "no-store");
    }
}

#[actix_web::test]
async fn the_api_answers_errors_as_documents_and_pages_as_pages() {
    let (status, headers, body) = ask(TestRequest::get().uri("/api/nothing?x=1")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(
        headers.get(CONTENT_TYPE).unwrap(),
        "application/problem+json"
    );
    let problem: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(problem["status"], 404);
    assert_eq!(problem["title"], "Not Found");
    assert_eq!(problem["instance"], "/api/nothing");
    assert_eq!(problem["type"], "urn:problem-type:scorecard:not-found");
    let (status, headers, body) = ask(TestRequest::get().uri("/nothing")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(
        headers.get(CONTENT_TYPE).unwrap(),
        "text/html; charset=utf-8"
    );
    assert!(body.contains("There is nothing at this address."));
    assert!(body.contains("Not for an award."));
}

#[actix_web::test]
async fn a_wrong_method_and_a_bad_path_are_told_like_everything_else() {
    let (status, headers, body) = ask(TestRequest::get().uri("/takes")).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(headers.get(ALLOW).unwrap(), "POST");
    assert!(body.contains("cannot be used in this way"), "{body}");
    let (status, _, body) = ask(TestRequest::get().uri("/number/x")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(body.contains("There is nothing at this address."), "{body}");
}

#[actix_web::test]
async fn a_form_of_another_type_is_told_in_our_words() {
    let post = TestRequest::post().uri("/takes");
    let (status, _, body) = ask(post.set_payload("a=b")).await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(body.contains("application/x-www-form-urlencoded"), "{body}");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let post = TestRequest::post().uri("/takes").insert_header(form);
    let (status, ..) = ask(post.set_payload("a=b")).await;
    assert_eq!(status, StatusCode::OK);
}

#[actix_web::test]
async fn a_head_request_is_answered_like_a_get() {
    let request = TestRequest::default()
        .method(actix_web::http::Method::HEAD)
        .uri("/number/7");
    let (status, ..) = ask(request).await;
    assert_eq!(status, StatusCode::OK);
}

#[actix_web::test]
async fn a_handler_that_works_for_somebody_is_not_reached_without_the_guard() {
    let app = init_service(App::new().route("/takes", web::post().to(takes))).await;
    let request = TestRequest::post().uri("/takes").to_request();
    let response = call_service(&app, request).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}
