//! Locking the result: what was ranked is kept by its digest, and what is ranked now is held against it.

use std::sync::Arc;

use serde_json::Value;

use crate::accounts::{Action, Actor};
use crate::record::{Change, Digest, Dossier, EvaluationId, Pin};
use crate::reports::{self, Detail};
use crate::scoring::{self, METHOD_VERSION};
use crate::store::Archive;

use super::opened::{Opened, fetch};
use super::{Entry, Error, File, Service};

/// A pinned result, held against the one that is computed now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinned {
    /// What was pinned.
    pub pin: Pin,
    /// How the result of now agrees with it.
    pub agreement: Sameness,
}

/// How two results agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// Byte by byte.
    Bytes,
    /// In everything that was pinned; the program writes more beside it now.
    Figures,
    /// Not.
    Differs,
}

impl Pinned {
    /// Whether every pinned figure is the one that is computed now.
    #[must_use]
    pub fn matches(&self) -> bool {
        match self.agreement {
            Sameness::Bytes | Sameness::Figures => true,
            Sameness::Differs => false,
        }
    }
}

impl Service {
    /// Locks the result: nothing that it is made of changes before it is unlocked.
    ///
    /// # Errors
    /// [`Error::Denied`] while scoring is open, or [`Error::Fields`] without a reason.
    pub fn lock_result(
        &self,
        actor: Actor,
        id: &EvaluationId,
        reason: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = super::settle::reason(reason)?;
        self.change(actor, Action::LockResult, id, |dossier| {
            let (pinned, file) = pin(dossier)?;
            Ok(vec![Entry {
                files: vec![file],
                ..Entry::plain(Change::ResultLocked { reason, pinned })
            }])
        })
    }

    /// The pinned result, held against the one of now; `None` if none is pinned.
    ///
    /// # Errors
    /// [`Error`] if what was pinned cannot be read.
    pub fn pinned(&self, opened: &Opened) -> Result<Option<Arc<Pinned>>, Error> {
        if let Some(known) = opened.pinned.get() {
            return Ok(Some(Arc::clone(known)));
        }
        let Some(found) = pinned(opened.dossier(), self.archive())? else {
            return Ok(None);
        };
        let kept = opened.pinned.get_or_init(|| Arc::new(found));
        Ok(Some(Arc::clone(kept)))
    }

    /// The pinned result as it was written, as JSON.
    ///
    /// # Errors
    /// [`Error::NoPin`] if none is pinned, [`Error::Denied`] while results are hidden.
    pub fn pinned_result(&self, actor: Actor, id: &EvaluationId) -> Result<Vec<u8>, Error> {
        let opened = self.results(actor, id)?;
        let pin = opened.dossier().pinned().ok_or(Error::NoPin)?;
        self.kept(&pin.result)
    }

    /// A file that the record names.
    pub(super) fn kept(&self, digest: &Digest) -> Result<Vec<u8>, Error> {
        fetch(self.archive(), digest)
    }
}

/// What an archive keeps of a pinned result, held against the one of now.
pub(super) fn pinned(dossier: &Dossier, archive: &dyn Archive) -> Result<Option<Pinned>, Error> {
    // Of what was purged there is nothing left to hold it against.
    let pin = dossier.pinned().filter(|_| dossier.emptied().is_none());
    let Some(pin) = pin else {
        return Ok(None);
    };
    let now = result_json(dossier)?;
    let agreement = if Digest::of(&now) == pin.result {
        Sameness::Bytes
    } else {
        sameness(&fetch(archive, &pin.result)?, &now)
    };
    let pin = pin.clone();
    Ok(Some(Pinned { pin, agreement }))
}

/// The result of now, and the file it is kept as.
pub(super) fn pin(dossier: &Dossier) -> Result<(Pin, File), Error> {
    let file = File::new(result_json(dossier)?);
    let pin = Pin {
        result: file.digest,
        method: METHOD_VERSION.to_owned(),
        record: dossier.head().to_string(),
    };
    Ok((pin, file))
}

/// The result under the record's weights, as JSON in full.
pub(super) fn result_json(dossier: &Dossier) -> Result<Vec<u8>, Error> {
    let card = scoring::rank(dossier.evaluation(), None);
    let published = reports::publish(dossier.evaluation(), &card, Detail::Full);
    let mut json = Vec::new();
    reports::json(&published, &mut json).map_err(|why| Error::Damaged(why.to_string()))?;
    Ok(json)
}

fn sameness(before: &[u8], now: &[u8]) -> Sameness {
    let parsed = (
        serde_json::from_slice::<Value>(before),
        serde_json::from_slice::<Value>(now),
    );
    match parsed {
        (Ok(before), Ok(now)) if holds(&now, &before) => Sameness::Figures,
        _ => Sameness::Differs,
    }
}

/// Whether everything that one value says is said by another, which may say more.
fn holds(more: &Value, less: &Value) -> bool {
    match (more, less) {
        (Value::Object(more), Value::Object(less)) => less
            .iter()
            .all(|(name, value)| more.get(name).is_some_and(|found| holds(found, value))),
        (Value::Array(more), Value::Array(less)) => {
            more.len() == less.len() && more.iter().zip(less).all(|(more, less)| holds(more, less))
        }
        (more, less) => more == less,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_with_more_beside_the_same_figures_is_the_same_and_any_other_figure_is_not() {
        let pinned = br#"{"vendors":[{"vendor":"Acme","total":"72.00"}]}"#;
        for (now, expected) in [
            (
                &br#"{"status":"final","vendors":[{"vendor":"Acme","rank":1,"total":"72.00"}]}"#[..],
                Sameness::Figures,
            ),
            (
                br#"{"vendors":[{"vendor":"Acme","total":"72.01"}]}"#,
                Sameness::Differs,
            ),
            (br#"{"vendors":[{"vendor":"Acme"}]}"#, Sameness::Differs),
            (br#"{"vendors":[]}"#, Sameness::Differs),
            (
                br#"{"vendors":[{"vendor":"Acme","total":"72.00"},{"vendor":"Bolt","total":"1.00"}]}"#,
                Sameness::Differs,
            ),
            (b"no JSON", Sameness::Differs),
        ] {
            assert_eq!(sameness(pinned, now), expected);
        }
    }
}
