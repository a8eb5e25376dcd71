//! The evidence of one evaluation in one archive, from which anybody can check it without the service.

mod named;
mod strangers;
mod unpacked;
mod verification;
mod verify;

use std::collections::HashSet;

use crate::accounts::{Action, Actor};
use crate::record::{
    BUNDLE_FORMAT, BundleFile, BundleManifest, Digest, Dossier, EvaluationId, Sealed, purged,
    to_lines,
};
use crate::reports::{self, Detail, Imprint};
use crate::scoring::METHOD_VERSION;
use crate::store::Archive;
use crate::table::Separator;
use crate::table::bundle::bundle;

use super::imprint::imprint;
use super::lock::pinned;
use super::opened::{Opened, rebuild};
use super::{Error, Service};

pub use verification::{Check, Found, Verification};
pub use verify::verify;

/// The version of the program, as a bundle names it.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");
const README: &str = include_str!("README.txt");
const SECOND_VERIFIER: &str = include_str!("verify.py");

/// What a bundle says of itself.
const MANIFEST: &str = "MANIFEST.json";
/// The record, one event a line.
const RECORD: &str = "record.ndjson";

/// The evidence of one evaluation.
#[derive(Debug)]
pub struct Evidence {
    /// What is decided.
    pub title: String,
    /// The last event of the record, as `seq:hash`.
    pub head: String,
    /// The archive.
    pub bytes: Vec<u8>,
}

impl Service {
    /// The evidence of an evaluation whose results may be seen. It names evaluators and holds every score: it is not for bidders.
    ///
    /// # Errors
    /// [`Error::Denied`] while a tender hides its results, [`Error::Damaged`] if a file of the record is missing.
    pub fn evidence(
        &self,
        actor: Actor,
        id: &EvaluationId,
        not_for_an_award: bool,
    ) -> Result<Evidence, Error> {
        let opened = self.open(actor, id)?;
        self.ask(actor, Action::TakeEvidence, opened.dossier())?;
        evidence(self.archive(), id, not_for_an_award)
    }
}

/// The evidence of an evaluation of an archive; the same bytes for the same record.
///
/// # Errors
/// [`Error::NoEvaluation`], or [`Error::Damaged`] if a file of the record is missing.
pub fn evidence(
    archive: &dyn Archive,
    id: &EvaluationId,
    not_for_an_award: bool,
) -> Result<Evidence, Error> {
    let log = archive.log(id)?.ok_or(Error::NoEvaluation)?;
    let dossier = rebuild(&log, archive)?;
    let head = dossier.head().to_string();
    let title = dossier.title().to_owned();
    let mut files = vec![
        ("README.txt".to_owned(), README.as_bytes().to_vec()),
        ("verify.py".to_owned(), SECOND_VERIFIER.as_bytes().to_vec()),
        (RECORD.to_owned(), to_lines(&log).into_bytes()),
    ];
    files.extend(attached(&log, archive)?);
    if dossier.emptied().is_none() {
        files.extend(results(dossier, archive, not_for_an_award)?);
    }
    let manifest = BundleManifest {
        format: BUNDLE_FORMAT.to_owned(),
        program: PROGRAM.to_owned(),
        method: METHOD_VERSION.to_owned(),
        evaluation: id.clone(),
        title: title.clone(),
        head: head.clone(),
        not_for_an_award,
        files: files
            .iter()
            .map(|(path, bytes)| BundleFile::of(path, bytes))
            .collect(),
    };
    let written = serde_json::to_vec_pretty(&manifest);
    let written = written.map_err(|why| Error::Damaged(why.to_string()))?;
    files.insert(0, (MANIFEST.to_owned(), written));
    let bytes = bundle(&files).map_err(|why| Error::Damaged(why.to_string()))?;
    Ok(Evidence { title, head, bytes })
}

/// Every file that the record names and has not purged, once.
fn attached(log: &[Sealed], archive: &dyn Archive) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut seen: HashSet<Digest> = HashSet::new();
    let mut files = Vec::new();
    let gone = purged(log);
    for sealed in log {
        for digest in sealed.event().change.files() {
            if gone.contains_key(&digest) || !seen.insert(digest) {
                continue;
            }
            let found = archive.attachment(&digest)?;
            let bytes =
                found.ok_or_else(|| Error::Damaged(format!("the file {digest} is missing")))?;
            files.push((named::path(sealed.event(), digest), bytes));
        }
    }
    Ok(files)
}

/// The result in every form that is exported, made as of the last event so that the same record gives the same bytes.
fn results(
    dossier: Dossier,
    archive: &dyn Archive,
    not_for_an_award: bool,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let opened = Opened::new(dossier);
    let dossier = opened.dossier();
    let evaluation = dossier.evaluation();
    let card = opened.scorecard(None);
    let published = reports::publish(evaluation, &card, Detail::Full);
    let mut json = Vec::new();
    reports::json(&published, &mut json).map_err(|why| Error::Damaged(why.to_string()))?;
    let head = dossier.head();
    let at = head.at().unwrap_or_default();
    let record = head.to_string();
    let pinned = pinned(dossier, archive)?;
    let imprint = Imprint {
        not_for_an_award,
        ..imprint(dossier, &record, pinned.as_ref(), at)
    };
    let html = reports::html_with_imprint(&published, &imprint);
    let html = html.map_err(|why| Error::Damaged(why.to_string()))?;
    let files = [
        ("result.json", json),
        (
            "ranking.csv",
            reports::ranking_csv(&published, Separator::Comma),
        ),
        (
            "ranking.xlsx",
            opened.ranking_xlsx(None, at, not_for_an_award)?,
        ),
        (
            "scores.csv",
            reports::scores_csv(evaluation, Separator::Comma),
        ),
        ("record.html", html.into_bytes()),
    ];
    Ok(files
        .into_iter()
        .map(|(path, bytes)| (path.to_owned(), bytes))
        .collect())
}
