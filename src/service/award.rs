//! Awarding, unlocking and taking the decision back: one person proposes, another confirms.
//!
//! Where there is only one person (at the machine itself, or in a house with one account that is open) what they say is done at
//! once, and the record says that one person decided.

use std::sync::Arc;

use crate::accounts::{Action, Actor, Denied, Login, Role};
use crate::record::{Change, Dossier, EvaluationId, House, Proposal, Proposed};

use super::lock::pin;
use super::opened::Opened;
use super::people::vendor_name;
use super::settle::reason;
use super::{Entry, Error, Service};

impl Service {
    /// Records the decision: the vendor chosen, or that none is, and why. The result it is taken on is pinned. Where a second
    /// person is to confirm it, it is proposed.
    ///
    /// # Errors
    /// [`Error::Denied`] while scoring is open or something is proposed already, [`Error::NoVendor`], or [`Error::Fields`] without
    /// a reason.
    pub fn decide(
        &self,
        actor: Actor,
        id: &EvaluationId,
        vendor: Option<&str>,
        why: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = reason(why)?;
        self.change(actor, Action::Decide, id, |dossier| {
            let by_two = self.by_two(actor, dossier)?;
            let vendor = vendor
                .map(|vendor| vendor_name(dossier, vendor))
                .transpose()?;
            let (pinned, file) = pin(dossier)?;
            let change = if by_two {
                Change::AwardProposed {
                    vendor,
                    reason,
                    pinned,
                }
            } else {
                Change::DecisionRecorded {
                    vendor,
                    reason,
                    pinned: Some(pinned),
                    proposed_by: None,
                }
            };
            Ok(vec![Entry {
                files: vec![file],
                ..Entry::plain(change)
            }])
        })
    }

    /// Takes the decision back, or proposes to where a second person is to confirm it.
    ///
    /// # Errors
    /// [`Error::Denied`] if there is none or something is proposed already, or [`Error::Fields`] without a reason.
    pub fn take_back_decision(
        &self,
        actor: Actor,
        id: &EvaluationId,
        why: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = reason(why)?;
        self.change(actor, Action::TakeBackDecision, id, |dossier| {
            let by_two = self.by_two(actor, dossier)?;
            Ok(vec![Entry::plain(if by_two {
                Change::TakeBackProposed { reason }
            } else {
                Change::DecisionTakenBack {
                    reason,
                    proposed_by: None,
                }
            })])
        })
    }

    /// Unlocks the result, or proposes it where a second person is to confirm it.
    ///
    /// # Errors
    /// [`Error::Denied`] if it is not locked or something is proposed already, or [`Error::Fields`] without a reason.
    pub fn unlock_result(
        &self,
        actor: Actor,
        id: &EvaluationId,
        why: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = reason(why)?;
        self.change(actor, Action::UnlockResult, id, |dossier| {
            let by_two = self.by_two(actor, dossier)?;
            Ok(vec![Entry::plain(if by_two {
                Change::UnlockProposed { reason }
            } else {
                Change::ResultUnlocked {
                    reason,
                    proposed_by: None,
                }
            })])
        })
    }

    /// Confirms what another person proposed: it is done with their reason, in both names. `number` is the place of the proposal
    /// in the record, so that nobody confirms another than they looked at.
    ///
    /// # Errors
    /// [`Error::Denied`] if nothing is proposed, or something else; to whoever proposed it, and if they could not any more; without
    /// an account; and if the result is another since.
    pub fn confirm_proposal(
        &self,
        actor: Actor,
        id: &EvaluationId,
        number: u64,
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::Confirm, id, |dossier| {
            let proposal = dossier.proposal().ok_or(Denied::NothingProposed)?;
            if proposal.number != number {
                return Err(Denied::ProposalOther.into());
            }
            self.second_person(actor, dossier, proposal)?;
            self.ask(actor, action(proposal), dossier)?;
            self.confirmed(dossier, proposal).map(|entry| vec![entry])
        })
    }

    /// Takes a proposal back: whoever made it, or another who does not agree.
    ///
    /// # Errors
    /// [`Error::Denied`] if nothing is proposed, or [`Error::Fields`] without a reason.
    pub fn take_back_proposal(
        &self,
        actor: Actor,
        id: &EvaluationId,
        why: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = reason(why)?;
        self.change(actor, Action::Confirm, id, |dossier| {
            dossier.proposal().ok_or(Denied::NothingProposed)?;
            Ok(vec![Entry::plain(Change::ProposalTakenBack { reason })])
        })
    }

    /// Whether a second person is to confirm what weighs most: if more than one account is open.
    ///
    /// # Errors
    /// [`Error::Store`] if it cannot be read who has an account.
    pub fn takes_two(&self) -> Result<bool, Error> {
        let house = self.house()?;
        let open = house.accounts().filter(|(_, account)| account.is_enabled);
        Ok(open.count() > 1)
    }

    /// Who else could confirm what somebody proposes in an evaluation.
    ///
    /// # Errors
    /// [`Error::Store`] if it cannot be read who has an account.
    pub fn others_who_confirm(&self, actor: Actor, dossier: &Dossier) -> Result<Vec<Login>, Error> {
        let house = self.house()?;
        let members = dossier.members().users();
        let others = members.filter(|(login, _)| Some(*login) != actor.login());
        let able = others.filter(|(login, roles)| leads(&house, *login, roles));
        Ok(able.map(|(login, _)| login).collect())
    }

    /// Whether what somebody wants is only proposed; refused where two persons are asked for and they are none by name.
    pub(super) fn by_two(&self, actor: Actor, dossier: &Dossier) -> Result<bool, Error> {
        if dossier.proposal().is_some() {
            return Err(Denied::Proposed.into());
        }
        let by_two = self.takes_two()?;
        if by_two && actor.login().is_none() {
            return Err(self.refuse(actor, dossier, Denied::Nameless));
        }
        Ok(by_two)
    }

    /// Whether whoever confirms a proposal is another person than who made it, and that one still could.
    fn second_person(
        &self,
        actor: Actor,
        dossier: &Dossier,
        proposal: &Proposal,
    ) -> Result<(), Error> {
        let first = Login::parse(&proposal.why.by).ok();
        match (actor.login(), first) {
            (None, _) => return Err(self.refuse(actor, dossier, Denied::Nameless)),
            (Some(second), Some(first)) if first == second => {
                return Err(self.refuse(actor, dossier, Denied::OwnProposal));
            }
            (Some(_), _) => {}
        }
        let house = self.house()?;
        let members = dossier.members();
        let mut members = members.users();
        let stands =
            members.any(|(login, roles)| Some(login) == first && leads(&house, login, roles));
        if stands {
            Ok(())
        } else {
            Err(Denied::ProposerGone.into())
        }
    }

    /// What is done once a proposal is confirmed.
    fn confirmed(&self, dossier: &Dossier, proposal: &Proposal) -> Result<Entry, Error> {
        let reason = proposal.why.reason.clone();
        let proposed_by = Some(proposal.why.by.clone());
        match &proposal.what {
            Proposed::Unlock => Ok(Entry::plain(Change::ResultUnlocked {
                reason,
                proposed_by,
            })),
            Proposed::TakeBack => Ok(Entry::plain(Change::DecisionTakenBack {
                reason,
                proposed_by,
            })),
            Proposed::Purge { sheet } => {
                let change = self.purged(dossier, *sheet, reason, proposed_by)?;
                Ok(Entry::plain(change))
            }
            Proposed::Retention { until } => Ok(Entry::plain(Change::RetentionSet {
                until: Some(*until),
                reason,
                proposed_by,
            })),
            Proposed::Award {
                vendor,
                pinned: before,
            } => {
                let (pinned, file) = pin(dossier)?;
                if pinned.result != before.result {
                    return Err(Denied::ProposalStale.into());
                }
                Ok(Entry {
                    files: vec![file],
                    ..Entry::plain(Change::DecisionRecorded {
                        vendor: vendor.clone(),
                        reason,
                        pinned: Some(pinned),
                        proposed_by,
                    })
                })
            }
        }
    }
}

/// Whether somebody can come in and leads the evaluation that the roles are of.
fn leads(house: &House, login: Login, roles: &[Role]) -> bool {
    let account = house.account(login);
    account.is_some_and(|account| account.is_enabled) && roles.contains(&Role::Owner)
}

/// What somebody must be allowed to do who confirms a proposal.
fn action(proposal: &Proposal) -> Action {
    match proposal.what {
        Proposed::Award { .. } => Action::Decide,
        Proposed::TakeBack => Action::TakeBackDecision,
        Proposed::Unlock => Action::UnlockResult,
        Proposed::Purge { .. } | Proposed::Retention { .. } => Action::Purge,
    }
}
