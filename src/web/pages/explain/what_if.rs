//! What would change the order: other weights, another share of price, somebody left out. All of it stands in the address.

mod controls;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, may};
use crate::criteria::Lens;
use crate::reports::Detail;
use crate::reports::filters;
use crate::reports::views::what_if::{WhatIfView, what_if};
use crate::service::{self, FieldProblem};
use crate::web::page::page_with_status;
use crate::web::pages::results::{Awaits, Frame, Looked};
use crate::web::pages::{Address, see};
use crate::web::take::{AskedWhatIf, ReadWhatIf};
use crate::web::{Caller, Error, Layout, State};

use controls::Controls;

#[derive(Template)]
#[template(path = "pages/what-if.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    /// The address of the page without anything asked for.
    here: String,
    /// This address, to be copied.
    address: String,
    is_advice: bool,
    lens: Option<&'a str>,
    controls: Controls<'a>,
    problems: Vec<FieldProblem>,
    view: Option<WhatIfView>,
}

/// What would be, without the page around it: what follows a slider.
#[derive(Template)]
#[template(path = "pages/what-if-part.html")]
struct Part {
    address: String,
    ranking: String,
    problems: Vec<FieldProblem>,
    view: Option<WhatIfView>,
    /// The shares that are others than before, by their fields.
    shares: Vec<(String, String)>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let asked = AskedWhatIf::of(&request)?;
    let looked = Looked::at(&state, caller, address.id()?, asked.lens()).await?;
    let object = looked.opened.dossier().object();
    may(caller.actor(), Action::WhatIf, object).map_err(service::Error::from)?;
    let here = format!("{}/what-if", looked.places().here());
    if let Some(stepped) = asked.stepped(&looked.opened, looked.lens.as_ref()) {
        return Ok(see(&format!("{here}?{}", stepped.query())));
    }
    let read = match asked.read(&looked.opened, looked.lens.as_ref()) {
        Ok(read) => read,
        Err(problems) => {
            let page = Page::new(&looked, &state, &asked, None, problems);
            return page_with_status(&request, StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    // A form sends its empty fields too, and numbers may be written in more than one way: one address for one question.
    if read.query != request.query_string() {
        let join = if read.query.is_empty() { "" } else { "?" };
        return Ok(see(&format!("{here}{join}{}", read.query)));
    }
    let name = format!("what-if {}", read.query);
    looked.page(&request, &state, name, || {
        looked.rendered(&Page::new(&looked, &state, &asked, Some(&read), Vec::new()))
    })
}

/// The same without the page, for a page that is open already.
pub(in crate::web) async fn part(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let asked = AskedWhatIf::of(&request)?;
    let looked = Looked::at(&state, caller, address.id()?, asked.lens()).await?;
    let object = looked.opened.dossier().object();
    may(caller.actor(), Action::WhatIf, object).map_err(service::Error::from)?;
    match asked.read(&looked.opened, looked.lens.as_ref()) {
        Ok(read) => looked.page(&request, &state, format!("then {}", read.query), || {
            looked.rendered(&Part::new(&looked, &asked, Some(&read), Vec::new()))
        }),
        Err(problems) => {
            let part = Part::new(&looked, &asked, None, problems);
            page_with_status(&request, StatusCode::UNPROCESSABLE_ENTITY, &part)
        }
    }
}

impl Part {
    fn new(
        looked: &Looked,
        asked: &AskedWhatIf,
        read: Option<&ReadWhatIf>,
        problems: Vec<FieldProblem>,
    ) -> Self {
        Self {
            address: address_of(looked, read),
            ranking: looked.places().ranking(),
            shares: read.map_or_else(Vec::new, |read| controls::moved(looked, asked, read)),
            problems,
            view: read.map(|read| view(looked, read)),
        }
    }
}

impl<'a> Page<'a> {
    fn new(
        looked: &'a Looked,
        state: &State,
        asked: &AskedWhatIf,
        read: Option<&ReadWhatIf>,
        problems: Vec<FieldProblem>,
    ) -> Self {
        let here = format!("{}/what-if", looked.places().here());
        let query = read.map_or("", |read| read.query.as_str());
        Self {
            layout: state.layout(),
            frame: looked.frame(&beside_the_lens(query)),
            address: address_of(looked, read),
            here,
            is_advice: looked.is_tender(),
            lens: looked.lens.as_ref().map(Lens::id),
            controls: Controls::new(looked, asked, read, &problems),
            problems,
            view: read.map(|read| view(looked, read)),
        }
    }
}

/// The address of the page with all that is asked for.
fn address_of(looked: &Looked, read: Option<&ReadWhatIf>) -> String {
    let query = read.map_or("", |read| read.query.as_str());
    let join = if query.is_empty() { "" } else { "?" };
    format!("{}/what-if{join}{query}", looked.places().here())
}

/// The address of the page below its evaluation's, with all that is asked for but the lens.
fn beside_the_lens(query: &str) -> String {
    let asked = query.split('&');
    let asked: Vec<&str> = asked
        .filter(|one| !one.is_empty() && !one.starts_with("lens="))
        .collect();
    if asked.is_empty() {
        return "/what-if".to_owned();
    }
    format!("/what-if?{}", asked.join("&"))
}

fn view(looked: &Looked, read: &ReadWhatIf) -> WhatIfView {
    let record = looked.opened.scorecard(None);
    let found = looked.opened.what_if(&read.what);
    let (now, then) = (
        looked.publish(&record, Detail::Ranking),
        looked.publish(&found.card, Detail::Ranking),
    );
    what_if(
        looked.opened.dossier().evaluation(),
        (&now, &record),
        (&then, &found),
        |vendor| read.what.without().has_vendor(vendor),
        &looked.places(),
    )
}
