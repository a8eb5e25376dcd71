//! The record: every change as an event in a hash-chained log, and the evaluation that the events add up to.
//!
//! The log is the truth. An evaluation is a fold over its events, together with the files they name by digest, so there is
//! no state that an event does not explain.

mod answers;
mod bundle;
mod chain;
mod change;
mod digest;
mod dossier;
mod event;
mod house;
mod id;
mod membership;
mod purged;
mod summary;

pub use answers::{DamagedAnswers, pack, unpack};
pub use bundle::{
    BUNDLE_FORMAT, BrokenRecord, BundleFile, BundleManifest, from_lines, to_lines,
    to_lines_withholding,
};
pub use chain::{Chained, Link};
pub use change::{Change, LensMade, Pin, PurgedAnswers, PurgedFile, SetRef};
pub use digest::{Digest, NotADigest};
pub use dossier::{
    Attached, Decision, Declaration, Dossier, Exclusion, Filing, Invitation, Judgements, Lock,
    Misfit, Proposal, Proposed, Purge, Recusal, Revision, TakenBack,
};
pub use event::{Auth, BrokenChain, By, Event, Head, Sealed};
pub use house::{Account, House, HouseChange, HouseEvent, HouseMisfit, HouseSealed, Token, Tried};
pub use id::{EvaluationId, NotAnId};
pub use purged::{Husks, Naming, Tombstone, purged, tombstones};
pub use summary::Summary;
