//! What the service knows of its users at one moment.

use std::collections::HashMap;
use std::sync::Arc;

use crate::accounts::{Fingerprint, Login, Session};
use crate::record::House;
use crate::store::{KeyChange, LinkKey, Store, TokenKey};

use super::super::Error;

/// Who has an account, and what lets them in.
#[derive(Debug, Clone)]
pub(super) struct Inside {
    house: Arc<House>,
    passwords: HashMap<Login, String>,
    sessions: HashMap<Fingerprint, Session>,
    tokens: HashMap<Fingerprint, TokenKey>,
    links: HashMap<Fingerprint, LinkKey>,
}

impl Inside {
    pub(super) fn read(store: &dyn Store) -> Result<Self, Error> {
        let house = House::of(&store.house()?)?;
        let keys = store.keys()?;
        let sessions = keys.sessions.into_iter();
        let tokens = keys.tokens.into_iter();
        let links = keys.links.into_iter();
        Ok(Self {
            house: Arc::new(house),
            passwords: keys.passwords.into_iter().collect(),
            sessions: sessions.map(|one| (one.fingerprint, one)).collect(),
            tokens: tokens.map(|one| (one.fingerprint, one)).collect(),
            links: links.map(|one| (one.fingerprint, one)).collect(),
        })
    }

    pub(super) fn house(&self) -> &Arc<House> {
        &self.house
    }

    /// What is kept of somebody's password.
    pub(super) fn password(&self, login: Login) -> Option<&str> {
        self.passwords.get(&login).map(String::as_str)
    }

    pub(super) fn session(&self, fingerprint: &Fingerprint) -> Option<&Session> {
        self.sessions.get(fingerprint)
    }

    pub(super) fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    pub(super) fn token(&self, fingerprint: &Fingerprint) -> Option<&TokenKey> {
        self.tokens.get(fingerprint)
    }

    pub(super) fn tokens(&self) -> impl Iterator<Item = &TokenKey> {
        self.tokens.values()
    }

    pub(super) fn link(&self, fingerprint: &Fingerprint) -> Option<&LinkKey> {
        self.links.get(fingerprint)
    }

    /// The same after the house went on and keys changed.
    pub(super) fn after(&self, house: House, changes: &[KeyChange]) -> Self {
        let mut after = self.clone();
        after.house = Arc::new(house);
        for change in changes {
            after.change(change);
        }
        after
    }

    fn change(&mut self, change: &KeyChange) {
        match change {
            KeyChange::SetPassword(login, phc) => {
                self.passwords.insert(*login, phc.clone());
            }
            KeyChange::KeepSession(session) => {
                self.sessions.insert(session.fingerprint, session.clone());
            }
            KeyChange::DropSession(fingerprint) => {
                self.sessions.remove(fingerprint);
            }
            KeyChange::DropSessions(login, but) => {
                self.sessions.retain(|fingerprint, session| {
                    session.login != *login || but.as_ref() == Some(fingerprint)
                });
            }
            KeyChange::KeepToken(token) => {
                self.tokens.insert(token.fingerprint, token.clone());
            }
            KeyChange::DropToken(fingerprint) => {
                self.tokens.remove(fingerprint);
            }
            KeyChange::DropTokens(login) => self.tokens.retain(|_, token| token.login != *login),
            KeyChange::KeepLink(link) => {
                self.links.insert(link.fingerprint, link.clone());
            }
            KeyChange::DropLinks(login) => self.links.retain(|_, link| link.login != *login),
        }
    }
}
