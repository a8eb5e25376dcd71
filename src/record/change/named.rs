//! What changes name: criteria sets, lenses, results and files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::criteria::CriteriaSet;
use crate::record::Digest;

/// A criteria set as the record names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetRef {
    /// The id of the set.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The digest of its TOML.
    pub sha256: Digest,
}

impl SetRef {
    /// Names a criteria set.
    #[must_use]
    pub fn of(set: &CriteriaSet) -> Self {
        Self {
            id: set.id().to_owned(),
            version: set.version().to_owned(),
            sha256: Digest::of(set.source().as_bytes()),
        }
    }
}

/// A lens that was made of the points somebody spread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LensMade {
    /// Its id.
    pub id: String,
    /// Who spread the points.
    pub title: String,
    /// By category or criterion, the points; together 100.
    pub points: BTreeMap<String, String>,
}

/// A file that was purged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurgedFile {
    /// The name it came with.
    pub file_name: String,
    /// Its digest.
    pub sha256: Digest,
}

/// The answers of a sheet that were purged, with every reason and comment in them. What later events name stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurgedAnswers {
    /// The number of the sheet.
    pub sheet: u32,
    /// The digest of its answers.
    pub sha256: Digest,
    /// The vendors it named, in its order.
    pub vendors: Vec<String>,
    /// The evaluators it spoke for, in its order.
    pub evaluators: Vec<String>,
}

/// A result as it was at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// The digest of the result as JSON.
    pub result: Digest,
    /// The version of the method of scoring it was computed by.
    pub method: String,
    /// The last event of the record it was computed from, as `seq:hash`.
    pub record: String,
}
