//! Starting from one's own spreadsheet: what was understood, what is open, and taking it.

mod ask;
mod parts;
mod said;
mod view;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::accounts::Action;
use crate::record::EvaluationId;
use crate::service::{self, OwnFile, OwnLook, OwnStart, Service, Taken};
use crate::web::held::HeldFile;
use crate::web::{Caller, Error, Posted, State, Uploaded, page_with_status};

use super::{Address, see};
use said::Said;
use view::{Page, Shown};

/// What came of a form.
enum Outcome {
    /// It is taken, into this evaluation.
    Taken(EvaluationId, &'static str),
    /// It is looked at, and not taken yet.
    Look(Box<OwnLook>, StatusCode),
    /// What was typed cannot be taken.
    Mistakes(Vec<service::FieldProblem>),
}

/// A file for a new evaluation.
pub(in crate::web) async fn start(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    uploaded: Uploaded,
) -> Result<HttpResponse, Error> {
    sent(&state, caller, &request, None, uploaded).await
}

/// A file for an evaluation whose method is open.
pub(in crate::web) async fn bring(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    uploaded: Uploaded,
) -> Result<HttpResponse, Error> {
    sent(&state, caller, &request, Some(address.id()?), uploaded).await
}

/// Goes on with a file for a new evaluation.
pub(in crate::web) async fn go_on(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let said = Said::of(fields);
    let file = state.held().find_for(None, said.text("held"));
    answer(&state, caller, &request, None, said, file).await
}

/// Goes on with a file for an evaluation.
pub(in crate::web) async fn go_on_with(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let (id, said) = (address.id()?, Said::of(fields));
    let file = state.held().find_for(Some(&id), said.text("held"));
    answer(&state, caller, &request, Some(id), said, file).await
}

async fn sent(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    id: Option<EvaluationId>,
    uploaded: Uploaded,
) -> Result<HttpResponse, Error> {
    let fields = uploaded.texts();
    let mut said = Said::of(
        fields
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect(),
    );
    let Some(file) = uploaded.into_files().pop() else {
        let message = "no file was chosen; choose a spreadsheet";
        return Err(service::Error::field("file", None, "file-missing", message).into());
    };
    let file = HeldFile {
        name: file.name,
        bytes: file.bytes.into(),
        is_typed: false,
    };
    if let Some(key) = state.held().keep_for(id.as_ref(), file.clone()) {
        said.put("held", key);
    }
    answer(state, caller, request, id, said, Some(file)).await
}

async fn answer(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    id: Option<EvaluationId>,
    said: Said,
    file: Option<HeldFile>,
) -> Result<HttpResponse, Error> {
    if let Some(of) = id.clone() {
        let actor = caller.actor();
        let asked = state.work(move |service| service.demand_role(actor, Action::SetMethod, &of));
        asked.await?;
    }
    let Some(file) = file else {
        let page = Page::gone(state.layout(), id.as_ref(), &said);
        return page_with_status(request, StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    // Two that are sent at the same time start one: the second waits, and then goes where the first went.
    let turn = state.held().turn(said.text("held"));
    let _turn = turn.lock().await;
    if let Some(address) = state.held().became(said.text("held"), &said.confirmed()) {
        return Ok(see(&address));
    }
    let (wanted, of, own) = (said.clone(), id.clone(), said.file(&file));
    let outcome = state
        .work(move |service| carry_out(service, caller, of, &wanted, &own))
        .await?;
    let (shown, status) = match outcome {
        Outcome::Taken(taken, done) => {
            let address = format!("/evaluations/{taken}{done}");
            if id.is_none() {
                let held = state.held();
                held.is_now(said.text("held"), said.confirmed(), address.clone());
            }
            return Ok(see(&address));
        }
        Outcome::Look(look, status) => (Shown::Look(look), status),
        Outcome::Mistakes(mistakes) => {
            (Shown::Mistakes(mistakes), StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    let page = Page::new(state.layout(), id.as_ref(), &said, &file, shown, status);
    page_with_status(request, status, &page)
}

fn carry_out(
    service: &Service,
    caller: Caller,
    id: Option<EvaluationId>,
    said: &Said,
    own: &OwnFile,
) -> Result<Outcome, service::Error> {
    let actor = caller.actor();
    if let Some(id) = &id {
        service.open(actor, id)?;
    }
    let taken = match said.text("what") {
        "take" => Taken::All,
        "criteria" => Taken::Criteria,
        _ => return looked(service, own, StatusCode::OK),
    };
    if own.seen.is_none() {
        return not_seen(service, own);
    }
    let done = if let Some(id) = id {
        service.take_own(actor, &id, own, taken).map(|_| id)
    } else {
        let start = OwnStart {
            title: said.text("title").to_owned(),
            kind: said.kind(),
            taken,
        };
        service.start_own(actor, &start, own)
    };
    match done {
        Ok(id) => Ok(Outcome::Taken(
            id,
            if taken == Taken::All {
                ""
            } else {
                "/method?done=own"
            },
        )),
        Err(service::Error::Own(look)) => Ok(Outcome::Look(look, StatusCode::UNPROCESSABLE_ENTITY)),
        Err(service::Error::PreviewStale) => looked(service, own, StatusCode::CONFLICT),
        Err(service::Error::Fields(mistakes)) => Ok(Outcome::Mistakes(mistakes)),
        Err(other) => Err(other),
    }
}

/// What nobody looked at is not taken, whatever is wrong with it.
fn not_seen(service: &Service, own: &OwnFile) -> Result<Outcome, service::Error> {
    Ok(match looked(service, own, StatusCode::CONFLICT)? {
        Outcome::Look(look, _) if !look.is_clear() => {
            Outcome::Look(look, StatusCode::UNPROCESSABLE_ENTITY)
        }
        outcome => outcome,
    })
}

fn looked(service: &Service, own: &OwnFile, status: StatusCode) -> Result<Outcome, service::Error> {
    match service.look_at_own(own) {
        Ok(look) => Ok(Outcome::Look(Box::new(look), status)),
        Err(service::Error::Fields(mistakes)) => Ok(Outcome::Mistakes(mistakes)),
        Err(other) => Err(other),
    }
}
