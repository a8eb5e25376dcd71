//! Who has an account, as the house log tells it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use thiserror::Error;

use crate::accounts::{Login, Scope};
use crate::record::{EvaluationId, Head};

use super::{HouseChange, HouseSealed};

/// What the house log adds up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct House {
    accounts: BTreeMap<Login, Account>,
    head: Head,
}

/// Somebody's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whether they can come in.
    pub is_enabled: bool,
    /// Whether they look after users, settings and backups.
    pub is_administrator: bool,
    /// Whether they ever set a password.
    pub has_password: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When they last signed in.
    pub signed_in_at: Option<Timestamp>,
    /// Their tokens that were not revoked.
    pub tokens: Vec<Token>,
}

/// A token, with which a program acts for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The first digits of its fingerprint.
    pub label: String,
    /// What its user calls it.
    pub name: String,
    /// What it is for.
    pub scope: Scope,
    /// The one evaluation it is for; `None` for all of the user's.
    pub evaluation: Option<EvaluationId>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it works.
    pub until: Timestamp,
}

/// An event of the house does not fit what went before.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HouseMisfit {
    /// The account is there already.
    #[error("the account {0} is made twice")]
    Twice(Login),
    /// There is no such account.
    #[error("there is no account {0}")]
    NoAccount(Login),
}

impl Default for House {
    fn default() -> Self {
        Self {
            accounts: BTreeMap::new(),
            head: Head::NONE,
        }
    }
}

impl House {
    /// The house after these events.
    ///
    /// # Errors
    /// [`HouseMisfit`] if one does not fit.
    pub fn of(log: &[HouseSealed]) -> Result<Self, HouseMisfit> {
        let mut house = Self::default();
        for sealed in log {
            house.apply(sealed)?;
        }
        Ok(house)
    }

    /// Goes on with the next event.
    ///
    /// # Errors
    /// [`HouseMisfit`] if it does not fit; the house is then as it was.
    pub fn apply(&mut self, sealed: &HouseSealed) -> Result<(), HouseMisfit> {
        let event = sealed.event();
        match &event.change {
            HouseChange::UserCreated {
                user,
                administrator,
            } => self.create(*user, *administrator, event.at)?,
            HouseChange::UserDisabled { user } => {
                let account = self.account_mut(*user)?;
                account.is_enabled = false;
                account.tokens.clear();
            }
            HouseChange::UserEnabled { user } => self.account_mut(*user)?.is_enabled = true,
            HouseChange::AdministratorMade { user } => {
                self.account_mut(*user)?.is_administrator = true;
            }
            HouseChange::AdministratorUnmade { user } => {
                self.account_mut(*user)?.is_administrator = false;
            }
            // Whoever knew the old one may have made tokens with it.
            HouseChange::PasswordSet { user } => {
                let account = self.account_mut(*user)?;
                account.has_password = true;
                account.tokens.clear();
            }
            HouseChange::SignedIn { user, .. } => {
                self.account_mut(*user)?.signed_in_at = Some(event.at);
            }
            HouseChange::TokenMade {
                user,
                token,
                name,
                scope,
                evaluation,
                until,
            } => self.account_mut(*user)?.tokens.push(Token {
                label: token.clone(),
                name: name.clone(),
                scope: *scope,
                evaluation: evaluation.clone(),
                made_at: event.at,
                until: *until,
            }),
            HouseChange::TokenRevoked { user, token } => {
                let tokens = &mut self.account_mut(*user)?.tokens;
                tokens.retain(|one| one.label != *token);
            }
            HouseChange::PasswordLinkMade { .. }
            | HouseChange::SessionsEnded { .. }
            | HouseChange::SignInRefused { .. }
            | HouseChange::AccessRefused { .. }
            | HouseChange::SetUpLinkMade { .. } => {}
        }
        self.head = sealed.head();
        Ok(())
    }

    /// Everybody with an account, by name.
    pub fn accounts(&self) -> impl Iterator<Item = (Login, &Account)> {
        self.accounts
            .iter()
            .map(|(login, account)| (*login, account))
    }

    /// Somebody's account.
    #[must_use]
    pub fn account(&self, login: Login) -> Option<&Account> {
        self.accounts.get(&login)
    }

    /// Whether nobody has an account.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }

    /// Whether somebody is the only administrator who can come in.
    #[must_use]
    pub fn is_last_administrator(&self, login: Login) -> bool {
        let mut able = self
            .accounts()
            .filter(|(_, account)| account.is_administrator && account.is_enabled);
        able.next().is_some_and(|(first, _)| first == login) && able.next().is_none()
    }

    /// The last event.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    fn create(
        &mut self,
        user: Login,
        is_administrator: bool,
        at: Timestamp,
    ) -> Result<(), HouseMisfit> {
        if self.accounts.contains_key(&user) {
            return Err(HouseMisfit::Twice(user));
        }
        let account = Account {
            is_enabled: true,
            is_administrator,
            has_password: false,
            created_at: at,
            signed_in_at: None,
            tokens: Vec::new(),
        };
        self.accounts.insert(user, account);
        Ok(())
    }

    fn account_mut(&mut self, user: Login) -> Result<&mut Account, HouseMisfit> {
        let found = self.accounts.get_mut(&user);
        found.ok_or(HouseMisfit::NoAccount(user))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(changes: &[HouseChange]) -> Result<House, HouseMisfit> {
        let mut house = House::default();
        for change in changes {
            let at = Timestamp::UNIX_EPOCH;
            house.apply(&HouseSealed::seal(
                &house.head(),
                at,
                "console",
                change.clone(),
            ))?;
        }
        Ok(house)
    }

    fn created(name: &str, administrator: bool) -> HouseChange {
        let user = Login::parse(name).unwrap();
        HouseChange::UserCreated {
            user,
            administrator,
        }
    }

    #[test]
    fn accounts_are_what_the_log_adds_up_to() {
        let user = Login::parse("ana").unwrap();
        let house = after(&[
            created("ana", false),
            HouseChange::AdministratorMade { user },
            HouseChange::PasswordSet { user },
            HouseChange::UserDisabled { user },
        ])
        .unwrap();
        let account = house.account(user).unwrap();
        assert!(account.is_administrator && account.has_password && !account.is_enabled);
        assert!(
            !house.is_last_administrator(user),
            "who cannot come in is none"
        );
    }

    #[test]
    fn the_last_administrator_who_can_come_in_is_known() {
        let (ana, bo) = (Login::parse("ana").unwrap(), Login::parse("bo").unwrap());
        let mut changes = vec![created("ana", true), created("bo", true)];
        assert!(!after(&changes).unwrap().is_last_administrator(ana));
        changes.push(HouseChange::UserDisabled { user: bo });
        assert!(after(&changes).unwrap().is_last_administrator(ana));
        assert!(!after(&changes).unwrap().is_last_administrator(bo));
    }

    #[test]
    fn an_account_is_made_once_and_nobody_else_has_one() {
        let ana = Login::parse("ana").unwrap();
        let twice = [created("ana", false), created("ana", true)];
        assert_eq!(after(&twice), Err(HouseMisfit::Twice(ana)));
        let nobody = [HouseChange::PasswordSet { user: ana }];
        assert_eq!(after(&nobody), Err(HouseMisfit::NoAccount(ana)));
    }
}
