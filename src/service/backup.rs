//! Backups that are proven when they are made, and proven again when they are restored.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use thiserror::Error;

use crate::record::{Digest, EvaluationId, House, HouseMisfit};
use crate::reports::words::counted;
use crate::store::{Archive, Backup, CopyError, Kept, Manifest, Restore, StoreError};

use super::Error;
use super::lock::result_json;
use super::opened::rebuild;

/// The version of the program, as a backup names it.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holdings {
    /// How many evaluations.
    pub evaluations: usize,
    /// How many events their logs have.
    pub events: usize,
    /// How many files their events name.
    pub files: usize,
}

/// As a sentence goes on behind a colon.
impl fmt::Display for Holdings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} with {} and {}",
            counted(self.evaluations, "evaluation", "evaluations"),
            counted(self.events, "event", "events"),
            counted(self.files, "file", "files")
        )
    }
}

/// Why a backup was not made or not restored. No file is left behind then.
#[derive(Debug, Error)]
pub enum BackupError {
    /// A file or a directory is in the way, or damaged.
    #[error(transparent)]
    Copy(#[from] CopyError),
    /// An evaluation does not come out of its record.
    #[error("evaluation {evaluation} is damaged: {why}")]
    Damaged {
        /// The evaluation.
        evaluation: EvaluationId,
        /// What is wrong with it.
        why: Box<Error>,
    },
    /// An evaluation is not what it was when the backup was made.
    #[error("evaluation {evaluation} is not as it was backed up: {difference}; {cure}")]
    Differs {
        /// The evaluation.
        evaluation: EvaluationId,
        /// What differs.
        difference: Difference,
        /// What to do about it.
        cure: Cure,
    },
    /// The accounts do not come out of the log of the house.
    #[error("the log of the house is damaged: {0}")]
    House(#[source] HouseMisfit),
    /// The log of the house is not what it was when the backup was made.
    #[error("the log of the house is not as it was backed up: it ends with another event; {cure}")]
    HouseDiffers {
        /// What to do about it.
        cure: Cure,
    },
}

/// In what a restored evaluation differs from the one that was backed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Difference {
    /// It is not in the copy.
    #[error("it is missing")]
    Missing,
    /// The backup does not name it.
    #[error("the backup does not name it")]
    Added,
    /// Its log ends with another event.
    #[error("its log ends with another event")]
    Head,
    /// Its result is another one.
    #[error("its result is another one")]
    Result,
}

/// What helps against a difference.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Cure {
    /// Nothing but another backup.
    #[error("restore another backup")]
    AnotherBackup,
    /// The program that made the backup.
    #[error(
        "the backup was made by scorecard {0} and this is {PROGRAM}: restore it with that version"
    )]
    AnotherProgram(String),
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Copy(error.into())
    }
}

/// Backs up a data directory into a new file, which is proven and written down what it adds up to. The service may run
/// meanwhile.
///
/// # Errors
/// [`BackupError`]; no file is left behind then.
pub fn back_up(data: &Path, file: &Path) -> Result<Holdings, BackupError> {
    let backup = Backup::of(data, file)?;
    let (evaluations, events) = reckon(backup.archive())?;
    let holdings = Holdings {
        evaluations: evaluations.len(),
        events,
        files: backup.prove_attachments()?,
    };
    let house = proven_house(backup.archive())?;
    backup.seal(&Manifest {
        program: PROGRAM.to_owned(),
        house: Some(house),
        evaluations,
    })?;
    Ok(holdings)
}

/// Restores a backup into a data directory that holds no database, once every evaluation adds up to what it was.
///
/// # Errors
/// [`BackupError`]; the directory is then as it was.
pub fn restore(file: &Path, data: &Path) -> Result<Holdings, BackupError> {
    let restore = Restore::of(file, data)?;
    let (evaluations, events) = reckon(restore.archive()?)?;
    let holdings = Holdings {
        evaluations: evaluations.len(),
        events,
        files: restore.prove_attachments()?,
    };
    compare(restore.manifest(), &evaluations)?;
    compare_house(restore.manifest(), &proven_house(restore.archive()?)?)?;
    restore.settle()?;
    Ok(holdings)
}

/// What every evaluation of an archive adds up to, and how many events there are: reads, proves and ranks all of it.
fn reckon(archive: &dyn Archive) -> Result<(Vec<Kept>, usize), BackupError> {
    let mut evaluations = Vec::new();
    let mut events = 0_usize;
    for evaluation in archive.evaluations()? {
        let (kept, count) = kept(archive, &evaluation).map_err(|why| BackupError::Damaged {
            evaluation,
            why: Box::new(why),
        })?;
        evaluations.push(kept);
        events = events.saturating_add(count);
    }
    Ok((evaluations, events))
}

fn kept(archive: &dyn Archive, evaluation: &EvaluationId) -> Result<(Kept, usize), Error> {
    let log = archive.log(evaluation)?.ok_or(Error::NoEvaluation)?;
    let dossier = rebuild(&log, archive)?;
    let json = result_json(&dossier)?;
    let kept = Kept {
        evaluation: evaluation.clone(),
        head: dossier.head().to_string(),
        result: Digest::of(&json),
    };
    Ok((kept, log.len()))
}

/// The last event of the house, once its chain is proven and its accounts come out of it.
fn proven_house(archive: &dyn Archive) -> Result<String, BackupError> {
    let log = archive.house()?;
    let house = House::of(&log).map_err(BackupError::House)?;
    Ok(house.head().to_string())
}

fn compare_house(manifest: &Manifest, found: &str) -> Result<(), BackupError> {
    match &manifest.house {
        Some(wanted) if wanted != found => Err(BackupError::HouseDiffers {
            cure: cure(manifest),
        }),
        Some(_) | None => Ok(()),
    }
}

fn cure(manifest: &Manifest) -> Cure {
    if manifest.program == PROGRAM {
        Cure::AnotherBackup
    } else {
        Cure::AnotherProgram(manifest.program.clone())
    }
}

fn compare(manifest: &Manifest, found: &[Kept]) -> Result<(), BackupError> {
    let differs = |evaluation: &EvaluationId, difference| BackupError::Differs {
        evaluation: evaluation.clone(),
        difference,
        cure: cure(manifest),
    };
    let mut left: HashMap<&EvaluationId, &Kept> =
        found.iter().map(|kept| (&kept.evaluation, kept)).collect();
    for wanted in &manifest.evaluations {
        let difference = match left.remove(&wanted.evaluation) {
            None => Difference::Missing,
            Some(found) if found.head != wanted.head => Difference::Head,
            Some(found) if found.result != wanted.result => Difference::Result,
            Some(_) => continue,
        };
        return Err(differs(&wanted.evaluation, difference));
    }
    match left.into_keys().min() {
        Some(added) => Err(differs(added, Difference::Added)),
        None => Ok(()),
    }
}
