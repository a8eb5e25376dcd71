//! A service over a database in a directory of its own.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use scorecard::service::{Clock, Library, OsChance, Service, SystemClock, Upload};
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

/// A clock that tests set, in days.
#[derive(Debug, Default)]
pub struct Days(AtomicI64);

impl Days {
    pub fn set(&self, day: i64) {
        self.0.store(day, Ordering::SeqCst);
    }
}

impl Clock for Days {
    fn now(&self) -> Timestamp {
        let days = self.0.load(Ordering::SeqCst);
        let late = SignedDuration::from_hours(23);
        let since = SignedDuration::from_hours(24).checked_mul(i32::try_from(days).unwrap());
        let since = since.unwrap().checked_add(late).unwrap();
        Timestamp::UNIX_EPOCH.checked_add(since).unwrap()
    }
}

/// A service whose days are set by hand.
pub fn by_days(data: &Path) -> (Service, Arc<Days>) {
    let clock = Arc::new(Days::default());
    let service = Service::new(
        Arc::new(Sqlite::open(data).unwrap()),
        Arc::<Days>::clone(&clock),
        Arc::new(OsChance),
        Library::shipped(),
        Limits::default(),
    );
    (service, clock)
}
