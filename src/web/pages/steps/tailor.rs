//! Step 1, on a page of its own: tailoring the criteria set, with what it comes to in view before it is used.

use std::collections::HashSet;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::Actor;
use crate::criteria::{Category, CriteriaSet, Criterion, Lens, Stakeholder, Wishes};
use crate::evaluation::Phase;
use crate::reports::filters;
use crate::reports::views::tailor::{TailorView, tailor_view};
use crate::service::{Opened, Service, Step, TailoredPreview};
use crate::web::{Caller, Error, Layout, Posted, State, page_with_status};

use super::super::Address;
use super::method::unknown_form;
use super::mistakes::Mistakes;
use super::typed::Typed;
use super::{Answer, Around, Done, Outcome, outcome};

/// What the fields of the points of the one stakeholder on the page begin with.
const POINTS: &str = "lenses.0.points.";

#[derive(Template)]
#[template(path = "pages/tailor.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    is_draft: bool,
    version: &'a str,
    /// The SHA-256 of the set that the form is about.
    of: String,
    view: TailorView<'a>,
    /// Whether points for single criteria were typed, so that their fields are open.
    spreads_criteria: bool,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    done: web::Query<Done>,
) -> Result<HttpResponse, Error> {
    let (id, actor) = (address.id()?, caller.actor());
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    let answer = Answer::Look(done.into_inner());
    page_with_status(
        &request,
        StatusCode::OK,
        &Page::new(&state, &opened, actor, &answer, None),
    )
}

pub(in crate::web) async fn change(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let (id, typed, actor) = (address.id()?, Typed::from(fields), caller.actor());
    let of = id.clone();
    let opened = state.work(move |service| service.open(actor, &of)).await?;
    let wishes = wishes(opened.dossier().set(), &typed);
    match typed.text("what") {
        "look" => {
            let work = move |service: &Service| service.check_tailoring(actor, &id, &wishes);
            match state.work(work).await {
                Ok((opened, preview)) => {
                    let answer = Answer::Again(Mistakes::default(), typed);
                    let page = Page::new(&state, &opened, actor, &answer, Some(&preview));
                    page_with_status(&request, StatusCode::OK, &page)
                }
                Err(refused) => again(
                    &state,
                    &request,
                    (&opened, actor),
                    Mistakes::of(refused)?,
                    typed,
                ),
            }
        }
        "take" => {
            let of = id.clone();
            let work = move |service: &Service| {
                service
                    .tailor_method(actor, &of, &wishes)
                    .map(|_| "tailored")
            };
            match outcome(state.work(work).await, &id, "method/tailor")? {
                Outcome::Gone(answer) => Ok(answer),
                Outcome::Again(mistakes) => {
                    again(&state, &request, (&opened, actor), mistakes, typed)
                }
            }
        }
        other => Err(unknown_form(other).into()),
    }
}

/// The page once more, with what is wrong.
fn again(
    state: &State,
    request: &HttpRequest,
    (opened, actor): (&Opened, Actor),
    mistakes: Mistakes,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let answer = Answer::Again(mistakes, typed);
    page_with_status(
        request,
        answer.status(),
        &Page::new(state, opened, actor, &answer, None),
    )
}

/// What the form says: what is not ticked goes.
fn wishes(set: &CriteriaSet, typed: &Typed) -> Wishes {
    let unticked = |field: &'static str, ids: Vec<&str>| -> Vec<String> {
        let ticked: HashSet<&str> = typed.all(field).collect();
        let gone = ids.into_iter().filter(|id| !ticked.contains(id));
        gone.map(str::to_owned).collect()
    };
    let categories = set.categories().iter().map(Category::id);
    let criteria = set.criteria().iter().map(Criterion::id);
    let under = |prefix: &'static str| -> Vec<(String, String)> {
        let fields = typed.pairs().filter_map(|(name, text)| {
            let id = name.strip_prefix(prefix)?;
            Some((id.to_owned(), text.to_owned()))
        });
        fields.collect()
    };
    Wishes {
        of: typed.text("of").to_owned(),
        drop: unticked("keep", categories.chain(criteria).collect()),
        drop_lenses: unticked("keep_lens", set.lenses().iter().map(Lens::id).collect()),
        price_share: typed.text("price_share").to_owned(),
        categories: under("categories."),
        stakeholders: vec![Stakeholder {
            id: String::new(),
            title: typed.text("lenses.0.title").to_owned(),
            points: under(POINTS),
        }],
    }
}

impl<'a> Page<'a> {
    fn new(
        state: &State,
        opened: &'a Opened,
        actor: Actor,
        answer: &Answer,
        preview: Option<&'a TailoredPreview>,
    ) -> Self {
        let dossier = opened.dossier();
        let set = dossier.set();
        let around = Around::new(opened, actor, Step::Method, answer);
        let then = preview.map(|one| (&one.tailoring, one.set.as_ref(), one.notes.as_slice()));
        let spreads_criteria = around.typed.pairs().any(|(name, text)| {
            let id = name.strip_prefix(POINTS);
            !text.is_empty() && id.is_some_and(|id| set.criterion_index(id).is_some())
        });
        Self {
            layout: state.layout(),
            is_draft: dossier.phase() == Phase::Draft,
            version: set.version(),
            of: around.typed.some("of").unwrap_or(set.sha256()).to_owned(),
            view: tailor_view(set, then),
            spreads_criteria,
            around,
        }
    }

    /// Whether the box of something is ticked: all are until somebody unticks one.
    fn ticks(&self, field: &str, id: &str) -> bool {
        self.around.typed.is_empty() || self.around.typed.has(field, id)
    }

    fn mistake(&self, field: &str) -> &str {
        self.around.mistakes.at(field).unwrap_or_default()
    }
}
