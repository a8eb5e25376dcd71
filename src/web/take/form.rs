//! Forms without files.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;

use super::{FORM_BYTES, demand, whole};
use crate::web::error::Error;

/// A form that a page posted. A field that a struct has once and that comes twice is refused; a form with repeated fields is
/// read as `Posted<Vec<(String, String)>>`.
#[derive(Debug)]
pub struct Posted<T>(
    /// What was filled in.
    pub T,
);

impl<T: DeserializeOwned + 'static> FromRequest for Posted<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let typed = demand(request, "application/x-www-form-urlencoded");
        let mut payload = payload.take();
        Box::pin(async move {
            typed?;
            read(&whole(&mut payload, FORM_BYTES).await?).map(Self)
        })
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let malformed = |why: &dyn std::fmt::Display| Error::Malformed {
        why: format!("the form is not one that this page sends ({why})"),
    };
    let text = std::str::from_utf8(body).map_err(|_| malformed(&"it is not UTF-8"))?;
    if !stands_for_text(text) {
        return Err(malformed(&"it is not UTF-8"));
    }
    let query = web::Query::<T>::from_query(text).map_err(|why| malformed(&why))?;
    Ok(query.into_inner())
}

/// Whether what the `%XX` of a form stand for is UTF-8; else the reading would put other characters in their place.
fn stands_for_text(form: &str) -> bool {
    let mut decoded = Vec::with_capacity(form.len());
    let mut rest = form.as_bytes();
    while let [first, after @ ..] = rest {
        let byte = match (first, after) {
            (b'%', [high, low, ..]) => hex_digit(*high).zip(hex_digit(*low)),
            _ => None,
        };
        if let Some((high, low)) = byte {
            decoded.push((high << 4) | low);
            rest = after.get(2..).unwrap_or_default();
        } else {
            decoded.push(*first);
            rest = after;
        }
    }
    std::str::from_utf8(&decoded).is_ok()
}

fn hex_digit(letter: u8) -> Option<u8> {
    let value = char::from(letter).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    struct Reason {
        reason: String,
        count: Option<u32>,
    }

    #[test]
    fn a_form_becomes_its_type() {
        let read: Reason = read(b"reason=too+late%2C+%C3%A9&count=3").unwrap();
        assert_eq!(read.reason, "too late, é");
        assert_eq!(read.count, Some(3));
    }

    #[test]
    fn repeated_fields_come_as_pairs() {
        let pairs: Vec<(String, String)> = read(b"vendor=A&vendor=B").unwrap();
        assert_eq!(pairs.len(), 2);
    }

    #[test]
    fn what_is_not_the_form_of_the_page_is_refused() {
        for body in [
            &b""[..],
            b"count=3",
            b"reason=a&reason=b",
            b"reason=a&count=x",
            b"reason=%FF",
            b"reason=\xff",
            b"reason=%C3",
        ] {
            let refused = read::<Reason>(body).unwrap_err();
            assert_eq!(refused.status().as_u16(), 400, "{body:?}");
        }
    }
}
