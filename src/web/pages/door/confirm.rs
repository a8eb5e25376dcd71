//! The password again, before what weighs much.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::web::layout::Layout;
use crate::web::pages::see;
use crate::web::{Error, Posted, Query, SignedIn, Source, State, page, page_with_status};

use super::{inside, told};

#[derive(Template)]
#[template(path = "pages/confirm.html")]
struct ConfirmPage<'a> {
    layout: Layout,
    name: String,
    to: &'a str,
    wrong: Option<String>,
}

/// The password, and where to go then.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Typed {
    password: String,
    to: Option<String>,
}

pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    SignedIn(visitor): SignedIn,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, &["to"])?;
    let template = ConfirmPage {
        layout: state.layout(),
        name: visitor.user.login.to_string(),
        to: inside(query.get("to")),
        wrong: None,
    };
    page(&request, &template)
}

pub(in crate::web) async fn confirm(
    request: HttpRequest,
    state: web::Data<State>,
    SignedIn(visitor): SignedIn,
    source: Source,
    Posted(typed): Posted<Typed>,
) -> Result<HttpResponse, Error> {
    let Typed { password, to } = typed;
    let to = inside(to.as_deref());
    let work = move |service: &crate::service::Service| {
        service.confirm(&visitor, &password, source.as_str())
    };
    match state.work(work).await {
        Ok(()) => Ok(see(to)),
        Err(error) => {
            let status = error.status();
            let template = ConfirmPage {
                layout: state.layout(),
                name: visitor.user.login.to_string(),
                to,
                wrong: Some(told(error)?),
            };
            page_with_status(&request, status, &template)
        }
    }
}
