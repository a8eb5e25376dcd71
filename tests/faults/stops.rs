//! Told to stop: what is in flight is finished, nothing new begins, and one file is left.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::kills::{everything_adds_up, started};
use crate::process::Process;
use crate::programs::at;
use crate::{alone, sheet};

fn connect(server: &Process) -> Option<TcpStream> {
    let address = server.address.trim_start_matches("http://");
    let stream = TcpStream::connect(address).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    Some(stream)
}

#[test]
fn told_to_stop_it_finishes_what_is_in_flight_refuses_what_is_new_and_leaves_one_file() {
    let _machine = alone();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Process::start(&data, &[]);
    let id = started(&server);
    let part = "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    let body = format!("{part}{}\r\n--X--\r\n", sheet("ITIL-INC", "in flight"));
    let (one, other) = body.split_at(body.len() / 2);
    let host = server.address.trim_start_matches("http://").to_owned();
    let mut upload = connect(&server).unwrap();
    write!(
        upload,
        "POST {}/sheets HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary=X\r\nContent-Length: {}\r\n\r\n{one}",
        at(&id),
        body.len()
    )
    .unwrap();
    // Until the server has begun with it.
    std::thread::sleep(Duration::from_millis(300));
    let told = Instant::now();
    let signal = Command::new("kill")
        .args(["-s", "TERM", &server.id().to_string()])
        .status();
    assert!(signal.unwrap().success());
    std::thread::sleep(Duration::from_millis(700));
    let late = connect(&server).map(|mut stream| {
        let mut answer = String::new();
        // Neither has to succeed: a connection that is refused is what is hoped for.
        let _ = write!(stream, "GET /health/live HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream
            .set_read_timeout(Some(Duration::from_secs(1)))
            .unwrap();
        let _ = stream.read_to_string(&mut answer);
        answer
    });
    assert!(late.is_none_or(|answer| !answer.contains("200 OK")));
    upload.write_all(other.as_bytes()).unwrap();
    let mut answer = String::new();
    upload.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert_eq!(server.ended(), Some(0));
    assert!(told.elapsed() < Duration::from_secs(30));
    let mut names: Vec<_> = std::fs::read_dir(&data)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["scorecard.db", "scorecard.lock"]);
    everything_adds_up(&data);
    let again = Process::start(&data, &[]);
    let state = again.ask(&at(&id)).is(200).json();
    assert_eq!(state["sheets"].as_array().unwrap().len(), 1);
}
