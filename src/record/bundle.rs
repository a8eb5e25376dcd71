//! The evidence of one evaluation as files: what stands in a bundle besides the files themselves.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

use super::{BrokenChain, Change, Digest, EvaluationId, Head, Sealed};

/// The format, so that a later one is not mistaken for it.
pub const BUNDLE_FORMAT: &str = "scorecard-bundle-1";

/// What a bundle holds and adds up to: `MANIFEST.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleManifest {
    /// [`BUNDLE_FORMAT`].
    pub format: String,
    /// The version of the program that made it.
    pub program: String,
    /// The version of the method that its result was computed by.
    pub method: String,
    /// The evaluation.
    pub evaluation: EvaluationId,
    /// What is decided.
    pub title: String,
    /// The last event of the record, as `seq:hash`.
    pub head: String,
    /// Whether the service ran without a login, so that nobody can tell who changed what.
    pub not_for_an_award: bool,
    /// Every other file.
    pub files: Vec<BundleFile>,
}

/// A file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleFile {
    /// Its name in the archive.
    pub path: String,
    /// The digest of its bytes.
    pub sha256: Digest,
    /// How many there are.
    pub bytes: u64,
}

impl BundleFile {
    /// Names a file.
    #[must_use]
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            sha256: Digest::of(bytes),
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        }
    }
}

/// One event as a line of `record.ndjson`: the payload is the text that is hashed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    seq: u64,
    prev: Digest,
    hash: Digest,
    payload: String,
}

/// A record in lines cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BrokenRecord {
    /// A line is none.
    #[error("line {line} of the record is no event: {why}")]
    Line {
        /// Which line, from 1.
        line: usize,
        /// What the reader says.
        why: String,
    },
    /// A line says something else about its place in the chain than the chain itself.
    #[error("line {line} of the record names another place or another event before it")]
    Place {
        /// Which line, from 1.
        line: usize,
    },
    /// The chain is broken.
    #[error(transparent)]
    Chain(#[from] BrokenChain),
}

/// Writes a log, one event a line.
#[must_use]
pub fn to_lines(log: &[Sealed]) -> String {
    let mut text = String::new();
    for sealed in log {
        let line = Line {
            seq: sealed.event().seq,
            prev: sealed.prev(),
            hash: sealed.hash(),
            payload: sealed.payload().to_owned(),
        };
        // Numbers and texts in memory are always written.
        text.push_str(&serde_json::to_string(&line).unwrap_or_default());
        text.push('\n');
    }
    text
}

/// Writes a log, one event a line, for somebody who may not see scores yet: by what is left out of the payload, which
/// `withheld` names, a file of scores could be guessed. The hashes stand, and can be proven once the rest is told.
#[must_use]
pub fn to_lines_withholding(log: &[Sealed]) -> String {
    let mut text = String::new();
    for sealed in log {
        if !sealed.event().change.is_telling() {
            text.push_str(&to_lines(std::slice::from_ref(sealed)));
            continue;
        }
        let mut payload: Value = serde_json::from_str(sealed.payload()).unwrap_or_default();
        let change = payload.get_mut("change").and_then(Value::as_object_mut);
        let withheld = change.map_or_else(Vec::new, |change| {
            let mut telling = Change::TELLING.to_vec();
            telling.retain(|part| change.remove(*part).is_some());
            telling
        });
        let line = json!({
            "seq": sealed.event().seq,
            "prev": sealed.prev(),
            "hash": sealed.hash(),
            "payload": payload.to_string(),
            "withheld": withheld,
        });
        text.push_str(&line.to_string());
        text.push('\n');
    }
    text
}

/// Reads a log from its lines, and proves its chain.
///
/// # Errors
/// [`BrokenRecord`] with the first line that does not follow from those before.
pub fn from_lines(evaluation: &EvaluationId, text: &str) -> Result<Vec<Sealed>, BrokenRecord> {
    let mut log: Vec<Sealed> = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        let read: Line = serde_json::from_str(text).map_err(|why| BrokenRecord::Line {
            line,
            why: why.to_string(),
        })?;
        let after = log.last().map_or(Head::NONE, Sealed::head);
        if read.prev != after.hash() || read.seq != after.seq().saturating_add(1) {
            return Err(BrokenRecord::Place { line });
        }
        log.push(Sealed::read(&after, evaluation, read.payload, read.hash)?);
    }
    Ok(log)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::record::Change;

    fn log() -> (EvaluationId, Vec<Sealed>) {
        let id = EvaluationId::from_random([7; 12]);
        let mut head = Head::NONE;
        let changes = [
            Change::MethodFrozen { sheet: None },
            Change::ScoringClosed {},
        ];
        let log = changes.into_iter().map(|change| {
            let sealed = head.seal(&id, Timestamp::UNIX_EPOCH, "local", change);
            head = sealed.head();
            sealed
        });
        let log = log.collect();
        (id, log)
    }

    #[test]
    fn a_log_reads_back_from_its_lines() {
        let (id, log) = log();
        assert_eq!(from_lines(&id, &to_lines(&log)), Ok(log));
    }

    #[test]
    fn a_changed_a_swapped_a_removed_and_a_doubled_line_are_found() {
        let (id, log) = log();
        let text = to_lines(&log);
        let lines: Vec<&str> = text.lines().collect();
        let (first, second) = (lines[0], lines[1]);
        let changed = first.replace("local", "other");
        for broken in [
            format!("{changed}\n{second}"),
            format!("{second}\n{first}"),
            second.to_owned(),
            format!("{first}\n{first}\n{second}"),
            format!("{first}\n{{}}"),
            format!("{first}\n\n{second}"),
        ] {
            assert!(from_lines(&id, &broken).is_err(), "{broken}");
        }
        let other = EvaluationId::from_random([8; 12]);
        assert!(from_lines(&other, &text).is_err());
    }
}
