//! An evaluation that starts from a spreadsheet.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::view::{EvaluationJson, address};
use super::{Error, RECORD, State};
use crate::evaluation::EvaluationKind;
use crate::exact::fixed;
use crate::service::{self, FieldProblem, OwnFile, OwnLook, OwnProblem, OwnStart, Taken};
use crate::web::{Caller, Uploaded};

/// Stands for what was looked at; sent back as `seen`, it is taken only if it is still that.
const SEEN: &str = "scorecard-seen";

#[derive(Debug, Serialize)]
struct LookJson<'a> {
    /// The criteria set (TOML).
    criteria_set: &'a str,
    criteria: Vec<CriterionJson<'a>>,
    vendors: &'a [String],
    evaluators: &'a [String],
    answers: usize,
    warnings: &'a [OwnProblem],
}

#[derive(Debug, Serialize)]
struct CriterionJson<'a> {
    id: &'a str,
    title: &'a str,
    category: &'a str,
    judged: &'a str,
    weight: &'a str,
    share: String,
    share_exact: String,
}

impl<'a> LookJson<'a> {
    fn new(look: &'a OwnLook) -> Self {
        let criteria = look.criteria.iter().map(|one| CriterionJson {
            id: &one.id,
            title: &one.title,
            category: &one.category,
            judged: &one.judged,
            weight: &one.typed,
            share: fixed(&one.share.percent(), 2),
            share_exact: one.share.to_string(),
        });
        Self {
            criteria_set: look.set.as_ref().map_or("", |set| set.source()),
            criteria: criteria.collect(),
            vendors: &look.vendors,
            evaluators: &look.evaluators,
            answers: look.answers,
            warnings: &look.warnings,
        }
    }
}

/// Starts an evaluation from a spreadsheet; with `dry_run=true` it is only looked at.
pub(super) async fn start(
    state: web::Data<State>,
    caller: Caller,
    uploaded: Uploaded,
) -> Result<HttpResponse, Error> {
    let (start, own, dry_run) = read(uploaded)?;
    if dry_run {
        let looked = state.work(move |service| {
            let look = service.look_at_own(&own)?;
            if look.is_clear() {
                Ok(look)
            } else {
                Err(service::Error::Own(Box::new(look)))
            }
        });
        let look = looked.await?;
        return Ok(HttpResponse::Ok()
            .insert_header((SEEN, look.seen.to_string()))
            .json(LookJson::new(&look)));
    }
    let actor = caller.actor();
    let started = state.work(move |service| {
        let id = service.start_own(actor, &start, &own)?;
        let opened = service.open(actor, &id)?;
        let progress = opened.progress();
        Ok((opened, progress))
    });
    let (opened, progress) = started.await?;
    let dossier = opened.dossier();
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, address(dossier.id())))
        .insert_header((RECORD, dossier.head().to_string()))
        .json(EvaluationJson::new(dossier, &progress, actor)))
}

/// The fields of the form, with everything that is wrong with them.
fn read(uploaded: Uploaded) -> Result<(OwnStart, OwnFile, bool), Error> {
    let mut problems = Vec::new();
    let mut refuse = |field: &str, code, message: &str| {
        problems.push(FieldProblem {
            field: field.to_owned(),
            value: None,
            code,
            message: message.to_owned(),
        });
    };
    let mut start = OwnStart::default();
    let mut own = OwnFile::default();
    let mut dry_run = false;
    for (field, text) in uploaded.texts() {
        match (field, text) {
            ("title", _) => text.clone_into(&mut start.title),
            ("set_title", _) => text.clone_into(&mut own.title),
            ("evaluation_kind", "tender") => start.kind = EvaluationKind::Tender,
            ("evaluation_kind", "internal" | "")
            | ("dry_run", "false" | "")
            | ("take", "all" | "") => {}
            ("dry_run", "true") => dry_run = true,
            ("take", "criteria") => start.taken = Taken::Criteria,
            ("evaluation_kind", _) => refuse(field, "unknown-kind", "write internal or tender"),
            ("dry_run", _) => refuse(field, "unknown-value", "write true, or leave the field out"),
            ("take", _) => refuse(field, "unknown-value", "write all or criteria"),
            ("seen", _) => match text.parse() {
                Ok(seen) => own.seen = Some(seen),
                Err(_) => refuse(
                    field,
                    "unknown-value",
                    "write what the dry run answered in Scorecard-Seen",
                ),
            },
            _ if OwnFile::is_statement(field) => {
                own.statements.push((field.to_owned(), text.to_owned()));
            }
            _ => {
                let message = "there is no field of this name; there are: file, title, set_title, evaluation_kind, take, \
                               dry_run, seen, tabs, evaluator, scale, step, weights, weight-column, priority, heading-numbers, table, and declarations \
                               like weight:WORD, price:CRITERION, column:HEADING, word:WORD, gate:WORD, name:NAME, text:TEXT, decimal, vendor";
                refuse(field, "unknown-field", message);
            }
        }
    }
    own.statements.sort();
    let mut files = uploaded.into_files();
    if files.len() != 1 {
        refuse(
            "file",
            "file-missing",
            "send one spreadsheet in the field \"file\"",
        );
    }
    if !problems.is_empty() {
        return Err(service::Error::Fields(problems).into());
    }
    if let Some(file) = files.pop() {
        (own.file_name, own.bytes) = (file.name, file.bytes);
    }
    Ok((start, own, dry_run))
}
