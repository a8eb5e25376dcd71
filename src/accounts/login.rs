//! The names that users sign in with.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::short::{MOST, Short};

/// Names by which the record knows those who are no users, and some that would mislead a reader.
const RESERVED: [&str; 8] = [
    "anonymous",
    "consensus",
    "console",
    "everybody",
    "invited",
    "local",
    "nobody",
    "system",
];

/// The name a user signs in with: up to 40 small letters, digits and `.`, `-`, `_`, `@`, with a letter first. The record
/// names its user by it for ever, so it is never given to somebody else.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Login(Short);

/// Why a text is no name to sign in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LoginError {
    /// There is nothing, or too much.
    #[error("a login name has 1 to {MOST} characters")]
    Length,
    /// A character that may not stand there.
    #[error(
        "a login name begins with a letter from a to z and goes on with such letters, digits, `.`, `-`, `_` or `@`"
    )]
    Characters,
    /// A name that the record needs for itself.
    #[error("this name is not given to anybody, because the record uses it; choose another one")]
    Reserved,
}

impl Login {
    /// Reads a name as it was typed: spaces around it and capital letters do not count.
    ///
    /// # Errors
    /// [`LoginError`] if it is none.
    pub fn parse(text: &str) -> Result<Self, LoginError> {
        let text = text.trim().to_ascii_lowercase();
        if text.is_empty() || text.chars().count() > MOST {
            return Err(LoginError::Length);
        }
        let fits = |letter: u8| {
            letter.is_ascii_lowercase()
                || letter.is_ascii_digit()
                || matches!(letter, b'.' | b'-' | b'_' | b'@')
        };
        let begins = text.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
        if !begins || !text.bytes().all(fits) {
            return Err(LoginError::Characters);
        }
        if RESERVED.contains(&text.as_str()) {
            return Err(LoginError::Reserved);
        }
        Short::new(&text).map(Self).ok_or(LoginError::Length)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Login {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Login({self})")
    }
}

impl FromStr for Login {
    type Err = LoginError;

    fn from_str(text: &str) -> Result<Self, LoginError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Login {
    type Error = LoginError;

    fn try_from(text: String) -> Result<Self, LoginError> {
        Self::parse(&text)
    }
}

impl From<Login> for String {
    fn from(login: Login) -> Self {
        login.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_people_type_it() {
        for (typed, name) in [
            ("ana", "ana"),
            (" Ana.Lopez ", "ana.lopez"),
            ("a@example.org", "a@example.org"),
            ("x1_-", "x1_-"),
        ] {
            assert_eq!(Login::parse(typed).unwrap().as_str(), name);
        }
    }

    #[test]
    fn what_would_mislead_a_reader_of_the_record_is_no_name() {
        for (typed, why) in [
            ("", LoginError::Length),
            (&"a".repeat(41), LoginError::Length),
            ("1a", LoginError::Characters),
            ("a b", LoginError::Characters),
            ("a,b", LoginError::Characters),
            ("anä", LoginError::Characters),
            ("аna", LoginError::Characters),
            ("Local", LoginError::Reserved),
            ("console", LoginError::Reserved),
        ] {
            assert_eq!(Login::parse(typed), Err(why), "{typed}");
        }
    }
}
