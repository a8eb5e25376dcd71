//! Finished pages, kept while they are asked for; the one not asked for longest goes first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::record::{EvaluationId, Head};
use crate::reports::locale::Locale;
use crate::service::Opened;
use crate::web::Caller;

use super::Finished;

/// The most bytes that are kept.
const MOST: usize = 32 * 1024 * 1024;

/// All that a page depends on: if any of it changes, it is another page. What somebody may do on it follows from who they are
/// and from the record as it stands; how numbers and dates are written comes with the caller.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageKey {
    evaluation: EvaluationId,
    revision: Head,
    caller: Caller,
    view: String,
}

impl PageKey {
    /// Names a page: of which evaluation, for whom, and which view of it (page, lens, whatever else it depends on).
    #[must_use]
    pub fn new(opened: &Opened, caller: Caller, view: impl Into<String>) -> Self {
        let dossier = opened.dossier();
        Self {
            evaluation: dossier.id().clone(),
            revision: dossier.head(),
            caller,
            view: view.into(),
        }
    }

    /// How whom it is for writes numbers and dates.
    pub(super) fn locale(&self) -> Locale {
        self.caller.locale()
    }
}

/// The finished pages.
#[derive(Debug)]
pub(in crate::web) struct PageCache {
    most: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    pages: HashMap<PageKey, (Arc<Finished>, u64)>,
    bytes: usize,
    /// Counts the uses, so that the oldest one can be found.
    uses: u64,
}

impl Default for PageCache {
    fn default() -> Self {
        Self::new(MOST)
    }
}

impl PageCache {
    fn new(most: usize) -> Self {
        Self {
            most,
            kept: Mutex::default(),
        }
    }

    pub(super) fn get(&self, key: &PageKey) -> Option<Arc<Finished>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let now = kept.tick();
        let (page, used) = kept.pages.get_mut(key)?;
        *used = now;
        Some(Arc::clone(page))
    }

    /// Keeps a page, unless it is larger than everything that may be kept.
    pub(super) fn keep(&self, key: PageKey, page: Finished) -> Arc<Finished> {
        let page = Arc::new(page);
        let size = page.size();
        if size <= self.most {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            let now = kept.tick();
            if let Some((before, _)) = kept.pages.insert(key, (Arc::clone(&page), now)) {
                kept.bytes = kept.bytes.saturating_sub(before.size());
            }
            kept.bytes = kept.bytes.saturating_add(size);
            kept.shrink(self.most);
        }
        page
    }
}

impl Kept {
    fn tick(&mut self) -> u64 {
        self.uses = self.uses.saturating_add(1);
        self.uses
    }

    fn shrink(&mut self, most: usize) {
        while self.bytes > most {
            let oldest = self.pages.iter().min_by_key(|(_, (_, used))| *used);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else {
                return;
            };
            if let Some((page, _)) = self.pages.remove(&key) {
                self.bytes = self.bytes.saturating_sub(page.size());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use jiff::Timestamp;

    use crate::accounts::{Actor, Login, User};
    use crate::record::Change;

    use super::*;

    fn key_of(evaluation: u8, actor: Actor, view: &str) -> PageKey {
        PageKey {
            evaluation: EvaluationId::from_random([evaluation; 12]),
            revision: Head::NONE,
            caller: Caller::new(actor),
            view: view.to_owned(),
        }
    }

    fn key(view: &str) -> PageKey {
        key_of(1, Actor::Local, view)
    }

    fn of_bytes(count: usize) -> Finished {
        Finished::new("x".repeat(count), Compression::fast())
    }

    #[test]
    fn the_page_not_asked_for_longest_goes_first() {
        let cache = PageCache::new(1000);
        cache.keep(key("a"), of_bytes(400));
        cache.keep(key("b"), of_bytes(400));
        assert!(cache.get(&key("a")).is_some());
        cache.keep(key("c"), of_bytes(400));
        assert!(cache.get(&key("a")).is_some());
        assert!(cache.get(&key("b")).is_none());
        assert!(cache.get(&key("c")).is_some());
    }

    #[test]
    fn another_revision_another_evaluation_and_another_reader_are_other_pages() {
        let cache = PageCache::new(1000);
        cache.keep(key("ranking"), of_bytes(10));
        let change = Change::ScoringClosed {};
        let id = EvaluationId::from_random([1; 12]);
        let later = Head::NONE.seal(&id, Timestamp::UNIX_EPOCH, "local", change);
        let later = PageKey {
            revision: later.head(),
            ..key("ranking")
        };
        assert!(cache.get(&later).is_none());
        assert!(cache.get(&key_of(2, Actor::Local, "ranking")).is_none());
        let ana = User::signed_in(Login::parse("ana").unwrap(), false);
        assert!(cache.get(&key_of(1, Actor::User(ana), "ranking")).is_none());
        assert!(cache.get(&key("ranking")).is_some());
    }

    #[test]
    fn a_page_larger_than_everything_is_served_and_not_kept() {
        let cache = PageCache::new(100);
        cache.keep(key("a"), of_bytes(50));
        assert_eq!(cache.keep(key("b"), of_bytes(101)).size(), 101);
        assert!(cache.get(&key("b")).is_none());
        assert!(cache.get(&key("a")).is_some());
    }
}
