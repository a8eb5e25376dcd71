//! What can go wrong with a request, and the one map from that to a status.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use thiserror::Error as Thiserror;

use crate::reports;
use crate::service;

use super::secret::SecretError;

mod work;

/// What to do about a fault of ours.
const ASK_THE_LOG: &str =
    "Try it again. If it stays like this, look for the request id in the log of the service.";

/// Why a request is not answered with what it asked for. The texts are for people.
#[derive(Debug, Thiserror)]
pub enum Error {
    /// Nothing is at this address.
    #[error("There is nothing at this address.")]
    NotFound,
    /// The address is there, but not for this method.
    #[error("This address cannot be used in this way.")]
    Method,
    /// Whoever calls has not come in.
    #[error("This browser has not been let in yet.")]
    NotSignedIn,
    /// The link has been used, or never was one.
    #[error("This link does not work, or not any more: each one lets in a single time.")]
    UsedLink,
    /// The request is for another host, as when a foreign name points to this machine.
    #[error("The request is for another host than this one.")]
    WrongHost,
    /// Another web site sent the request.
    #[error("Another web site sent this request.")]
    CrossSite,
    /// A proxy sent the request, though without login only this machine may.
    #[error("The request came through a proxy, and this service runs without a login.")]
    Forwarded,
    /// A request came around the proxies that all are to come through.
    #[error("The request did not come through the proxy of this service.")]
    AroundTheProxy,
    /// Nobody has an account yet.
    #[error("The service is not set up yet.")]
    NotSetUp,
    /// Whoever calls has not signed in, or not any more.
    #[error("Nobody is signed in here, or not any more.")]
    SignInFirst,
    /// The token is not known, or not any more.
    #[error("This token does not work, or not any more.")]
    BadToken,
    /// The page is about an account, and whoever calls has none.
    #[error("This is about an account, and nobody is signed in with one.")]
    NoAccount,
    /// What weighs much asks for the password again.
    #[error("This asks for your password again, and it was not given in the last five minutes.")]
    Unconfirmed,
    /// The body is longer than allowed.
    #[error("What was sent is larger than the {limit} bytes that are accepted.")]
    TooLarge {
        /// The most bytes that are accepted.
        limit: usize,
    },
    /// The body has more parts than allowed.
    #[error("What was sent has more than the {limit} parts that are accepted.")]
    TooManyParts {
        /// The most parts that are accepted.
        limit: usize,
    },
    /// The body took too long.
    #[error("What was sent took too long to arrive.")]
    TooSlow,
    /// The body ended too early.
    #[error("What was sent is not complete: the connection ended in the middle of it.")]
    Truncated,
    /// The body has another type than the address takes.
    #[error("What was sent is of the wrong type; this address takes {wanted}.")]
    WrongType {
        /// The type that is taken.
        wanted: &'static str,
    },
    /// A field that may stand there once stands there twice.
    #[error("The field \"{field}\" was sent twice, so it is not clear which one counts.")]
    Twice {
        /// The name of the field.
        field: String,
    },
    /// The request cannot be read.
    #[error("What was sent cannot be read: {why}.")]
    Malformed {
        /// What is wrong with it.
        why: String,
    },
    /// These draws go on already, or as many long ones do as may.
    #[error("These draws are being made, or as many others as may go on at a time.")]
    DrawsGoOn,
    /// The service refuses it.
    #[error(transparent)]
    Work(#[from] service::Error),
    /// A refusal of the server library itself; never its text.
    #[error("The request cannot be answered.")]
    Refused(StatusCode),
    /// A page could not be made.
    #[error("the page cannot be rendered")]
    Render(#[from] askama::Error),
    /// A report could not be made.
    #[error("the report cannot be made")]
    Report(#[from] reports::RenderError),
    /// There are no random numbers.
    #[error("no secret can be made")]
    Secret(#[from] SecretError),
    /// A handler broke off.
    #[error("a handler broke off")]
    Broken,
}

impl Error {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotSignedIn | Self::UsedLink | Self::SignInFirst | Self::BadToken => {
                StatusCode::UNAUTHORIZED
            }
            Self::AroundTheProxy
            | Self::NoAccount
            | Self::Unconfirmed
            | Self::CrossSite
            | Self::Forwarded => StatusCode::FORBIDDEN,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::TooLarge { .. } | Self::TooManyParts { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Truncated | Self::Twice { .. } | Self::Malformed { .. } => {
                StatusCode::BAD_REQUEST
            }
            Self::WrongType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::DrawsGoOn | Self::NotSetUp => StatusCode::SERVICE_UNAVAILABLE,
            Self::Work(error) => work::status(error),
            Self::Refused(status) => *status,
            Self::Render(_) | Self::Report(_) | Self::Secret(_) | Self::Broken => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    /// The word that programs know the error by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Method => "method-not-allowed",
            Self::NotSignedIn => "login-needed",
            Self::UsedLink => "link-used",
            Self::WrongHost => "wrong-host",
            Self::CrossSite => "cross-site",
            Self::Forwarded => "forwarded",
            Self::AroundTheProxy => "around-the-proxy",
            Self::NotSetUp => "not-set-up",
            Self::SignInFirst => "sign-in-first",
            Self::BadToken => "bad-token",
            Self::NoAccount => "no-account",
            Self::Unconfirmed => "unconfirmed",
            Self::TooLarge { .. } => "too-large",
            Self::TooManyParts { .. } => "too-many-parts",
            Self::TooSlow => "too-slow",
            Self::Truncated => "truncated",
            Self::WrongType { .. } => "wrong-type",
            Self::Twice { .. } => "sent-twice",
            Self::Malformed { .. } => "malformed",
            Self::DrawsGoOn => "draws-go-on",
            Self::Work(error) => work::code(error),
            Self::Refused(_) => "refused",
            Self::Render(_) | Self::Report(_) | Self::Secret(_) | Self::Broken => "internal",
        }
    }

    /// What to do instead.
    #[must_use]
    pub fn cure(&self) -> &'static str {
        match self {
            Self::NotFound => "Check the address, or start from the list of evaluations.",
            Self::Method => {
                "People use the links and buttons of the pages; what programs may do here stands in the header Allow."
            }
            Self::NotSignedIn => {
                "Open the link that the program printed in the terminal where it runs; it ends in ?t= and a long secret."
            }
            Self::UsedLink => {
                "Open the newest link in the terminal where the program runs; a fresh one is printed there after each use."
            }
            Self::WrongHost => {
                "Open the address that the program printed in the terminal where it runs."
            }
            Self::CrossSite => {
                "Open the address of this service yourself, and do it from its own pages."
            }
            Self::Forwarded => "Call the service directly, or start it without --no-login.",
            Self::AroundTheProxy => "Open the public address of the service.",
            Self::NotSetUp => {
                "Whoever started it opens the link that was printed in the terminal; it also stands in the file set-up-link in the data directory."
            }
            Self::SignInFirst => {
                "Sign in at /sign-in; programs send a token in the header Authorization."
            }
            Self::BadToken => "Make a new one on the page of your account.",
            Self::NoAccount => "Sign in with an account of your own.",
            Self::Unconfirmed => "Give it at /confirm, then do it again within five minutes.",
            Self::TooLarge { .. } => {
                "Send less at a time, or start the service with a larger --max-upload."
            }
            Self::TooManyParts { .. } => "Send fewer files at a time.",
            Self::TooSlow | Self::Truncated => "Nothing was stored. Send it again.",
            Self::WrongType { .. } => "Nothing was stored. Send it as that type.",
            Self::Twice { .. } => "Nothing was stored. Send the field once.",
            Self::Malformed { .. } => "Nothing was stored. Correct it and send it again.",
            Self::DrawsGoOn => "Ask again in a few seconds: what is drawn is kept.",
            Self::Work(error) => work::cure(error),
            Self::Refused(_) => "Go back and try it from the pages of this service.",
            Self::Render(_) | Self::Report(_) | Self::Secret(_) | Self::Broken => ASK_THE_LOG,
        }
    }

    /// What happened, in a sentence that gives no cause of ours away.
    #[must_use]
    pub fn detail(&self) -> String {
        match self.status() {
            _ if matches!(self, Self::DrawsGoOn | Self::NotSetUp) => sentence(&self.to_string()),
            StatusCode::INSUFFICIENT_STORAGE => "The disk of the service is full.".to_owned(),
            StatusCode::SERVICE_UNAVAILABLE => "The service cannot do this just now.".to_owned(),
            status if status.is_server_error() => "Something went wrong in the service.".to_owned(),
            _ => sentence(&self.to_string()),
        }
    }

    /// After how many seconds it may be asked again, where waiting is all there is to do.
    #[must_use]
    pub fn again_after(&self) -> Option<&'static str> {
        matches!(self, Self::DrawsGoOn).then_some("2")
    }

    /// Everything that is wrong, one by one, where there is more than a sentence to say.
    #[must_use]
    pub fn problems(&self) -> Vec<serde_json::Value> {
        match self {
            Self::Work(error) => work::problems(error),
            _ => Vec::new(),
        }
    }

    /// Everything that is open, one by one.
    #[must_use]
    pub fn questions(&self) -> Vec<serde_json::Value> {
        match self {
            Self::Work(error) => work::questions(error),
            _ => Vec::new(),
        }
    }
}

/// A text with a capital at its start and a stop at its end.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    let mut sentence: String = first.into_iter().flatten().chain(letters).collect();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// Only the status: the guard knows whether a page or a document is wanted and writes it.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_wrong_inside_is_not_told_outside() {
        let error = Error::Secret(SecretError::NoRandomness);
        assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(error.detail(), "Something went wrong in the service.");
    }

    #[test]
    fn a_refusal_of_the_service_is_a_sentence_with_all_its_problems() {
        let error = Error::Work(service::Error::field(
            "title",
            Some(""),
            "empty",
            "give it a title",
        ));
        assert_eq!(error.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(error.problems()[0]["field"], "title");
        let error = Error::Work(service::Error::NoEvaluation);
        assert_eq!(error.detail(), "There is no such evaluation.");
        assert_eq!(error.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn a_full_disk_is_told_as_one_and_a_broken_database_is_not_described() {
        let full = Error::Work(service::Error::Store(crate::store::StoreError::Full));
        assert_eq!(full.status(), StatusCode::INSUFFICIENT_STORAGE);
        assert!(full.cure().contains("Make room"));
        let broken = Error::Work(service::Error::Damaged("row 7 of events".to_owned()));
        assert_eq!(broken.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!broken.detail().contains("row 7"));
    }

    #[test]
    fn what_the_sender_can_cure_is_told_with_its_cure() {
        let error = Error::TooLarge { limit: 10 };
        assert_eq!(error.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert!(error.detail().contains("10 bytes"));
        assert!(error.cure().contains("--max-upload"));
    }
}
