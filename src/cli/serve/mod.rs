//! `scorecard serve`: the service, until it is told to stop.

mod logging;
mod open_files;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use clap::builder::BoolishValueParser;
use thiserror::Error;

use crate::service::{Library, LibraryError, OsChance, Service, SystemClock};
use crate::store::{Sqlite, open_to_others};

use super::server::{Hidden, ServeSettings, Server};
use super::settings::{DataSetting, FreeSetting, LimitSettings, SetLimitSettings, positive};
use super::telling::Telling;
use super::{Failure, Streams, failed, misuse};
use logging::LogFormat;

pub(super) use open_files::connections_allowed;

/// Room for several sheets of the largest size.
const MAX_UPLOAD: usize = 64 * 1024 * 1024;

/// Below the 1,024 files that a process may usually have open.
const MAX_CONNECTIONS: usize = 900;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The address to listen on. Where other machines reach it, everybody needs an account and a certificate or a proxy.
    #[arg(long, env = "SCORECARD_LISTEN", value_name = "ADDRESS:PORT", hide_env_values = true,
          default_value = "127.0.0.1:8080", value_parser = address)]
    listen: SocketAddr,
    #[command(flatten)]
    data: DataSetting,
    /// A directory with more criteria sets, as TOML files.
    #[arg(
        id = "criteria_dir",
        long = "criteria-dir",
        visible_alias = "criteria",
        env = "SCORECARD_CRITERIA_DIR",
        value_name = "DIR",
        hide_env_values = true
    )]
    criteria_dir: Option<PathBuf>,
    /// Let everybody on this machine in without the link; what comes of it is not for an award.
    #[arg(long, env = "SCORECARD_NO_LOGIN", hide_env_values = true, value_parser = BoolishValueParser::new())]
    no_login: bool,
    /// Ask for accounts on this machine too.
    #[arg(long, env = "SCORECARD_LOGIN", hide_env_values = true, value_parser = BoolishValueParser::new(),
          conflicts_with = "no_login")]
    login: bool,
    /// The certificate to encrypt with, and those above it, in PEM.
    #[arg(
        long,
        env = "SCORECARD_TLS_CERT",
        value_name = "FILE",
        hide_env_values = true,
        requires = "tls_key"
    )]
    tls_cert: Option<PathBuf>,
    /// The private key of the certificate, in PEM.
    #[arg(
        long,
        env = "SCORECARD_TLS_KEY",
        value_name = "FILE",
        hide_env_values = true,
        requires = "tls_cert"
    )]
    tls_key: Option<PathBuf>,
    /// The exact address of a proxy that encrypts; requests from elsewhere are refused. Several are parted by commas.
    #[arg(
        long,
        env = "SCORECARD_BEHIND_PROXY",
        value_name = "ADDRESS",
        hide_env_values = true,
        value_delimiter = ','
    )]
    behind_proxy: Vec<String>,
    /// The address people open from other machines, like `https://scores.example.org`.
    #[arg(
        long,
        env = "SCORECARD_PUBLIC_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    public_url: Option<String>,
    /// The secret of the first link, in place of a random one; other people on this machine can see it here.
    #[arg(
        long,
        env = "SCORECARD_LOGIN_SECRET",
        value_name = "SECRET",
        hide_env_values = true,
        conflicts_with = "login_secret_file"
    )]
    login_secret: Option<Hidden>,
    /// A file that holds the secret of the first link.
    #[arg(
        long,
        env = "SCORECARD_LOGIN_SECRET_FILE",
        value_name = "FILE",
        hide_env_values = true
    )]
    login_secret_file: Option<PathBuf>,
    /// The most bytes that a request may send, all files together.
    #[arg(long, env = "SCORECARD_MAX_UPLOAD", value_name = "N", hide_env_values = true,
          default_value_t = MAX_UPLOAD, value_parser = positive)]
    max_upload: usize,
    /// The most connections at one time.
    #[arg(long, env = "SCORECARD_MAX_CONNECTIONS", value_name = "N", hide_env_values = true,
          default_value_t = MAX_CONNECTIONS, value_parser = positive)]
    max_connections: usize,
    /// How many seconds what a request sends may take to arrive.
    #[arg(long, env = "SCORECARD_BODY_SECONDS", value_name = "N", hide_env_values = true,
          default_value_t = 60, value_parser = positive)]
    body_seconds: usize,
    #[command(flatten)]
    free: FreeSetting,
    #[command(flatten)]
    limits: LimitSettings,
    #[command(flatten)]
    set_limits: SetLimitSettings,
    /// What is logged: error, warn, info, debug or trace, or a filter like scorecard=debug.
    #[arg(
        long,
        env = "SCORECARD_LOG",
        value_name = "LEVEL",
        hide_env_values = true,
        default_value = "info"
    )]
    log: String,
    /// How it is logged.
    #[arg(
        long,
        env = "SCORECARD_LOG_FORMAT",
        hide_env_values = true,
        value_enum,
        default_value_t
    )]
    log_format: LogFormat,
}

/// Why an address is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "write an address and a port, like 127.0.0.1:8080 or [::1]:8080; port 0 takes any free one"
)]
struct NotAnAddress;

fn address(text: &str) -> Result<SocketAddr, NotAnAddress> {
    let text = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    text.parse().map_err(|_| NotAnAddress)
}

impl Serve {
    pub(super) fn run(
        &self,
        server: &dyn Server,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let mut settings = self.settings()?;
        server.check(&settings).map_err(misuse)?;
        logging::start(&self.log, self.log_format, streams.on_terminal)?;
        settings.max_connections = open_files::make_room_for(settings.max_connections);
        let library = self.library(streams)?;
        let store = Sqlite::open(self.data.path()).map_err(|why| failed(streams, &why))?;
        let store = store.with_floor(self.free.bytes());
        for path in open_to_others(self.data.path()) {
            let path = path.display();
            tracing::warn!(%path, "other users of this machine can look into it; close it with: chmod go= {path}");
        }
        let service = Service::new(
            Arc::new(store),
            Arc::new(SystemClock),
            Arc::new(OsChance),
            library,
            self.limits.limits(),
        );
        // A log of the house that is not what was written is found now, and not when somebody signs in.
        service.house().map_err(|why| failed(streams, &why))?;
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "starting");
        let done = server.run(&settings, Arc::new(service));
        done.map_err(|why| failed(streams, &why))?;
        tracing::info!("stopped");
        Ok(())
    }

    /// Where everything is kept.
    pub(super) fn data(&self) -> &Path {
        self.data.path()
    }

    /// As many bytes as the disk is to keep free.
    pub(super) fn floor(&self) -> u64 {
        self.free.bytes()
    }

    pub(super) fn settings(&self) -> Result<ServeSettings, Failure> {
        let seconds = u64::try_from(self.body_seconds).unwrap_or(u64::MAX);
        Ok(ServeSettings {
            listen: self.listen,
            no_login: self.no_login,
            login: self.login,
            tls: self.tls_cert.clone().zip(self.tls_key.clone()),
            proxies: self.behind_proxy.clone(),
            public_url: self.public_url.clone(),
            set_up_file: self.data.path().join("set-up-link"),
            login_secret: self.login_secret()?,
            max_upload: self.max_upload,
            max_connections: self.max_connections,
            body_deadline: Duration::from_secs(seconds),
        })
    }

    fn login_secret(&self) -> Result<Option<Hidden>, Failure> {
        let Some(file) = &self.login_secret_file else {
            return Ok(self.login_secret.clone());
        };
        let read = std::fs::read_to_string(file);
        let text = read.map_err(|why| {
            let file = file.display();
            misuse(format!("the login secret in {file} cannot be read: {why}"))
        })?;
        Ok(Some(text.into()))
    }

    fn library(&self, streams: &mut Streams<'_>) -> Result<Library, Failure> {
        let shipped = Library::shipped();
        let Some(directory) = &self.criteria_dir else {
            return Ok(shipped);
        };
        let read = shipped.with_directory(directory, &self.set_limits.limits());
        read.map_err(|errors| {
            let mut telling = Telling::default();
            for error in &errors {
                match error {
                    LibraryError::Problems { path, problems } => {
                        telling.set_lines(path, problems);
                    }
                    LibraryError::Unreadable { path, .. } => {
                        telling.problem(path, error, "unreadable");
                    }
                    LibraryError::Twice { path, .. } => {
                        telling.problem(path, error, "duplicate-id");
                    }
                }
            }
            telling.refuse(streams)
        })
    }
}
