//! The criteria sets on offer: those that come with the program, and those of a directory.

use std::path::Path;
use std::sync::Arc;

use thiserror::Error;

use crate::criteria::{CriteriaSet, SetLimits, SetProblem, shipped};

/// The criteria sets on offer, by id.
#[derive(Debug, Clone, Default)]
pub struct Library {
    sets: Vec<Arc<CriteriaSet>>,
}

/// A criteria set cannot be offered.
#[derive(Debug, Error)]
pub enum LibraryError {
    /// The directory or a file in it cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// The path.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A set has mistakes.
    #[error("{path}: {} problem(s)", .problems.len())]
    Problems {
        /// The path.
        path: String,
        /// All of them.
        problems: Vec<SetProblem>,
    },
    /// Two sets have the same id.
    #[error("{path}: there is another criteria set with the id \"{id}\"; give this one another id")]
    Twice {
        /// The path.
        path: String,
        /// The id.
        id: String,
    },
}

impl Library {
    /// The sets that come with the program.
    #[must_use]
    pub fn shipped() -> Self {
        let sets = shipped().iter().filter_map(|one| one.read().ok());
        Self {
            sets: sets.map(Arc::new).collect(),
        }
    }

    /// Adds every `*.toml` of a directory, in the order of their names.
    ///
    /// # Errors
    /// All that is wrong with the directory and its files.
    pub fn with_directory(
        mut self,
        directory: &Path,
        limits: &SetLimits,
    ) -> Result<Self, Vec<LibraryError>> {
        let unreadable = |path: &Path, source| LibraryError::Unreadable {
            path: path.display().to_string(),
            source,
        };
        let entries =
            std::fs::read_dir(directory).map_err(|error| vec![unreadable(directory, error)])?;
        let mut paths: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        paths.retain(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        });
        paths.sort();
        let mut errors = Vec::new();
        for path in paths {
            match std::fs::read_to_string(&path) {
                Err(error) => errors.push(unreadable(&path, error)),
                Ok(source) => match CriteriaSet::parse(&source, limits) {
                    Err(problems) => {
                        errors.push(LibraryError::Problems {
                            path: path.display().to_string(),
                            problems,
                        });
                    }
                    Ok(set) if self.find(set.id()).is_some() => errors.push(LibraryError::Twice {
                        path: path.display().to_string(),
                        id: set.id().to_owned(),
                    }),
                    Ok(set) => self.sets.push(Arc::new(set)),
                },
            }
        }
        if errors.is_empty() {
            Ok(self)
        } else {
            Err(errors)
        }
    }

    /// The sets, in the order they are offered.
    #[must_use]
    pub fn sets(&self) -> &[Arc<CriteriaSet>] {
        &self.sets
    }

    /// The set with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Arc<CriteriaSet>> {
        self.sets.iter().find(|set| set.id() == id)
    }
}
