//! The record of files that were refused: that somebody tried, with what, and what was wrong with it.

use std::collections::BTreeMap;

use crate::accounts::{Action, Actor};
use crate::record::{Change, Digest, EvaluationId};
use crate::sheets::{Problem, Rule};
use crate::table::xlsx::NotAWorkbook;

use super::{Entry, Error, Service, Upload};

/// The most refused files that the record of one evaluation tells of, so that nobody can fill it with them.
const MAX_RECORDED: usize = 1_000;

/// The most characters of a file's name that are recorded.
const MAX_NAME: usize = 200;

impl Service {
    /// Records that a file was refused, and gives back why it was; or why that could not be recorded.
    pub(super) fn refused(
        &self,
        actor: Actor,
        id: &EvaluationId,
        upload: &Upload,
        why: Error,
    ) -> Error {
        let (Error::Sheet(problems) | Error::NotASheet(problems)) = &why else {
            return why;
        };
        let recorded = self.record_refusal(actor, id, upload, problems);
        recorded.err().unwrap_or(why)
    }

    /// Records that a file was refused for these problems, unless they only ask something.
    ///
    /// # Errors
    /// [`Error`] if the record cannot be written.
    pub fn record_refusal(
        &self,
        actor: Actor,
        id: &EvaluationId,
        upload: &Upload,
        problems: &[Problem],
    ) -> Result<(), Error> {
        if upload.demands_name && is_question(problems) {
            return Ok(());
        }
        let recorded = self.change(actor, Action::FileSheet, id, |dossier| {
            if dossier.refusals() >= MAX_RECORDED {
                return Ok(Vec::new());
            }
            Ok(vec![Entry::plain(Change::SheetRefused {
                file_name: upload.file_name.chars().take(MAX_NAME).collect(),
                original: Digest::of(&upload.bytes),
                bytes: u64::try_from(upload.bytes.len()).unwrap_or(u64::MAX),
                problems: counted(problems),
                salt: None,
            })])
        });
        recorded.map(drop)
    }
}

/// Whether all that is wrong is something that the page goes on to ask the uploader.
fn is_question(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| {
        matches!(
            problem.rule(),
            Rule::EvaluatorNeeded | Rule::Workbook(NotAWorkbook::SeveralTabs(_))
        )
    })
}

fn counted(problems: &[Problem]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for problem in problems {
        let count: &mut u64 = counts.entry(problem.code().to_owned()).or_default();
        *count = count.saturating_add(1);
    }
    counts
}
