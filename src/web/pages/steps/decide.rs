//! Step 5: the decision with its reason, and the files that go with it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, Actor, Login, may};
use crate::evaluation::{Phase, Prices};
use crate::record::{Decision, EvaluationId, Proposal, TakenBack};
use crate::reports::filters;
use crate::scoring::VendorStatus;
use crate::service::{self, Opened, Pinned, Sameness, Service, Step};
use crate::web::{Caller, Confirmed, Error, Layout, Posted, State, page_with_status};

use super::super::Address;
use super::method::unknown_form;
use super::typed::Typed;
use super::{Answer, Around, Done, Outcome, outcome};

#[derive(Template)]
#[template(path = "pages/decide.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    is_closed: bool,
    shows: bool,
    /// Prices are sealed, so that nothing can be decided yet.
    is_sealed: bool,
    vendors: Vec<Candidate<'a>>,
    decision: Option<DecisionView<'a>>,
    persons: String,
    proposal: Option<ProposalView<'a>>,
    /// Where a second person is to confirm what is decided: who could, or nobody yet.
    second: Option<String>,
    lock: Option<DecisionView<'a>>,
    may_lock: bool,
    pinned: Option<PinView>,
    /// Until when everything is kept, for whoever may say so.
    keeping: Option<Keeping>,
}

/// What the list of vendors says before anybody has chosen.
const UNSAID: &str = "?";

/// A vendor that can be chosen.
struct Candidate<'a> {
    name: &'a str,
    /// Its rank, or that it is disqualified, to be written behind its name; empty while results do not show.
    standing: String,
}

/// Until when everything is kept.
struct Keeping {
    /// As it stands in a form; empty if no day is set.
    until: String,
    /// Whether all files may be purged by now.
    is_over: bool,
}

/// The pinned result beside the one of now.
struct PinView {
    sha256: String,
    record: String,
    method: String,
    matches: bool,
    /// Whether the program writes more beside the pinned figures now.
    says_more: bool,
}

/// What waits for a second person.
struct ProposalView<'a> {
    number: u64,
    /// What is proposed, as a sentence goes on.
    what: String,
    reason: &'a str,
    by: &'a str,
    at: String,
    /// Whether whoever looks at it made it, and so cannot confirm it.
    is_own: bool,
}

struct DecisionView<'a> {
    vendor: Option<&'a str>,
    reason: &'a str,
    by: &'a str,
    at: String,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    done: web::Query<Done>,
) -> Result<HttpResponse, Error> {
    let answer = Answer::Look(done.into_inner());
    answered(&state, caller, &request, address.id()?, &answer).await
}

pub(in crate::web) async fn decide(
    state: web::Data<State>,
    caller: Caller,
    confirmed: Confirmed,
    request: HttpRequest,
    address: web::Path<Address>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let (id, typed) = (address.id()?, Typed::from(fields));
    let (wanted, of) = (typed.clone(), id.clone());
    let done = state
        .work(move |service| carry_out(service, confirmed, &of, &wanted))
        .await;
    match outcome(done, &id, "decide")? {
        Outcome::Gone(answer) => Ok(answer),
        Outcome::Again(mistakes) => {
            let answer = Answer::Again(mistakes, typed);
            answered(&state, caller, &request, id, &answer).await
        }
    }
}

fn carry_out(
    service: &Service,
    confirmed: Confirmed,
    id: &EvaluationId,
    typed: &Typed,
) -> Result<&'static str, service::Error> {
    let (actor, reason) = (confirmed.actor(), typed.text("reason"));
    match typed.text("what") {
        "decide" if typed.text("vendor") == UNSAID => {
            let message = "choose the vendor, or none of them".to_owned();
            Err(service::Error::field("vendor", None, "not-chosen", message))
        }
        "decide" => {
            let after = service.decide(actor, id, typed.some("vendor"), reason)?;
            Ok(done_or_proposed(&after, "decided"))
        }
        "lock" => {
            service.lock_result(actor, id, reason)?;
            Ok("locked")
        }
        "unlock" => {
            let after = service.unlock_result(actor, id, reason)?;
            Ok(done_or_proposed(&after, "unlocked"))
        }
        "confirm" => {
            let number = typed.text("number").parse().unwrap_or_default();
            service.confirm_proposal(actor, id, number)?;
            Ok("confirmed")
        }
        "drop" => {
            service.take_back_proposal(actor, id, reason)?;
            Ok("dropped")
        }
        "retain" => {
            let after = service.retain(actor, id, typed.some("until"), reason)?;
            Ok(done_or_proposed(&after, "retained"))
        }
        "purge" => {
            let after = service.purge_all(actor, id, reason)?;
            Ok(done_or_proposed(&after, "purged"))
        }
        "take-back" => {
            let after = service.take_back_decision(actor, id, reason)?;
            Ok(done_or_proposed(&after, "taken-back"))
        }
        other => Err(unknown_form(other)),
    }
}

fn named(logins: &[Login]) -> String {
    let names: Vec<&str> = logins.iter().map(Login::as_str).collect();
    names.join(", ")
}

fn done_or_proposed(after: &Opened, done: &'static str) -> &'static str {
    let waits = after.dossier().proposal().is_some();
    if waits { "proposed" } else { done }
}

async fn answered(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    id: EvaluationId,
    answer: &Answer,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let work = move |service: &Service| {
        let opened = service.open(actor, &id)?;
        let pinned = service.pinned(&opened)?;
        let takes_two = service.takes_two()?;
        let others = service.others_who_confirm(actor, opened.dossier())?;
        let is_over = service.is_kept_long_enough(opened.dossier());
        Ok((opened, pinned, takes_two.then_some(others), is_over))
    };
    let (opened, pinned, others, is_over) = state.work(work).await?;
    let object = opened.dossier().object();
    let page = Page {
        shows: may(actor, Action::SeeResults, object).is_ok(),
        may_lock: may(actor, Action::LockResult, object).is_ok(),
        pinned: pinned.as_deref().map(PinView::new),
        keeping: may(actor, Action::Purge, object).is_ok().then(|| Keeping {
            until: opened
                .dossier()
                .retention()
                .map_or_else(String::new, |day| day.to_string()),
            is_over: is_over
                && opened.dossier().proposal().is_none()
                && opened.dossier().emptied().is_none(),
        }),
        second: others.as_deref().map(named),
        proposal: opened
            .dossier()
            .proposal()
            .map(|proposal| ProposalView::new(proposal, actor)),
        ..Page::new(state, &opened, actor, answer)
    };
    page_with_status(request, answer.status(), &page)
}

impl<'a> Page<'a> {
    fn new(state: &State, opened: &'a Opened, actor: Actor, answer: &Answer) -> Self {
        let dossier = opened.dossier();
        Self {
            layout: state.layout(),
            around: Around::new(opened, actor, Step::Decide, answer),
            is_closed: dossier.phase() == Phase::ScoringClosed,
            shows: false,
            is_sealed: dossier.prices() == Prices::Sealed,
            vendors: candidates(opened, actor),
            decision: dossier.decision().map(DecisionView::new),
            persons: dossier
                .decision()
                .map(Decision::persons)
                .unwrap_or_default(),
            proposal: None,
            second: None,
            lock: dossier.lock().map(|lock| DecisionView::of(None, &lock.why)),
            may_lock: false,
            pinned: None,
            keeping: None,
        }
    }
}

/// The vendors that can be chosen, in the order of the ranking if that may be seen.
fn candidates(opened: &Opened, actor: Actor) -> Vec<Candidate<'_>> {
    let (evaluation, object) = (opened.dossier().evaluation(), opened.dossier().object());
    if may(actor, Action::SeeResults, object).is_err() {
        let vendors = evaluation.vendor_indices();
        let stand = vendors.filter(|&one| !evaluation.is_excluded(one));
        let named = stand.map(|one| Candidate {
            name: evaluation.vendor_name(one),
            standing: String::new(),
        });
        return named.collect();
    }
    let card = opened.scorecard(None);
    let stand = card
        .vendors
        .iter()
        .filter(|one| one.status != VendorStatus::Excluded);
    let named = stand.map(|one| Candidate {
        name: evaluation.vendor_name(one.vendor),
        standing: match (one.status, one.rank) {
            (VendorStatus::Disqualified, _) => ", disqualified".to_owned(),
            (_, Some(rank)) => format!(", rank {rank}"),
            (_, None) => String::new(),
        },
    });
    named.collect()
}

impl<'a> DecisionView<'a> {
    fn new(decision: &'a Decision) -> Self {
        Self::of(decision.vendor.as_deref(), &decision.why)
    }

    fn of(vendor: Option<&'a str>, why: &'a TakenBack) -> Self {
        Self {
            vendor,
            reason: &why.reason,
            by: &why.by,
            at: why.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        }
    }
}

impl<'a> ProposalView<'a> {
    fn new(proposal: &'a Proposal, actor: Actor) -> Self {
        Self {
            number: proposal.number,
            what: proposal.what.told(),
            reason: &proposal.why.reason,
            by: &proposal.why.by,
            at: proposal.why.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            is_own: proposal.why.by == actor.to_string(),
        }
    }
}

impl PinView {
    fn new(pinned: &Pinned) -> Self {
        Self {
            sha256: pinned.pin.result.to_string(),
            record: pinned.pin.record.clone(),
            method: pinned.pin.method.clone(),
            matches: pinned.matches(),
            says_more: pinned.agreement == Sameness::Figures,
        }
    }
}
