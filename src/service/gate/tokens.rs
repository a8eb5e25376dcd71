//! Tokens, with which programs act for somebody.

use jiff::{SignedDuration, Timestamp};

use crate::accounts::{Action, Actor, Fingerprint, Key, Place, Reach, Scope, User};
use crate::record::{EvaluationId, HouseChange};
use crate::store::{KeyChange, TokenKey};

use super::super::{Error, NoChance, Service};
use super::Written;
use super::sign_in::able;
use super::users::account;

/// More random bytes than a token takes: some are thrown away.
const RANDOM: usize = 96;
const MAX_NAME: usize = 60;
/// As many tokens one user may have.
const MOST: usize = 20;
const DAYS: std::ops::RangeInclusive<i64> = 1..=366;
/// How old the note of a token's last use may become.
const NOTED: SignedDuration = SignedDuration::from_mins(10);

/// What somebody wants a token for.
#[derive(Debug, Clone)]
pub struct TokenWish {
    /// What they call it.
    pub name: String,
    /// What it is for.
    pub scope: Scope,
    /// The one evaluation it is for; `None` for all of theirs.
    pub evaluation: Option<EvaluationId>,
    /// How many days it works.
    pub days: i64,
}

impl Service {
    /// Makes a token, which is told this once.
    ///
    /// # Errors
    /// [`Error::Fields`] if what is wanted cannot be had, [`Error::Denied`] if the actor is no user who signed in.
    pub fn make_token(&self, actor: Actor, wish: &TokenWish) -> Result<Key, Error> {
        self.ask_house(actor, Action::ManageAccount)?;
        let user = actor.login().ok_or(Error::NoUser)?;
        let name = wish.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > MAX_NAME {
            let message =
                "say in up to 60 characters what the token is for, like \"nightly import\"";
            return Err(Error::field(
                "name",
                Some(&wish.name),
                "token-name",
                message,
            ));
        }
        if !DAYS.contains(&wish.days) {
            let message = "a token works for 1 to 366 days; 90 are usual";
            let days = wish.days.to_string();
            return Err(Error::field("days", Some(&days), "token-days", message));
        }
        if let Some(evaluation) = &wish.evaluation {
            self.open(actor, evaluation)?;
        }
        let key = Key::of_token(&self.chance.many(RANDOM)?).ok_or(NoChance)?;
        let now = self.clock.now();
        let lasts = SignedDuration::from_hours(wish.days.saturating_mul(24));
        let token = TokenKey {
            fingerprint: key.fingerprint(),
            login: user,
            used: None,
        };
        self.change_house(actor, |inside| {
            if account(inside.house(), user)?.tokens.len() >= MOST {
                let message = "you have 20 tokens; revoke one that is not used any more first";
                return Err(Error::field("name", None, "too-many-tokens", message));
            }
            Ok(Written::of(HouseChange::TokenMade {
                user,
                token: token.fingerprint.label(),
                name,
                scope: wish.scope,
                evaluation: wish.evaluation.clone(),
                until: now.checked_add(lasts).unwrap_or(now),
            })
            .with(KeyChange::KeepToken(token)))
        })?;
        Ok(key)
    }

    /// Revokes a token of one's own, by its first digits.
    ///
    /// # Errors
    /// [`Error::NoToken`] if there is none.
    pub fn revoke_token(&self, actor: Actor, label: &str) -> Result<(), Error> {
        self.ask_house(actor, Action::ManageAccount)?;
        let user = actor.login().ok_or(Error::NoUser)?;
        self.change_house(actor, |inside| {
            let mut own = inside.tokens().filter(|token| token.login == user);
            let Some(token) = own.find(|token| token.fingerprint.label() == label) else {
                return Err(Error::NoToken);
            };
            let change = HouseChange::TokenRevoked {
                user,
                token: label.to_owned(),
            };
            Ok(Written::of(change).with(KeyChange::DropToken(token.fingerprint)))
        })
    }

    /// For whom a program acts that sends this token; `None` for nobody, or not any more.
    ///
    /// # Errors
    /// [`Error::Store`] if the store cannot be read.
    pub fn bearer(&self, secret: &str) -> Result<Option<User>, Error> {
        if !Key::is_token(secret) {
            return Ok(None);
        }
        let inside = self.gate.inside(self.store.as_ref())?;
        let Some(key) = inside.token(&Fingerprint::of(secret)) else {
            return Ok(None);
        };
        let now = self.clock.now();
        let label = key.fingerprint.label();
        let account = inside.house().account(key.login);
        let token = account.and_then(|account| {
            let mut tokens = account.tokens.iter();
            tokens.find(|token| token.label == label && now < token.until)
        });
        let (Some(token), Some(user)) = (token, able(&inside, key.login)) else {
            return Ok(None);
        };
        let only = match &token.evaluation {
            Some(id) => Some(Place::new(id.as_str()).ok_or(Error::NoEvaluation)?),
            None => None,
        };
        if key
            .used
            .is_none_or(|used| now.duration_since(used) >= NOTED)
        {
            self.note_token(user, key, now);
        }
        Ok(Some(User {
            reach: Reach::Token {
                scope: token.scope,
                only,
            },
            // What a token does is never the work of an administrator.
            is_administrator: false,
            ..user
        }))
    }

    /// When somebody's tokens were last used, by their first digits.
    ///
    /// # Errors
    /// [`Error::Store`] if the store cannot be read.
    pub fn token_uses(&self) -> Result<Vec<(String, Timestamp)>, Error> {
        let inside = self.gate.inside(self.store.as_ref())?;
        let used = |token: &TokenKey| Some((token.fingerprint.label(), token.used?));
        Ok(inside.tokens().filter_map(used).collect())
    }

    fn note_token(&self, user: User, key: &TokenKey, now: Timestamp) {
        let noted_key = TokenKey {
            used: Some(now),
            ..key.clone()
        };
        let noted = self.change_house(Actor::User(user), |inside| {
            // It may have been revoked meanwhile.
            if inside.token(&noted_key.fingerprint).is_none() {
                return Ok(Written::default());
            }
            Ok(Written::default().with(KeyChange::KeepToken(noted_key)))
        });
        if let Err(why) = noted {
            tracing::error!(%why, "the use of a token cannot be noted");
        }
    }
}
