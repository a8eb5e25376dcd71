//! Where a request comes from: no other site may change anything here, and no proxy may stand in for this machine.

use actix_web::dev::RequestHead;
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, ORIGIN};

use super::super::error::Error;
use super::super::exposure::PublicUrl;
use super::super::state::State;
use super::{host, only};

const SITE: &str = "sec-fetch-site";

/// Refuses what another site sends to change something. Without a login it refuses whatever another site or a proxy sends.
pub(super) fn check(head: &RequestHead, state: &State) -> Result<(), Error> {
    let public = state.settings().public.as_ref();
    checked(head, state.no_login(), state.port(), public)
}

fn checked(
    head: &RequestHead,
    no_login: bool,
    port: u16,
    public: Option<&PublicUrl>,
) -> Result<(), Error> {
    if no_login && came_through_a_proxy(&head.headers) {
        return Err(Error::Forwarded);
    }
    if is_safe(&head.method) && !no_login {
        return Ok(());
    }
    match is_ours(&head.headers, port, public) {
        // Neither header: no browser.
        None | Some(true) => Ok(()),
        Some(false) => Err(Error::CrossSite),
    }
}

/// Of a browser that signs in or is signed in: what changes something must prove that one of our own pages sent it. A request
/// that says nothing of where it comes from is no proof.
pub(super) fn demand_same_origin(head: &RequestHead, state: &State) -> Result<(), Error> {
    let public = state.settings().public.as_ref();
    proven(head, state.port(), public)
}

fn proven(head: &RequestHead, port: u16, public: Option<&PublicUrl>) -> Result<(), Error> {
    if is_safe(&head.method) || is_ours(&head.headers, port, public) == Some(true) {
        Ok(())
    } else {
        Err(Error::CrossSite)
    }
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether one of our own pages sent it; `None` if it does not say. Where both headers say something, both must.
fn is_ours(headers: &HeaderMap, port: u16, public: Option<&PublicUrl>) -> Option<bool> {
    let by_site = headers
        .contains_key(SITE)
        .then(|| matches!(only(headers, SITE), Some("same-origin" | "none")));
    let by_origin = headers.contains_key(ORIGIN).then(|| {
        only(headers, ORIGIN.as_str()).is_some_and(|origin| is_our_origin(origin, port, public))
    });
    match (by_site, by_origin) {
        (Some(site), Some(origin)) => Some(site && origin),
        (site, origin) => site.or(origin),
    }
}

fn came_through_a_proxy(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| {
        let name = name.as_str();
        name == "forwarded" || name == "x-real-ip" || name.starts_with("x-forwarded")
    })
}

fn is_our_origin(origin: &str, port: u16, public: Option<&PublicUrl>) -> bool {
    let here = origin.strip_prefix("http://");
    here.is_some_and(|host| host::is_ours(host, port))
        || public.is_some_and(|public| origin.eq_ignore_ascii_case(&public.origin()))
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
        checked(request.to_srv_request().head(), no_login, 8080, None).is_ok()
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
            (
                &[("origin", "http://evil.example"), (SITE, "same-origin")],
                false,
            ),
            (&[("origin", "null"), (SITE, "same-origin")], false),
            (
                &[("origin", "http://localhost:8080"), (SITE, "same-origin")],
                true,
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

    #[test]
    fn a_signed_in_browser_proves_where_a_change_comes_from() {
        let public = "https://scores.example.org".parse::<PublicUrl>().unwrap();
        let proves = |method: Method, header: Option<(&'static str, &str)>| {
            let mut request = TestRequest::default().method(method);
            if let Some(header) = header {
                request = request.append_header(header);
            }
            proven(request.to_srv_request().head(), 8080, Some(&public)).is_ok()
        };
        assert!(proves(Method::GET, None));
        assert!(!proves(Method::POST, None), "silence is no proof");
        for (header, expected) in [
            ((SITE, "same-origin"), true),
            ((SITE, "cross-site"), false),
            (("origin", "https://scores.example.org"), true),
            (("origin", "http://scores.example.org"), false),
            (("origin", "https://evil.example"), false),
        ] {
            assert_eq!(proves(Method::POST, Some(header)), expected, "{header:?}");
        }
    }
}
