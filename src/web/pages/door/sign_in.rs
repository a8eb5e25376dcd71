//! Signing in and out.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::web::layout::Layout;
use crate::web::source::device;
use crate::web::visit::{cookie, no_cookie};
use crate::web::{Error, Posted, Query, SignedIn, Source, State, page, page_with_status, routes};

use super::{inside, told};

#[derive(Template)]
#[template(path = "pages/sign-in.html")]
struct SignInPage<'a> {
    layout: Layout,
    to: &'a str,
    name: &'a str,
    wrong: Option<String>,
}

/// Name and password, and where to go then.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Typed {
    name: String,
    password: String,
    to: Option<String>,
}

pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, &["to"])?;
    let template = SignInPage {
        layout: state.layout(),
        to: inside(query.get("to")),
        name: "",
        wrong: None,
    };
    page(&request, &template)
}

pub(in crate::web) async fn sign_in(
    request: HttpRequest,
    state: web::Data<State>,
    source: Source,
    Posted(typed): Posted<Typed>,
) -> Result<HttpResponse, Error> {
    let to = inside(typed.to.as_deref()).to_owned();
    let (name, device) = (typed.name.clone(), device(&request, &source));
    let password = typed.password;
    let work = move |service: &crate::service::Service| {
        service.sign_in(&name, &password, source.as_str(), &device)
    };
    match state.work(work).await {
        Ok(key) => {
            let mut response = HttpResponse::SeeOther()
                .insert_header((LOCATION, to))
                .finish();
            let added = response.add_cookie(&cookie(&state, &key));
            added.map_err(|_| Error::Broken)?;
            Ok(response)
        }
        Err(error) => {
            let status = error.status();
            let template = SignInPage {
                layout: state.layout(),
                to: &to,
                name: &typed.name,
                wrong: Some(told(error)?),
            };
            page_with_status(&request, status, &template)
        }
    }
}

pub(in crate::web) async fn sign_out(
    state: web::Data<State>,
    SignedIn(visitor): SignedIn,
) -> Result<HttpResponse, Error> {
    state
        .work(move |service| service.sign_out(&visitor))
        .await?;
    let mut response = HttpResponse::build(StatusCode::SEE_OTHER)
        .insert_header((LOCATION, routes::SIGN_IN))
        .insert_header(("clear-site-data", "\"cache\", \"cookies\", \"storage\""))
        .finish();
    let gone = response.add_cookie(&no_cookie(&state));
    gone.map_err(|_| Error::Broken)?;
    Ok(response)
}
