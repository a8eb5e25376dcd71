//! The server from start to stop; tests go through it as production does.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::rt::System;
use actix_web::rt::signal::unix::{SignalKind, signal};
use actix_web::{App, HttpServer, web};
use futures_util::future::{Either, select};
use thiserror::Error;

use crate::service::{self, Service};

use super::exposure::{TlsError, TlsFiles};
use super::secret::SecretError;
use super::settings::Settings;
use super::state::State;
use super::{connection, guard, routes};

/// The server, bound to its port.
#[derive(Debug)]
pub struct Application {
    listener: TcpListener,
    port: u16,
    state: web::Data<State>,
}

/// Why a server cannot be made.
#[derive(Debug, Error)]
pub enum BuildError {
    /// Everybody would come in, from wherever.
    #[error(
        "with --no-login everybody comes in who reaches {0}, and others do: leave it out, or listen on 127.0.0.1 without \
         --login, --tls-cert and --behind-proxy"
    )]
    OpenToOthers(SocketAddr),
    /// What is sent could be read on the way.
    #[error(
        "{0} can be reached from other machines, and what is sent there could be read on the way: give a certificate \
         (--tls-cert and --tls-key), or the address of the proxy that has one (--behind-proxy), or listen on 127.0.0.1"
    )]
    Readable(SocketAddr),
    /// Nobody knows under which name it is opened.
    #[error(
        "say under which address people open the service, like --public-url https://scores.example.org"
    )]
    Nameless,
    /// The certificate cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The first administrator cannot be set up.
    #[error("the link to set up the first administrator cannot be made: {0}")]
    SetUp(#[from] service::Error),
    /// The link cannot be written down.
    #[error("the link to set up the first administrator cannot be written to {}: {why}", .path.display())]
    SetUpFile {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// The address cannot be had.
    #[error(
        "cannot listen on {0}: {1}; stop the program that does, or choose another port with --listen"
    )]
    Bind(SocketAddr, io::Error),
    /// There is nothing to make secrets from.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

impl Application {
    /// Binds the port and tells how to come in; requests are answered once it runs.
    ///
    /// # Errors
    /// [`BuildError`] if the address is not this machine's own or cannot be had.
    pub fn build(settings: Settings, service: Arc<Service>) -> Result<Self, BuildError> {
        let listen = settings.listen;
        settings.check()?;
        let taken = |why| BuildError::Bind(listen, why);
        let listener = TcpListener::bind(listen).map_err(taken)?;
        connection::lengthen_queue(&listener).map_err(taken)?;
        let port = listener.local_addr().map_err(taken)?.port();
        let state = web::Data::new(State::new(settings, service, port)?);
        Ok(Self {
            listener,
            port,
            state,
        })
    }

    /// The port it is bound to.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Answers requests until the process is told to stop (SIGTERM, SIGINT); what is in flight is finished.
    ///
    /// # Errors
    /// [`io::Error`] if the server cannot run.
    pub fn run_until_stopped(self) -> io::Result<()> {
        self.run_until(told_to_stop())
    }

    /// Answers requests until a future ends; what is in flight is finished.
    ///
    /// # Errors
    /// [`io::Error`] if the server cannot run.
    pub fn run_until(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let Self {
            listener, state, ..
        } = self;
        let settings = state.settings().clone();
        let workers = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let per_worker = settings.max_connections.div_ceil(workers).max(1);
        let server = move || {
            App::new()
                .app_data(state.clone())
                .configure(routes::all)
                .wrap(from_fn(guard::guard))
        };
        let tls = settings.tls.as_ref().map(TlsFiles::load).transpose();
        let tls = tls.map_err(io::Error::other)?;
        System::new().block_on(async move {
            let server = HttpServer::new(server)
                .workers(workers)
                .tcp_nodelay(true)
                .on_connect(move |stream, _| {
                    connection::give_up_on_who_takes_nothing(stream, settings.write_deadline);
                })
                .max_connections(per_worker)
                .client_request_timeout(settings.head_deadline)
                .keep_alive(settings.keep_alive)
                .shutdown_timeout(settings.shutdown.as_secs())
                .shutdown_signal(stop);
            let server = match tls {
                Some(tls) => server.listen_rustls_0_23(listener, tls)?,
                None => server.listen(listener)?,
            };
            server.run().await
        })
    }
}

/// Ends when the process is asked to stop.
async fn told_to_stop() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        tracing::error!("the signals to stop cannot be heard; only killing stops the server");
        return std::future::pending().await;
    };
    let (terminate, interrupt) = (Box::pin(terminate.recv()), Box::pin(interrupt.recv()));
    match select(terminate, interrupt).await {
        Either::Left(_) => tracing::info!("told to stop; finishing what is in flight"),
        Either::Right(_) => tracing::info!("interrupted; finishing what is in flight"),
    }
}
