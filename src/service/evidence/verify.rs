//! Checking a bundle offline: everything in it is computed again, from the original files on.

use std::collections::BTreeMap;

use crate::record::{
    BUNDLE_FORMAT, BundleFile, BundleManifest, Change, Digest, Dossier, Husks, Sealed, from_lines,
    pack, purged, tombstones,
};
use crate::reports::words::counted;
use crate::store::Archive;
use crate::table::Limits;
use crate::table::bundle::{NotABundle, unbundle};

use super::super::filing::{evaluator_of, read};
use super::super::opened::attached_to;
use super::super::{Came, Error, Upload};
use super::strangers::strangers;
use super::unpacked::Unpacked;
use super::verification::{Check, Found, Verification};
use super::{MANIFEST, RECORD, results};

/// A sheet that was filed is read again whatever the limits were.
const NO_LIMITS: Limits = Limits {
    max_bytes: usize::MAX,
    max_rows: usize::MAX,
    max_columns: usize::MAX,
    max_cell: usize::MAX,
};

type Files = BTreeMap<String, Vec<u8>>;

/// Checks a bundle. `expected` is an end of the record, as `seq:hash`, that was printed or mailed at some time.
///
/// # Errors
/// [`NotABundle`] if there is no archive to look into, or nothing in it says what it is.
pub fn verify(bytes: &[u8], expected: Option<&str>) -> Result<Verification, NotABundle> {
    let mut files = unbundle(bytes)?;
    let said = files.remove(MANIFEST);
    let said = said.ok_or_else(|| NotABundle::Damaged(MANIFEST.to_owned()))?;
    let manifest: BundleManifest =
        serde_json::from_slice(&said).map_err(|_| NotABundle::Damaged(MANIFEST.to_owned()))?;
    if manifest.format != BUNDLE_FORMAT {
        return Err(NotABundle::Damaged(MANIFEST.to_owned()));
    }
    let mut checks = vec![Check {
        what: "the files are those that the manifest lists",
        found: listed(&manifest, &files),
    }];
    let record = files.get(RECORD).map_or(&[][..], Vec::as_slice);
    let lines = String::from_utf8_lossy(record);
    let log = from_lines(&manifest.evaluation, &lines);
    checks.push(Check {
        what: "the record is an unbroken chain of events",
        found: match &log {
            Ok(log) if log.is_empty() => Found::Differs(vec!["it has no event".to_owned()]),
            Ok(log) => Found::Holds(counted(log.len(), "event", "events")),
            Err(broken) => Found::Differs(vec![broken.to_string()]),
        },
    });
    let log = log.unwrap_or_default();
    let events = log.len();
    checks.push(Check {
        what: "the record ends where the manifest says",
        found: ends(&log, &manifest.head),
    });
    if let Some(expected) = expected {
        checks.push(Check {
            what: "the record goes through the end that was printed",
            found: goes_through(&log, expected),
        });
    }
    let unpacked = Unpacked::new(
        manifest.evaluation.clone(),
        log,
        files.values().map(Vec::as_slice),
    );
    let (state, computed) = from_the_originals(&manifest, &unpacked, &files);
    checks.extend(computed);
    Ok(Verification {
        manifest,
        events,
        state,
        checks,
    })
}

fn found(differences: Vec<String>, how_much: String) -> Found {
    if differences.is_empty() {
        Found::Holds(how_much)
    } else {
        Found::Differs(differences)
    }
}

fn listed(manifest: &BundleManifest, files: &Files) -> Found {
    let mut differences = Vec::new();
    let mut left: BTreeMap<&str, &Vec<u8>> = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes))
        .collect();
    for file in &manifest.files {
        match left.remove(file.path.as_str()) {
            None => differences.push(format!("{} is missing", file.path)),
            Some(bytes) if BundleFile::of(&file.path, bytes) != *file => {
                differences.push(format!("{} is another file", file.path));
            }
            Some(_) => {}
        }
    }
    differences.extend(left.keys().map(|path| format!("{path} is not listed")));
    found(differences, counted(files.len(), "file", "files"))
}

fn ends(log: &[Sealed], head: &str) -> Found {
    match log.last().map(|sealed| sealed.head().to_string()) {
        None => Found::NotMade,
        Some(end) if end == head => Found::Holds(end),
        Some(end) => Found::Differs(vec![format!("it ends with {end}")]),
    }
}

fn goes_through(log: &[Sealed], expected: &str) -> Found {
    let Some(last) = log.last() else {
        return Found::NotMade;
    };
    let heads = log.iter().map(|sealed| sealed.head().to_string());
    match (1..).zip(heads).find(|(_, head)| head == expected.trim()) {
        Some((place, _)) => {
            let since = log.len().saturating_sub(place);
            Found::Holds(match since {
                0 => "it ends with it".to_owned(),
                since => format!("{} came after it", counted(since, "event", "events")),
            })
        }
        None => Found::Differs(vec![format!(
            "{} is no event of it; it ends with {}",
            expected.trim(),
            last.head()
        )]),
    }
}

/// The checks that compute again: files, answers, result.
fn from_the_originals(
    manifest: &BundleManifest,
    unpacked: &Unpacked<'_>,
    files: &Files,
) -> (Option<String>, [Check; 3]) {
    let emptied = emptied(unpacked.events());
    let named = named(unpacked, files, emptied.is_none());
    let (answers, dossier) = match &named {
        Found::Holds(_) => replayed(unpacked),
        Found::Differs(_) | Found::Purged(_) | Found::NotMade => (Found::NotMade, None),
    };
    let state = dossier.as_ref().map(state);
    if let (Some(by), Found::Holds(_)) = (emptied, &answers) {
        let checks = checks(named, Found::Purged(by.clone()), Found::Purged(by));
        return (state, checks);
    }
    let result = dossier.map_or(Found::NotMade, |dossier| {
        same_results(dossier, unpacked, manifest.not_for_an_award, files)
    });
    (state, checks(named, answers, result))
}

fn checks(named: Found, answers: Found, result: Found) -> [Check; 3] {
    [
        Check {
            what: "every file that the record names is there, as it was",
            found: named,
        },
        Check {
            what: "the answers are what the original files say",
            found: answers,
        },
        Check {
            what: "the result and its exports follow from the answers",
            found: result,
        },
    ]
}

/// The event that purged the answers, as a sentence; `None` if they are kept.
fn emptied(log: &[Sealed]) -> Option<String> {
    let purges = |sealed: &&Sealed| match &sealed.event().change {
        Change::FilesPurged { answers, .. } => !answers.is_empty(),
        _ => false,
    };
    let last = log.iter().rev().find(purges)?;
    Some(format!("the answers were purged by event {}", last.head()))
}

/// How far the evaluation has come, and what was decided by whom.
fn state(dossier: &Dossier) -> String {
    let stage = dossier.stage().word();
    match dossier.decision() {
        Some(decision) => format!("{stage}. {}", decision.told()),
        None => stage.to_owned(),
    }
}

fn named(unpacked: &Unpacked<'_>, files: &Files, has_answers: bool) -> Found {
    let mut count = 0_usize;
    let mut missing = Vec::new();
    let gone = purged(unpacked.events());
    for sealed in unpacked.events() {
        for digest in sealed.event().change.files() {
            if gone.contains_key(&digest) {
                continue;
            }
            count = count.saturating_add(1);
            if !matches!(unpacked.attachment(&digest), Ok(Some(_))) {
                let seq = sealed.event().seq;
                missing.push(format!("{digest}, named by event {seq}, is missing"));
            }
        }
    }
    if unpacked.events().is_empty() {
        Found::NotMade
    } else {
        let mut told = counted(count, "file", "files");
        for stone in tombstones(unpacked.events()) {
            told = format!("{told}; {stone}");
        }
        missing.extend(strangers(unpacked.events(), files, has_answers));
        found(missing, told)
    }
}

/// Goes through the record, and reads every sheet again on the way.
fn replayed(unpacked: &Unpacked<'_>) -> (Found, Option<Dossier>) {
    let mut differences = Vec::new();
    let (mut sheets, mut without_file) = (0_usize, 0_usize);
    let gone = purged(unpacked.events());
    let husks = Husks::of(unpacked.events());
    let mut dossier: Option<Dossier> = None;
    for sealed in unpacked.events() {
        let step = match dossier.as_mut() {
            None => started(sealed, unpacked, &husks).map(|started| dossier = Some(started)),
            Some(dossier) => {
                if is_purged(sealed, &gone, &husks) {
                    without_file = without_file.saturating_add(1);
                } else if let Change::SheetFiled { sheet, answers, .. } = &sealed.event().change {
                    sheets = sheets.saturating_add(1);
                    match reread(sealed, dossier, unpacked) {
                        Ok(digest) if digest == *answers => {}
                        Ok(_) => differences.push(format!(
                            "sheet {sheet} reads as other answers than those on record"
                        )),
                        Err(why) => {
                            differences.push(format!("sheet {sheet} cannot be read again: {why}"));
                        }
                    }
                }
                applied(sealed, dossier, unpacked, &husks)
            }
        };
        if let Err(why) = step {
            differences.push(format!(
                "event {} cannot be followed: {why}",
                sealed.event().seq
            ));
            return (Found::Differs(differences), None);
        }
    }
    let mut how_much = format!("{} read again", counted(sheets, "sheet", "sheets"));
    if without_file > 0 {
        let taken = counted(without_file, "sheet", "sheets");
        how_much =
            format!("{how_much}; {taken} taken as they were read then, the file being purged");
    }
    (found(differences, how_much), dossier)
}

/// Whether the file of a sheet was purged, so that it cannot be read again.
fn is_purged(sealed: &Sealed, gone: &BTreeMap<Digest, u64>, husks: &Husks) -> bool {
    match &sealed.event().change {
        Change::SheetFiled {
            sheet, original, ..
        } => gone.contains_key(original) || husks.get(*sheet).is_some(),
        _ => false,
    }
}

fn started(sealed: &Sealed, archive: &dyn Archive, husks: &Husks) -> Result<Dossier, Error> {
    let attached = attached_to(sealed, None, archive, husks)?;
    Ok(Dossier::start(sealed, attached)?)
}

fn applied(
    sealed: &Sealed,
    dossier: &mut Dossier,
    archive: &dyn Archive,
    husks: &Husks,
) -> Result<(), Error> {
    let attached = attached_to(sealed, Some(dossier.set()), archive, husks)?;
    Ok(dossier.apply(sealed, attached)?)
}

/// The digest of the answers that a filed sheet gives when it is read once more.
fn reread(sealed: &Sealed, dossier: &Dossier, archive: &dyn Archive) -> Result<Digest, Error> {
    let Change::SheetFiled {
        file_name,
        original,
        evaluator,
        new_vendors,
        new_evaluators,
        tab,
        declared,
        ..
    } = &sealed.event().change
    else {
        return Err(Error::NoSheet);
    };
    let upload = Upload {
        file_name: file_name.clone(),
        bytes: archive.attachment(original)?.ok_or(Error::NoSheet)?,
        evaluator: evaluator.clone(),
        tab: tab.clone(),
        declared: declared.clone(),
        seen: None,
        demands_name: false,
        came: Came::AsFile,
        new_vendors: *new_vendors,
        new_evaluators: *new_evaluators,
    };
    let evaluator = evaluator_of(&upload)?;
    let read = read(dossier, &upload, evaluator.as_ref(), &NO_LIMITS)?;
    Ok(Digest::of(&pack(&read.sheet, dossier.set())?))
}

fn same_results(
    dossier: Dossier,
    archive: &dyn Archive,
    not_for_an_award: bool,
    files: &Files,
) -> Found {
    match results(dossier, archive, not_for_an_award) {
        Err(why) => Found::Differs(vec![why.to_string()]),
        Ok(made) => {
            let count = made.len();
            let other = made
                .into_iter()
                .filter(|(path, bytes)| files.get(path) != Some(bytes));
            let other = other.map(|(path, _)| format!("{path} is not what the record gives"));
            found(other.collect(), counted(count, "file", "files"))
        }
    }
}
