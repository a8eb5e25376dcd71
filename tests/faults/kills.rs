//! Killed at any moment: what was acknowledged is there, whole, and nothing is half there.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Mutex;
use std::time::Duration;

use scorecard::record::Digest;
use serde_json::Value;

use crate::process::Process;
use crate::programs::{Answer, at, form};
use crate::{alone, begin, say, sheet, thorough};

impl Process {
    /// Waits for its end; the exit code.
    pub fn ended(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    pub fn upload(
        &self,
        id: &str,
        file_name: &str,
        bytes: &[u8],
        evaluator: &str,
    ) -> Option<Answer> {
        let url = format!("{}{}/sheets", self.address, at(id));
        let form = form(file_name, bytes, &[("evaluator", evaluator)]);
        let answer = self.client.post(url).multipart(form).send().ok()?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let bytes = answer.bytes().ok()?.to_vec();
        Some(Answer {
            status,
            headers,
            bytes,
        })
    }
}

/// The sheets that were acknowledged: number and digest.
type Acknowledged = Mutex<BTreeSet<(u64, String)>>;

/// Runs a command of the program.
pub fn run(arguments: &[&str], data: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scorecard"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .output()
        .unwrap()
}

/// The doctor finds every event, every file and every result as it was written.
#[track_caller]
pub fn everything_adds_up(data: &Path) {
    let told = run(&["doctor", "--listen", "127.0.0.1:0"], data);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("ok       record    "), "{told}");
    assert!(told.contains("ok       database  "), "{told}");
}

/// Starts an evaluation on a server, and gives its id.
pub fn started(server: &Process) -> String {
    let answer = server.send("/api/v1/evaluations", &begin()).is(201);
    answer.json()["id"].as_str().unwrap().to_owned()
}

fn upload_until_it_dies(server: &Process, id: &str, round: u64, acknowledged: &Acknowledged) {
    let known = acknowledged.lock().unwrap().len();
    std::thread::scope(|scope| {
        for person in 0..4 {
            let (address, client) = (server.address.clone(), server.client.clone());
            scope.spawn(move || {
                for count in 0..1000 {
                    let text = sheet("ITIL-INC", &format!("round {round} of {person} at {count}"));
                    let name = format!("Person {person}");
                    let form = form("a.csv", text.clone(), &[("evaluator", name.as_str())]);
                    let url = format!("{address}{}/sheets", at(id));
                    let Ok(response) = client.post(url).multipart(form).send() else {
                        return;
                    };
                    let created = response.status() == 201;
                    let Ok(body) = response.json::<Value>() else {
                        return;
                    };
                    assert!(created, "{body}");
                    let number = body["sheet"].as_u64().unwrap();
                    let digest = Digest::of(text.as_bytes()).to_string();
                    acknowledged.lock().unwrap().insert((number, digest));
                }
            });
        }
        // Each round at another moment, once something is under way.
        while acknowledged.lock().unwrap().len() < known + 2 {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(round * 13 % 120));
        let killed = Command::new("kill")
            .args(["-9", &server.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
    });
}

#[test]
fn killed_in_the_middle_nothing_acknowledged_is_lost_and_nothing_is_half_stored() {
    let _machine = alone();
    let rounds = if thorough() { 100 } else { 12 };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let mut server = Process::start(&data, &[]);
    let id = started(&server);
    let acknowledged = Acknowledged::default();
    for round in 0..rounds {
        upload_until_it_dies(&server, &id, round, &acknowledged);
        server.kill();
        server = Process::start(&data, &[]);
        everything_is_there(&server, &id, &acknowledged.lock().unwrap());
    }
    let acknowledged = acknowledged.into_inner().unwrap().len();
    say(format_args!(
        "{rounds} kills, {acknowledged} acknowledged, none lost"
    ));
    assert!(acknowledged > 15, "only {acknowledged}");
    everything_adds_up(&data);
}

fn everything_is_there(server: &Process, id: &str, acknowledged: &BTreeSet<(u64, String)>) {
    let state = server.ask(&at(id)).is(200).json();
    let sheets = state["sheets"].as_array().unwrap();
    let stored: BTreeSet<(u64, String)> = sheets
        .iter()
        .map(|sheet| {
            let digest = sheet["sha256"].as_str().unwrap().to_owned();
            (sheet["sheet"].as_u64().unwrap(), digest)
        })
        .collect();
    let numbers: Vec<u64> = stored.iter().map(|(number, _)| *number).collect();
    let last = u64::try_from(sheets.len()).unwrap();
    assert_eq!(numbers, (1..=last).collect::<Vec<u64>>());
    let gone: Vec<_> = acknowledged.difference(&stored).collect();
    assert_eq!(gone, Vec::<&(u64, String)>::new());
    for sheet in sheets {
        let answers = &sheet["answers"];
        let whole = ["new", "changed", "unchanged"].map(|one| answers[one].as_u64().unwrap());
        assert_eq!(whole.into_iter().fold(0, u64::saturating_add), 2, "{sheet}");
    }
    if let Some(sheet) = sheets.last() {
        let original: Answer = server.ask(sheet["original"].as_str().unwrap()).is(200);
        let digest = Digest::of(&original.bytes).to_string();
        assert_eq!(sheet["sha256"], digest);
    }
    server.ask(&format!("{}/ranking", at(id))).is(200);
}
