//! What goes wrong on one machine: storage that fails, disks that fill, bytes that flip, clocks that jump, clients that dawdle.
//!
//! Each test is named after the promise it holds the service to. `SCORECARD_THOROUGH=1` runs the long rounds.

#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a helper that cannot go on has found a failing test"
)]

mod clients;
mod clock;
mod copies;
mod damage;
mod disk;
mod faulty;
mod grader;
mod headers;
mod killed_purges;
mod kills;
#[path = "../service/priced.rs"]
mod priced;
#[path = "../web/process.rs"]
mod process;
#[expect(dead_code, reason = "shared with the tests of the web")]
#[path = "../web/programs.rs"]
mod programs;
mod purge;
mod stops;
#[expect(dead_code, reason = "shared with the tests of the web")]
#[path = "../web/support.rs"]
mod support;
mod tls;
mod upgrades;
mod verbs;

use std::io::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

/// Whether there is time for every round.
fn thorough() -> bool {
    std::env::var_os("SCORECARD_THOROUGH").is_some()
}

/// Tells what was measured, to whoever asks for it with `--nocapture`.
fn say(line: impl std::fmt::Display) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
}

/// Taken by what needs the machine for itself.
fn alone() -> MutexGuard<'static, ()> {
    static MACHINE: Mutex<()> = Mutex::new(());
    MACHINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What starts an evaluation with two vendors, its method frozen.
fn begin() -> Value {
    let mut body = programs::start();
    body["vendors"] = json!(["Acme", "Bolt"]);
    body
}

fn sheet(criterion: &str, comment: &str) -> String {
    format!(
        "vendor,criterion,score,comment\nAcme,{criterion},4,{comment}\nBolt,{criterion},3,{comment}\n"
    )
}
