//! Files at hand for a while: a question about one is answered without choosing it again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::record::EvaluationId;

use super::secret::Secret;

/// The most files at hand.
const FILES: usize = 256;
/// The most bytes at hand.
const BYTES: usize = 64 * 1024 * 1024;
/// How long a file stays at hand.
const STAYS: Duration = Duration::from_mins(30);

/// A file that somebody sent and that waits for an answer.
#[derive(Debug, Clone)]
pub(super) struct HeldFile {
    pub(super) name: String,
    pub(super) bytes: Arc<[u8]>,
    /// Whether it was typed in the page: once filed, it is no draft any more.
    pub(super) is_typed: bool,
}

/// The files at hand, the oldest first. They are gone with the process: nothing of them is stored.
#[derive(Debug, Default)]
pub(super) struct Holding {
    files: Mutex<VecDeque<Held>>,
}

#[derive(Debug)]
struct Held {
    key: String,
    /// `None` if it is to start one.
    evaluation: Option<EvaluationId>,
    until: Instant,
    file: HeldFile,
    /// What was confirmed of it, and the address of the evaluation that it started.
    started: Option<(String, String)>,
    /// Whose turn it is to start one: whoever comes at the same time waits, and is sent to the one that was started.
    turn: Turn,
}

/// A turn that one takes after the other.
pub(super) type Turn = Arc<tokio::sync::Mutex<()>>;

impl Holding {
    /// Keeps a file at hand, and gives the word for it; `None` if it is too large, or the system gives no random numbers.
    pub(super) fn keep(&self, evaluation: &EvaluationId, file: HeldFile) -> Option<String> {
        self.keep_for(Some(evaluation), file)
    }

    /// Keeps a file at hand that was sent for an evaluation, or to start one.
    pub(super) fn keep_for(
        &self,
        evaluation: Option<&EvaluationId>,
        file: HeldFile,
    ) -> Option<String> {
        self.keep_at(evaluation, file, Instant::now())
    }

    /// The file of a word, if it is still at hand and was sent for this evaluation, or to start one.
    pub(super) fn find_for(
        &self,
        evaluation: Option<&EvaluationId>,
        key: &str,
    ) -> Option<HeldFile> {
        self.find_at(evaluation, key, Instant::now())
    }

    /// The file of a word, if it is still at hand and was sent for this evaluation.
    pub(super) fn find(&self, evaluation: &EvaluationId, key: &str) -> Option<HeldFile> {
        self.find_for(Some(evaluation), key)
    }

    /// Notes where the evaluation is that a file started.
    pub(super) fn is_now(&self, key: &str, confirmed: String, address: String) {
        let mut files = self.files();
        if let Some(held) = files.iter_mut().find(|held| held.key == key) {
            held.started = Some((confirmed, address));
        }
    }

    /// The turn of those who start an evaluation with a file.
    pub(super) fn turn(&self, key: &str) -> Turn {
        let files = self.files();
        let held = files.iter().find(|held| held.key == key);
        held.map(|held| Arc::clone(&held.turn)).unwrap_or_default()
    }

    /// Where the evaluation is that a file started when the same was confirmed before.
    pub(super) fn became(&self, key: &str, confirmed: &str) -> Option<String> {
        let files = self.files();
        let held = files.iter().find(|held| held.key == key)?;
        let (before, address) = held.started.as_ref()?;
        (before == confirmed).then(|| address.clone())
    }

    fn keep_at(
        &self,
        evaluation: Option<&EvaluationId>,
        file: HeldFile,
        now: Instant,
    ) -> Option<String> {
        if file.bytes.len() > BYTES {
            return None;
        }
        let until = now.checked_add(STAYS)?;
        let mut files = self.files();
        files.retain(|held| held.until > now);
        // Several tabs of one file, or several answers about it, do not take its room several times.
        let is_same = |held: &Held| {
            held.evaluation.as_ref() == evaluation
                && held.file.name == file.name
                && Arc::ptr_eq(&held.file.bytes, &file.bytes)
        };
        let before = files.iter().position(is_same);
        let key = match before.and_then(|at| files.remove(at)) {
            Some(held) => held.key,
            None => Secret::random().ok()?.reveal().to_owned(),
        };
        files.push_back(Held {
            key: key.clone(),
            evaluation: evaluation.cloned(),
            until,
            file,
            started: None,
            turn: Turn::default(),
        });
        while files.len() > FILES || total(&files) > BYTES {
            files.pop_front();
        }
        Some(key)
    }

    fn find_at(
        &self,
        evaluation: Option<&EvaluationId>,
        key: &str,
        now: Instant,
    ) -> Option<HeldFile> {
        let files = self.files();
        let is_it = |held: &&Held| {
            held.key == key && held.evaluation.as_ref() == evaluation && held.until > now
        };
        files.iter().find(is_it).map(|held| held.file.clone())
    }

    fn files(&self) -> MutexGuard<'_, VecDeque<Held>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn total(files: &VecDeque<Held>) -> usize {
    let sizes = files.iter().map(|held| held.file.bytes.len());
    sizes.fold(0, usize::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> EvaluationId {
        EvaluationId::from_random([number; 12])
    }

    fn file(size: usize) -> HeldFile {
        HeldFile {
            name: "a.csv".to_owned(),
            bytes: vec![b'x'; size].into(),
            is_typed: false,
        }
    }

    #[test]
    fn a_file_is_found_by_its_word_for_its_evaluation_until_its_time_is_up() {
        let (holding, now) = (Holding::default(), Instant::now());
        let key = holding.keep_at(Some(&id(1)), file(3), now).unwrap();
        assert_eq!(
            holding
                .find_at(Some(&id(1)), &key, now)
                .unwrap()
                .bytes
                .len(),
            3
        );
        assert!(holding.find_at(Some(&id(2)), &key, now).is_none());
        assert!(holding.find_at(None, &key, now).is_none());
        assert!(holding.find_at(Some(&id(1)), "x", now).is_none());
        assert!(holding.find_at(Some(&id(1)), &key, now + STAYS).is_none());
    }

    #[test]
    fn a_file_that_is_at_hand_is_kept_once_and_for_longer() {
        let (holding, now) = (Holding::default(), Instant::now());
        let sent = file(3);
        let key = holding.keep_at(Some(&id(1)), sent.clone(), now).unwrap();
        let later = now + STAYS / 2;
        let found = holding.find_at(Some(&id(1)), &key, later).unwrap();
        assert_eq!(
            holding.keep_at(Some(&id(1)), found, later),
            Some(key.clone())
        );
        assert_eq!(holding.files().len(), 1);
        assert!(holding.find_at(Some(&id(1)), &key, now + STAYS).is_some());
        assert_ne!(holding.keep_at(Some(&id(2)), sent, later), Some(key));
    }

    #[test]
    fn the_oldest_files_make_room_and_one_that_is_too_large_is_not_kept() {
        let (holding, now) = (Holding::default(), Instant::now());
        let first = holding.keep_at(Some(&id(1)), file(1), now).unwrap();
        let large = holding.keep_at(Some(&id(1)), file(BYTES), now).unwrap();
        assert!(holding.find_at(Some(&id(1)), &first, now).is_none());
        assert!(holding.find_at(Some(&id(1)), &large, now).is_some());
        assert!(
            holding
                .keep_at(Some(&id(1)), file(BYTES + 1), now)
                .is_none()
        );
        for _ in 0..=FILES {
            holding.keep_at(Some(&id(1)), file(1), now).unwrap();
        }
        assert_eq!(holding.files().len(), FILES);
    }
}
