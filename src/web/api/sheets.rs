//! Score sheets: filing one, looking at one without filing it, what was filed, and taking one back.

use actix_web::http::header::{HeaderName, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::filed::{ChangesJson, SheetJson, sheet_address, sheets};
use super::{Document, Error, RECORD, State, changed};
use crate::service::{self, Filed, Opened, Receipt, VendorSum};
use crate::sheets::{Problem, ReadAs, Shape};
use crate::web::download::{download, download_marked};
use crate::web::take::SheetForm;
use crate::web::{At, AtSheet, Caller, Uploaded};

#[derive(Debug, Serialize)]
struct ListJson<'a> {
    sheets: Vec<SheetJson<'a>>,
}

/// Stands for what a sheet that was only looked at would replace; sent back as `seen` when it is filed.
const SEEN: &str = "scorecard-seen";

#[derive(Debug, Serialize)]
struct ReceiptJson<'a> {
    /// Null if the sheet was only looked at.
    sheet: Option<u32>,
    file_name: &'a str,
    answers: AnswersJson<'a>,
    warnings: &'a [Problem],
}

#[derive(Debug, Serialize)]
struct AnswersJson<'a> {
    #[serde(flatten)]
    changes: ChangesJson,
    /// What is missing from the whole evaluation afterwards.
    missing: usize,
    vendors: &'a [String],
    evaluators: &'a [String],
    read_as: ReadAsJson,
    /// Null if the file is no workbook.
    tab: Option<&'a str>,
    criteria: &'a [String],
    /// What the numbers of the file add up to, vendor by vendor.
    sums: Vec<SumJson<'a>>,
}

#[derive(Debug, Serialize)]
struct SumJson<'a> {
    vendor: &'a str,
    numbers: usize,
    sum: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReadAsJson {
    shape: &'static str,
    encoding: String,
    separator: String,
    decimals: String,
    /// The row of the header; what stands above is not read.
    header_row: u32,
}

impl<'a> ReceiptJson<'a> {
    fn new(receipt: &'a Receipt, missing: usize) -> Self {
        Self {
            sheet: receipt.sheet(),
            file_name: &receipt.file_name,
            answers: AnswersJson {
                changes: ChangesJson::new(receipt.changes, !receipt.keeps_back),
                missing,
                vendors: &receipt.vendors,
                evaluators: &receipt.evaluators,
                read_as: receipt.read_as.into(),
                tab: receipt.tab.as_deref(),
                criteria: &receipt.criteria,
                sums: receipt.sums.iter().map(SumJson::new).collect(),
            },
            warnings: &receipt.warnings,
        }
    }
}

impl<'a> SumJson<'a> {
    fn new(one: &'a VendorSum) -> Self {
        Self {
            vendor: &one.vendor,
            numbers: one.numbers,
            sum: one.sum.map(|sum| sum.normalize().to_string()),
        }
    }
}

impl From<ReadAs> for ReadAsJson {
    fn from(read_as: ReadAs) -> Self {
        Self {
            shape: match read_as.shape {
                Shape::Long => "long",
                Shape::Wide => "wide",
                Shape::ByVendor => "wide-by-vendor",
                Shape::Costs => "costs",
            },
            encoding: read_as.encoding.to_string(),
            separator: read_as.delimiter.to_string(),
            decimals: read_as.decimal_sign.to_string(),
            header_row: read_as.header_row,
        }
    }
}

/// Files a sheet; with `dry_run=true` it is only looked at.
pub(super) async fn file(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
    uploaded: Uploaded,
) -> Result<HttpResponse, Error> {
    let SheetForm { upload, dry_run } = SheetForm::of(&request, uploaded)?;
    let limit = state.service().limits().max_bytes;
    let is_too_large = upload.bytes.len() > limit;
    let (actor, id) = (caller.actor(), at.0.clone());
    let work = move |service: &service::Service| {
        let receipt = if dry_run {
            service.check_sheet(actor, &id, &upload)?
        } else {
            service.file_sheet(actor, &id, &upload)?
        };
        let missing = receipt.progress().missing();
        Ok((receipt, missing))
    };
    let (receipt, missing) = match state.read(work).await {
        Err(Error::Work(service::Error::Sheet(_))) if is_too_large => {
            return Err(Error::TooLarge { limit });
        }
        worked => worked?,
    };
    Ok(received(&at, &receipt, missing))
}

/// How many problems a sheet has, beside the file that tells them.
const PROBLEMS: &str = "scorecard-problems";

/// The sheet in its own kind of file with its problems in a column of their own; nothing is stored.
pub(super) async fn problems(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
    uploaded: Uploaded,
) -> Result<HttpResponse, Error> {
    let SheetForm { upload, .. } = SheetForm::of(&request, uploaded)?;
    let (actor, name) = (caller.actor(), upload.file_name.clone());
    let marked = state.read(move |service| service.mark_problems(actor, &at.0, &upload));
    let (marked, count) = marked.await?;
    let mut answer = download_marked(&name, marked);
    let header = HeaderName::from_static(PROBLEMS);
    answer.headers_mut().insert(header, count.into());
    Ok(answer)
}

fn received(at: &At, receipt: &Receipt, missing: usize) -> HttpResponse {
    let mut answer = match receipt.filed {
        Filed::New(_) => HttpResponse::Created(),
        Filed::Again(_) | Filed::Checked => HttpResponse::Ok(),
    };
    if let Some(seen) = receipt.seen {
        answer.insert_header((SEEN, seen.to_string()));
    }
    if let Some(number) = receipt.sheet() {
        answer
            .insert_header((LOCATION, sheet_address(&at.0, number)))
            .insert_header((RECORD, receipt.after.dossier().head().to_string()));
    }
    answer.json(ReceiptJson::new(receipt, missing))
}

/// Every sheet, in the order they were filed.
pub(super) async fn list(
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let opened = open(&state, caller, at).await?;
    let sheets = sheets(opened.dossier(), caller.actor());
    Ok(HttpResponse::Ok().json(ListJson { sheets }))
}

/// One sheet as it was filed.
pub(super) async fn show(
    state: web::Data<State>,
    caller: Caller,
    at: AtSheet,
) -> Result<HttpResponse, Error> {
    let AtSheet(id, number) = at;
    let opened = open(&state, caller, At(id)).await?;
    let filing = opened.dossier().filing(number);
    let filing = filing.ok_or(service::Error::NoSheet)?;
    Ok(HttpResponse::Ok().json(SheetJson::new(opened.dossier(), filing, caller.actor())))
}

/// The file of a sheet as it came.
pub(super) async fn original(
    state: web::Data<State>,
    caller: Caller,
    at: AtSheet,
) -> Result<HttpResponse, Error> {
    let AtSheet(id, number) = at;
    let actor = caller.actor();
    let original = state.work(move |service| service.original(actor, &id, number));
    let (filing, bytes) = original.await?;
    let name = &filing.file_name;
    Ok(download(name, "application/octet-stream", bytes))
}

/// Withdraws a sheet.
pub(super) async fn withdraw(
    state: web::Data<State>,
    caller: Caller,
    at: AtSheet,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let (AtSheet(id, number), actor) = (at, caller.actor());
    changed(&state, actor, move |service| {
        service.withdraw_sheet(actor, &id, number, &reason)
    })
    .await
}

/// Lets a withdrawn sheet stand again.
pub(super) async fn restore(
    state: web::Data<State>,
    caller: Caller,
    at: AtSheet,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let (AtSheet(id, number), actor) = (at, caller.actor());
    changed(&state, actor, move |service| {
        service.restore_sheet(actor, &id, number, &reason)
    })
    .await
}

async fn open(state: &State, caller: Caller, at: At) -> Result<std::sync::Arc<Opened>, Error> {
    let actor = caller.actor();
    state.work(move |service| service.open(actor, &at.0)).await
}
