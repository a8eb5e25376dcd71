//! What the record as a document says of itself.

use jiff::Timestamp;

use crate::record::{Decision, Declaration, Dossier, Recusal, TakenBack};
use crate::reports::{Declared, Imprint, PinLine, Resolution};

use super::lock::Pinned;

/// What the document of a record says beside its numbers; `head` is the end of the record, `at` when the document is made.
#[must_use]
pub fn imprint<'a>(
    dossier: &'a Dossier,
    head: &'a str,
    pinned: Option<&'a Pinned>,
    at: Timestamp,
) -> Imprint<'a> {
    let decision = dossier.decision();
    Imprint {
        title: dossier.title(),
        record: head,
        not_for_an_award: false,
        at,
        method_sheet: dossier.method_sheet().map(|sheet| sheet.to_string()),
        decision: decision.map(|one| resolution(one.vendor.as_deref(), &one.why)),
        persons: decision.map(Decision::persons),
        lock: dossier.lock().map(|lock| resolution(None, &lock.why)),
        pinned: pinned.map(|one| PinLine {
            sha256: one.pin.result.to_string(),
            record: &one.pin.record,
            matches: one.matches(),
        }),
        recusals: recusals(dossier),
        declarations: dossier.declarations().iter().map(declared).collect(),
    }
}

fn resolution<'a>(vendor: Option<&'a str>, why: &'a TakenBack) -> Resolution<'a> {
    Resolution {
        vendor,
        reason: &why.reason,
        by: &why.by,
        at: why.at,
    }
}

fn recusals(dossier: &Dossier) -> Vec<String> {
    let told = |one: &Recusal| {
        let about = one.vendor.as_deref().unwrap_or("every vendor");
        format!("{} for {about}: {}", one.evaluator, one.why.reason)
    };
    dossier.recusals().iter().map(told).collect()
}

fn declared(one: &Declaration) -> Declared<'_> {
    let about = if one.conflicts.is_empty() {
        "no conflict with".to_owned()
    } else {
        format!("conflict with {}; asked about", one.conflicts.join(", "))
    };
    let words = one.words.as_deref();
    let words = words.map_or_else(String::new, |words| format!(": {words}"));
    Declared {
        evaluator: &one.evaluator,
        told: format!("{about} {}{words}", one.vendors.join(", ")),
        by: &one.by,
        at: one.at,
    }
}
