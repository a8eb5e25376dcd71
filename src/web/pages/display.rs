//! How numbers and dates are written on pages: what the browser asks for, or what is chosen here, for this browser.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::reports::filters;
use crate::reports::locale::Locale;
use crate::service::{self, FieldProblem};
use crate::web::{Error, Layout, Posted, Query, State, display, page};

use super::see;

/// A number and a moment to show how they are written.
const NUMBER: &str = "1234.50";
const DAY: &str = "2026-11-26";

#[derive(Template)]
#[template(path = "pages/display.html")]
struct Page {
    layout: Layout,
    number: &'static str,
    day: &'static str,
    choices: Vec<Choice>,
}

struct Choice {
    value: &'static str,
    text: String,
    is_chosen: bool,
}

/// What was chosen: one of [`display::CHOICES`], or nothing for what the browser asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Chosen {
    numbers: String,
}

pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, Error> {
    Query::of(&request, &[])?;
    let template = Page {
        layout: state.layout(),
        number: NUMBER,
        day: DAY,
        choices: choices(&request),
    };
    page(&request, &template)
}

pub(in crate::web) async fn choose(
    state: web::Data<State>,
    Posted(chosen): Posted<Chosen>,
) -> Result<HttpResponse, Error> {
    let choice = chosen.numbers.as_str();
    if !choice.is_empty() && display::of_choice(choice).is_none() {
        return Err(unknown(choice));
    }
    let kept = Some(choice).filter(|choice| !choice.is_empty());
    let mut response = see("/display");
    response
        .add_cookie(&display::cookie(kept, state.settings().is_secure()))
        .map_err(|_| Error::Broken)?;
    Ok(response)
}

/// What can be chosen, first of all what the browser asks for.
fn choices(request: &HttpRequest) -> Vec<Choice> {
    let chosen = display::chosen(request);
    let asked = written(display::asked_for(request.headers()));
    let asked = Choice {
        value: "",
        text: format!("As the language of this browser: {asked}"),
        is_chosen: chosen.is_none(),
    };
    let each = display::CHOICES.iter().map(|&(value, locale)| Choice {
        value,
        text: written(locale),
        is_chosen: chosen.as_deref() == Some(value),
    });
    std::iter::once(asked).chain(each).collect()
}

fn written(locale: Locale) -> String {
    format!("{} and {}", locale.number(NUMBER), locale.moment(DAY))
}

fn unknown(choice: &str) -> Error {
    let problem = FieldProblem {
        field: "numbers".to_owned(),
        value: Some(choice.to_owned()),
        code: "not-a-choice",
        message: "this is none of the choices; take one from the list at /display".to_owned(),
    };
    service::Error::Fields(vec![problem]).into()
}
