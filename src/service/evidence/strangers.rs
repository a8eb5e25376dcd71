//! Files of a bundle that belong to nothing: whoever reads one would take it for evidence.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{Digest, Sealed, purged};

use super::{MANIFEST, RECORD};

/// What every bundle has beside the files of its record.
const OWN: [&str; 4] = [MANIFEST, RECORD, "README.txt", "verify.py"];
/// What is made from the answers, while there are answers.
const MADE: [&str; 5] = [
    "result.json",
    "ranking.csv",
    "ranking.xlsx",
    "scores.csv",
    "record.html",
];

/// The files that no event names as kept and that are not made from the answers, each as a sentence.
pub(super) fn strangers(
    events: &[Sealed],
    files: &BTreeMap<String, Vec<u8>>,
    has_answers: bool,
) -> Vec<String> {
    let gone = purged(events);
    let named: BTreeSet<Digest> = events
        .iter()
        .flat_map(|sealed| sealed.event().change.files())
        .filter(|digest| !gone.contains_key(digest))
        .collect();
    files
        .iter()
        .filter(|(path, _)| !OWN.contains(&path.as_str()))
        .filter(|(path, _)| !(has_answers && MADE.contains(&path.as_str())))
        .filter(|(_, bytes)| !named.contains(&Digest::of(bytes)))
        .map(|(path, _)| format!("{path} is neither kept by the record nor made from its answers"))
        .collect()
}
