//! What the server is told before it starts.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::application::BuildError;
use super::exposure::{PublicUrl, TlsFiles};
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
    /// Whether accounts are asked for on this machine too.
    pub login: bool,
    /// The certificate to encrypt with.
    pub tls: Option<TlsFiles>,
    /// The proxies that requests come through; then none comes around them.
    pub proxies: Vec<IpAddr>,
    /// The address under which people open the service from other machines.
    pub public: Option<PublicUrl>,
    /// Where the link is written down with which the first administrator is set up.
    pub set_up_file: Option<PathBuf>,
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
    /// [`BuildError`] if others could come in who should not, or could read what is sent.
    pub fn check(&self) -> Result<(), BuildError> {
        let is_exposed = !self.listen.ip().is_loopback();
        if self.no_login && self.asks_for_accounts() {
            return Err(BuildError::OpenToOthers(self.listen));
        }
        if is_exposed && !self.is_secure() {
            return Err(BuildError::Readable(self.listen));
        }
        if self.is_secure() && self.public.is_none() {
            return Err(BuildError::Nameless);
        }
        if let Some(files) = &self.tls {
            files.load()?;
        }
        Ok(())
    }

    /// Whether nobody comes in without an account: always where other machines can reach the service.
    #[must_use]
    pub fn asks_for_accounts(&self) -> bool {
        self.login || self.is_secure() || !self.listen.ip().is_loopback()
    }

    /// Whether what is sent cannot be read on the way, here or between the proxy and the browser.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.tls.is_some() || !self.proxies.is_empty()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            no_login: false,
            login: false,
            tls: None,
            proxies: Vec::new(),
            public: None,
            set_up_file: None,
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
