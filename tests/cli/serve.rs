//! The server as a process: what it prints, where it keeps things, and how it stops.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};

use crate::support::{Bench, TWO};

/// A running server, killed if a test leaves it behind.
struct Running {
    child: Child,
    address: String,
}

impl Running {
    /// Starts a server that everybody on this machine may use.
    fn start(bench: &Bench, arguments: &str) -> Self {
        let line = format!("serve --listen 127.0.0.1:0 --no-login --log-format json {arguments}");
        let mut command = bench.command(&line);
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://");
        Self {
            address: address.trim_end_matches('/').to_owned(),
            child,
        }
    }

    fn request(&self, lines: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (first, rest) = lines.split_once('\n').unwrap_or((lines, ""));
        let host = &self.address;
        let rest = rest.replace('\n', "\r\n");
        write!(stream, "{first} HTTP/1.1\r\nHost: {host}\r\n{rest}").unwrap();
        stream
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for the end; the exit code and the log.
    fn ended(mut self) -> (Option<i32>, String) {
        let code = self.child.wait().unwrap().code();
        let mut log = String::new();
        let mut err = self.child.stderr.take().unwrap();
        err.read_to_string(&mut log).unwrap();
        (code, log)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already if all went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_keeps_its_data_private_logs_each_request_and_stops_when_told() {
    let bench = Bench::with(&[]);
    let server = Running::start(&bench, "--data kept/here");
    let mode = fs::metadata(bench.path("kept/here"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
    let mut answer = String::new();
    let mut stream = server.request("GET /health/ready?private=1\nConnection: close\n\n");
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    server.signal("TERM");
    let (code, log) = server.ended();
    assert_eq!(code, Some(0), "{log}");
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let answered = lines.iter().find(|line| line["message"] == "answered");
    let answered = answered.unwrap();
    assert_eq!(answered["route"], "/health/ready");
    assert_eq!(answered["method"], "GET");
    assert_eq!(answered["status"], 200);
    assert!(answered["id"].is_string() && answered["ms"].is_string());
    assert!(
        !log.contains("private=1"),
        "an address can be private: {log}"
    );
}

#[test]
fn more_criteria_sets_come_from_a_directory_and_mistakes_in_them_are_told() {
    let bench = Bench::with(&[]);
    fs::create_dir(bench.path("sets")).unwrap();
    fs::write(bench.path("sets/a.toml"), TWO).unwrap();
    let server = Running::start(&bench, "--criteria sets");
    // Once it answers, it listens to signals.
    let mut answer = String::new();
    let mut stream = server.request("GET /health/live\nConnection: close\n\n");
    stream.read_to_string(&mut answer).unwrap();
    server.signal("INT");
    assert_eq!(server.ended().0, Some(0));
    fs::write(bench.path("sets/b.toml"), TWO).unwrap();
    fs::write(bench.path("sets/c.toml"), "id = \"c\"\ntitle = 3\n").unwrap();
    let done = bench.run("serve --listen 127.0.0.1:0 --criteria-dir sets");
    done.fails_with(1);
    assert!(done.stderr.contains("b.toml"), "{}", done.stderr);
    assert!(done.stderr.contains("c.toml:2"), "{}", done.stderr);
}

#[test]
fn a_port_that_is_taken_is_told_with_what_to_do() {
    let bench = Bench::with(&[]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let done = bench.run(&format!("serve --listen localhost:{port}"));
    done.fails_with(1);
    assert!(
        done.stderr.contains("choose another port"),
        "{}",
        done.stderr
    );
}
