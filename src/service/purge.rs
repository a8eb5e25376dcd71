//! Purging files as they came, and until when everything is kept. It takes two persons like an award; of each file its name, its
//! digest, and who purged it when and why stay on record, and so do the answers that were read from it.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::accounts::{Action, Actor, Denied};
use crate::record::{Change, Digest, Dossier, EvaluationId, PurgedFile, Sealed, purged};

use super::opened::Opened;
use super::settle::reason;
use super::{Entry, Error, Service};

impl Service {
    /// Purges the file of a sheet, or proposes to where a second person is to confirm it. The answers read from it stand.
    ///
    /// # Errors
    /// [`Error::NoSheet`], [`Error::Denied`] if it was purged already or something is proposed, or [`Error::Fields`] without a reason.
    pub fn purge_file(
        &self,
        actor: Actor,
        id: &EvaluationId,
        number: u32,
        why: &str,
    ) -> Result<Arc<Opened>, Error> {
        self.purge(actor, id, Some(number), why)
    }

    /// Purges every file of an evaluation whose time is over, or proposes to; what was typed and not filed goes too.
    ///
    /// # Errors
    /// [`Error::Denied`] before the day after that until which it is kept, or [`Error::Fields`] without a reason.
    pub fn purge_all(
        &self,
        actor: Actor,
        id: &EvaluationId,
        why: &str,
    ) -> Result<Arc<Opened>, Error> {
        self.purge(actor, id, None, why)
    }

    fn purge(
        &self,
        actor: Actor,
        id: &EvaluationId,
        sheet: Option<u32>,
        why: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = reason(why)?;
        self.change(actor, Action::Purge, id, |dossier| {
            let by_two = self.by_two(actor, dossier)?;
            let files = self.files_to_purge(dossier, sheet)?;
            Ok(vec![Entry::plain(if by_two {
                Change::PurgeProposed { sheet, reason }
            } else {
                Change::FilesPurged {
                    sheet,
                    files,
                    reason,
                    proposed_by: None,
                    salt: None,
                }
            })])
        })
    }

    /// Says until when everything is kept: from the day after on all files may be purged. Without a day that is open.
    ///
    /// # Errors
    /// [`Error::Fields`] if it is no day, or one that is over, or without a reason.
    pub fn retain(
        &self,
        actor: Actor,
        id: &EvaluationId,
        until: Option<&str>,
        why: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = reason(why)?;
        let until = until.map(|text| self.day(text)).transpose()?;
        self.change(actor, Action::Purge, id, |dossier| {
            if dossier.retention() == until {
                return Ok(Vec::new());
            }
            Ok(vec![Entry::plain(Change::RetentionSet { until, reason })])
        })
    }

    fn day(&self, text: &str) -> Result<Date, Error> {
        let refuse = |code, message| Err(Error::field("until", Some(text), code, message));
        match text.trim().parse::<Date>() {
            Err(_) => refuse("not-a-day", "write a day as 2030-12-31"),
            Ok(day) if day < self.today() => {
                refuse("day-over", "this day is over; write today or a later one")
            }
            Ok(day) => Ok(day),
        }
    }

    fn today(&self) -> Date {
        TimeZone::UTC.to_datetime(self.now()).date()
    }

    /// Whether the day is over until which everything of an evaluation is kept.
    #[must_use]
    pub fn is_kept_long_enough(&self, dossier: &Dossier) -> bool {
        dossier
            .retention()
            .is_some_and(|until| until < self.today())
    }

    /// The files that a purge takes away now.
    pub(super) fn files_to_purge(
        &self,
        dossier: &Dossier,
        sheet: Option<u32>,
    ) -> Result<Vec<PurgedFile>, Error> {
        match sheet {
            Some(number) => {
                dossier.filing(number).ok_or(Error::NoSheet)?;
            }
            None if !self.is_kept_long_enough(dossier) => return Err(Denied::Retained.into()),
            None => {}
        }
        let log = self.store.log(dossier.id())?.ok_or(Error::NoEvaluation)?;
        let files = kept(&log, sheet);
        if files.is_empty() {
            return Err(Denied::NothingToPurge.into());
        }
        Ok(files)
    }
}

/// The files as they came that a log still keeps: that of one sheet, or all.
fn kept(log: &[Sealed], wanted: Option<u32>) -> Vec<PurgedFile> {
    let gone = purged(log);
    let mut files: Vec<PurgedFile> = Vec::new();
    for sealed in log {
        let (file_name, sha256) = match &sealed.event().change {
            Change::SheetFiled {
                sheet,
                file_name,
                original,
                ..
            } if wanted.is_none_or(|wanted| wanted == *sheet) => (file_name, original),
            Change::MethodRead {
                file_name,
                original,
                ..
            } if wanted.is_none() => (file_name, original),
            _ => continue,
        };
        if !gone.contains_key(sha256) && files.iter().all(|file| file.sha256 != *sha256) {
            files.push(PurgedFile {
                file_name: file_name.clone(),
                sha256: *sha256,
            });
        }
    }
    files
}

/// What the last of some events purges, and whether what was typed and not filed goes too; `None` if it purges nothing.
pub(super) fn gone(events: &[Sealed]) -> Option<(Vec<Digest>, bool)> {
    match &events.last()?.event().change {
        Change::FilesPurged { sheet, files, .. } => Some((
            files.iter().map(|file| file.sha256).collect(),
            sheet.is_none(),
        )),
        _ => None,
    }
}
