//! Secrets: random or given, compared by digest, never shown.

use std::fmt::{self, Write as _};

use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// The fewest characters of a secret that somebody gives.
const FEWEST: usize = 22;

/// A text that lets in whoever knows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What is kept of a secret: enough to know it again, too little to tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Fingerprint([u8; 32]);

/// Why a secret cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SecretError {
    /// It is too easily guessed.
    #[error(
        "a login secret has at least {FEWEST} characters; leave it out, and a random one is made at each start"
    )]
    Short,
    /// It has characters that do not belong into an address.
    #[error(
        "a login secret is made of letters A to Z, a to z, digits, `-` and `_`, so that it can stand in an address"
    )]
    Characters,
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    NoRandomness,
}

impl Secret {
    /// Takes a secret that somebody gives.
    ///
    /// # Errors
    /// [`SecretError`] if it could be guessed or cannot stand in an address.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        if text.len() < FEWEST {
            return Err(SecretError::Short);
        }
        let fits = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_');
        if text.bytes().all(fits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SecretError::Characters)
        }
    }

    /// Makes a secret of 256 random bits.
    ///
    /// # Errors
    /// [`SecretError::NoRandomness`] if the system has none to give.
    pub(super) fn random() -> Result<Self, SecretError> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| SecretError::NoRandomness)?;
        Ok(Self(hex(&bytes)))
    }

    /// The secret itself, for the one place it is told.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

impl Fingerprint {
    pub(super) fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    for byte in bytes {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_secret_is_long_and_fits_into_an_address() {
        assert!(Secret::parse("abcdefghijklmnopqrstu-").is_ok());
        assert_eq!(
            Secret::parse("abcdefghijklmnopqrstu"),
            Err(SecretError::Short)
        );
        assert_eq!(
            Secret::parse("abcdefghijklmnopqrst&="),
            Err(SecretError::Characters)
        );
    }

    #[test]
    fn random_secrets_have_256_bits_and_differ() {
        let (one, other) = (Secret::random().unwrap(), Secret::random().unwrap());
        assert_eq!(one.reveal().len(), 64);
        assert_ne!(one, other);
        assert_eq!(one.fingerprint(), Fingerprint::of(one.reveal()));
    }

    #[test]
    fn a_secret_does_not_show_itself() {
        let secret = Secret::parse("abcdefghijklmnopqrstuvwxyz").unwrap();
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
