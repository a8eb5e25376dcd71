//! What all handlers share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::web;

use crate::service::{self, Service};

use super::error::Error;
use super::held::Holding;
use super::layout::Layout;
use super::page::PageCache;
use super::secret::{Secret, SecretError};
use super::settings::Settings;
use super::way_in::WayIn;

tokio::task_local! {
    /// What the request that is being answered is called in the log.
    pub(super) static REQUEST: String;
}

/// What all handlers share.
#[derive(Debug)]
pub struct State {
    settings: Settings,
    service: Arc<Service>,
    port: u16,
    /// None if everybody on this machine is in already.
    way_in: Option<WayIn>,
    pages: PageCache,
    held: Arc<Holding>,
    requests: AtomicU64,
    /// Held by the long piece of work that is being done.
    turn: Arc<Mutex<()>>,
    /// Parts the request ids of this run from those of others.
    run: String,
}

impl State {
    /// Makes the state of a server on a port, and tells how to come in.
    pub(super) fn new(
        settings: Settings,
        service: Arc<Service>,
        port: u16,
    ) -> Result<Self, SecretError> {
        let run = Secret::random()?.reveal().chars().take(8).collect();
        let mut state = Self {
            settings,
            service,
            port,
            way_in: None,
            pages: PageCache::default(),
            held: Arc::default(),
            requests: AtomicU64::new(1),
            turn: Arc::default(),
            run,
        };
        state.announce(&state.address());
        if !state.settings.no_login {
            let secret = match state.settings.login_secret.take() {
                Some(secret) => secret,
                None => Secret::random()?,
            };
            state.announce_link(&secret);
            state.way_in = Some(WayIn::new(&secret));
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
        Layout::new(self.settings.no_login)
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

    pub(super) fn way_in(&self) -> Option<&WayIn> {
        self.way_in.as_ref()
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
        let ip = self.settings.listen.ip();
        format!("http://{}/", std::net::SocketAddr::new(ip, self.port))
    }
}
