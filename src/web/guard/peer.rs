//! From where a request comes: the machine at the other end, or, where that is a proxy of ours, the one it names.

use std::net::IpAddr;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::HeaderMap;

use super::super::error::Error;
use super::super::settings::Settings;
use super::super::source::Source;
use super::only;

const FORWARDED: &str = "x-forwarded-for";

/// Refuses what comes around the proxies, where there are some, and finds out from where a request comes.
pub(super) fn check(request: &ServiceRequest, settings: &Settings) -> Result<Source, Error> {
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    source(peer, request.headers(), &settings.proxies).map(Source::new)
}

fn source(
    peer: Option<IpAddr>,
    headers: &HeaderMap,
    proxies: &[IpAddr],
) -> Result<Option<IpAddr>, Error> {
    if proxies.is_empty() {
        // Nobody else is believed about where a request comes from.
        return Ok(peer);
    }
    if !peer.is_some_and(|peer| proxies.contains(&peer)) {
        tracing::warn!(peer = ?peer, "a request came around the proxy");
        return Err(Error::AroundTheProxy);
    }
    // The last address is the one that our proxy has seen; those before it were sent along by whoever asks.
    let named = only(headers, FORWARDED).and_then(|list| list.rsplit(',').next());
    let named = named.and_then(|text| text.trim().parse::<IpAddr>().ok());
    Ok(named.map(|ip| ip.to_canonical()).or(peer))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn sent(values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            let name = HeaderName::from_static(FORWARDED);
            headers.append(name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn without_a_proxy_nobody_is_believed_about_where_they_are() {
        let from = source(Some(ip("10.0.0.9")), &sent(&["1.2.3.4"]), &[]);
        assert_eq!(from.unwrap(), Some(ip("10.0.0.9")));
    }

    #[test]
    fn what_comes_around_the_proxy_is_refused_whatever_it_says() {
        let proxies = [ip("10.0.0.1")];
        for peer in [None, Some(ip("10.0.0.2")), Some(ip("127.0.0.1"))] {
            assert!(source(peer, &sent(&["10.0.0.1"]), &proxies).is_err());
        }
    }

    #[test]
    fn the_proxy_is_believed_about_the_last_address_only() {
        let (proxy, proxies) = (Some(ip("10.0.0.1")), [ip("10.0.0.1")]);
        for (values, from) in [
            (&["1.2.3.4"][..], "1.2.3.4"),
            (&["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
            (&["::ffff:1.2.3.4"], "1.2.3.4"),
            // Sent twice or no address: then all that is known is the proxy.
            (&["6.6.6.6", "1.2.3.4"], "10.0.0.1"),
            (&["unknown"], "10.0.0.1"),
            (&[], "10.0.0.1"),
        ] {
            let found = source(proxy, &sent(values), &proxies).unwrap();
            assert_eq!(found, Some(ip(from)), "{values:?}");
        }
    }
}
