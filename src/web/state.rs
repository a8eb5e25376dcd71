//! What all handlers share.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::web;

use crate::service::{self, Service};

use super::application::BuildError;
use super::error::Error;
use super::held::Holding;
use super::layout::Layout;
use super::page::PageCache;
use super::readers::Readers;
use super::routes;
use super::secret::Secret;
use super::settings::Settings;
use super::way_in::WayIn;

tokio::task_local! {
    /// What the request that is being answered is called in the log.
    pub(super) static REQUEST: String;
}

/// How people come in.
#[derive(Debug)]
pub(super) enum Entrance {
    /// Everybody on this machine is in.
    Open,
    /// Whoever has the link of the terminal.
    Link(WayIn),
    /// Whoever has an account.
    Accounts,
}

/// What all handlers share.
#[derive(Debug)]
pub struct State {
    settings: Settings,
    service: Arc<Service>,
    port: u16,
    entrance: Entrance,
    pages: PageCache,
    held: Arc<Holding>,
    requests: AtomicU64,
    /// Held by the long piece of work that is being done.
    turn: Arc<Mutex<()>>,
    /// Those who read a file that was sent.
    readers: Readers,
    /// Parts the request ids of this run from those of others.
    run: String,
}

impl State {
    /// Makes the state of a server on a port, and tells how to come in.
    pub(super) fn new(
        settings: Settings,
        service: Arc<Service>,
        port: u16,
    ) -> Result<Self, BuildError> {
        let run = Secret::random()?.reveal().chars().take(8).collect();
        let mut state = Self {
            settings,
            service,
            port,
            entrance: Entrance::Open,
            pages: PageCache::default(),
            held: Arc::default(),
            requests: AtomicU64::new(1),
            turn: Arc::default(),
            readers: Readers::default(),
            run,
        };
        state.announce(&state.address());
        if state.settings.asks_for_accounts() {
            state.entrance = Entrance::Accounts;
            state.tell_set_up()?;
        } else if !state.settings.no_login {
            let secret = match state.settings.login_secret.take() {
                Some(secret) => secret,
                None => Secret::random()?,
            };
            state.announce_link(&secret);
            state.entrance = Entrance::Link(WayIn::new(&secret));
        }
        Ok(state)
    }

    /// Whether there is no login, so that nothing here may be the ground of an award.
    #[must_use]
    pub fn no_login(&self) -> bool {
        self.settings.no_login
    }

    /// What every page has around it.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout::new(self.settings.no_login, self.has_accounts())
    }

    /// Whether everybody needs an account.
    pub(super) fn has_accounts(&self) -> bool {
        matches!(self.entrance, Entrance::Accounts)
    }

    /// The verbs of the work, for those that only look at what is in memory; others go through [`State::work`].
    #[must_use]
    pub fn service(&self) -> &Arc<Service> {
        &self.service
    }

    /// Does a piece of work on a thread where it may take its time: whatever reads a sheet, or the disk.
    ///
    /// # Errors
    /// What the service refuses; [`Error::Broken`] if the work broke off.
    pub async fn work<T, W>(&self, work: W) -> Result<T, Error>
    where
        T: Send + 'static,
        W: FnOnce(&Service) -> Result<T, service::Error> + Send + 'static,
    {
        let service = Arc::clone(&self.service);
        let request = REQUEST.try_with(Clone::clone).ok();
        let work = move || service::in_request(request, || work(&service));
        let done = web::block(work).await;
        Ok(done.map_err(|_| Error::Broken)??)
    }

    /// The same for work that reads a file which was sent: two at a time, so that everybody else is answered meanwhile.
    ///
    /// # Errors
    /// As [`State::work`].
    pub async fn read<T, W>(&self, work: W) -> Result<T, Error>
    where
        T: Send + 'static,
        W: FnOnce(&Service) -> Result<T, service::Error> + Send + 'static,
    {
        let turn = self.readers.turn().await?;
        self.work(move |service| {
            let _turn = turn;
            work(service)
        })
        .await
    }

    /// Begins a long piece of work that nobody waits for; one is done after the other.
    pub(super) fn begin(&self, work: impl FnOnce() + Send + 'static) {
        let turn = Arc::clone(&self.turn);
        // It is on its way already; what is dropped is only the waiting.
        drop(web::block(move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            work();
        }));
    }

    /// What the long piece of work holds that is being done.
    pub(super) fn turn(&self) -> Arc<Mutex<()>> {
        Arc::clone(&self.turn)
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn entrance(&self) -> &Entrance {
        &self.entrance
    }

    /// The name of the cookie of a session. With the prefix no other host and no unencrypted page can set it; where nothing
    /// is encrypted it cannot be had, and servers on several ports of one machine need names of their own.
    pub(super) fn session_cookie(&self) -> String {
        if self.settings.is_secure() {
            "__Host-scorecard".to_owned()
        } else {
            format!("scorecard-{}-session", self.port)
        }
    }

    /// The address of a page, for somebody elsewhere.
    pub(super) fn address_of(&self, path: &str) -> String {
        format!("{}{}", self.address(), path.trim_start_matches('/'))
    }

    /// While nobody has an account: tells the link with which the first administrator is set up, once.
    fn tell_set_up(&self) -> Result<(), BuildError> {
        let Some(key) = self.service.make_set_up_link()? else {
            return Ok(());
        };
        let link = self.address_of(&format!("{}?t={}", routes::SET_UP, key.reveal()));
        self.announce(&link);
        let Some(path) = &self.settings.set_up_file else {
            return Ok(());
        };
        let written = std::fs::remove_file(path)
            .or_else(|why| match why.kind() {
                ErrorKind::NotFound => Ok(()),
                _ => Err(why),
            })
            .and_then(|()| {
                let mut options = OpenOptions::new();
                options.write(true).create_new(true).mode(0o600);
                writeln!(options.open(path)?, "{link}")
            });
        written.map_err(|why| BuildError::SetUpFile {
            path: path.clone(),
            why,
        })
    }

    pub(super) fn held(&self) -> &Arc<Holding> {
        &self.held
    }

    pub(super) fn pages(&self) -> &PageCache {
        &self.pages
    }

    /// What the next request is called in the log and in its answer.
    pub(super) fn request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        format!("{}-{number}", self.run)
    }

    /// Tells the link of a secret, which works once.
    pub(super) fn announce_link(&self, secret: &Secret) {
        self.announce(&format!("{}?t={}", self.address(), secret.reveal()));
    }

    /// The address of a page as it is handed to others.
    pub(super) fn link(&self, below: &str) -> String {
        format!("{}{below}", self.address())
    }

    /// What to know before a link is sent out; `None` if it can be opened elsewhere.
    pub(super) fn link_hint(&self) -> Option<String> {
        let ip = self.settings.listen.ip();
        ip.is_loopback().then(|| {
            format!(
                "The service listens on {ip}, which other machines cannot reach: links work in the browsers of this machine alone."
            )
        })
    }

    fn announce(&self, line: &str) {
        (self.settings.announce)(line);
    }

    fn address(&self) -> String {
        if let Some(public) = &self.settings.public {
            return format!("{}/", public.origin());
        }
        let ip = self.settings.listen.ip();
        format!("http://{}/", std::net::SocketAddr::new(ip, self.port))
    }
}
