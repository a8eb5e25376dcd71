//! The personal links of evaluators, as the events tell of them.

use jiff::Timestamp;

use crate::accounts::LinkId;
use crate::record::{Change, Digest, Event};

use super::Dossier;

/// A personal link of an evaluator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// What it is known by.
    pub link: LinkId,
    /// The evaluator.
    pub evaluator: String,
    /// The digest of its secret.
    pub sha256: Digest,
    /// Until when it works.
    pub until: Timestamp,
    /// When it was made.
    pub at: Timestamp,
    /// When it was first opened.
    pub used: Option<Timestamp>,
    /// Whether it was taken back, or another took its place.
    pub is_ended: bool,
}

impl Invitation {
    /// Whether it works no more: taken back, replaced by another, or its time is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.is_ended || self.until <= now
    }
}

impl Dossier {
    /// Every personal link there ever was, in order.
    #[must_use]
    pub fn invitations(&self) -> &[Invitation] {
        &self.invitations
    }

    /// The personal link that an evaluator has, be its time over or not; `None` if it was taken back or never was one.
    #[must_use]
    pub fn invitation(&self, evaluator: &str) -> Option<&Invitation> {
        let mut invitations = self.invitations.iter().rev();
        invitations.find(|one| one.evaluator == evaluator && !one.is_ended)
    }

    /// Notes who belongs to the evaluation, and by which link.
    pub(super) fn note_people(&mut self, event: &Event) {
        event.change.tell(&mut self.members);
        let of = |link: LinkId| move |one: &&mut Invitation| one.link == link;
        match &event.change {
            Change::EvaluatorInvited {
                evaluator,
                link,
                sha256,
                until,
            } => self.invitations.push(Invitation {
                link: *link,
                evaluator: evaluator.clone(),
                sha256: *sha256,
                until: *until,
                at: event.at,
                used: None,
                is_ended: false,
            }),
            Change::InvitationUsed { link } => {
                if let Some(one) = self.invitations.iter_mut().find(of(*link)) {
                    one.used = Some(event.at);
                }
            }
            Change::InvitationEnded { link } => {
                if let Some(one) = self.invitations.iter_mut().find(of(*link)) {
                    one.is_ended = true;
                }
            }
            _ => {}
        }
    }
}
