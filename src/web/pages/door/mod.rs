//! The ways in, and the pages about accounts and roles.

pub(in crate::web) mod account;
pub(in crate::web) mod confirm;
pub(in crate::web) mod members;
pub(in crate::web) mod password;
pub(in crate::web) mod sign_in;
pub(in crate::web) mod users;

use jiff::Timestamp;

use crate::service;
use crate::web::Error;

/// What could not be taken, in words for whoever typed it; any other error as it is.
fn told(error: Error) -> Result<String, Error> {
    match error {
        Error::Work(service::Error::Fields(problems)) => {
            let messages = problems.into_iter().map(|problem| problem.message);
            Ok(messages.collect::<Vec<_>>().join("; "))
        }
        Error::Work(refused @ (service::Error::SignIn | service::Error::Wait { .. })) => {
            Ok(refused.to_string())
        }
        other => Err(other),
    }
}

/// Where somebody wanted to go: a page of this service and nothing else.
fn inside(to: Option<&str>) -> &str {
    let is_inside = |to: &&str| {
        to.starts_with('/')
            && !to.starts_with("//")
            && to
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    };
    to.filter(is_inside).unwrap_or("/")
}

/// A moment, to the minute.
fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_nobody_is_sent_to_another_site() {
        for to in ["/", "/evaluations/x?lens=cio", "/a/b"] {
            assert_eq!(inside(Some(to)), to);
        }
        for to in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "evil",
            "/a b",
            "/a\nb",
        ] {
            assert_eq!(inside(Some(to)), "/", "{to:?}");
        }
        assert_eq!(inside(None), "/");
    }
}
