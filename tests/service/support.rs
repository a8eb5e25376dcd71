//! A service over a database in a directory of its own.

use std::path::Path;
use std::sync::Arc;

use scorecard::service::{Library, OsChance, Service, SystemClock, Upload};
use scorecard::store::Sqlite;
use scorecard::table::Limits;
use tempfile::TempDir;

/// A service, and the directory it keeps everything in.
pub struct Office {
    pub service: Service,
    pub data: TempDir,
}

impl Office {
    pub fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let service = service_in(data.path());
        Self { service, data }
    }

    /// The same data under a new service, as after a restart.
    pub fn restarted(self) -> Self {
        let data = self.data;
        drop(self.service);
        let service = service_in(data.path());
        Self { service, data }
    }
}

pub fn service_in(data: &Path) -> Service {
    let store = Arc::new(Sqlite::open(data).unwrap());
    Service::new(
        store,
        Arc::new(SystemClock),
        Arc::new(OsChance),
        Library::shipped(),
        Limits::default(),
    )
}

pub fn upload(file_name: &str, text: &[u8]) -> Upload {
    Upload {
        file_name: file_name.to_owned(),
        bytes: text.to_vec(),
        ..Upload::default()
    }
}
