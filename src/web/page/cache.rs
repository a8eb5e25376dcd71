//! Finished pages, kept while they are asked for; the one not asked for longest goes first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Finished;

/// The most bytes that are kept.
const MOST: usize = 32 * 1024 * 1024;

/// All that a page depends on: if any of it changes, it is another page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageKey {
    evaluation: String,
    revision: String,
    view: String,
}

impl PageKey {
    /// Names a page: of which evaluation, at which revision, and which view of it (page, lens, whatever else it depends on).
    #[must_use]
    pub fn new(
        evaluation: impl Into<String>,
        revision: impl Into<String>,
        view: impl Into<String>,
    ) -> Self {
        Self {
            evaluation: evaluation.into(),
            revision: revision.into(),
            view: view.into(),
        }
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

    use super::*;

    fn key(view: &str) -> PageKey {
        PageKey::new("e1", "r1", view)
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
    fn another_revision_is_another_page() {
        let cache = PageCache::new(1000);
        cache.keep(PageKey::new("e1", "r1", "ranking"), of_bytes(10));
        assert!(cache.get(&PageKey::new("e1", "r2", "ranking")).is_none());
        assert!(cache.get(&PageKey::new("e2", "r1", "ranking")).is_none());
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
