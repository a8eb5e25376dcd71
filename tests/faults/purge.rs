//! Storage that fails while something is purged: nothing is half purged, and no tombstone stands over bytes that are there.

use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;
use scorecard::accounts::Actor;
use scorecard::record::{EvaluationId, Sealed, purged};
use scorecard::service::{Error, Library, OsChance, Service, Upload};
use scorecard::store::{Archive, Sqlite, Store};
use scorecard::table::Limits;

use crate::faulty::{Faulty, When};
use crate::priced::sealed;
use crate::support::Wound;

pub const ME: Actor = Actor::Local;
/// What stands in the files and in nothing that is read from them.
pub const MARK: &str = "Zx81-only-in-the-file";
/// What stands in the answers too.
const REASON: &str = "Qm67-said-in-a-reason";

struct Bench {
    service: Service,
    store: Arc<Faulty>,
    id: EvaluationId,
    data: tempfile::TempDir,
}

pub fn service_over(store: Arc<dyn Store>, clock: &Wound) -> Service {
    Service::new(
        store,
        Arc::new(clock.clone()),
        Arc::new(OsChance),
        Library::shipped(),
        Limits::default(),
    )
}

fn opened(data: &Path) -> Arc<Faulty> {
    Arc::new(Faulty::over(Arc::new(Sqlite::open(data).unwrap())))
}

pub fn sheet(evaluator: &str, criterion: &str, score: &str) -> Upload {
    let text = format!(
        "vendor,criterion,evaluator,score,comment,internal note\n\
         Acme,{criterion},{evaluator},{score},{REASON},{MARK} {evaluator}\n"
    );
    Upload {
        file_name: format!("{evaluator}.csv"),
        bytes: text.into_bytes(),
        ..Upload::default()
    }
}

impl Bench {
    /// An evaluation with two sheets, one of sealed prices, whose time is over.
    fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let clock = Wound::at("2026-11-26T09:00:00Z");
        let store = opened(data.path());
        let service = service_over(Arc::<Faulty>::clone(&store), &clock);
        let id = service.start(ME, &sealed()).unwrap();
        for sheet in [
            sheet("Ana", "ITIL-INC", "4"),
            sheet("panel", "CST-TCO", "777.25"),
        ] {
            service.file_sheet(ME, &id, &sheet).unwrap();
        }
        let until = Some("2026-11-26");
        service.retain(ME, &id, until, "the law").unwrap();
        clock.by(SignedDuration::from_hours(48));
        Self {
            service,
            store,
            id,
            data,
        }
    }

    fn log(&self) -> Vec<Sealed> {
        self.store.inner.log(&self.id).unwrap().unwrap()
    }
}

/// What the log says is purged is gone, and everything else that it names is there; whether anything was purged.
pub fn is_purged(store: &dyn Archive, id: &EvaluationId, what: &str) -> bool {
    let log = store.log(id).unwrap().unwrap();
    let gone = purged(&log);
    for digest in log.iter().flat_map(|sealed| sealed.event().change.files()) {
        let kept = store.attachment(&digest).unwrap();
        assert_ne!(
            kept.is_some(),
            gone.contains_key(&digest),
            "{what}: {digest}"
        );
    }
    !gone.is_empty()
}

/// Whether a text stands in a file of a directory.
pub fn stands(data: &Path, text: &str) -> bool {
    let files = std::fs::read_dir(data).unwrap().map(Result::unwrap);
    let mut bytes = files.map(|file| std::fs::read(file.path()).unwrap());
    bytes.any(|bytes| {
        let mut windows = bytes.windows(text.len());
        windows.any(|window| window == text.as_bytes())
    })
}

type Purge = fn(&Service, &EvaluationId) -> Result<(), Error>;

/// Every way to purge, and the text that is gone then.
fn ways() -> [(&'static str, Purge, &'static str); 3] {
    [
        (
            "a file",
            |service, id| service.purge_file(ME, id, 1, "names").map(drop),
            "Zx81-only-in-the-file Ana",
        ),
        (
            "a sealed price sheet",
            |service, id| service.purge_file(ME, id, 2, "names").map(drop),
            "Zx81-only-in-the-file panel",
        ),
        (
            "the evaluation",
            |service, id| service.purge_all(ME, id, "over").map(drop),
            REASON,
        ),
    ]
}

/// Purges while the store fails as told; whether it did fail. Afterwards, and after a restart, all is as the log says.
fn fails(what: &str, purge: Purge, text: &str, when: When) -> bool {
    let bench = Bench::new();
    let told = format!("{what}, {when:?}");
    let before = bench.log();
    // Nothing is at hand: what is read counts too.
    let clock = Wound::at("2026-11-28T09:00:00Z");
    let service = service_over(Arc::<Faulty>::clone(&bench.store), &clock);
    bench.store.fail(when);
    let answer = purge(&service, &bench.id);
    let has_failed = bench.store.has_failed();
    bench.store.fail(When::Never);
    let is_purged = is_purged(&*bench.store, &bench.id, &told);
    let log = bench.log();
    assert!(log.starts_with(&before), "{told}");
    assert_eq!(log.len() > before.len(), is_purged, "{told}");
    assert!(answer.is_err() || is_purged, "{told}: {answer:?}");
    assert_eq!(stands(bench.data.path(), text), !is_purged, "{told}");
    let Bench {
        service: first,
        store,
        id,
        data,
    } = bench;
    drop((first, service, store));
    let service = service_over(opened(data.path()), &clock);
    let again = purge(&service, &id);
    assert_eq!(again.is_ok(), !is_purged, "{told}: {again:?}");
    assert!(!stands(data.path(), text), "{told}");
    has_failed
}

#[test]
fn a_purge_that_fails_at_any_call_of_the_store_is_whole_or_not_at_all_and_a_restart_heals_it() {
    let mut failures = 0;
    for (what, purge, text) in ways() {
        for when in [When::Before as fn(usize) -> When, When::After] {
            let mut calls = (1..).map(when);
            while calls
                .next()
                .is_some_and(|when| fails(what, purge, text, when))
            {
                failures += 1;
            }
        }
    }
    assert!(failures >= 18, "only {failures} failures");
}
