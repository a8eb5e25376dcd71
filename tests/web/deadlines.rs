//! How long a request may take.

use std::io::Write as _;
use std::time::{Duration, Instant};

use scorecard::web::Settings;

use crate::support::{Raw, TestApp};

#[test]
fn a_head_that_does_not_come_is_given_up() {
    let app = TestApp::with(Settings {
        head_deadline: Duration::from_secs(1),
        ..Settings::default()
    });
    let mut stream = app.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    let started = Instant::now();
    assert_eq!(Raw::from(&mut stream).status, 408);
    assert!(started.elapsed() < Duration::from_secs(10));
}
