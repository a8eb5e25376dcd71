//! The host a request is for: only this machine, by the names it has for itself.
//!
//! A web page elsewhere can let its own name point to 127.0.0.1 and would then count as the same site; it cannot send
//! another host than its own name.

use actix_web::dev::RequestHead;
use actix_web::http::header::HOST;
use actix_web::http::uri::Authority;

use super::super::error::Error;
use super::super::exposure::PublicUrl;
use super::only;

/// Refuses a request that is for another host.
pub(super) fn check(
    head: &RequestHead,
    port: u16,
    public: Option<&PublicUrl>,
) -> Result<(), Error> {
    let named = head.uri.authority().map(Authority::as_str);
    let sent = only(&head.headers, HOST.as_str());
    let ours = |host: &str| {
        is_ours(host, port)
            || public.is_some_and(|public| host.eq_ignore_ascii_case(public.authority()))
    };
    if sent.is_some_and(ours) && named.is_none_or(ours) {
        Ok(())
    } else {
        Err(Error::WrongHost)
    }
}

/// Whether `host:port` is one of the names of this machine with the port of this server.
pub(super) fn is_ours(host: &str, port: u16) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        let Some((front, rest)) = host.split_at_checked(name.len()) else {
            return false;
        };
        let same_port = match rest.strip_prefix(':') {
            Some(digits) => digits == port.to_string(),
            None => rest.is_empty() && port == 80,
        };
        front.eq_ignore_ascii_case(name) && same_port
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_with_this_port_is_meant() {
        for host in [
            "localhost:8080",
            "LocalHost:8080",
            "127.0.0.1:8080",
            "[::1]:8080",
        ] {
            assert!(is_ours(host, 8080), "{host}");
        }
        for host in [
            "",
            "localhost",
            "localhost:80",
            "localhost:08080",
            "localhost:8080.",
            "localhost.evil.example:8080",
            "evil.example:8080",
            "127.0.0.1.evil.example:8080",
            "127.0.0.2:8080",
            "user@localhost:8080",
            "[::1]",
        ] {
            assert!(!is_ours(host, 8080), "{host}");
        }
    }

    #[test]
    fn the_port_may_be_left_out_where_it_is_the_usual_one() {
        assert!(is_ours("localhost", 80));
        assert!(is_ours("localhost:80", 80));
    }
}
