//! The bytes of a page as they are sent: plain, and compressed where that is shorter.

use std::io::Write as _;

use actix_web::http::header::HeaderValue;
use actix_web::web::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::web::secret::hex;

/// Below this a page fits into one packet, compressed or not.
const SHORT: usize = 1024;

/// The bytes of a page as they are sent.
#[derive(Debug)]
pub(in crate::web) struct Finished {
    plain: Bytes,
    gzip: Option<Bytes>,
    hash: String,
    tags: Tags,
}

/// What the two forms are known by.
#[derive(Debug)]
struct Tags {
    plain: Option<HeaderValue>,
    gzip: Option<HeaderValue>,
}

/// One of the two forms of a page.
pub(in crate::web) struct Form {
    pub(in crate::web) bytes: Bytes,
    pub(in crate::web) compressed: bool,
    pub(in crate::web) tag: Option<HeaderValue>,
}

impl Finished {
    pub(in crate::web) fn new(text: impl Into<Bytes>, level: Compression) -> Self {
        let plain = text.into();
        let digest = Sha256::digest(&plain);
        let hash = hex(digest.get(..16).unwrap_or_default());
        Self {
            gzip: compressed(&plain, level),
            tags: Tags::of(&hash),
            hash,
            plain,
        }
    }

    /// What the content is known by, however it is sent.
    pub(in crate::web) fn hash(&self) -> &str {
        &self.hash
    }

    /// The form for somebody who takes gzip, or not. The two differ in their bytes, and so in their tag.
    pub(in crate::web) fn form(&self, gzip: bool) -> Form {
        match self.gzip.as_ref().filter(|_| gzip) {
            Some(bytes) => Form {
                bytes: bytes.clone(),
                compressed: true,
                tag: self.tags.gzip.clone(),
            },
            None => Form {
                bytes: self.plain.clone(),
                compressed: false,
                tag: self.tags.plain.clone(),
            },
        }
    }

    /// How many bytes it holds in memory.
    pub(super) fn size(&self) -> usize {
        let gzip = self.gzip.as_ref().map_or(0, Bytes::len);
        self.plain.len().saturating_add(gzip)
    }
}

impl Tags {
    fn of(hash: &str) -> Self {
        let tag = |text: String| HeaderValue::try_from(text).ok();
        Self {
            plain: tag(format!("\"{hash}\"")),
            gzip: tag(format!("\"{hash}-gzip\"")),
        }
    }
}

fn compressed(plain: &[u8], level: Compression) -> Option<Bytes> {
    if plain.len() < SHORT {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(plain).ok()?;
    let bytes = encoder.finish().ok()?;
    (bytes.len() < plain.len()).then(|| bytes.into())
}

/// Whether `Accept-Encoding` takes gzip.
pub(in crate::web) fn accepts_gzip(accepted: Option<&HeaderValue>) -> bool {
    let Some(accepted) = accepted.and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let weight_of = |wanted: &str| {
        accepted.split(',').find_map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next()?;
            let refused = parts.any(|part| {
                let weight = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="));
                weight.is_some_and(|weight| {
                    !weight.contains(|digit: char| ('1'..='9').contains(&digit))
                })
            });
            name.eq_ignore_ascii_case(wanted).then_some(!refused)
        })
    };
    weight_of("gzip")
        .or_else(|| weight_of("*"))
        .unwrap_or(false)
}

/// Whether `If-None-Match` names this content, in either form.
pub(in crate::web) fn is_known(tags: &HeaderValue, hash: &str) -> bool {
    let Ok(tags) = tags.to_str() else {
        return false;
    };
    tags.split(',').map(str::trim).any(|tag| {
        let tag = tag.strip_prefix("W/").unwrap_or(tag);
        let inner = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
        tag == "*"
            || inner.is_some_and(|inner| inner.strip_suffix("-gzip").unwrap_or(inner) == hash)
    })
}
