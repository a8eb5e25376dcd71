//! What a browser sees over TLS. The certificate in `tests/data/tls` is for these tests alone.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use scorecard::web::{Settings, TlsFiles};

use crate::clients::drained;
use crate::grader::{Way, grade, marks, score};
use crate::support::TestApp;

const PASSWORD: &str = "four words are enough";

fn file(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/tls")
        .join(name)
}

fn encrypted(settings: Settings) -> TestApp {
    TestApp::with(Settings {
        tls: Some(TlsFiles {
            certificate: file("certificate.pem"),
            key: file("key.pem"),
        }),
        public: Some("https://scores.example.org".parse().unwrap()),
        ..settings
    })
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

fn connect(app: &TestApp) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_file(file("certificate.pem")).unwrap();
    roots.add(certificate).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = "localhost".try_into().unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    StreamOwned::new(connection, app.connect())
}

/// One request over a connection of its own, as a browser that has opened the public address sends it.
fn ask(app: &TestApp, method: &str, path: &str, cookie: &str, body: &str) -> Answer {
    let mut stream = connect(app);
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: scores.example.org\r\nOrigin: https://scores.example.org\r\n\
         Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut bytes = Vec::new();
    // How the other side closes is not what is looked at.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let headers = lines.filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((
            HeaderName::from_bytes(name.as_bytes()).ok()?,
            HeaderValue::from_str(value).ok()?,
        ))
    });
    Answer {
        status: status.unwrap().parse().unwrap(),
        headers: headers.collect(),
        body: body.to_owned(),
    }
}

#[test]
fn over_tls_every_answer_is_graded_a_plus_and_asks_for_tls_from_then_on() {
    let app = encrypted(Settings::default());
    let link = app.announced().last().unwrap().clone();
    let secret = link
        .strip_prefix("https://scores.example.org/set-up?t=")
        .unwrap();
    let typed = PASSWORD.replace(' ', "+");
    let set_up = format!("secret={secret}&name=root&password={typed}&again={typed}");
    let sign_in = format!("name=root&password={typed}");
    let mut cookie = String::new();
    for (method, path, body, status) in [
        ("GET", format!("/set-up?t={secret}"), "", 200),
        ("POST", "/set-up".to_owned(), set_up.as_str(), 303),
        ("GET", "/".to_owned(), "", 303),
        ("GET", "/sign-in".to_owned(), "", 200),
        ("POST", "/sign-in".to_owned(), sign_in.as_str(), 303),
        ("GET", "/".to_owned(), "", 200),
        ("GET", "/account".to_owned(), "", 200),
        ("GET", "/users".to_owned(), "", 200),
        ("GET", "/evaluations/abcdefghjkmn".to_owned(), "", 404),
        ("GET", "/api/v1/evaluations".to_owned(), "", 200),
        ("POST", "/sign-out".to_owned(), "", 303),
        ("GET", "/api/v1/evaluations".to_owned(), "", 401),
        ("GET", "/health/live".to_owned(), "", 200),
    ] {
        let answer = ask(&app, method, &path, &cookie, body);
        assert_eq!(answer.status, status, "{method} {path} {}", answer.body);
        let found = marks(&answer.headers, Way::Tls, 0);
        assert_eq!(grade(score(&found)), "A+", "{method} {path}: {found:?}");
        assert!(
            found.iter().all(|mark| mark.score >= 0),
            "{path}: {found:?}"
        );
        let strict = &answer.headers["strict-transport-security"];
        assert_eq!(strict, "max-age=31536000", "{path}");
        if let Some(set) = answer.headers.get("set-cookie") {
            let set = set.to_str().unwrap();
            assert!(set.starts_with("__Host-scorecard="), "{set}");
            for bound in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
                assert!(set.contains(bound), "{set}");
            }
            set.split(';').next().unwrap().clone_into(&mut cookie);
        }
    }
}

#[test]
fn what_is_not_encrypted_is_not_answered_where_a_certificate_is_given() {
    let app = encrypted(Settings::default());
    let mut plain: TcpStream = app.connect();
    plain
        .write_all(app.head("GET", "/health/live").as_bytes())
        .unwrap();
    plain.write_all(b"\r\n").unwrap();
    let mut bytes = Vec::new();
    let _ = plain.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("HTTP/1.1 2"), "{text}");
}

#[test]
fn who_takes_nothing_over_tls_is_given_up_too() {
    let patience = Duration::from_secs(2);
    let app = encrypted(Settings {
        write_deadline: patience,
        ..Settings::default()
    });
    let secret = app.announced().last().unwrap().clone();
    let secret = secret.rsplit('=').next().unwrap().to_owned();
    let page = ask(&app, "GET", &format!("/set-up?t={secret}"), "", "").body;
    let links = page.split('"').find(|part| part.ends_with("/style.css"));
    let style = links.unwrap().to_owned();
    let size = ask(&app, "GET", &style, "", "").body.len();
    // Several times what fills the buffers on the way.
    let wanted = 40_000_000_usize.div_ceil(size);
    let mut stream = connect(&app);
    let limit = Some(Duration::from_millis(500));
    stream.sock.set_write_timeout(limit).unwrap();
    let asked = format!("GET {style} HTTP/1.1\r\nHost: scores.example.org\r\n\r\n");
    // The server may stop to read before all of it is sent.
    let _ = stream.write_all(asked.repeat(wanted).as_bytes());
    std::thread::sleep(patience * 3);
    let (bytes, is_closed) = drained(&mut stream.sock);
    assert!(is_closed, "it is still connected after {bytes} bytes");
    assert!(bytes < wanted * size, "it was given everything after all");
}
