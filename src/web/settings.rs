//! What the server is told before it starts.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use super::application::BuildError;
use super::secret::Secret;

/// Tells the person at the terminal a line.
type Announce = Arc<dyn Fn(&str) + Send + Sync>;

/// What the server is told before it starts.
#[derive(Clone)]
pub struct Settings {
    /// The address to listen on; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Whether everybody on this machine comes in without a login.
    pub no_login: bool,
    /// The secret of the first link in; a random one if there is none.
    pub login_secret: Option<Secret>,
    /// The most bytes of a request's body.
    pub max_upload: usize,
    /// The most connections at one time.
    pub max_connections: usize,
    /// How long the head of a request may take.
    pub head_deadline: Duration,
    /// How long the body of a request may take in all.
    pub body_deadline: Duration,
    /// How long the body of a request may be waited for before it must have come at a pace of a kilobyte a second.
    pub body_grace: Duration,
    /// How long an answer may wait for somebody who takes none of it.
    pub write_deadline: Duration,
    /// How long a connection may wait for the next request.
    pub keep_alive: Duration,
    /// How long requests in flight may take to finish once the server is told to stop.
    pub shutdown: Duration,
    /// Where the addresses to open are told.
    pub announce: Announce,
}

impl Settings {
    /// Whether a server may start like this.
    ///
    /// # Errors
    /// [`BuildError::NotLoopback`] if it would be reached from other machines.
    pub fn check(&self) -> Result<(), BuildError> {
        if self.listen.ip().is_loopback() {
            Ok(())
        } else {
            Err(BuildError::NotLoopback(self.listen))
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            no_login: false,
            login_secret: None,
            max_upload: 64 * 1024 * 1024,
            max_connections: 900,
            head_deadline: Duration::from_secs(5),
            body_deadline: Duration::from_mins(1),
            body_grace: Duration::from_secs(10),
            write_deadline: Duration::from_secs(30),
            keep_alive: Duration::from_secs(30),
            shutdown: Duration::from_secs(30),
            announce: Arc::new(|_| {}),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Settings")
            .field("listen", &self.listen)
            .field("no_login", &self.no_login)
            .finish_non_exhaustive()
    }
}
