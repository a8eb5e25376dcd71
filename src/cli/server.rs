//! What the command line asks of a server. The server itself is another room, and `main` brings the two together.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::service::Service;

/// What went wrong, in words for whoever started the command.
pub type Complaint = Box<dyn Error>;

/// Serves until it is told to stop.
pub trait Server {
    /// Whether it could start with these settings, before anything is made.
    ///
    /// # Errors
    /// What is wrong with them, and what to set instead.
    fn check(&self, settings: &ServeSettings) -> Result<(), Complaint>;

    /// Serves until it is told to stop.
    ///
    /// # Errors
    /// Why it cannot.
    fn run(&self, settings: &ServeSettings, service: Arc<Service>) -> Result<(), Complaint>;
}

/// What a server is told before it starts.
#[derive(Debug, Clone)]
pub struct ServeSettings {
    /// The address to listen on; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Whether everybody on this machine comes in without a login.
    pub no_login: bool,
    /// Whether accounts are asked for on this machine too.
    pub login: bool,
    /// The files of a certificate and its key.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// The addresses of the proxies that requests come through.
    pub proxies: Vec<String>,
    /// The address under which people open the service.
    pub public_url: Option<String>,
    /// Where the link is written down with which the first administrator is set up.
    pub set_up_file: PathBuf,
    /// The secret of the first link, if one is given.
    pub login_secret: Option<Hidden>,
    /// The most bytes of a request's body.
    pub max_upload: usize,
    /// The most connections at one time.
    pub max_connections: usize,
    /// How long the body of a request may take in all.
    pub body_deadline: Duration,
}

/// A text that does not show itself.
#[derive(Clone)]
pub struct Hidden(String);

impl Hidden {
    /// The text, without the line end of a file it may come from.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.trim_end()
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("…")
    }
}

impl From<String> for Hidden {
    fn from(text: String) -> Self {
        Self(text)
    }
}
