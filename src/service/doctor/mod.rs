//! What a data directory is like: everything that can be wrong with it, looked at without changing anything.

mod folder;
mod record;

use std::path::Path;

use serde::Serialize;

use crate::store::{CopyError, Look, library_version};

use super::Clock;

/// How bad what was found is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// As it should be.
    Ok,
    /// It works, and should be seen to.
    Warning,
    /// It does not work, or the record is not what was written.
    Fault,
}

impl Health {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Fault => "fault",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The stable name of what was looked at.
    pub check: &'static str,
    /// How it is.
    pub state: Health,
    /// What was found.
    pub message: String,
    /// What to do about it; `None` if it is as it should be.
    pub cure: Option<String>,
}

impl Finding {
    /// It is as it should be.
    #[must_use]
    pub fn ok(check: &'static str, message: impl Into<String>) -> Self {
        Self {
            check,
            state: Health::Ok,
            message: message.into(),
            cure: None,
        }
    }

    /// It works, and should be seen to.
    #[must_use]
    pub fn warning(
        check: &'static str,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Self {
            check,
            state: Health::Warning,
            message: message.into(),
            cure: Some(cure.into()),
        }
    }

    /// It does not work.
    #[must_use]
    pub fn fault(check: &'static str, message: impl Into<String>, cure: impl Into<String>) -> Self {
        Self {
            state: Health::Fault,
            ..Self::warning(check, message, cure)
        }
    }
}

/// What helps against a damaged record.
const RESTORE: &str =
    "move the data directory away and restore a backup: scorecard restore FILE --data DIR";

/// Looks at everything about a data directory; the service may have it open. `floor` is as many bytes as its disk is to keep free.
#[must_use]
pub fn examine(data: &Path, floor: u64, clock: &dyn Clock) -> Vec<Finding> {
    let mut found = vec![library()];
    match std::fs::metadata(data) {
        Ok(_) => found.extend(folder::examine(data, floor)),
        Err(why) => {
            found.push(Finding::warning(
                "folder",
                format!("the data directory {} cannot be looked at: {why}", data.display()),
                "name the data directory with --data; if the service has never run here, its first start makes it",
            ));
            return found;
        }
    }
    match Look::at(data) {
        Ok(look) => found.extend(record::examine(&look, clock)),
        Err(CopyError::NoDatabase(_)) => found.push(Finding::warning(
            "database",
            "there is no database yet",
            "name the data directory with --data; if the service has never run here, its first start makes one",
        )),
        Err(why) => found.push(Finding::fault("database", why.to_string(), RESTORE)),
    }
    found
}

fn library() -> Finding {
    match library_version() {
        Ok(version) => Finding::ok("sqlite", format!("SQLite {version} is built in")),
        Err(why) => Finding::fault(
            "sqlite",
            why.to_string(),
            "use a newer release of scorecard",
        ),
    }
}
