//! One's own account: password, browsers, tokens.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{Actor, Key, Scope};
use crate::reports::filters;
use crate::service::{self, Service, TokenWish, Visitor};
use crate::web::layout::Layout;
use crate::web::{Error, Posted, SignedIn, Source, State, page_with_status};

use super::{minute, told};

/// How many days a token works if nothing else is said.
const DAYS: i64 = 90;

#[derive(Template)]
#[template(path = "pages/account.html")]
struct AccountPage {
    layout: Layout,
    name: String,
    is_administrator: bool,
    sessions: Vec<SessionRow>,
    tokens: Vec<TokenRow>,
    evaluations: Vec<(String, String)>,
    /// A token that was made just now; it is never shown again.
    made: Option<Key>,
    notice: Option<&'static str>,
    wrong: Option<String>,
}

struct SessionRow {
    device: String,
    since: String,
    seen: String,
    is_this: bool,
}

struct TokenRow {
    label: String,
    name: String,
    scope: &'static str,
    evaluation: String,
    until: String,
    used: String,
}

/// What is to be changed.
#[derive(Debug, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::web) enum Change {
    Password {
        before: String,
        after: String,
        again: String,
    },
    Elsewhere {},
    Token {
        name: String,
        scope: Scope,
        evaluation: String,
        days: String,
    },
    Revoke {
        token: String,
    },
}

/// What came of a change.
#[derive(Default)]
struct Done {
    made: Option<Key>,
    notice: Option<&'static str>,
}

pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    SignedIn(visitor): SignedIn,
) -> Result<HttpResponse, Error> {
    answer(&request, &state, visitor, Ok(Done::default())).await
}

pub(in crate::web) async fn change(
    request: HttpRequest,
    state: web::Data<State>,
    SignedIn(visitor): SignedIn,
    source: Source,
    Posted(change): Posted<Change>,
) -> Result<HttpResponse, Error> {
    let work = move |service: &Service| changed(service, visitor, &source, change);
    let done = state.work(work).await;
    answer(&request, &state, visitor, done).await
}

fn changed(
    service: &Service,
    visitor: Visitor,
    source: &Source,
    change: Change,
) -> Result<Done, service::Error> {
    let actor = Actor::User(visitor.user);
    let noticed = |notice| Done {
        notice: Some(notice),
        ..Done::default()
    };
    match change {
        Change::Password {
            before,
            after,
            again,
        } => {
            if after != again {
                let message = "the two new passwords are not the same; type it twice";
                return Err(service::Error::field("again", None, "differs", message));
            }
            service.change_password(&visitor, &before, &after, source.as_str())?;
            Ok(noticed(
                "Your password is changed; your other browsers are signed out.",
            ))
        }
        Change::Elsewhere {} => {
            service.sign_out_elsewhere(&visitor)?;
            Ok(noticed("Your other browsers are signed out."))
        }
        Change::Token {
            name,
            scope,
            evaluation,
            days,
        } => {
            let evaluation = match evaluation.as_str() {
                "" => None,
                id => Some(id.parse().map_err(|_| service::Error::NoEvaluation)?),
            };
            let days = if days.trim().is_empty() {
                DAYS
            } else {
                // What is no number is out of the range as well.
                days.trim().parse().unwrap_or(0)
            };
            let wish = TokenWish {
                name,
                scope,
                evaluation,
                days,
            };
            Ok(Done {
                made: Some(service.make_token(actor, &wish)?),
                notice: None,
            })
        }
        Change::Revoke { token } => {
            service.revoke_token(actor, &token)?;
            Ok(noticed("The token is revoked."))
        }
    }
}

async fn answer(
    request: &HttpRequest,
    state: &State,
    visitor: Visitor,
    done: Result<Done, Error>,
) -> Result<HttpResponse, Error> {
    let (status, done, wrong) = match done {
        Ok(done) => (StatusCode::OK, done, None),
        Err(error) => {
            let status = error.status();
            (status, Done::default(), Some(told(error)?))
        }
    };
    let layout = state.layout();
    let view = move |service: &Service| view(service, visitor, layout, done, wrong);
    page_with_status(request, status, &state.work(view).await?)
}

fn view(
    service: &Service,
    visitor: Visitor,
    layout: Layout,
    done: Done,
    wrong: Option<String>,
) -> Result<AccountPage, service::Error> {
    let login = visitor.user.login;
    let sessions = service.sessions(login)?.into_iter();
    let listed = service.evaluations(Actor::User(visitor.user))?;
    let used = service.token_uses()?;
    let house = service.house()?;
    let account = house.account(login).ok_or(service::Error::NoUser)?;
    let tokens = account.tokens.iter().map(|token| TokenRow {
        label: token.label.clone(),
        name: token.name.clone(),
        scope: match token.scope {
            Scope::Read => "read",
            Scope::Upload => "read and upload",
        },
        evaluation: match &token.evaluation {
            None => "all of yours".to_owned(),
            Some(id) => listed
                .iter()
                .find(|one| one.id == *id)
                .map_or_else(|| id.to_string(), |one| one.title.clone()),
        },
        until: minute(token.until),
        used: used
            .iter()
            .find(|(label, _)| *label == token.label)
            .map_or_else(|| "never".to_owned(), |(_, at)| minute(*at)),
    });
    Ok(AccountPage {
        layout,
        name: login.to_string(),
        is_administrator: visitor.user.is_administrator,
        sessions: sessions
            .map(|session| SessionRow {
                is_this: session.fingerprint == visitor.session,
                since: minute(session.made),
                seen: minute(session.seen),
                device: session.device,
            })
            .collect(),
        tokens: tokens.collect(),
        evaluations: listed
            .iter()
            .map(|one| (one.id.to_string(), one.title.clone()))
            .collect(),
        made: done.made,
        notice: done.notice,
        wrong,
    })
}
