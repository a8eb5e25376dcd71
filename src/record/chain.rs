//! What the logs have in common: events sealed one behind the other, so that a change after the fact shows.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{BrokenChain, Digest, Head};

/// An event that can be sealed into a log of its kind.
pub trait Link: Serialize + DeserializeOwned {
    /// Keeps the hashes of this kind of log apart from hashes of the same bytes made elsewhere.
    const DOMAIN: &'static [u8];

    /// Its place in the log, from 1 without gaps.
    fn seq(&self) -> u64;

    /// When it was.
    fn at(&self) -> Timestamp;
}

/// An event sealed into its chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chained<E> {
    event: E,
    payload: String,
    prev: Digest,
    hash: Digest,
}

impl<E: Link> Chained<E> {
    /// Seals an event behind a head.
    pub(super) fn behind(after: &Head, event: E) -> Self {
        let payload = canonical(&event);
        Self {
            hash: hash::<E>(&after.hash, &payload),
            prev: after.hash,
            event,
            payload,
        }
    }

    /// Reads an event, and proves that it follows a head and belongs to the log.
    pub(super) fn proven(
        after: &Head,
        payload: String,
        stored: Digest,
        belongs: impl FnOnce(&E) -> bool,
    ) -> Result<Self, BrokenChain> {
        let seq = after.seq.saturating_add(1);
        let event: E = serde_json::from_str(&payload).map_err(|why| BrokenChain::Unreadable {
            seq,
            why: why.to_string(),
        })?;
        if event.seq() != seq {
            return Err(BrokenChain::Order {
                expected: seq,
                found: event.seq(),
            });
        }
        if !belongs(&event) {
            return Err(BrokenChain::Foreign { seq });
        }
        if hash::<E>(&after.hash, &payload) != stored || canonical(&event) != payload {
            return Err(BrokenChain::Hash { seq });
        }
        Ok(Self {
            event,
            payload,
            prev: after.hash,
            hash: stored,
        })
    }

    /// The event.
    #[must_use]
    pub fn event(&self) -> &E {
        &self.event
    }

    /// The event as canonical JSON (RFC 8785), which is what is hashed.
    #[must_use]
    pub fn payload(&self) -> &str {
        &self.payload
    }

    /// The hash of the event before.
    #[must_use]
    pub fn prev(&self) -> Digest {
        self.prev
    }

    /// The hash.
    #[must_use]
    pub fn hash(&self) -> Digest {
        self.hash
    }

    /// The head of a log that ends with this event.
    #[must_use]
    pub fn head(&self) -> Head {
        Head {
            seq: self.event.seq(),
            hash: self.hash,
            at: Some(self.event.at()),
        }
    }
}

/// The hash that an event gets behind another one.
pub(super) fn hash<E: Link>(prev: &Digest, payload: &str) -> Digest {
    Digest::of_parts(&[E::DOMAIN, prev.as_bytes(), payload.as_bytes()])
}

/// RFC 8785 for what events are made of: objects with ASCII keys, texts, whole numbers below 2^53, true, false and null.
/// `serde_json` keeps the keys of a value sorted and escapes as the RFC does.
fn canonical(event: &impl Serialize) -> String {
    serde_json::to_value(event).map_or_else(|_| String::new(), |value| value.to_string())
}
