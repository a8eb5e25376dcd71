//! Personal links: with one an evaluator needs no account, and reaches what is theirs in one evaluation and nothing else.
//!
//! Whoever makes the secret shows it once; the record keeps its digest, until when it works, and that it was used.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::accounts::{Action, Actor, Denied, LinkId};
use crate::evaluation::CONSENSUS;
use crate::record::{Change, Digest, Dossier, EvaluationId, Filing};

use super::opened::Opened;
use super::people::evaluator_name;
use super::{Entry, Error, Service};

/// For how many days a link works if nobody says otherwise.
pub const LINK_DAYS: u16 = 30;
/// The most days for which a link works.
const MOST_DAYS: u16 = 366;

/// Somebody who came with a personal link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// As what the record knows them.
    pub actor: Actor,
    /// The evaluator they are.
    pub evaluator: String,
    /// Until when the link works.
    pub until: Timestamp,
}

impl Service {
    /// Gives evaluators personal links; one that somebody had before works no more.
    ///
    /// # Errors
    /// [`Error::NoEvaluator`], [`Error::Fields`] if `days` is no number of days, [`Error::Denied`] while sheets do not go out.
    pub fn invite(
        &self,
        actor: Actor,
        id: &EvaluationId,
        secrets: &[(String, Digest)],
        days: &str,
    ) -> Result<Arc<Opened>, Error> {
        let until = self.until(days)?;
        self.change(actor, Action::HandOutSheets, id, |dossier| {
            let mut steps = Vec::new();
            for (name, sha256) in secrets {
                let evaluator = evaluator_name(dossier, name)?;
                if evaluator == CONSENSUS {
                    return Err(Error::NoEvaluator);
                }
                steps.extend(ended(dossier, &evaluator));
                steps.push(Entry::plain(Change::EvaluatorInvited {
                    evaluator,
                    link: link_of(sha256)?,
                    sha256: *sha256,
                    until,
                }));
            }
            Ok(steps)
        })
    }

    /// Takes the personal link of an evaluator back: it works no more, wherever it is open.
    ///
    /// # Errors
    /// [`Error::NoEvaluator`], or [`Error::Denied`] if the actor may not.
    pub fn end_invitation(
        &self,
        actor: Actor,
        id: &EvaluationId,
        evaluator: &str,
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::ChangeMembers, id, |dossier| {
            let evaluator = evaluator_name(dossier, evaluator)?;
            Ok(ended(dossier, &evaluator).into_iter().collect())
        })
    }

    /// Whom a personal link is for.
    ///
    /// # Errors
    /// [`Error::NoEvaluation`] if there is no such link in this evaluation, [`Error::LinkOver`] if it works no more.
    pub fn guest(&self, id: &EvaluationId, secret: &str) -> Result<Guest, Error> {
        let opened = self.current(id)?;
        let dossier = opened.dossier();
        let sha256 = Digest::of(secret.as_bytes());
        let mut invitations = dossier.invitations().iter();
        let found = invitations.find(|invitation| invitation.sha256 == sha256);
        let invitation = found.ok_or(Error::NoEvaluation)?;
        let is_listed = evaluator_name(dossier, &invitation.evaluator).is_ok();
        if invitation.is_over(self.now()) || !is_listed {
            return Err(Error::LinkOver);
        }
        Ok(Guest {
            actor: Actor::Invited(invitation.link),
            evaluator: invitation.evaluator.clone(),
            until: invitation.until,
        })
    }

    /// Opens a personal link; the first time is recorded.
    ///
    /// # Errors
    /// As [`Service::guest`].
    pub fn enter(&self, id: &EvaluationId, secret: &str) -> Result<Guest, Error> {
        let guest = self.guest(id, secret)?;
        let Actor::Invited(link) = guest.actor else {
            return Err(Error::LinkOver);
        };
        self.change(guest.actor, Action::See, id, |dossier| {
            let mut invitations = dossier.invitations().iter();
            let is_fresh = invitations.any(|one| one.link == link && one.used.is_none());
            let used = is_fresh.then(|| Entry::plain(Change::InvitationUsed { link }));
            Ok(used.into_iter().collect())
        })?;
        Ok(guest)
    }

    /// A sheet that speaks for one evaluator and for nobody else, as it came.
    ///
    /// # Errors
    /// [`Error::NoSheet`] if there is none of this number, or it speaks for others.
    pub fn own_original(
        &self,
        guest: &Guest,
        id: &EvaluationId,
        number: u32,
    ) -> Result<(Filing, Vec<u8>), Error> {
        let opened = self.open(guest.actor, id)?;
        let filing = opened.dossier().filing(number).ok_or(Error::NoSheet)?;
        if filing.evaluators != [guest.evaluator.as_str()] {
            return Err(Error::NoSheet);
        }
        if filing.purged.is_some() {
            return Err(Denied::FilePurged.into());
        }
        if opened.dossier().seals(filing) {
            return Err(Denied::PricesSealed.into());
        }
        Ok((filing.clone(), self.kept(&filing.original)?))
    }

    fn until(&self, days: &str) -> Result<Timestamp, Error> {
        let message = "write for how many days the link works: a whole number from 1 to 366";
        let refuse = || Error::field("days", Some(days), "not-days", message);
        let days = match days.trim() {
            "" => LINK_DAYS,
            text => text.parse::<u16>().map_err(|_| refuse())?,
        };
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(refuse());
        }
        let hours = i64::from(days).saturating_mul(24);
        let until = self.now().checked_add(SignedDuration::from_hours(hours));
        until.map_err(|_| refuse())
    }
}

/// Ends the link that an evaluator has, if they have one.
fn ended(dossier: &Dossier, evaluator: &str) -> Option<Entry> {
    let link = dossier.invitation(evaluator)?.link;
    Some(Entry::plain(Change::InvitationEnded { link }))
}

/// What a link is called in the record: the beginning of its digest.
fn link_of(sha256: &Digest) -> Result<LinkId, Error> {
    let name: String = sha256.to_string().chars().take(12).collect();
    let link = name.parse::<LinkId>();
    link.map_err(|why| Error::Damaged(why.to_string()))
}
