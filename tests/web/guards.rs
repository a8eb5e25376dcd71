//! Who is refused before anything else is looked at.

use crate::support::TestApp;

#[test]
fn a_request_for_another_host_is_refused() {
    let app = TestApp::open();
    for host in [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example",
    ] {
        let answer = app.raw(&format!(
            "GET /health/live HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(answer.status, 421, "{host}");
        assert!(
            answer.text.contains("is for another host"),
            "{}",
            answer.text
        );
    }
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        let port = app.port;
        let answer = app.raw(&format!(
            "GET /health/live HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(answer.status, 200, "{host}");
    }
    let port = app.port;
    let named = app.raw(&format!(
        "GET http://evil.example/health/live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    ));
    assert_eq!(named.status, 421);
}

#[test]
fn another_site_cannot_post() {
    let app = TestApp::entered();
    let post = |name: &str, value: &str| {
        let request = app.request("POST", "/nowhere").header(name, value);
        request.send().unwrap().status().as_u16()
    };
    assert_eq!(post("sec-fetch-site", "cross-site"), 403);
    assert_eq!(post("sec-fetch-site", "same-site"), 403);
    assert_eq!(post("origin", "http://evil.example"), 403);
    assert_eq!(post("origin", &app.url("")), 404);
    assert_eq!(post("sec-fetch-site", "same-origin"), 404);
    assert_eq!(post("accept", "*/*"), 404, "a program, and no browser");
    let both = |origin: &str, site: &str| {
        let request = app.request("POST", "/nowhere").header("origin", origin);
        let request = request.header("sec-fetch-site", site);
        request.send().unwrap().status().as_u16()
    };
    assert_eq!(both("http://evil.example", "same-origin"), 403);
    assert_eq!(both("null", "same-origin"), 403);
    assert_eq!(both(&app.url(""), "cross-site"), 403);
    assert_eq!(both(&app.url(""), "same-origin"), 404);
}

#[test]
fn without_a_login_no_proxy_may_stand_in_for_this_machine() {
    let app = TestApp::open();
    for name in ["forwarded", "x-forwarded-for", "x-forwarded-host"] {
        let refused = app
            .request("GET", "/api/x")
            .header(name, "10.0.0.1")
            .send()
            .unwrap();
        assert_eq!(refused.status(), 403, "{name}");
        assert!(refused.text().unwrap().contains("--no-login"));
    }
    let app = TestApp::entered();
    let passed = app
        .request("GET", "/api/x")
        .header("x-forwarded-for", "10.0.0.1");
    assert_eq!(passed.send().unwrap().status(), 404);
}

#[test]
fn every_answer_carries_the_headers_that_protect_it() {
    let app = TestApp::locked();
    let icon = {
        let page = app.get("/").text().unwrap();
        let from = page.find("/assets/").unwrap();
        page[from..].split('"').next().unwrap().to_owned()
    };
    let link = app.newest_link().replace(&app.url(""), "");
    for path in [
        "/",
        "/api/x",
        "/health/live",
        "/nowhere",
        icon.as_str(),
        link.as_str(),
    ] {
        let answer = app.get(path);
        let headers = answer.headers();
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "x-request-id",
            "cache-control",
        ] {
            assert!(headers.contains_key(name), "{path}: {name}");
        }
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"));
        assert!(!headers.contains_key("server"));
    }
}

#[test]
fn assets_are_kept_for_ever_and_change_their_address_with_their_content() {
    let app = TestApp::locked();
    let page = app.get("/").text().unwrap();
    for part in page.split("/assets/").skip(1) {
        let path = format!("/assets/{}", part.split('"').next().unwrap());
        let asset = app.get(&path);
        assert_eq!(asset.status(), 200, "{path}");
        assert!(
            asset.headers()["cache-control"]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        let tag = asset.headers()["etag"].clone();
        let again = app
            .request("GET", &path)
            .header("if-none-match", tag)
            .send()
            .unwrap();
        assert_eq!(again.status(), 304);
    }
    assert_eq!(app.get("/assets/0000000000000000/style.css").status(), 404);
}
