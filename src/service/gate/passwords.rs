//! Setting passwords: one's own, and through a link that works once. An administrator never knows anybody's.

use jiff::SignedDuration;

use crate::accounts::{
    Action, Actor, Fingerprint, Key, Login, User, check_password, hash_password,
};
use crate::record::HouseChange;
use crate::store::{KeyChange, LinkKey};

use super::super::{Error, NoChance, Service};
use super::sign_in::Visitor;
use super::users::account;
use super::{NOBODY, Written};

/// How long the link works with which the first administrator is set up.
const SET_UP: SignedDuration = SignedDuration::from_mins(30);
/// How long a link works with which somebody sets their password.
const PASSWORD: SignedDuration = SignedDuration::from_hours(72);

impl Service {
    /// Makes the link with which the first administrator is set up; those before it do not work any more. `None` if somebody
    /// has an account already.
    ///
    /// # Errors
    /// [`Error::Store`] if that cannot be written.
    pub fn make_set_up_link(&self) -> Result<Option<Key>, Error> {
        if !self.house()?.is_empty() {
            return Ok(None);
        }
        let key = self.key()?;
        let link = self.link(&key, None, SET_UP);
        self.change_house(Actor::Console, |_| {
            let until = link.until;
            Ok(Written::of(HouseChange::SetUpLinkMade { until })
                .with(KeyChange::DropLinks(None))
                .with(KeyChange::KeepLink(link)))
        })?;
        Ok(Some(key))
    }

    /// Sets up the first administrator.
    ///
    /// # Errors
    /// [`Error::UsedLink`] if the link does not work, [`Error::Fields`] if name or password cannot be taken.
    pub fn set_up(&self, secret: &str, name: &str, password: &str) -> Result<Login, Error> {
        self.link_of(secret)?
            .filter(|link| link.login.is_none())
            .ok_or(Error::UsedLink)?;
        let user = Login::parse(name)
            .map_err(|why| Error::field("user", Some(name), "user-name", why.to_string()))?;
        let phc = self.hashed_new(user, password)?;
        self.change_house_as(NOBODY, |inside| {
            // Somebody may have been faster.
            let link = inside.link(&Fingerprint::of(secret));
            if link.is_none() || !inside.house().is_empty() {
                return Err(Error::UsedLink);
            }
            Ok(Written {
                changes: vec![
                    HouseChange::UserCreated {
                        user,
                        administrator: true,
                    },
                    HouseChange::PasswordSet { user },
                ],
                keys: vec![
                    KeyChange::SetPassword(user, phc),
                    KeyChange::DropLinks(None),
                ],
            })
        })?;
        Ok(user)
    }

    /// Makes a link with which somebody sets their password, once. Nobody else ever knows it.
    ///
    /// # Errors
    /// [`Error::NoUser`] if there is no such account, or it is disabled; [`Error::Denied`] if the actor may not.
    pub fn make_password_link(&self, actor: Actor, user: Login) -> Result<Key, Error> {
        self.ask_house(actor, Action::ManageUsers)?;
        let key = self.key()?;
        let link = self.link(&key, Some(user), PASSWORD);
        self.change_house(actor, |inside| {
            if !account(inside.house(), user)?.is_enabled {
                return Err(Error::NoUser);
            }
            let until = link.until;
            Ok(Written::of(HouseChange::PasswordLinkMade { user, until })
                .with(KeyChange::DropLinks(Some(user)))
                .with(KeyChange::KeepLink(link)))
        })?;
        Ok(key)
    }

    /// Whose password a link sets; `None` in it if it sets up the first administrator.
    ///
    /// # Errors
    /// [`Error::UsedLink`] if it does not work, or not any more.
    pub fn link_for(&self, secret: &str) -> Result<Option<Login>, Error> {
        Ok(self.link_of(secret)?.ok_or(Error::UsedLink)?.login)
    }

    /// Sets the password of the user of a link, which is then used up. Their browsers are signed out.
    ///
    /// # Errors
    /// [`Error::UsedLink`] if the link does not work, [`Error::Fields`] if the password cannot be taken.
    pub fn set_password_by_link(&self, secret: &str, password: &str) -> Result<Login, Error> {
        let user = self.link_for(secret)?.ok_or(Error::UsedLink)?;
        let phc = self.hashed_new(user, password)?;
        self.change_house(Actor::User(User::signed_in(user, false)), |inside| {
            let link = inside.link(&Fingerprint::of(secret));
            if link.is_none_or(|link| link.login != Some(user)) {
                return Err(Error::UsedLink);
            }
            Ok(password_set(user, phc, None))
        })?;
        Ok(user)
    }

    /// Changes somebody's own password. Their other browsers are signed out.
    ///
    /// # Errors
    /// [`Error::SignIn`] if the password of before is another one, [`Error::Fields`] if the new one cannot be taken.
    pub fn change_password(
        &self,
        visitor: &Visitor,
        before: &str,
        after: &str,
        from: &str,
    ) -> Result<(), Error> {
        self.confirm(visitor, before, from)?;
        let user = visitor.user.login;
        let phc = self.hashed_new(user, after)?;
        self.change_house(Actor::User(visitor.user), |_| {
            Ok(password_set(user, phc, Some(visitor.session)))
        })
    }

    /// Sets somebody's password at the console.
    ///
    /// # Errors
    /// [`Error::NoUser`] if there is no such account, [`Error::Fields`] if the password cannot be taken.
    pub fn set_password_at_console(&self, user: Login, password: &str) -> Result<(), Error> {
        let house = self.house()?;
        account(&house, user)?;
        let phc = self.hashed_new(user, password)?;
        self.change_house(Actor::Console, |_| Ok(password_set(user, phc, None)))
    }

    /// What is kept of a password that may be chosen.
    fn hashed_new(&self, user: Login, password: &str) -> Result<String, Error> {
        let refused = |why: crate::accounts::PasswordError| {
            Error::field("password", None, "password", why.to_string())
        };
        check_password(password, user).map_err(refused)?;
        let salt = self.chance.many(16)?;
        let salt = <[u8; 16]>::try_from(salt).map_err(|_| NoChance)?;
        self.hashed(|| hash_password(password, salt))?
            .map_err(refused)
    }

    fn link(&self, key: &Key, login: Option<Login>, lasts: SignedDuration) -> LinkKey {
        let now = self.clock.now();
        LinkKey {
            fingerprint: key.fingerprint(),
            login,
            until: now.checked_add(lasts).unwrap_or(now),
        }
    }

    fn link_of(&self, secret: &str) -> Result<Option<LinkKey>, Error> {
        let inside = self.gate.inside(self.store.as_ref())?;
        let now = self.clock.now();
        let link = inside.link(&Fingerprint::of(secret));
        Ok(link.filter(|link| now < link.until).cloned())
    }
}

fn password_set(user: Login, phc: String, but: Option<Fingerprint>) -> Written {
    Written::of(HouseChange::PasswordSet { user })
        .with(KeyChange::SetPassword(user, phc))
        .with(KeyChange::DropSessions(user, but))
        .with(KeyChange::DropLinks(Some(user)))
}
