//! The id of an evaluation.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

const LENGTH: usize = 12;
/// Without letters and digits that are mistaken for each other when read aloud or copied by hand.
const ALPHABET: [u8; 32] = *b"abcdefghjkmnpqrstuvwxyz023456789";

/// The id of an evaluation, as it stands in addresses: 12 letters and digits.
///
/// An id is no secret.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EvaluationId(Box<str>);

/// A text is no id of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is no id of an evaluation")]
pub struct NotAnId;

impl EvaluationId {
    /// An id from random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; LENGTH]) -> Self {
        let letter = |byte: u8| {
            let at = usize::from(byte & 31);
            ALPHABET.get(at).copied().map_or('a', char::from)
        };
        Self(bytes.into_iter().map(letter).collect::<String>().into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EvaluationId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for EvaluationId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let is_id = text.len() == LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte));
        if is_id {
            Ok(Self(text.into()))
        } else {
            Err(NotAnId)
        }
    }
}

impl TryFrom<String> for EvaluationId {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        text.parse()
    }
}

impl From<EvaluationId> for String {
    fn from(id: EvaluationId) -> Self {
        id.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_from_random_bytes_is_an_id() {
        let id = EvaluationId::from_random([0, 1, 31, 32, 255, 7, 8, 9, 10, 11, 12, 13]);
        assert_eq!(id.as_str().parse(), Ok(id.clone()));
    }

    #[test]
    fn what_is_too_long_or_has_other_letters_is_no_id() {
        for text in ["", "abc", "abcdefghjkm1", "abcdefghjkmnp", "../../../../"] {
            assert_eq!(text.parse::<EvaluationId>(), Err(NotAnId), "{text}");
        }
    }
}
