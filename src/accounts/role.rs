//! The roles that people have in one evaluation.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Action, Actor, LinkId, Login};

/// What somebody is in one evaluation. One person may have several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Leads it: method, vendors, people, opening, closing, locking; files sheets for everybody.
    Owner,
    /// Scores, as the evaluator of this name.
    Evaluator(String),
    /// Sees the result once it stands.
    Viewer,
    /// Reads everything and changes nothing.
    Auditor,
}

/// What a role includes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Includes {
    /// It does.
    Always,
    /// It does once the result is locked or the decision recorded.
    OnceItStands,
    /// It does not.
    Never,
}

impl Role {
    /// The word for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Evaluator(_) => "evaluator",
            Self::Viewer => "viewer",
            Self::Auditor => "auditor",
        }
    }

    /// The evaluator they score as; `None` if they do not.
    #[must_use]
    pub fn evaluator(&self) -> Option<&str> {
        match self {
            Self::Evaluator(name) => Some(name),
            Self::Owner | Self::Viewer | Self::Auditor => None,
        }
    }

    /// Whether an action belongs to the role: the rows of the one table.
    pub(super) fn includes(&self, action: Action) -> Includes {
        use Includes::{Always, Never, OnceItStands};
        match (self, action) {
            // These belong to the house.
            (
                _,
                Action::ListEvaluations
                | Action::StartEvaluation
                | Action::ManageUsers
                | Action::ManageAccount,
            ) => Never,
            (Self::Owner, _)
            | (_, Action::See)
            | (
                Self::Evaluator(_),
                Action::FileSheet | Action::WithdrawSheet | Action::DeclareInterests,
            )
            | (
                Self::Auditor,
                Action::SeeResults
                | Action::SeeDisagreement
                | Action::SeePrices
                | Action::SeeScores
                | Action::CompareEvaluators
                | Action::WhatIf
                | Action::SeeTrail
                | Action::TakeEvidence,
            ) => Always,
            (
                Self::Evaluator(_) | Self::Viewer,
                Action::SeeResults
                | Action::SeeDisagreement
                | Action::SeePrices
                | Action::SeeScores,
            ) => OnceItStands,
            (Self::Evaluator(_) | Self::Viewer | Self::Auditor, _) => Never,
        }
    }
}

/// As a sentence names it.
impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Evaluator(name) => write!(out, "evaluator {name}"),
            Self::Owner | Self::Viewer | Self::Auditor => out.write_str(self.word()),
        }
    }
}

/// Who has which role in one evaluation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    users: BTreeMap<Login, Vec<Role>>,
    /// Those who hold a personal link.
    invited: BTreeMap<LinkId, Role>,
}

impl Members {
    /// Nobody.
    pub const NONE: &'static Self = &Self {
        users: BTreeMap::new(),
        invited: BTreeMap::new(),
    };

    /// The roles of somebody; none if they have nothing to do with the evaluation.
    #[must_use]
    pub fn roles(&self, actor: Actor) -> &[Role] {
        match actor {
            Actor::User(user) => self.users.get(&user.login).map_or(&[], Vec::as_slice),
            Actor::Invited(link) => self.invited.get(&link).map_or(&[], std::slice::from_ref),
            Actor::Local | Actor::Unauthenticated | Actor::Console => &[],
        }
    }

    /// The evaluator whose rows somebody files; `None` if they may file those of everybody, or of nobody.
    #[must_use]
    pub fn own_evaluator(&self, actor: Actor) -> Option<&str> {
        let roles = self.roles(actor);
        if roles.contains(&Role::Owner) {
            return None;
        }
        roles.iter().find_map(Role::evaluator)
    }

    /// Everybody who scores in it with an account or a personal link, by the evaluator's name.
    pub fn evaluators(&self) -> impl Iterator<Item = &str> {
        let roles = self.users.values().flatten().chain(self.invited.values());
        roles.filter_map(Role::evaluator)
    }

    /// The users with their roles, by name.
    pub fn users(&self) -> impl Iterator<Item = (Login, &[Role])> {
        self.users
            .iter()
            .map(|(login, roles)| (*login, roles.as_slice()))
    }

    /// The personal links that are open, with the evaluator each is for.
    pub fn invited(&self) -> impl Iterator<Item = (LinkId, &Role)> {
        self.invited.iter().map(|(link, role)| (*link, role))
    }

    /// Whether anybody leads it.
    #[must_use]
    pub fn has_owner(&self) -> bool {
        self.users
            .values()
            .any(|roles| roles.contains(&Role::Owner))
    }

    /// Whether somebody is the only one who leads it.
    #[must_use]
    pub fn is_last_owner(&self, login: Login) -> bool {
        let mut owners = self
            .users()
            .filter(|(_, roles)| roles.contains(&Role::Owner));
        owners.next().is_some_and(|(first, _)| first == login) && owners.next().is_none()
    }

    /// Gives a user a role, beside those they have. Nobody is two evaluators: the later name counts.
    pub fn add(&mut self, login: Login, role: Role) {
        let roles = self.users.entry(login).or_default();
        roles.retain(|before| before.word() != role.word());
        roles.push(role);
        roles.sort_unstable();
    }

    /// Takes all roles of a user.
    pub fn remove(&mut self, login: Login) {
        self.users.remove(&login);
    }

    /// Lets whoever holds a personal link score as an evaluator.
    pub fn invite(&mut self, link: LinkId, evaluator: String) {
        self.invited.insert(link, Role::Evaluator(evaluator));
    }

    /// Ends a personal link.
    pub fn end(&mut self, link: LinkId) {
        self.invited.remove(&link);
    }
}
