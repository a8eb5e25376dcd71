//! Conflicts of interest: an evaluator declares whether they have one, before they see or score anything.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, Actor, may};
use crate::record::EvaluationId;
use crate::reports::filters;
use crate::service::{Opened, must_declare};
use crate::table::Name;
use crate::web::guest::Invited;
use crate::web::{Caller, Error, Layout, Posted, State, page_with_status};

use super::steps::{Mistakes, Typed};
use super::{Address, see};

#[derive(Template)]
#[template(path = "pages/declare.html")]
struct Page<'a> {
    layout: Layout,
    title: &'a str,
    /// Where they go on.
    home: &'a str,
    /// Where the form is sent.
    at: String,
    vendors: Vec<&'a str>,
    scores: bool,
    must: bool,
    /// What they said last.
    said: Option<Said<'a>>,
    mistakes: Mistakes,
    typed: Typed,
}

struct Said<'a> {
    conflicts: &'a [String],
    words: Option<&'a str>,
    at: String,
}

/// Who declares: the evaluation, who they are, and where they go on.
struct Declarant {
    id: EvaluationId,
    actor: Actor,
    home: String,
}

impl Declarant {
    fn member(caller: Caller, address: &Address) -> Result<Self, Error> {
        let id = address.id()?;
        Ok(Self {
            home: format!("/evaluations/{id}"),
            actor: caller.actor(),
            id,
        })
    }

    fn guest(invited: Invited) -> Self {
        Self {
            home: invited.home(),
            actor: invited.guest.actor,
            id: invited.id,
        }
    }

    async fn answer(
        &self,
        state: &State,
        request: &HttpRequest,
        (status, mistakes, typed): (StatusCode, Mistakes, Typed),
    ) -> Result<HttpResponse, Error> {
        let (actor, id) = (self.actor, self.id.clone());
        let opened = state.work(move |service| service.open(actor, &id)).await?;
        let page = Page {
            mistakes,
            typed,
            ..self.page(state, &opened)
        };
        page_with_status(request, status, &page)
    }

    fn page<'a>(&'a self, state: &State, opened: &'a Opened) -> Page<'a> {
        let dossier = opened.dossier();
        let mut roles = dossier.members().roles(self.actor).iter();
        let own = roles.find_map(|role| role.evaluator());
        let mut said = dossier.declarations().iter().rev();
        let said = said.find(|one| own == Some(one.evaluator.as_str()));
        let declares = may(self.actor, Action::DeclareInterests, dossier.object()).is_ok();
        let vendors = dossier.evaluation().vendors().names().iter();
        Page {
            layout: state.layout(),
            title: dossier.title(),
            home: &self.home,
            at: format!("{}/declare", self.home),
            vendors: vendors.map(Name::shown).collect(),
            scores: own.is_some() && declares,
            must: must_declare(self.actor, dossier),
            said: said.map(|one| Said {
                conflicts: &one.conflicts,
                words: one.words.as_deref(),
                at: one.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            }),
            mistakes: Mistakes::default(),
            typed: Typed::default(),
        }
    }

    async fn declare(
        &self,
        state: &State,
        request: &HttpRequest,
        fields: Vec<(String, String)>,
    ) -> Result<HttpResponse, Error> {
        let with = fields.iter().filter(|(name, _)| name == "with");
        let with: Vec<String> = with.map(|(_, vendor)| vendor.clone()).collect();
        let typed = Typed::from(fields);
        let (actor, id, words) = (self.actor, self.id.clone(), typed.text("words").to_owned());
        let declared =
            state.work(move |service| service.declare_interests(actor, &id, &with, &words));
        match declared.await {
            Ok(_) => Ok(see(&self.home)),
            Err(error) => {
                let again = (
                    StatusCode::UNPROCESSABLE_ENTITY,
                    Mistakes::of(error)?,
                    typed,
                );
                self.answer(state, request, again).await
            }
        }
    }
}

fn looked_at() -> (StatusCode, Mistakes, Typed) {
    (StatusCode::OK, Mistakes::default(), Typed::default())
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let declarant = Declarant::member(caller, &address)?;
    declarant.answer(&state, &request, looked_at()).await
}

pub(in crate::web) async fn declare(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let declarant = Declarant::member(caller, &address)?;
    declarant.declare(&state, &request, fields).await
}

pub(in crate::web) async fn show_guest(
    state: web::Data<State>,
    request: HttpRequest,
    invited: Invited,
) -> Result<HttpResponse, Error> {
    let declarant = Declarant::guest(invited);
    declarant.answer(&state, &request, looked_at()).await
}

pub(in crate::web) async fn declare_guest(
    state: web::Data<State>,
    request: HttpRequest,
    invited: Invited,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let declarant = Declarant::guest(invited);
    declarant.declare(&state, &request, fields).await
}
