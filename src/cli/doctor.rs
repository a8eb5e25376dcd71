//! `scorecard doctor`: everything that can be wrong with a service and its data, looked at without changing anything.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use crate::service::{Clock as _, Finding, Health, SystemClock, examine};
use crate::store::{Holder, holder};

use super::serve::Serve;
use super::server::{ServeSettings, Server};
use super::{Failure, Streams};

/// After so many days a backup is old.
const OLD_DAYS: i64 = 7;
const MAKE_ONE: &str = "make one: scorecard backup --data DIR FILE, and let a timer do so each day";

#[derive(Debug, Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    serve: Serve,
    /// The newest backup, whose age is told.
    #[arg(long, value_name = "FILE")]
    backup: Option<PathBuf>,
    /// Tell it as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Told<'a> {
    faults: usize,
    warnings: usize,
    checks: &'a [Finding],
}

impl Doctor {
    pub(super) fn run(
        &self,
        server: &dyn Server,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let data = self.serve.data();
        let settings = self.serve.settings()?;
        let mut found = examine(data, self.serve.floor(), &SystemClock);
        found.push(listening(&settings, data, server));
        found.push(connections(settings.max_connections));
        found.push(backup(self.backup.as_deref(), SystemClock.now()));
        let count = |state| found.iter().filter(|one| one.state == state).count();
        let told = Told {
            faults: count(Health::Fault),
            warnings: count(Health::Warning),
            checks: &found,
        };
        if self.json {
            let text = serde_json::to_string_pretty(&told).map_err(std::io::Error::other)?;
            writeln!(streams.stdout, "{text}")?;
        } else {
            for one in &found {
                let (state, check) = (one.state.word(), one.check);
                writeln!(streams.stdout, "{state:<8} {check:<9} {}", one.message)?;
                if let Some(cure) = &one.cure {
                    writeln!(streams.stdout, "{:18} -> {cure}", "")?;
                }
            }
        }
        if told.faults == 0 {
            return Ok(());
        }
        streams.stdout.flush()?;
        Err(Failure::Problems)
    }
}

/// Whether a server could start with these settings.
fn listening(settings: &ServeSettings, data: &Path, server: &dyn Server) -> Finding {
    let listen = settings.listen;
    if let Err(why) = server.check(settings) {
        let cure = "correct the settings; `scorecard config` shows where each comes from";
        return Finding::fault("listen", why.to_string(), cure);
    }
    // A service that runs already has the port itself.
    let is_running = matches!(holder(data), Ok(Holder::Process(_)));
    match TcpListener::bind(listen) {
        Err(why) if !is_running => Finding::fault(
            "listen",
            format!("cannot listen on {listen}: {why}"),
            "stop the program that does, or choose another port with --listen",
        ),
        Ok(_) | Err(_) if settings.no_login => Finding::warning(
            "listen",
            format!("{listen}, and everybody on this machine is let in"),
            "leave --no-login out before anything is awarded",
        ),
        Ok(_) | Err(_) => Finding::ok("listen", format!("{listen}, entered by a link or a login")),
    }
}

fn connections(wanted: usize) -> Finding {
    let allowed = super::serve::connections_allowed(wanted);
    if allowed == wanted {
        let told = format!("{wanted} connections at one time are allowed");
        return Finding::ok("files", told);
    }
    Finding::warning(
        "files",
        format!("the system allows {allowed} connections at one time, not {wanted}"),
        "raise the limit of open files: `ulimit -n`, or LimitNOFILE in a systemd unit; or lower --max-connections",
    )
}

fn backup(file: Option<&Path>, now: Timestamp) -> Finding {
    let Some(file) = file else {
        let told = "when the last backup was made is not known";
        let cure = format!("name the newest one with --backup FILE, or {MAKE_ONE}");
        return Finding::warning("backup", told, cure);
    };
    let made = std::fs::metadata(file).and_then(|found| found.modified());
    let made = made.map(|made| Timestamp::try_from(made).unwrap_or(Timestamp::UNIX_EPOCH));
    let path = file.display();
    match made {
        Err(why) => Finding::fault("backup", format!("{path} cannot be read: {why}"), MAKE_ONE),
        Ok(made) => {
            let days = now.duration_since(made).as_hours().max(0) / 24;
            let told = format!("{path} was made on {}", made.strftime("%Y-%m-%d %H:%M UTC"));
            if days < OLD_DAYS {
                Finding::ok("backup", told)
            } else {
                Finding::warning("backup", format!("{told}, {days} days ago"), MAKE_ONE)
            }
        }
    }
}
