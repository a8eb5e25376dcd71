//! How much a request may send, and for how long.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::HttpMessage as _;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use actix_web::web::Bytes;
use futures_util::Stream;
use tokio::time::{Sleep, sleep};

use super::super::error::Error;
use super::super::settings::Settings;
use super::only;

/// Refuses a body that says it is too long, and cuts off one that does not say so and is, or that takes too long.
pub(super) fn bound(request: &mut ServiceRequest, settings: &Settings) -> Result<(), Error> {
    let limit = settings.max_upload;
    let said = only(request.headers(), CONTENT_LENGTH.as_str());
    let length = said.and_then(|digits| digits.parse::<u64>().ok());
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    if length.is_some_and(|length| length > most) {
        return Err(Error::TooLarge { limit });
    }
    let has_body = length.is_some_and(|length| length > 0)
        || request.headers().contains_key(TRANSFER_ENCODING);
    if has_body {
        let bounded = Bounded {
            payload: request.take_payload(),
            left: limit,
            deadline: Box::pin(sleep(settings.body_deadline)),
        };
        request.set_payload(Payload::Stream {
            payload: Box::pin(bounded),
        });
    }
    Ok(())
}

/// A body that ends with an error at its limit or its deadline.
struct Bounded {
    payload: Payload,
    left: usize,
    deadline: Pin<Box<Sleep>>,
}

impl Stream for Bounded {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.deadline.as_mut().poll(context).is_ready() {
            let late = std::io::Error::from(std::io::ErrorKind::TimedOut);
            return Poll::Ready(Some(Err(PayloadError::Io(late))));
        }
        let polled = Pin::new(&mut self.payload).poll_next(context);
        if let Poll::Ready(Some(Ok(bytes))) = &polled {
            let Some(left) = self.left.checked_sub(bytes.len()) else {
                return Poll::Ready(Some(Err(PayloadError::Overflow)));
            };
            self.left = left;
        }
        polled
    }
}
