//! Who may do what.
//!
//! Every verb of the work asks [`may`] before it does anything, with who asks, for what, and on what in which state. What
//! somebody with an account may do in an evaluation is said by their [`Role`]s there; whoever is at this machine without one
//! may do everything the state of the evaluation allows.

mod action;
mod actor;
mod blind;
mod denied;
mod fingerprint;
mod login;
mod password;
mod role;
mod secret;
mod session;
mod short;
mod state;
mod table;
mod throttle;

pub use action::Action;
pub use actor::{Actor, LinkId, NotALink, Place, Reach, Scope, User};
pub use blind::Awaited;
pub use denied::Denied;
pub use fingerprint::Fingerprint;
pub use login::{Login, LoginError};
pub use password::{PasswordError, check_password, hash_password, verify_password};
pub use role::{Members, Role};
pub use secret::Key;
pub use session::Session;
pub use table::{Object, is_theirs, may};
pub use throttle::Throttle;
