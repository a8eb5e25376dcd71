//! The real program as a process of its own, which can be killed.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::blocking::Client;
use serde_json::Value;

use crate::programs::Answer;

/// A running server; it is killed when this is dropped.
pub struct Process {
    pub child: Child,
    pub address: String,
    pub client: Client,
}

impl Process {
    /// Starts the program over a data directory, as it is or through another command that becomes the program.
    pub fn start(data: &Path, through: &[&str]) -> Self {
        let program = env!("CARGO_BIN_EXE_scorecard");
        let words = [through, &[program, "serve"]].concat();
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .args(["--no-login", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(data.with_extension("log")).unwrap());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let log = std::fs::read_to_string(data.with_extension("log")).unwrap();
        assert!(line.starts_with("http://"), "it says {line:?} and {log}");
        std::thread::spawn(move || {
            // Nobody may be kept waiting because nobody reads.
            let _ = out.read_to_end(&mut Vec::new());
        });
        let client = Client::builder()
            .timeout(Duration::from_secs(20))
            .no_proxy()
            .build();
        Self {
            child,
            address: line.trim().trim_end_matches('/').to_owned(),
            client: client.unwrap(),
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it without a word, as `kill -9` does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn ask(&self, path: &str) -> Answer {
        Answer::of(self.client.get(format!("{}{path}", self.address)))
    }

    pub fn send(&self, path: &str, body: &Value) -> Answer {
        Answer::of(
            self.client
                .post(format!("{}{path}", self.address))
                .json(body),
        )
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has ended already if it was killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
