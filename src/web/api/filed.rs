//! Sheets as programs see them.

use jiff::Timestamp;
use serde::Serialize;

use crate::accounts::{Action, Actor, may};
use crate::evaluation::Changes;
use crate::record::{Dossier, EvaluationId, Filing};
use crate::service::may_read;

use super::resolved::{PurgeJson, WhyJson};
use super::view::address;

/// A sheet as it was filed.
#[derive(Debug, Serialize)]
pub(super) struct SheetJson<'a> {
    sheet: u32,
    file_name: &'a str,
    /// Null while what was scored may not be seen: whoever guesses a short sheet could hold it against this.
    sha256: Option<String>,
    bytes: u64,
    evaluator: Option<&'a str>,
    evaluators: &'a [String],
    answers: ChangesJson,
    by: &'a str,
    at: Timestamp,
    withdrawn: Option<WhyJson<'a>>,
    original: String,
    /// That the file was purged; what was read from it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    purged: Option<PurgeJson<'a>>,
}

/// What a sheet did to the answers.
#[derive(Debug, Serialize)]
pub(super) struct ChangesJson {
    new: usize,
    /// Null while what stood before may not be seen, as is `unchanged`; then `stood` has both together.
    changed: Option<usize>,
    unchanged: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stood: Option<usize>,
    cleared: usize,
    not_scored: usize,
}

/// The address of a sheet.
pub(super) fn sheet_address(id: &EvaluationId, sheet: u32) -> String {
    format!("{}/sheets/{sheet}", address(id))
}

/// Every sheet of an evaluation, in order, as somebody sees it.
pub(super) fn sheets(dossier: &Dossier, actor: Actor) -> Vec<SheetJson<'_>> {
    let filings = dossier.filings().iter();
    filings
        .map(|filing| SheetJson::new(dossier, filing, actor))
        .collect()
}

impl<'a> SheetJson<'a> {
    /// As somebody sees it.
    pub(super) fn new(dossier: &Dossier, filing: &'a Filing, actor: Actor) -> Self {
        let shows = may(actor, Action::SeeResults, dossier.object()).is_ok();
        let reads = may_read(actor, dossier, filing);
        Self {
            sheet: filing.number,
            file_name: &filing.file_name,
            sha256: reads.then(|| filing.original.to_string()),
            bytes: filing.bytes,
            evaluator: filing.evaluator.as_deref(),
            evaluators: &filing.evaluators,
            answers: ChangesJson::new(filing.changes, shows),
            by: &filing.by,
            at: filing.at,
            withdrawn: filing.withdrawn.as_ref().map(WhyJson::new),
            original: format!("{}/original", sheet_address(dossier.id(), filing.number)),
            purged: filing.purged.as_ref().map(PurgeJson::new),
        }
    }
}

impl ChangesJson {
    /// What a sheet did; which answers are others than before only where that may be seen.
    pub(super) fn new(changes: Changes, shows: bool) -> Self {
        let Changes {
            new,
            changed,
            unchanged,
            cleared,
            not_scored,
        } = changes;
        Self {
            new,
            changed: shows.then_some(changed),
            unchanged: shows.then_some(unchanged),
            stood: (!shows).then(|| changed.saturating_add(unchanged)),
            cleared,
            not_scored,
        }
    }
}
