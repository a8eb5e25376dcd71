//! What lets people in: it changes and goes, unlike the record, which says that it did.

use jiff::Timestamp;

use crate::accounts::{Fingerprint, Login, Session};

/// Everything that lets people in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// By name, what is kept of a password (a PHC string).
    pub passwords: Vec<(Login, String)>,
    /// The browsers that people signed in with.
    pub sessions: Vec<Session>,
    /// The tokens of programs.
    pub tokens: Vec<TokenKey>,
    /// The links that work once.
    pub links: Vec<LinkKey>,
}

/// What a token is known by. What it is for stands in the log of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenKey {
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// Whose it is.
    pub login: Login,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// A link with which somebody sets their password, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkKey {
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// Whose it is; `None` if it sets up the first administrator.
    pub login: Option<Login>,
    /// Until when it works.
    pub until: Timestamp,
}

/// One change of what lets people in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyChange {
    /// Somebody has this password from now on.
    SetPassword(Login, String),
    /// A browser more, or one that was used again.
    KeepSession(Session),
    /// A browser less.
    DropSession(Fingerprint),
    /// All browsers of somebody but one.
    DropSessions(Login, Option<Fingerprint>),
    /// A token more, or one that was used again.
    KeepToken(TokenKey),
    /// A token less.
    DropToken(Fingerprint),
    /// All tokens of somebody.
    DropTokens(Login),
    /// A link more.
    KeepLink(LinkKey),
    /// All links of somebody, or to set up the first administrator.
    DropLinks(Option<Login>),
}
