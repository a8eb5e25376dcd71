//! Purging files as they came and whole evaluations, and until when everything is kept. It takes two persons like an award; of
//! each file its name, its digest, and who purged it when and why stay on record. Of a sheet's file the answers that were read from
//! it stay; of a whole evaluation they go too, with every reason and comment in them.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::accounts::{Action, Actor, Denied};
use crate::record::{
    Change, Digest, Dossier, EvaluationId, PurgedAnswers, PurgedFile, Sealed, purged,
};
use crate::table::Name;

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

    /// Purges an evaluation whose time is over, or proposes to: every file, all answers with their reasons and comments, and what
    /// was typed and not filed. Its record and method stay.
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
            let purged = self.purged(dossier, sheet, reason.clone(), None)?;
            Ok(vec![Entry::plain(if by_two {
                Change::PurgeProposed { sheet, reason }
            } else {
                purged
            })])
        })
    }

    /// Says until when everything is kept: from the day after on the evaluation may be purged. Without a day that is open. A day
    /// before the one that was said last takes two persons, and is proposed where a second one is to confirm it.
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
            let is_earlier = until.zip(dossier.promised());
            let earlier = until.filter(|_| is_earlier.is_some_and(|(day, said)| day < said));
            let by_two = earlier.is_some() && self.by_two(actor, dossier)?;
            Ok(vec![Entry::plain(match earlier.filter(|_| by_two) {
                Some(until) => Change::RetentionProposed { until, reason },
                None => Change::RetentionSet {
                    until,
                    reason,
                    proposed_by: None,
                },
            })])
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
        day_of(self.now())
    }

    /// Whether the day is over until which everything of an evaluation is kept.
    #[must_use]
    pub fn is_kept_long_enough(&self, dossier: &Dossier) -> bool {
        is_over(dossier, self.today())
    }

    /// The purge of the file of a sheet, or of the whole evaluation, as of now.
    pub(super) fn purged(
        &self,
        dossier: &Dossier,
        sheet: Option<u32>,
        reason: String,
        proposed_by: Option<String>,
    ) -> Result<Change, Error> {
        match sheet {
            Some(number) => {
                dossier.filing(number).ok_or(Error::NoSheet)?;
            }
            None if !self.is_kept_long_enough(dossier) => return Err(Denied::Retained.into()),
            None => {}
        }
        let log = self.store.log(dossier.id())?.ok_or(Error::NoEvaluation)?;
        let files = kept(&log, sheet);
        let answers = match sheet {
            Some(_) => Vec::new(),
            None => kept_answers(dossier, &log),
        };
        if files.is_empty() && answers.is_empty() {
            return Err(Denied::NothingToPurge.into());
        }
        Ok(Change::FilesPurged {
            sheet,
            files,
            answers,
            reason,
            proposed_by,
            salt: None,
        })
    }
}

fn day_of(now: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(now).date()
}

fn is_over(dossier: &Dossier, today: Date) -> bool {
    dossier.retention().is_some_and(|until| until < today)
}

/// Whether everything of an evaluation may be purged and something of it still stands.
pub(super) fn waits(dossier: &Dossier, log: &[Sealed], now: Timestamp) -> bool {
    is_over(dossier, day_of(now))
        && !(kept(log, None).is_empty() && kept_answers(dossier, log).is_empty())
}

/// The answers that a log still keeps, with whom and what they name: later events go on about these.
fn kept_answers(dossier: &Dossier, log: &[Sealed]) -> Vec<PurgedAnswers> {
    let gone = purged(log);
    let names = |all: &[Name]| all.iter().map(|name| name.shown().to_owned()).collect();
    let kept = dossier.filings().iter();
    let kept = kept.filter(|filing| !gone.contains_key(&filing.answers));
    let kept = kept.filter_map(|filing| {
        let sheet = dossier.evaluation().sheet(filing.sheet)?;
        Some(PurgedAnswers {
            sheet: filing.number,
            sha256: filing.answers,
            vendors: names(sheet.vendors()),
            evaluators: names(sheet.evaluators()),
        })
    });
    kept.collect()
}

/// What a pinned result is called among what is purged.
const PINNED: &str = "pinned.json";

/// The files as they came that a log still keeps: that of one sheet, or all, the pinned results among them.
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
            } if wanted.is_none_or(|wanted| wanted == *sheet) => (file_name.as_str(), original),
            Change::MethodRead {
                file_name,
                original,
                ..
            } if wanted.is_none() => (file_name.as_str(), original),
            // A pinned result holds every score and comment that it was made of.
            change if wanted.is_none() => match change.pin() {
                Some(pin) => (PINNED, &pin.result),
                None => continue,
            },
            _ => continue,
        };
        if !gone.contains_key(sha256) && files.iter().all(|file| file.sha256 != *sha256) {
            files.push(PurgedFile {
                file_name: file_name.to_owned(),
                sha256: *sha256,
            });
        }
    }
    files
}

/// What the last of some events purges, and whether what was typed and not filed goes too; `None` if it purges nothing.
pub(super) fn gone(events: &[Sealed]) -> Option<(Vec<Digest>, bool)> {
    let change = &events.last()?.event().change;
    match change {
        Change::FilesPurged { sheet, .. } => Some((change.purges(), sheet.is_none())),
        _ => None,
    }
}
