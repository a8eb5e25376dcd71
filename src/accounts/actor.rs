//! Who acts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::login::Login;
use super::short::Short;

/// Who acts. It is copied like a number: what somebody may do is asked anew each time, of the evaluation as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The person at this machine, who holds the link that was printed at the start.
    Local,
    /// Anybody at this machine: the service asks for no login.
    Unauthenticated,
    /// Whoever runs a command in the data directory.
    Console,
    /// Somebody with an account.
    User(User),
    /// An evaluator without an account, who holds a personal link to one evaluation.
    Invited(LinkId),
}

impl Actor {
    /// The name they sign in with, if they have an account.
    #[must_use]
    pub fn login(&self) -> Option<Login> {
        match self {
            Self::User(user) => Some(user.login),
            Self::Local | Self::Unauthenticated | Self::Console | Self::Invited(_) => None,
        }
    }
}

/// As the record names them.
impl fmt::Display for Actor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local => out.write_str("local"),
            Self::Unauthenticated => out.write_str("local, not logged in"),
            Self::Console => out.write_str("console"),
            Self::User(user) => user.login.fmt(out),
            Self::Invited(link) => write!(out, "invited, link {link}"),
        }
    }
}

/// Somebody with an account, as they came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct User {
    /// The name they sign in with.
    pub login: Login,
    /// Whether they look after users, settings and backups.
    pub is_administrator: bool,
    /// How far they reach with what they came in by.
    pub reach: Reach,
}

impl User {
    /// Somebody who signed in with their password.
    #[must_use]
    pub fn signed_in(login: Login, is_administrator: bool) -> Self {
        Self {
            login,
            is_administrator,
            reach: Reach::Everything,
        }
    }
}

/// How far somebody reaches with what they came in by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// As far as their roles: they signed in themselves.
    Everything,
    /// As far as a token of theirs.
    Token {
        /// What it is for.
        scope: Scope,
        /// The one evaluation it is for; `None` for all of the user's.
        only: Option<Place>,
    },
}

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// To read.
    Read,
    /// To read, and to file score sheets.
    Upload,
}

/// The evaluation a token is for, by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place(Short);

impl Place {
    /// The place of an id; `None` if it is too long to be one.
    #[must_use]
    pub fn new(id: &str) -> Option<Self> {
        Short::new(id).map(Self)
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Place({})", self.as_str())
    }
}

/// What a personal link is known by in the record: no secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LinkId(Short);

/// A text is no id of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is no id of a personal link, which has 1 to 40 small letters and digits")]
pub struct NotALink;

impl LinkId {
    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for LinkId {
    type Err = NotALink;

    fn from_str(text: &str) -> Result<Self, NotALink> {
        let fits = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        if text.is_empty() || !text.bytes().all(fits) {
            return Err(NotALink);
        }
        Short::new(text).map(Self).ok_or(NotALink)
    }
}

impl TryFrom<String> for LinkId {
    type Error = NotALink;

    fn try_from(text: String) -> Result<Self, NotALink> {
        text.parse()
    }
}

impl From<LinkId> for String {
    fn from(link: LinkId) -> Self {
        link.as_str().to_owned()
    }
}

impl fmt::Display for LinkId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for LinkId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "LinkId({self})")
    }
}
