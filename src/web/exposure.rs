//! Being reached from other machines: under which name, and how what is sent is kept from being read on the way.

use std::fs::File;
use std::io::BufReader;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use actix_web::http::Uri;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use thiserror::Error;

/// The address under which people open the service, like `https://scores.example.org`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// `host` or `host:port`, in small letters.
    authority: String,
}

/// Why a text is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "write the address that people open, with https:// and without a path, like https://scores.example.org"
)]
pub struct NotPublic;

impl PublicUrl {
    /// The host and perhaps the port.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// As browsers name where a request comes from.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("https://{}", self.authority)
    }
}

impl FromStr for PublicUrl {
    type Err = NotPublic;

    fn from_str(text: &str) -> Result<Self, NotPublic> {
        let rest = text.strip_prefix("https://").ok_or(NotPublic)?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let uri: Uri = rest.parse().map_err(|_| NotPublic)?;
        let authority = uri.authority().ok_or(NotPublic)?.as_str();
        if authority != rest || authority.contains('@') {
            return Err(NotPublic);
        }
        Ok(Self {
            authority: authority.to_ascii_lowercase(),
        })
    }
}

/// The exact address of a proxy. There is no wildcard: who could stand anywhere could be anybody.
///
/// # Errors
/// [`NotAProxy`] if it is no address of one machine.
pub fn proxy(text: &str) -> Result<IpAddr, NotAProxy> {
    let address: IpAddr = text.trim().parse().map_err(|_| NotAProxy)?;
    if address.is_unspecified() || address.is_multicast() {
        return Err(NotAProxy);
    }
    Ok(address.to_canonical())
}

/// Why a text is no address of a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("write the exact address of the proxy, like 127.0.0.1; names, ranges and * are not taken")]
pub struct NotAProxy;

/// The files of a certificate and its key, in PEM.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The certificate, and those between it and the authority.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// Why a certificate cannot be used.
#[derive(Debug, Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{} cannot be read as {what} in PEM: {why}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What should be in it.
        what: &'static str,
        /// What is wrong.
        why: String,
    },
    /// The two do not go together.
    #[error("the certificate and its key cannot be used: {0}")]
    Pair(#[from] rustls::Error),
}

impl TlsFiles {
    /// What connections are made with.
    pub(super) fn load(&self) -> Result<ServerConfig, TlsError> {
        let certificates = CertificateDer::pem_reader_iter(open(&self.certificate, CERTIFICATE)?)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|why| unread(&self.certificate, CERTIFICATE, &why))?;
        let key = PrivateKeyDer::from_pem_reader(open(&self.key, KEY)?)
            .map_err(|why| unread(&self.key, KEY, &why))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(certificates, key)?;
        Ok(config)
    }
}

const CERTIFICATE: &str = "a certificate";
const KEY: &str = "a private key";

fn open(path: &Path, what: &'static str) -> Result<BufReader<File>, TlsError> {
    let file = File::open(path).map_err(|why| unread(path, what, &why))?;
    Ok(BufReader::new(file))
}

fn unread(path: &Path, what: &'static str, why: &dyn std::fmt::Display) -> TlsError {
    TlsError::File {
        path: path.to_owned(),
        what,
        why: why.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_https_and_a_name_and_nothing_else() {
        for (text, authority) in [
            ("https://Scores.example.org", "scores.example.org"),
            ("https://scores.example.org/", "scores.example.org"),
            ("https://10.0.0.5:8443", "10.0.0.5:8443"),
            ("https://[2001:db8::1]:8443", "[2001:db8::1]:8443"),
        ] {
            let url: PublicUrl = text.parse().unwrap();
            assert_eq!(url.authority(), authority);
        }
        for text in [
            "",
            "scores.example.org",
            "http://scores.example.org",
            "https://",
            "https://a/b",
            "https://a@b",
            "https://a?b",
        ] {
            assert_eq!(text.parse::<PublicUrl>(), Err(NotPublic), "{text}");
        }
    }

    #[test]
    fn a_proxy_is_one_machine() {
        assert_eq!(proxy("127.0.0.1"), Ok(IpAddr::from([127, 0, 0, 1])));
        assert_eq!(proxy("::ffff:10.0.0.1"), Ok(IpAddr::from([10, 0, 0, 1])));
        for text in ["*", "0.0.0.0", "::", "10.0.0.0/8", "proxy.example", ""] {
            assert_eq!(proxy(text), Err(NotAProxy), "{text}");
        }
    }
}
