//! The database and the record in it: whole, of a known version, and adding up.

use jiff::{Timestamp, Unit};

use crate::record::{EvaluationId, House, Sealed, purged};
use crate::reports::words::counted;
use crate::store::{Archive as _, Look, StoreError};

use super::super::lock::result_json;
use super::super::opened::{fetch, rebuild};
use super::super::{Clock, Error};
use super::{Finding, RESTORE};

pub(super) fn examine(look: &Look, clock: &dyn Clock) -> Vec<Finding> {
    let mut found = vec![version(look), pages(look)];
    let mut last = None;
    found.push(match whole(look, &mut last) {
        Ok(told) => Finding::ok("record", told),
        Err(told) => Finding::fault("record", told, RESTORE),
    });
    found.push(time(clock.now(), last));
    found
}

fn version(look: &Look) -> Finding {
    let (found, known) = look.versions();
    if !look.is_as_made() {
        return Finding::fault(
            "tables",
            "its tables, or the triggers that guard them, are not those of its version: somebody has changed them",
            RESTORE,
        );
    }
    if found == known {
        return Finding::ok("tables", format!("its tables are of version {found}"));
    }
    Finding::warning(
        "tables",
        format!("its tables are of version {found}, this program makes version {known}"),
        "make a backup; the next start of the service brings them up",
    )
}

fn pages(look: &Look) -> Finding {
    match look.quick_check() {
        Ok(told) if told.is_empty() => Finding::ok("database", "the database file is whole"),
        Ok(told) => Finding::fault(
            "database",
            format!("the database file is damaged: {}", told.join("; ")),
            RESTORE,
        ),
        Err(why) => Finding::fault("database", why.to_string(), RESTORE),
    }
}

/// Reads, proves and ranks everything; what that was, or what is not as it was written.
fn whole(look: &Look, last: &mut Option<Timestamp>) -> Result<String, String> {
    let evaluations = look.evaluations().map_err(|why| why.to_string())?;
    let mut events = 0_usize;
    for id in &evaluations {
        let log = evaluation(look, id).map_err(|why| format!("evaluation {id}: {why}"))?;
        let latest = log.iter().map(|sealed| sealed.event().at).max();
        *last = (*last).max(latest);
        events = events.saturating_add(log.len());
    }
    let house = look.house().map_err(|why| why.to_string())?;
    House::of(&house).map_err(|why| format!("the log of the house: {why}"))?;
    let latest = house.iter().map(|sealed| sealed.event().at).max();
    *last = (*last).max(latest);
    let files = look.prove_attachments();
    let files = files.map_err(|why: StoreError| why.to_string())?;
    Ok(format!(
        "{} with {} and {}, and {} of the house: every hash holds, every result comes out",
        counted(evaluations.len(), "evaluation", "evaluations"),
        counted(events, "event", "events"),
        counted(files, "file", "files"),
        counted(house.len(), "event", "events"),
    ))
}

fn evaluation(look: &Look, id: &EvaluationId) -> Result<Vec<Sealed>, Error> {
    let log = look.log(id)?.ok_or(Error::NoEvaluation)?;
    let gone = purged(&log);
    let named = log.iter().flat_map(|sealed| sealed.event().change.files());
    for digest in named.filter(|digest| !gone.contains_key(digest)) {
        fetch(look, &digest)?;
    }
    result_json(&rebuild(&log, look)?)?;
    Ok(log)
}

fn time(now: Timestamp, last: Option<Timestamp>) -> Finding {
    let Some(ahead) = last.filter(|last| *last > now) else {
        return Finding::ok("clock", "the clock stands after the last event");
    };
    let by = ahead.since(now).and_then(|by| by.round(Unit::Second));
    let by = by.map_or_else(|_| "some time".to_owned(), |by| format!("{by:#}"));
    Finding::warning(
        "clock",
        format!(
            "the clock stands {by} before the last event; order does not hang on it, but people read it"
        ),
        "set the clock of this machine, and keep it with NTP",
    )
}
