//! The database and the record in it: whole, of a known version, and adding up.

use jiff::{Timestamp, Unit};

use crate::record::{Dossier, EvaluationId, House, Sealed, purged};
use crate::reports::words::counted;
use crate::store::{Archive as _, Look, StoreError};

use super::super::lock::result_json;
use super::super::opened::{fetch, rebuild};
use super::super::purge::waits;
use super::super::{Clock, Error};
use super::{Finding, RESTORE};

/// What is met while everything is read.
#[derive(Debug, Default)]
struct Met {
    /// When the last event happened.
    last: Option<Timestamp>,
    /// The evaluations whose time is over and of which something still stands.
    waiting: Vec<EvaluationId>,
}

pub(super) fn examine(look: &Look, clock: &dyn Clock) -> Vec<Finding> {
    let mut found = vec![version(look), pages(look)];
    let (mut met, now) = (Met::default(), clock.now());
    found.push(match whole(look, now, &mut met) {
        Ok(told) => Finding::ok("record", told),
        Err(told) => Finding::fault("record", told, RESTORE),
    });
    found.push(purges(look, &met.waiting));
    found.push(time(now, met.last));
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
fn whole(look: &Look, now: Timestamp, met: &mut Met) -> Result<String, String> {
    let evaluations = look.evaluations().map_err(|why| why.to_string())?;
    let mut events = 0_usize;
    for id in &evaluations {
        let (log, dossier) =
            evaluation(look, id).map_err(|why| format!("evaluation {id}: {why}"))?;
        let latest = log.iter().map(|sealed| sealed.event().at).max();
        met.last = met.last.max(latest);
        if waits(&dossier, &log, now) {
            met.waiting.push(id.clone());
        }
        events = events.saturating_add(log.len());
    }
    let house = look.house().map_err(|why| why.to_string())?;
    House::of(&house).map_err(|why| format!("the log of the house: {why}"))?;
    let latest = house.iter().map(|sealed| sealed.event().at).max();
    met.last = met.last.max(latest);
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

fn evaluation(look: &Look, id: &EvaluationId) -> Result<(Vec<Sealed>, Dossier), Error> {
    let log = look.log(id)?.ok_or(Error::NoEvaluation)?;
    let gone = purged(&log);
    let named = log.iter().flat_map(|sealed| sealed.event().change.files());
    for digest in named.filter(|digest| !gone.contains_key(digest)) {
        fetch(look, &digest)?;
    }
    let dossier = rebuild(&log, look)?;
    result_json(&dossier)?;
    Ok((log, dossier))
}

/// What was purged and is not swept, and what may be purged and is not.
fn purges(look: &Look, waiting: &[EvaluationId]) -> Finding {
    match look.owes_sweep() {
        Ok(false) => {}
        Ok(true) => {
            return Finding::warning(
                "purges",
                "what was purged may still lie in unused parts of the database, or in the copy of an older one",
                "stop the service and start it again: a start sweeps; if this stays, its log says what is in the way",
            );
        }
        Err(why) => return Finding::fault("purges", why.to_string(), RESTORE),
    }
    if waiting.is_empty() {
        return Finding::ok("purges", "nothing waits to be purged or swept");
    }
    let named: Vec<String> = waiting.iter().map(ToString::to_string).collect();
    Finding::warning(
        "purges",
        format!(
            "the day until which everything is kept is over for {}: {}",
            counted(waiting.len(), "evaluation", "evaluations"),
            named.join(", ")
        ),
        "have an owner purge it, or say a later day, on the page of its decision",
    )
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
