//! Vendors and people: who is compared, who scores, what, and who has got a sheet.

use actix_web::{HttpResponse, web};

use super::{Document, Error, Named, State, changed};
use crate::service::Assignment;
use crate::web::{At, Caller};

/// Adds vendors.
pub(super) async fn add_vendors(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let names = names_of(&mut said, "vendors");
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.add_vendors(actor, &at.0, &names)
    })
    .await
}

/// Takes a vendor that no sheet names off the list.
pub(super) async fn remove_vendor(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let named = Named {
        vendor: said.text("vendor"),
        evaluator: None,
    };
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        let removed = service.remove_vendor(actor, &at.0, named.vendor());
        removed.map_err(|error| named.blame(error))
    })
    .await
}

/// Adds evaluators.
pub(super) async fn add_evaluators(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let names = names_of(&mut said, "evaluators");
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.add_evaluators(actor, &at.0, &names)
    })
    .await
}

/// Takes an evaluator whom no sheet names off the list.
pub(super) async fn remove_evaluator(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let named = Named {
        vendor: None,
        evaluator: said.text("evaluator"),
    };
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        let removed = service.remove_evaluator(actor, &at.0, named.evaluator());
        removed.map_err(|error| named.blame(error))
    })
    .await
}

/// Says what an evaluator is to score: everything, the criteria of some categories, or what they choose.
pub(super) async fn assign(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let named = Named {
        vendor: None,
        evaluator: said.text("evaluator"),
    };
    let assignment = assignment_of(&mut said);
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        let assigned = service.assign(actor, &at.0, named.evaluator(), &assignment);
        assigned.map_err(|error| named.blame(error))
    })
    .await
}

/// Notes who has got a sheet.
pub(super) async fn hand_out(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let evaluators = names_of(&mut said, "evaluators");
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        let named = Named {
            vendor: None,
            evaluator: Some(evaluators.join(", ")),
        };
        let handed_out = service.hand_out(actor, &at.0, &evaluators);
        handed_out.map_err(|error| named.blame(error))
    })
    .await
}

fn names_of(said: &mut Document, field: &'static str) -> Vec<String> {
    let names = said.texts(field).unwrap_or_default();
    if names.iter().all(|name| name.trim().is_empty()) && !said.is_blamed(field) {
        let message = "write at least one name, like [\"Ana\"]";
        said.refuse(field, None, "names-missing", message);
    }
    names
}

fn assignment_of(said: &mut Document) -> Assignment {
    let categories = said.texts("categories");
    let scope = said.text("scope");
    match (categories, scope.as_deref()) {
        (Some(ids), None) => Assignment::Categories(ids),
        (None, Some("everything")) => Assignment::Everything,
        (None, Some("open")) => Assignment::Open,
        (_, scope) => {
            if !said.is_blamed("categories") && !said.is_blamed("scope") {
                let message = "write either \"categories\" with the ids of categories, or \"scope\" with everything or open";
                said.refuse("scope", scope, "unknown-scope", message);
            }
            Assignment::Open
        }
    }
}
