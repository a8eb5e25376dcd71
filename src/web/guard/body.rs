//! How much a request may send, and for how long.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::HttpMessage as _;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING};
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt as _};
use tokio::time::{Sleep, sleep, timeout};

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

/// How much of a refused body is read and thrown away, how long that may take, and how long it may pause.
const LINGER_BYTES: usize = 512 * 1024 * 1024;
const LINGER: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(100);

/// Throws away what still comes of a refused body. A connection that is closed while the other side is sending is reset, and
/// the answer is lost with it.
pub(super) async fn throw_away(request: &mut ServiceRequest) {
    if request.headers().contains_key(EXPECT) {
        // The other side waits for the answer before it sends anything.
        return;
    }
    let mut payload = request.take_payload();
    let all = async {
        let mut left = LINGER_BYTES;
        while let Ok(Some(Ok(bytes))) = timeout(PAUSE, payload.next()).await {
            match left.checked_sub(bytes.len()) {
                Some(rest) => left = rest,
                None => break,
            }
        }
    };
    // However far it got, the answer is sent now.
    let _ = timeout(LINGER, all).await;
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

#[cfg(test)]
mod tests {
    use actix_web::FromRequest as _;
    use actix_web::http::header::CONTENT_TYPE;
    use actix_web::test::TestRequest;
    use futures_util::stream;

    use super::*;
    use crate::web::Posted;

    type Pairs = Posted<Vec<(String, String)>>;

    /// What becomes of a form that comes in such chunks, of which 1000 bytes are taken within a tenth of a second.
    async fn posted(
        chunks: impl Stream<Item = Result<Bytes, PayloadError>> + 'static,
    ) -> Result<Pairs, Error> {
        let mut request = TestRequest::post()
            .insert_header((CONTENT_TYPE, "application/x-www-form-urlencoded"))
            .insert_header((TRANSFER_ENCODING, "chunked"))
            .to_srv_request();
        request.set_payload(Payload::Stream {
            payload: Box::pin(chunks),
        });
        let settings = Settings {
            max_upload: 1000,
            body_deadline: Duration::from_millis(100),
            ..Settings::default()
        };
        bound(&mut request, &settings)?;
        let (request, mut payload) = request.into_parts();
        Pairs::from_request(&request, &mut payload).await
    }

    fn chunk(bytes: usize) -> Bytes {
        Bytes::from("x".repeat(bytes))
    }

    #[actix_web::test]
    async fn a_body_without_an_end_is_cut_off_at_the_limit() {
        let endless = stream::repeat_with(|| Ok(chunk(100)));
        assert!(matches!(posted(endless).await, Err(Error::TooLarge { .. })));
        let exact = stream::iter([Ok(chunk(400)), Ok(chunk(600))]);
        assert!(posted(exact).await.is_ok());
        let over = stream::iter([Ok(chunk(400)), Ok(chunk(601))]);
        assert!(matches!(posted(over).await, Err(Error::TooLarge { .. })));
    }

    #[actix_web::test]
    async fn a_body_that_does_not_go_on_is_given_up() {
        let stuck = stream::iter([Ok(chunk(1))]).chain(stream::pending());
        assert!(matches!(posted(stuck).await, Err(Error::TooSlow)));
    }

    #[actix_web::test]
    async fn a_body_that_drips_is_given_up_too() {
        let dripping = stream::unfold((), |()| async {
            sleep(Duration::from_millis(10)).await;
            Some((Ok(chunk(1)), ()))
        });
        assert!(matches!(posted(dripping).await, Err(Error::TooSlow)));
    }

    #[actix_web::test]
    async fn a_connection_that_breaks_off_gives_no_half_a_form() {
        let broken = stream::iter([Ok(chunk(1)), Err(PayloadError::Incomplete(None))]);
        assert!(matches!(posted(broken).await, Err(Error::Truncated)));
    }
}
