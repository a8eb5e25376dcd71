//! Secrets that the service makes: what a browser keeps, what stands in a link, what a program sends.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::Fingerprint;

const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// By these letters a token is known as one, also by programs that look for secrets where none should be.
const TOKEN: &str = "sc_";
/// 43 letters of 62 hold 256 bits.
const RANDOM: usize = 43;
const CHECK: usize = 6;

/// A secret, for the one place it is told. It never shows itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// The secret of a browser or of a link, from 32 random bytes.
    #[must_use]
    pub fn of_browser(random: &[u8; 32]) -> Self {
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
        let digits = random
            .iter()
            .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
        Self(digits.collect())
    }

    /// A token for a program, from as many random bytes as it takes; `None` if there were too few.
    #[must_use]
    pub fn of_token(random: &[u8]) -> Option<Self> {
        // Bytes above the last whole multiple of 62 would make some letters likelier than others.
        let fair = random.iter().filter(|byte| **byte < 248);
        let letters: String = fair.take(RANDOM).map(|byte| letter(*byte)).collect();
        (letters.len() == RANDOM).then(|| Self(format!("{TOKEN}{letters}{}", check(&letters))))
    }

    /// Whether a text can be a token at all: a misspelt one is known without looking.
    #[must_use]
    pub fn is_token(text: &str) -> bool {
        let rest = text.strip_prefix(TOKEN);
        let parts = rest.and_then(|rest| rest.split_at_checked(RANDOM));
        parts.is_some_and(|(letters, sum)| sum == check(letters))
    }

    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Key(…)")
    }
}

fn letter(byte: u8) -> char {
    let place = usize::from(byte).checked_rem(LETTERS.len());
    let letter = place.and_then(|place| LETTERS.get(place));
    letter.copied().map_or('0', char::from)
}

fn check(letters: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(letters.as_bytes()).into();
    digest
        .iter()
        .take(CHECK)
        .map(|byte| letter(*byte))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_form_and_a_misspelt_one_too() {
        let random: Vec<u8> = (0..=255).collect();
        let token = Key::of_token(&random).unwrap();
        assert_eq!(token.reveal().len(), 3 + 43 + 6);
        assert!(Key::is_token(token.reveal()));
        let misspelt = token.reveal().replacen('A', "B", 1);
        assert_ne!(misspelt, token.reveal());
        for text in ["", "sc_", &misspelt, &token.reveal()[1..]] {
            assert!(!Key::is_token(text), "{text}");
        }
        assert!(Key::of_token(&[250; 100]).is_none());
        assert_eq!(format!("{token:?}"), "Key(…)");
    }
}
