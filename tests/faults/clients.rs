//! Clients that dawdle, flood or send too much: they are given up, and nobody else notices.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use scorecard::web::Settings;

use crate::process::Process;
use crate::programs::{Answer, at};
use crate::support::TestApp;
use crate::{alone, begin, say, sheet, thorough};

/// How long the slowest but one in a hundred requests of an honest client takes.
fn slowest_of_an_honest_client(app: &TestApp, path: &str) -> Duration {
    // Each time over a connection of its own, as somebody who has only just come.
    let newcomer = reqwest::blocking::Client::builder()
        .pool_max_idle_per_host(0)
        .no_proxy()
        .build()
        .unwrap();
    let mut times: Vec<Duration> = (0..300)
        .map(|_| {
            let started = Instant::now();
            Answer::of(newcomer.get(app.url(path))).is(200);
            started.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() * 99 / 100]
}

/// Reads whatever comes until the other side closes; how many bytes, and whether it did.
pub fn drained(stream: &mut TcpStream) -> (usize, bool) {
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    let (mut sum, mut buffer) = (0, vec![0; 1 << 16]);
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return (sum, true),
            Ok(count) => sum += count,
            Err(why) => {
                let is_late = matches!(
                    why.kind(),
                    std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                );
                return (sum, !is_late);
            }
        }
    }
}

#[test]
fn five_hundred_who_dawdle_are_given_up_and_an_honest_client_notices_nothing() {
    let _machine = alone();
    let patience = Duration::from_secs(2);
    let app = TestApp::with(Settings {
        no_login: true,
        head_deadline: patience,
        body_grace: patience,
        write_deadline: patience,
        ..Settings::default()
    });
    let id = app.started(&begin());
    app.upload(&id, "a.csv", sheet("ITIL-INC", &"seen ".repeat(6000)), &[])
        .is(201);
    let export = format!("{}/sheets/1/original", at(&id));
    let size = app.ask(&export).is(200).bytes.len();
    let ask = format!(
        "GET {export} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n",
        app.port
    );
    let head = app.head("POST", &format!("{}/sheets", at(&id)));
    // As many answers as fill the buffers on the way several times over.
    let wanted = 400;
    let ranking = format!("{}/ranking", at(&id));
    let usual = slowest_of_an_honest_client(&app, &ranking);
    let mut slow: Vec<(TcpStream, usize)> = Vec::new();
    for number in 0..500 {
        let mut stream = app.connect();
        match number % 5 {
            0 | 1 => stream.write_all(b"GET / HTTP/1.1\r\nHo").unwrap(),
            2 | 3 => {
                let kind = "Content-Type: multipart/form-data; boundary=X\r\n";
                write!(stream, "{head}{kind}Content-Length: 100000\r\n\r\n--X").unwrap();
            }
            _ => {
                // The server may stop to read before all of it is sent.
                stream
                    .set_write_timeout(Some(Duration::from_millis(500)))
                    .unwrap();
                let _ = stream.write_all(ask.repeat(wanted).as_bytes());
            }
        }
        slow.push((stream, number % 5));
    }
    let slowest = slowest_of_an_honest_client(&app, &ranking);
    say(format_args!(
        "99 of 100 honest requests took at most {slowest:?}, without the others {usual:?}"
    ));
    // A machine that is busy with something else is slow by itself.
    let limit = Duration::from_secs(1).max(usual * 10);
    assert!(slowest < limit, "{slowest:?}, without the others {usual:?}");
    std::thread::sleep(patience * 3);
    for (mut stream, kind) in slow {
        let (bytes, is_closed) = drained(&mut stream);
        assert!(is_closed, "kind {kind} is still connected");
        if kind == 4 {
            assert!(bytes < wanted * size, "it was given everything after all");
        }
    }
    assert_eq!(app.get("/health/live").status(), 200);
}

/// Lets this process, and those it starts, have as many files open as the system allows; how many that is.
fn open_as_many_as_allowed() -> u64 {
    let found = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: found.maximum,
        maximum: found.maximum,
    };
    setrlimit(Resource::Nofile, raised).unwrap();
    found.maximum.unwrap_or(u64::MAX)
}

fn peak_of(server: &Process) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let peak = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    let kilobytes = peak.split_whitespace().nth(1).unwrap();
    kilobytes.parse::<u64>().unwrap() / 1024
}

#[test]
fn ten_thousand_idle_connections_cost_little_and_keep_nobody_out() {
    let _machine = alone();
    let allowed = open_as_many_as_allowed();
    let count = allowed.saturating_sub(500).min(10_000);
    if count < 10_000 {
        say(format_args!(
            "this system allows {allowed} open files: tried with {count} connections"
        ));
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Process::start(&data, &["env", "SCORECARD_MAX_CONNECTIONS=11000"]);
    let address = server.address.trim_start_matches("http://").to_owned();
    server.ask("/health/live").is(200);
    let started = Instant::now();
    let open = || (0..count / 8).map(|_| TcpStream::connect(&address).unwrap());
    let idle: Vec<TcpStream> = std::thread::scope(|scope| {
        let people: Vec<_> = (0..8).map(|_| scope.spawn(|| open().collect())).collect();
        let opened = people.into_iter().map(|one| one.join().unwrap());
        opened.flat_map(|some: Vec<TcpStream>| some).collect()
    });
    let opened = started.elapsed();
    let asked = Instant::now();
    server.ask("/health/live").is(200);
    let answered = asked.elapsed();
    let peak = peak_of(&server);
    say(format_args!(
        "{count} in {opened:?}, an honest answer in {answered:?}, {peak} MiB at most"
    ));
    assert!(answered < Duration::from_secs(2), "{answered:?}");
    assert!(peak < 300, "{peak} MiB");
    drop(idle);
    server.ask("/health/ready").is(200);
}

#[test]
fn where_the_system_allows_few_files_that_is_told_and_nobody_is_kept_out_for_long() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let script = "ulimit -n 160; exec \"$@\"";
    let server = Process::start(&data, &["sh", "-c", script, "sh"]);
    let log = std::fs::read_to_string(data.with_extension("log")).unwrap();
    assert!(
        log.contains("there are 60 connections at one time and not 900"),
        "{log}"
    );
    assert!(log.contains("ulimit -n 1000"), "{log}");
    let address = server.address.trim_start_matches("http://").to_owned();
    let idle: Vec<TcpStream> = (0..200)
        .map(|_| TcpStream::connect(&address).unwrap())
        .collect();
    // Those who were first are given up after five seconds, and who waits comes in.
    server.ask("/health/live").is(200);
    drop(idle);
    server.ask("/health/ready").is(200);
    let log = std::fs::read_to_string(data.with_extension("log")).unwrap();
    assert!(!log.contains("Too many open files"), "{log}");
}

#[test]
fn a_packed_body_is_not_unpacked() {
    let app = TestApp::open();
    let bomb = {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![b' '; 64 << 20]).unwrap();
        packed.finish().unwrap()
    };
    assert!(bomb.len() < 100_000);
    let started = Instant::now();
    for kind in ["application/json", "text/csv"] {
        let request = app
            .request("POST", "/api/v1/evaluations")
            .header("content-encoding", "gzip")
            .header("content-type", kind)
            .body(bomb.clone());
        let status = request.send().unwrap().status().as_u16();
        assert!(matches!(status, 400 | 415 | 422), "{kind}: {status}");
    }
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_body_of_ten_gigabytes_is_refused_before_it_is_sent_and_one_without_an_end_is_cut_off() {
    let app = TestApp::open();
    let id = app.started(&begin());
    let head = app.head("POST", &format!("{}/sheets", at(&id)));
    let kind = "Content-Type: multipart/form-data; boundary=X\r\n";
    let started = Instant::now();
    let answer = app.raw(&format!("{head}{kind}Content-Length: 10737418240\r\n\r\n"));
    assert_eq!(answer.status, 413, "{}", answer.text);
    assert!(started.elapsed() < Duration::from_secs(2));
    let mut stream = app.connect();
    write!(stream, "{head}{kind}Transfer-Encoding: chunked\r\n\r\n").unwrap();
    let part = "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    write!(stream, "{:x}\r\n{part}\r\n", part.len()).unwrap();
    let chunk = [b"100000\r\n".as_slice(), &vec![b'x'; 1 << 20], b"\r\n"].concat();
    // What is already on its way is thrown away for a second, so that the answer is not lost with it.
    let started = Instant::now();
    let sent = (0..).take_while(|_| {
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "it goes on and on"
        );
        stream.write_all(&chunk).is_ok()
    });
    say(format_args!("cut off after {} MiB", sent.count()));
    assert_eq!(app.get("/health/live").status(), 200);
}

#[test]
fn sheets_made_to_cost_much_are_answered_soon_and_keep_nobody_waiting() {
    let _machine = alone();
    let app = TestApp::open();
    let id = app.started(&begin());
    let rows =
        |row: &str, count: usize| format!("vendor,criterion,score,comment\n{}", row.repeat(count));
    let bombs = [
        (
            "nothing but mistakes",
            rows("Acmee,ITIL-XXX,99,=1+1\n", 25_000),
        ),
        (
            "one vendor again and again",
            rows("Acme,ITIL-INC,4,\n", 25_000),
        ),
        (
            "one long line",
            rows(&format!("{}\n", ",".repeat(200_000)), 1),
        ),
        ("quotes without an end", rows(&"\"\"\"".repeat(50_000), 1)),
        (
            "a cell of a megabyte",
            rows(&format!("Acme,ITIL-INC,4,{}\n", "x".repeat(1 << 20)), 1),
        ),
        ("names that look alike", rows("Аcme,ITIL-INC,4,\n", 5000)),
    ];
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 2 });
    std::thread::scope(|scope| {
        for (what, text) in bombs {
            let (app, id) = (&app, &id);
            scope.spawn(move || {
                let started = Instant::now();
                let answer = app.upload(id, "bomb.csv", text, &[("evaluator", "Ana")]);
                let took = started.elapsed();
                // The same answer again and again is one answer, and noticed.
                let is_taken = what.starts_with("one vendor") && answer.status == 201;
                assert!(
                    is_taken || matches!(answer.status, 413 | 422),
                    "{what}: {}",
                    answer.status
                );
                assert!(took < limit, "{what}: {took:?}");
                assert!(
                    answer.bytes.len() < 4 << 20,
                    "{what}: {} bytes",
                    answer.bytes.len()
                );
            });
        }
        if thorough() {
            let slowest = slowest_of_an_honest_client(&app, "/health/live");
            assert!(slowest < Duration::from_secs(1), "{slowest:?}");
        }
    });
    let filed = app.ask(&format!("{}/sheets", at(&id))).is(200).json();
    assert_eq!(filed["sheets"].as_array().unwrap().len(), 1);
}
