//! The way in on this machine: a link with a secret that works once and leaves a cookie.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError, RwLock};

use super::secret::{Fingerprint, Secret, SecretError};

/// The most browsers that are in at one time; the one that came first goes first.
const MOST: usize = 256;

/// Who may come in, and who is in.
#[derive(Debug)]
pub(super) struct WayIn {
    /// What the link that is open now is known by.
    link: Mutex<Fingerprint>,
    inside: RwLock<VecDeque<Fingerprint>>,
}

/// What somebody who came in through the link is given.
#[derive(Debug)]
pub(super) struct LetIn {
    /// What the browser keeps.
    pub(super) pass: Secret,
    /// The secret of the next link.
    pub(super) next: Secret,
}

impl WayIn {
    pub(super) fn new(first: &Secret) -> Self {
        Self {
            link: Mutex::new(first.fingerprint()),
            inside: RwLock::default(),
        }
    }

    /// Lets in whoever knows the secret of the link, which is then used up; `None` if this is not the secret.
    pub(super) fn open(&self, secret: &str) -> Result<Option<LetIn>, SecretError> {
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        if *link != Fingerprint::of(secret) {
            return Ok(None);
        }
        let (pass, next) = (Secret::random()?, Secret::random()?);
        *link = next.fingerprint();
        let mut inside = self.inside.write().unwrap_or_else(PoisonError::into_inner);
        if inside.len() >= MOST {
            inside.pop_front();
        }
        inside.push_back(pass.fingerprint());
        Ok(Some(LetIn { pass, next }))
    }

    /// Whether the cookie is that of somebody who came in.
    pub(super) fn knows(&self, pass: &str) -> bool {
        let pass = Fingerprint::of(pass);
        let inside = self.inside.read().unwrap_or_else(PoisonError::into_inner);
        inside.contains(&pass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_works_once_and_the_next_one_after_it() {
        let first = Secret::random().unwrap();
        let way_in = WayIn::new(&first);
        assert!(way_in.open("something else").unwrap().is_none());
        let let_in = way_in.open(first.reveal()).unwrap().unwrap();
        assert!(way_in.open(first.reveal()).unwrap().is_none());
        assert!(way_in.knows(let_in.pass.reveal()));
        assert!(!way_in.knows(let_in.next.reveal()));
        assert!(way_in.open(let_in.next.reveal()).unwrap().is_some());
    }

    #[test]
    fn the_browser_that_came_first_goes_first() {
        let mut secret = Secret::random().unwrap();
        let way_in = WayIn::new(&secret);
        let mut passes = Vec::new();
        for _ in 0..=MOST {
            let let_in = way_in.open(secret.reveal()).unwrap().unwrap();
            passes.push(let_in.pass);
            secret = let_in.next;
        }
        assert!(!way_in.knows(passes[0].reveal()));
        assert!(way_in.knows(passes[1].reveal()));
        assert!(way_in.knows(passes[MOST].reveal()));
    }
}
