//! Passwords: which may be chosen, and what is kept of them.

use argon2::password_hash::{PasswordHash, SaltString};
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use thiserror::Error;

use super::Login;

/// Passwords that are tried first everywhere, in small letters.
const COMMON: &str = include_str!("common.txt");
const FEWEST: usize = 8;
/// Beyond this nobody types, and hashing would be work for others to give us.
const MOST: usize = 1024;
/// What OWASP advises for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Nobody's: what is tried for a name without a password, so that it takes as long as for one with.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2NvcmVjYXJkIG5vYm9keQ$lMu2r8K0m6QnSgHfN2vDqk5Q2sRmC4tQw7ZxYbJ8aVo";

/// Why a password may not be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// Too easily tried out.
    #[error("a password has at least {FEWEST} characters; 15 or more are advised, like four words")]
    Short,
    /// Longer than anybody types.
    #[error("a password has at most {MOST} bytes")]
    Long,
    /// Tried first everywhere.
    #[error(
        "this is one of the passwords that are tried first everywhere; choose another one, like four words"
    )]
    Common,
    /// The name it belongs to.
    #[error(
        "a password is not made of the name one signs in with; choose another one, like four words"
    )]
    LikeName,
    /// The hash cannot be made.
    #[error("the password cannot be kept")]
    Unkept,
}

/// Whether somebody may have a password. There are no rules about which characters it is made of, and it does not age.
///
/// # Errors
/// [`PasswordError`] with what to choose instead.
pub fn check_password(password: &str, login: Login) -> Result<(), PasswordError> {
    if password.chars().count() < FEWEST {
        return Err(PasswordError::Short);
    }
    if password.len() > MOST {
        return Err(PasswordError::Long);
    }
    let small = password.to_lowercase();
    if COMMON.lines().any(|common| common == small) || is_one_letter(&small) {
        return Err(PasswordError::Common);
    }
    let bare = small.trim_matches(|letter: char| !letter.is_alphabetic());
    if bare == login.as_str() || small == login.as_str() {
        return Err(PasswordError::LikeName);
    }
    Ok(())
}

fn is_one_letter(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next();
    letters.all(|letter| Some(letter) == first)
}

/// What is kept of a password: Argon2id, as a PHC string. Takes a while, on purpose.
///
/// # Errors
/// [`PasswordError::Unkept`] if there is no memory for it.
pub fn hash_password(password: &str, salt: [u8; 16]) -> Result<String, PasswordError> {
    let unkept = |_| PasswordError::Unkept;
    let salt = SaltString::encode_b64(&salt).map_err(unkept)?;
    let hash = hasher().ok_or(PasswordError::Unkept)?;
    let hash = hash.hash_password(password.as_bytes(), &salt);
    Ok(hash.map_err(unkept)?.to_string())
}

/// Whether a password is the one that is kept; `None` if none is kept, which takes as long and is never so.
#[must_use]
pub fn verify_password(password: &str, kept: Option<&str>) -> bool {
    let Ok(hash) = PasswordHash::new(kept.unwrap_or(NOBODYS)) else {
        return false;
    };
    let matches = password.len() <= MOST
        && Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok();
    matches && kept.is_some()
}

fn hasher() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str) -> Result<(), PasswordError> {
        check_password(password, Login::parse("ana.lopez").unwrap())
    }

    #[test]
    fn length_is_what_counts_and_everything_may_stand_in_it() {
        assert_eq!(check("1234567"), Err(PasswordError::Short));
        assert_eq!(check("ééééééé"), Err(PasswordError::Short));
        assert_eq!(check("tür zu 9"), Ok(()));
        assert_eq!(check("correct horse battery staple"), Ok(()));
        let long: String = "ab".repeat(512);
        assert_eq!(check(&long), Ok(()));
        assert_eq!(check(&format!("{long}c")), Err(PasswordError::Long));
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for password in ["password", "PassWord123", "qwertyuiop", "aaaaaaaaaaaa"] {
            assert_eq!(check(password), Err(PasswordError::Common), "{password}");
        }
        for password in ["ana.lopez", "Ana.Lopez1", "123ana.lopez!"] {
            assert_eq!(check(password), Err(PasswordError::LikeName), "{password}");
        }
        assert!(
            COMMON
                .lines()
                .all(|line| line == line.to_lowercase() && line.len() >= FEWEST)
        );
    }

    #[test]
    fn a_password_is_known_again_and_no_other_one_is() {
        let kept = hash_password("correct horse", [7; 16]).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify_password("correct horse", Some(&kept)));
        assert!(!verify_password("correct horsf", Some(&kept)));
        assert!(!verify_password("correct horse", None));
        assert!(
            PasswordHash::new(NOBODYS).is_ok(),
            "else it would be told at once"
        );
    }
}
