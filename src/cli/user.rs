//! `scorecard user`: accounts at the console, for whoever has the data directory. The service does not run meanwhile.

use std::io::{BufRead as _, BufReader, Read as _};
use std::sync::Arc;

use clap::{Args, Subcommand};

use crate::accounts::{Actor, Login};
use crate::service::{Library, OsChance, Service, SystemClock};
use crate::store::Sqlite;
use crate::table::Limits;

use super::settings::DataSetting;
use super::{Failure, Streams, failed, misuse};

/// Longer than any password that is taken.
const MOST_TYPED: u64 = 4096;

#[derive(Debug, Args)]
pub(super) struct User {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create an account, and print the address (below that of the service) where its user sets their password.
    Create {
        /// The name to sign in with.
        name: String,
        /// They look after users, settings and backups.
        #[arg(long)]
        administrator: bool,
        #[command(flatten)]
        data: DataSetting,
    },
    /// Disable an account: its user is out at once.
    Disable(Named),
    /// Enable an account again.
    Enable(Named),
    /// Set somebody's password, read as one line from standard input.
    Password(Named),
    /// List the accounts.
    List {
        #[command(flatten)]
        data: DataSetting,
    },
}

#[derive(Debug, Args)]
struct Named {
    /// The name to sign in with.
    name: String,
    #[command(flatten)]
    data: DataSetting,
}

impl User {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        match &self.command {
            Command::Create {
                name,
                administrator,
                data,
            } => {
                let service = service(data, streams)?;
                let made = service
                    .create_user(Actor::Console, name, *administrator)
                    .and_then(|user| service.make_password_link(Actor::Console, user));
                let key = made.map_err(|why| failed(streams, &why))?;
                Ok(writeln!(streams.stdout, "/password?t={}", key.reveal())?)
            }
            Command::Disable(named) => {
                let service = service(&named.data, streams)?;
                let done = service.disable_user(Actor::Console, login(&named.name)?);
                done.map_err(|why| failed(streams, &why))
            }
            Command::Enable(named) => {
                let service = service(&named.data, streams)?;
                let done = service.enable_user(Actor::Console, login(&named.name)?);
                done.map_err(|why| failed(streams, &why))
            }
            Command::Password(named) => {
                let user = login(&named.name)?;
                let mut typed = String::new();
                BufReader::new(&mut *streams.stdin)
                    .take(MOST_TYPED)
                    .read_line(&mut typed)?;
                let password = typed.trim_end_matches(['\r', '\n']);
                let service = service(&named.data, streams)?;
                let done = service.set_password_at_console(user, password);
                done.map_err(|why| failed(streams, &why))
            }
            Command::List { data } => list(&service(data, streams)?, streams),
        }
    }
}

fn list(service: &Service, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let house = service.house().map_err(|why| failed(streams, &why))?;
    for (login, account) in house.accounts() {
        let state = match (account.is_enabled, account.has_password) {
            (false, _) => "disabled",
            (true, true) => "can sign in",
            (true, false) => "no password yet",
        };
        let what = if account.is_administrator {
            ", administrator"
        } else {
            ""
        };
        writeln!(streams.stdout, "{login}: {state}{what}")?;
    }
    Ok(())
}

fn login(name: &str) -> Result<Login, Failure> {
    Login::parse(name).map_err(misuse)
}

fn service(data: &DataSetting, streams: &mut Streams<'_>) -> Result<Service, Failure> {
    let store = Sqlite::open(data.path()).map_err(|why| failed(streams, &why))?;
    Ok(Service::new(
        Arc::new(store),
        Arc::new(SystemClock),
        Arc::new(OsChance),
        Library::shipped(),
        Limits::default(),
    ))
}
