//! How much a request may send.

use std::io::Write as _;

use scorecard::web::Settings;

use crate::support::{Raw, TestApp};

fn small() -> TestApp {
    TestApp::with(Settings {
        no_login: true,
        max_upload: 1000,
        ..Settings::default()
    })
}

#[test]
fn a_body_that_says_it_is_too_long_is_refused_before_it_is_sent() {
    let app = small();
    for length in ["1001", "10737418240", "18446744073709551615"] {
        let head = app.head("POST", "/api/x");
        let answer = app.raw(&format!("{head}Content-Length: {length}\r\n\r\n"));
        assert_eq!(answer.status, 413, "{length}");
        assert!(
            answer.text.contains("larger than the 1000 bytes"),
            "{}",
            answer.text
        );
        assert!(answer.text.contains("application/problem+json"));
    }
}

#[test]
fn a_client_that_sends_all_of_a_long_body_still_hears_why_not() {
    let app = small();
    let request = app
        .request("POST", "/nowhere")
        .body(vec![b'x'; 100_000_000]);
    let response = request.send().unwrap();
    assert_eq!(response.status(), 413);
    assert!(response.text().unwrap().contains("--max-upload"));
}

#[test]
fn the_server_goes_on_after_a_body_without_an_end() {
    let app = small();
    let mut stream = app.connect();
    let head = app.head("POST", "/api/x");
    write!(stream, "{head}Transfer-Encoding: chunked\r\n\r\n").unwrap();
    for _ in 0..100_000 {
        if stream.write_all(b"64\r\n").is_err()
            || stream.write_all(&[b'x'; 100]).is_err()
            || stream.write_all(b"\r\n").is_err()
        {
            break;
        }
    }
    drop(stream);
    assert_eq!(app.get("/health/live").status(), 200);
}

#[test]
fn a_body_up_to_the_limit_is_taken() {
    let app = small();
    let mut stream = app.connect();
    let head = app.head("POST", "/nowhere");
    write!(
        stream,
        "{head}Content-Length: 1000\r\n\r\n{}",
        "x".repeat(1000)
    )
    .unwrap();
    assert_eq!(Raw::from(&mut stream).status, 404);
}
