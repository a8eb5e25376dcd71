//! Signing in, staying in and going out again.

use std::sync::PoisonError;

use jiff::SignedDuration;

use crate::accounts::{Actor, Fingerprint, Key, Login, Session, User, verify_password};
use crate::record::{HouseChange, Tried};
use crate::store::KeyChange;

use super::super::{Error, Service};
use super::inside::Inside;
use super::{Attempt, NOBODY, Written};

/// The longest description of a browser that is kept.
const MAX_DEVICE: usize = 120;
/// How old the note of a session's last use may become.
const NOTED: SignedDuration = SignedDuration::from_mins(1);
/// As many may wait for a password to be checked at one time.
const MOST_WAITING: usize = 32;

/// Somebody who signed in, as their browser shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visitor {
    /// Who.
    pub user: User,
    /// The session.
    pub session: Fingerprint,
    /// Whether the password was given in the last minutes.
    pub is_fresh: bool,
    /// Whether it is time to note that the session is in use.
    pub is_due: bool,
}

impl Service {
    /// Signs somebody in; what comes back is for their browser alone. `from` is the address they come from.
    ///
    /// # Errors
    /// [`Error::SignIn`] if name and password do not belong together, [`Error::Wait`] after too many tries.
    pub fn sign_in(
        &self,
        name: &str,
        password: &str,
        from: &str,
        device: &str,
    ) -> Result<Key, Error> {
        let login = Login::parse(name).ok();
        let inside = self.gate.inside(self.store.as_ref())?;
        let user = login.and_then(|login| able(&inside, login));
        let kept = login.and_then(|login| inside.password(login));
        self.prove_password(login, password, kept.filter(|_| user.is_some()), from)?;
        let Some(user) = user else {
            return Err(Error::SignIn);
        };
        let now = self.clock.now();
        let key = self.key()?;
        let session = Session {
            fingerprint: key.fingerprint(),
            login: user.login,
            made: now,
            seen: now,
            confirmed: now,
            device: device.chars().take(MAX_DEVICE).collect(),
        };
        let change = HouseChange::SignedIn {
            user: user.login,
            from: from.to_owned(),
        };
        self.change_house(Actor::User(user), |inside| {
            let over = inside.sessions().filter(|session| !session.lasts(now));
            let over = over.map(|session| KeyChange::DropSession(session.fingerprint));
            let mut written = Written::of(change).with(KeyChange::KeepSession(session));
            written.keys.extend(over);
            Ok(written)
        })?;
        Ok(key)
    }

    /// Whose browser shows this secret; `None` if nobody's, or not any more.
    ///
    /// # Errors
    /// [`Error::Store`] if the store cannot be read.
    pub fn visitor(&self, secret: &str) -> Result<Option<Visitor>, Error> {
        let inside = self.gate.inside(self.store.as_ref())?;
        let now = self.clock.now();
        let session = inside.session(&Fingerprint::of(secret));
        let Some(session) = session.filter(|session| session.lasts(now)) else {
            return Ok(None);
        };
        Ok(able(&inside, session.login).map(|user| Visitor {
            user,
            session: session.fingerprint,
            is_fresh: session.is_fresh(now),
            is_due: now.duration_since(session.seen) >= NOTED,
        }))
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// [`Error::Store`] if that cannot be written.
    pub fn note_use(&self, visitor: &Visitor) -> Result<(), Error> {
        let now = self.clock.now();
        self.change_session(visitor, |session| session.seen = now)
    }

    /// Asks for the password again, before something that cannot be undone by oneself.
    ///
    /// # Errors
    /// [`Error::SignIn`] if it is another one, [`Error::Wait`] after too many tries.
    pub fn confirm(&self, visitor: &Visitor, password: &str, from: &str) -> Result<(), Error> {
        let inside = self.gate.inside(self.store.as_ref())?;
        let login = visitor.user.login;
        self.prove_password(Some(login), password, inside.password(login), from)?;
        let now = self.clock.now();
        self.change_session(visitor, |session| session.confirmed = now)
    }

    /// Signs a browser out.
    ///
    /// # Errors
    /// [`Error::Store`] if that cannot be written.
    pub fn sign_out(&self, visitor: &Visitor) -> Result<(), Error> {
        self.change_house(Actor::User(visitor.user), |_| {
            Ok(Written::default().with(KeyChange::DropSession(visitor.session)))
        })
    }

    /// Signs somebody out of every browser but the one they ask from.
    ///
    /// # Errors
    /// [`Error::Store`] if that cannot be written.
    pub fn sign_out_elsewhere(&self, visitor: &Visitor) -> Result<(), Error> {
        let user = visitor.user.login;
        self.change_house(Actor::User(visitor.user), |_| {
            Ok(Written::of(HouseChange::SessionsEnded { user })
                .with(KeyChange::DropSessions(user, Some(visitor.session))))
        })
    }

    /// The browsers somebody is signed in with, the latest first.
    ///
    /// # Errors
    /// [`Error::Store`] if the store cannot be read.
    pub fn sessions(&self, user: Login) -> Result<Vec<Session>, Error> {
        let inside = self.gate.inside(self.store.as_ref())?;
        let now = self.clock.now();
        let own = inside
            .sessions()
            .filter(|one| one.login == user && one.lasts(now));
        let mut own: Vec<Session> = own.cloned().collect();
        own.sort_by_key(|session| std::cmp::Reverse(session.seen));
        Ok(own)
    }

    fn change_session(
        &self,
        visitor: &Visitor,
        change: impl FnOnce(&mut Session),
    ) -> Result<(), Error> {
        self.change_house(Actor::User(visitor.user), |inside| {
            let Some(session) = inside.session(&visitor.session) else {
                return Ok(Written::default());
            };
            let mut session = session.clone();
            change(&mut session);
            Ok(Written::default().with(KeyChange::KeepSession(session)))
        })
    }

    /// Holds a password against what is kept; each failure makes the next try wait longer, for the name and for the source.
    pub(super) fn prove_password(
        &self,
        login: Option<Login>,
        password: &str,
        kept: Option<&str>,
        from: &str,
    ) -> Result<(), Error> {
        let keys = [Attempt::Name(login), Attempt::Source(from.to_owned())];
        let now = self.clock.now();
        let throttle = || {
            let held = self.gate.throttle.lock();
            held.unwrap_or_else(PoisonError::into_inner)
        };
        let wait = keys
            .iter()
            .filter_map(|key| throttle().wait(key, now))
            .max();
        if let Some(seconds) = wait {
            return Err(Error::Wait { seconds });
        }
        if self.hashed(|| verify_password(password, kept))? {
            // That somebody got in does not free the source from what it tried on others.
            throttle().succeeded(&Attempt::Name(login));
            return Ok(());
        }
        for key in &keys {
            throttle().failed(key, now);
        }
        self.note_sign_in_refused(login, from);
        Err(Error::SignIn)
    }

    /// One password is hashed at a time, and not everybody may wait for that: it takes memory and time, on purpose.
    pub(super) fn hashed<T>(&self, work: impl FnOnce() -> T) -> Result<T, Error> {
        use std::sync::atomic::Ordering::SeqCst;
        let waiting = self.gate.waiting.fetch_add(1, SeqCst);
        let done = if waiting < MOST_WAITING {
            let hashing = self.gate.hashing.lock();
            let _hashing = hashing.unwrap_or_else(PoisonError::into_inner);
            Ok(work())
        } else {
            Err(Error::Wait { seconds: 5 })
        };
        self.gate.waiting.fetch_sub(1, SeqCst);
        done
    }

    fn note_sign_in_refused(&self, user: Option<Login>, from: &str) {
        let key = (user, from.to_owned());
        let mut tally = self
            .gate
            .turned_away
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let due = tally.count(&key, self.clock.now());
        drop(tally);
        for ((user, from), times) in due {
            let change = HouseChange::SignInRefused {
                user,
                from,
                times: Tried(times),
            };
            if let Err(why) = self.change_house_as(NOBODY, |_| Ok(Written::of(change))) {
                tracing::error!(%why, "a refused sign-in cannot be recorded");
            }
        }
    }

    /// A secret for a browser or a link.
    pub(super) fn key(&self) -> Result<Key, Error> {
        let random = self.chance.many(32)?;
        let random = <[u8; 32]>::try_from(random).map_err(|_| super::super::NoChance)?;
        Ok(Key::of_browser(&random))
    }
}

/// Somebody who can come in.
pub(super) fn able(inside: &Inside, login: Login) -> Option<User> {
    let account = inside.house().account(login)?;
    account
        .is_enabled
        .then(|| User::signed_in(login, account.is_administrator))
}
