//! Where a request comes from: no other site may change anything here, and no proxy may stand in for this machine.

use actix_web::dev::RequestHead;
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, ORIGIN};

use super::super::error::Error;
use super::host::is_ours;
use super::only;

const SITE: &str = "sec-fetch-site";

/// Refuses what another site sends to change something. Without a login it refuses whatever another site or a proxy sends.
pub(super) fn check(head: &RequestHead, no_login: bool, port: u16) -> Result<(), Error> {
    if no_login && came_through_a_proxy(&head.headers) {
        return Err(Error::Forwarded);
    }
    let safe = matches!(head.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if safe && !no_login {
        return Ok(());
    }
    let ours = if head.headers.contains_key(SITE) {
        matches!(only(&head.headers, SITE), Some("same-origin" | "none"))
    } else {
        !head.headers.contains_key(ORIGIN)
            || only(&head.headers, ORIGIN.as_str())
                .is_some_and(|origin| is_our_origin(origin, port))
    };
    if ours { Ok(()) } else { Err(Error::CrossSite) }
}

fn came_through_a_proxy(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| {
        let name = name.as_str();
        name == "forwarded" || name == "x-real-ip" || name.starts_with("x-forwarded")
    })
}

fn is_our_origin(origin: &str, port: u16) -> bool {
    origin
        .strip_prefix("http://")
        .is_some_and(|host| is_ours(host, port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn passes(method: Method, headers: &[(&'static str, &str)], no_login: bool) -> bool {
        let mut request = TestRequest::default().method(method);
        for header in headers {
            request = request.append_header(*header);
        }
        check(request.to_srv_request().head(), no_login, 8080).is_ok()
    }

    #[test]
    fn another_site_cannot_change_anything() {
        for (headers, passed) in [
            (&[][..], true),
            (&[(SITE, "same-origin")], true),
            (&[(SITE, "none")], true),
            (&[(SITE, "same-site")], false),
            (&[(SITE, "cross-site")], false),
            (&[(SITE, "")], false),
            (&[(SITE, "same-origin"), (SITE, "none")], false),
            (&[("origin", "http://localhost:8080")], true),
            (&[("origin", "http://127.0.0.1:8080")], true),
            (&[("origin", "http://localhost:8081")], false),
            (&[("origin", "https://localhost:8080")], false),
            (&[("origin", "http://evil.example")], false),
            (&[("origin", "null")], false),
            (
                &[("origin", "http://localhost:8080"), ("origin", "null")],
                false,
            ),
            (
                &[("origin", "http://localhost:8080"), (SITE, "cross-site")],
                false,
            ),
        ] {
            for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                assert_eq!(
                    passes(method.clone(), headers, false),
                    passed,
                    "{method} {headers:?}"
                );
            }
        }
    }

    #[test]
    fn links_from_elsewhere_may_be_followed_but_not_without_a_login() {
        let elsewhere = [(SITE, "cross-site")];
        assert!(passes(Method::GET, &elsewhere, false));
        assert!(!passes(Method::GET, &elsewhere, true));
        assert!(passes(Method::GET, &[(SITE, "none")], true));
        assert!(passes(Method::GET, &[], true));
    }

    #[test]
    fn a_proxy_is_refused_without_a_login_only() {
        for name in [
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-real-ip",
        ] {
            assert!(!passes(Method::GET, &[(name, "x")], true), "{name}");
            assert!(passes(Method::GET, &[(name, "x")], false), "{name}");
        }
    }
}
