//! What can happen to the house, in the words of its log.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::accounts::{Login, Scope};
use crate::record::EvaluationId;

/// How often something was tried since that was written down last. What happens often is counted, not repeated, so that
/// nobody fills the disk with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tried(pub u64);

/// One change of the house. Secrets, passwords and what is made of them are never in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum HouseChange {
    /// There is an account more.
    UserCreated {
        /// The name they sign in with.
        user: Login,
        /// Whether they look after users, settings and backups.
        administrator: bool,
    },
    /// Somebody cannot come in any more; their tokens are revoked.
    UserDisabled {
        /// The name they sign in with.
        user: Login,
    },
    /// Somebody who was disabled can come in again.
    UserEnabled {
        /// The name they sign in with.
        user: Login,
    },
    /// Somebody looks after users, settings and backups from now on.
    AdministratorMade {
        /// The name they sign in with.
        user: Login,
    },
    /// Somebody does so no longer.
    AdministratorUnmade {
        /// The name they sign in with.
        user: Login,
    },
    /// A link was made with which somebody sets their password, once.
    PasswordLinkMade {
        /// The name they sign in with.
        user: Login,
        /// Until when it works.
        until: Timestamp,
    },
    /// Somebody has a new password; the tokens of before are revoked.
    PasswordSet {
        /// The name they sign in with.
        user: Login,
    },
    /// A token was made, with which a program acts for somebody.
    TokenMade {
        /// Whose.
        user: Login,
        /// The first digits of its fingerprint.
        token: String,
        /// What its user calls it.
        name: String,
        /// What it is for.
        scope: Scope,
        /// The one evaluation it is for; null for all of the user's.
        evaluation: Option<EvaluationId>,
        /// Until when it works.
        until: Timestamp,
    },
    /// A token does not work any more.
    TokenRevoked {
        /// Whose.
        user: Login,
        /// The first digits of its fingerprint.
        token: String,
    },
    /// Somebody signed in with their password.
    SignedIn {
        /// The name they sign in with.
        user: Login,
        /// From where.
        from: String,
    },
    /// Somebody was signed out, everywhere or elsewhere.
    SessionsEnded {
        /// The name they sign in with.
        user: Login,
    },
    /// Somebody could not sign in.
    SignInRefused {
        /// The name that was typed, if it can be one.
        user: Option<Login>,
        /// From where.
        from: String,
        /// How often, since this was written down last.
        times: Tried,
    },
    /// Somebody who was in was refused something that is not for them.
    AccessRefused {
        /// What they wanted to do, or see.
        action: String,
        /// The evaluation it was about.
        evaluation: Option<EvaluationId>,
        /// How often, since this was written down last.
        times: Tried,
    },
    /// A link was made with which the first administrator is set up.
    SetUpLinkMade {
        /// Until when it works.
        until: Timestamp,
    },
}
