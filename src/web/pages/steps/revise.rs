//! Step 1, on a page of its own: another version of the method under answers that stand already.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, may};
use crate::evaluation::{Dropped, Evaluation, Revised, Why};
use crate::record::{EvaluationId, Revision};
use crate::reports::filters;
use crate::reports::views::Nowhere;
use crate::reports::views::mix::mixed;
use crate::reports::{self, Detail};
use crate::scoring;
use crate::service::{self, Opened, Revise, SetFile, Step};
use crate::web::held::HeldFile;
use crate::web::{Caller, Error, Layout, State, Uploaded, page_with_status};

use super::super::Address;
use super::mistakes::Mistakes;
use super::typed::Typed;
use super::{Answer, Around, Done, Outcome, outcome};

#[derive(Template)]
#[template(path = "pages/revise.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    set: String,
    /// Why it cannot be revised; `None` if it can.
    denied: Option<String>,
    /// The word for the file that was sent.
    held: Option<Held>,
    preview: Option<Compared>,
    revisions: Vec<Past>,
}

struct Held {
    key: String,
    name: String,
}

/// Two rankings of the same answers.
struct Compared {
    rows: Vec<Row>,
    dropped: Vec<String>,
}

struct Row {
    vendor: String,
    rank_before: String,
    total_before: String,
    rank: String,
    total: String,
}

/// A revision that was made.
struct Past {
    from: String,
    to: String,
    reason: String,
    by: String,
    at: String,
    mapping: Vec<String>,
    compared: Compared,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    done: web::Query<Done>,
) -> Result<HttpResponse, Error> {
    let answer = Answer::Look(done.into_inner());
    answered(
        &state,
        caller,
        &request,
        address.id()?,
        &answer,
        Sent::default(),
    )
    .await
}

/// What was sent: the file at hand, and what it would come to.
#[derive(Default)]
struct Sent {
    held: Option<Held>,
    revised: Option<Revised>,
}

pub(in crate::web) async fn change(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    uploaded: Uploaded,
) -> Result<HttpResponse, Error> {
    let id = address.id()?;
    let texts = uploaded.texts();
    let typed = texts.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let typed = Typed::from(typed.collect::<Vec<_>>());
    let (file, held) = at_hand(&state, &id, &typed, uploaded);
    let wanted = wanted(&typed, file);
    let (actor, of, takes) = (caller.actor(), id.clone(), typed.text("what") == "take");
    let done = state.work(move |service| {
        if takes {
            return service.revise_method(actor, &of, &wanted).map(|_| None);
        }
        let (_, revised) = service.preview_revision(actor, &of, &wanted)?;
        Ok(Some(revised))
    });
    let sent = |revised| Sent { held, revised };
    let (answer, sent) = match done.await {
        Ok(None) => match outcome(Ok("revised"), &id, "method/revise")? {
            Outcome::Gone(gone) => return Ok(gone),
            Outcome::Again(mistakes) => (Answer::Again(mistakes, typed), sent(None)),
        },
        Ok(Some(revised)) => (Answer::Shown(typed), sent(Some(revised))),
        Err(error) => (Answer::Again(Mistakes::of(error)?, typed), sent(None)),
    };
    answered(&state, caller, &request, id, &answer, sent).await
}

/// The file that was sent now, or the one that is at hand from before, with the word for it.
fn at_hand(
    state: &State,
    id: &EvaluationId,
    typed: &Typed,
    uploaded: Uploaded,
) -> (Option<HeldFile>, Option<Held>) {
    let sent = uploaded
        .into_files()
        .pop()
        .filter(|file| !file.bytes.is_empty());
    if let Some(file) = sent {
        let file = HeldFile {
            name: file.name,
            bytes: file.bytes.into(),
            is_typed: false,
        };
        let held = state.held().keep(id, file.clone()).map(|key| Held {
            key,
            name: file.name.clone(),
        });
        return (Some(file), held);
    }
    let key = typed.text("held");
    let file = state.held().find(id, key);
    let held = file.as_ref().map(|file| Held {
        key: key.to_owned(),
        name: file.name.clone(),
    });
    (file, held)
}

fn wanted(typed: &Typed, file: Option<HeldFile>) -> Revise {
    let text = |name: &str| typed.text(name).to_owned();
    let own = file.map_or_else(SetFile::default, |file| SetFile {
        file_name: file.name,
        bytes: file.bytes.to_vec(),
    });
    Revise {
        own,
        mapping: text("mapping"),
        reason: text("reason"),
    }
}

async fn answered(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    id: EvaluationId,
    answer: &Answer,
    sent: Sent,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let work = move |service: &service::Service| {
        let opened = service.open(actor, &id)?;
        let object = opened.dossier().object();
        let denied = may(actor, Action::ReviseMethod, object).err();
        let shows = may(actor, Action::SeeResults, object).is_ok();
        let revisions = if shows { past(&opened) } else { Vec::new() };
        Ok((opened, denied, revisions))
    };
    let (opened, denied, revisions) = state.work(work).await?;
    let dossier = opened.dossier();
    let of = dossier.set();
    let stands = format!("{}, {} version {}", of.title(), of.id(), of.version());
    let preview = sent.revised.as_ref().map(|revised| {
        let before = dossier.evaluation();
        Compared::new(before, &revised.evaluation, &revised.dropped)
    });
    let page = Page {
        layout: state.layout(),
        around: Around::new(&opened, actor, Step::Method, answer),
        set: stands,
        denied: denied.map(|why| why.to_string()),
        held: sent.held,
        preview,
        revisions,
    };
    page_with_status(request, answer.status(), &page)
}

/// Every revision with the ranking before it and the one after it, the latest first.
fn past(opened: &Opened) -> Vec<Past> {
    let dossier = opened.dossier();
    let revisions = dossier.revisions();
    let afters = revisions.iter().skip(1).map(|one| &*one.before);
    let afters = afters.chain(std::iter::once(dossier.evaluation()));
    let past = revisions.iter().zip(afters);
    let mut past: Vec<Past> = past.map(|(one, after)| Past::new(one, after)).collect();
    past.reverse();
    past
}

impl Past {
    fn new(revision: &Revision, after: &Evaluation) -> Self {
        let named = |set: &crate::record::SetRef| format!("{} version {}", set.id, set.version);
        let mapping = revision.mapping.iter();
        Self {
            from: named(&revision.from),
            to: named(&revision.to),
            reason: revision.why.reason.clone(),
            by: revision.why.by.clone(),
            at: revision.why.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            mapping: mapping.map(|(id, text)| format!("{id}: {text}")).collect(),
            compared: Compared::new(&revision.before, after, &revision.dropped),
        }
    }
}

impl Compared {
    fn new(before: &Evaluation, after: &Evaluation, dropped: &[Dropped]) -> Self {
        let ranked = |evaluation: &Evaluation| {
            let card = scoring::rank(evaluation, None);
            mixed(
                &reports::publish(evaluation, &card, Detail::Ranking),
                &Nowhere,
            )
        };
        let old = ranked(before).into_iter();
        let mut old: BTreeMap<String, (String, String)> =
            old.map(|row| (row.vendor, (row.rank, row.total))).collect();
        let rows = ranked(after).into_iter().map(|row| {
            let (rank_before, total_before) = old.remove(&row.vendor).unwrap_or_default();
            Row {
                vendor: row.vendor,
                rank_before,
                total_before,
                rank: row.rank,
                total: row.total,
            }
        });
        Self {
            rows: rows.collect(),
            dropped: dropped.iter().map(told).collect(),
        }
    }
}

/// Why answers about a criterion do not count any more.
fn told(dropped: &Dropped) -> String {
    let Dropped {
        criterion,
        title,
        answers,
        why,
    } = dropped;
    let why = match why {
        Why::Gone => "the criterion is gone",
        Why::KindChanged => "it is judged in another way",
        Why::NotApplicable => "not applicable is not allowed any more",
    };
    let answers = match answers {
        1 => "1 answer does not count".to_owned(),
        answers => format!("{answers} answers do not count"),
    };
    format!("{title} ({criterion}): {answers}, since {why}")
}
