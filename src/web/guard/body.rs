//! How much a request may send, and for how long.

use std::cell::RefCell;
use std::error::Error as StdError;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::HttpMessage as _;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING};
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt as _};
use tokio::time::{Instant, Sleep, sleep, timeout};

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
        let payload = Rc::new(RefCell::new(request.take_payload()));
        request.extensions_mut().insert(Rest(Rc::clone(&payload)));
        let bounded = Bounded {
            payload,
            left: limit,
            deadline: Box::pin(sleep(settings.body_deadline)),
            pace: Pace::new(settings.body_grace),
        };
        request.set_payload(Payload::Stream {
            payload: Box::pin(bounded),
        });
    }
    Ok(())
}

/// What nobody has read of a body.
struct Rest(Rc<RefCell<Payload>>);

/// Keeps what nobody has read until the answer is sent. As long as somebody has it, the server library closes the connection
/// behind the answer; else it reads a body in chunks on to its end, which need not come.
pub(super) fn keep_rest(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let rest = response.request().extensions_mut().remove::<Rest>();
    match rest {
        Some(Rest(rest)) => response.map_body(|_, body| BoxBody::new(Answer { body, _rest: rest })),
        None => response,
    }
}

/// The body of an answer, with what was not read of the request.
struct Answer {
    body: BoxBody,
    _rest: Rc<RefCell<Payload>>,
}

impl MessageBody for Answer {
    type Error = Box<dyn StdError>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }
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
    payload: Rc<RefCell<Payload>>,
    left: usize,
    deadline: Pin<Box<Sleep>>,
    pace: Pace,
}

impl Stream for Bounded {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.deadline.as_mut().poll(context).is_ready() {
            return Poll::Ready(Some(Err(too_slow())));
        }
        let polled = Pin::new(&mut *self.payload.borrow_mut()).poll_next(context);
        match &polled {
            Poll::Ready(Some(Ok(bytes))) => {
                let Some(left) = self.left.checked_sub(bytes.len()) else {
                    return Poll::Ready(Some(Err(PayloadError::Overflow)));
                };
                self.left = left;
                self.pace.came(bytes.len());
            }
            Poll::Ready(_) => {}
            Poll::Pending => {
                if self.pace.is_lost(context) {
                    return Poll::Ready(Some(Err(too_slow())));
                }
            }
        }
        polled
    }
}

fn too_slow() -> PayloadError {
    PayloadError::Io(std::io::ErrorKind::TimedOut.into())
}

/// Each byte pays for so much waiting, beyond the grace: 1,000 bytes a second.
const A_BYTE: Duration = Duration::from_millis(1);

/// How fast a body comes, by the time that it was waited for; while nobody asks for more of it, it is not late.
struct Pace {
    grace: Duration,
    earned: Duration,
    waited: Duration,
    since: Option<Instant>,
    judged: Pin<Box<Sleep>>,
}

impl Pace {
    fn new(grace: Duration) -> Self {
        Self {
            grace,
            earned: Duration::ZERO,
            waited: Duration::ZERO,
            since: None,
            judged: Box::pin(sleep(grace)),
        }
    }

    fn came(&mut self, bytes: usize) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.earned = self.earned.saturating_add(A_BYTE.saturating_mul(bytes));
        if let Some(since) = self.since.take() {
            self.waited = self.waited.saturating_add(since.elapsed());
        }
    }

    /// Whether too little has come for the time that it was waited for. Is asked while there is nothing.
    fn is_lost(&mut self, context: &mut Context<'_>) -> bool {
        let now = Instant::now();
        let since = *self.since.get_or_insert(now);
        loop {
            let waited = self.waited.saturating_add(since.elapsed());
            let allowed = self.grace.max(self.earned);
            let left = allowed.saturating_sub(waited);
            if left.is_zero() {
                return true;
            }
            // Never before the moment at which it would be lost.
            let judged_at = Instant::now().checked_add(left).unwrap_or(now);
            self.judged.as_mut().reset(judged_at);
            if self.judged.as_mut().poll(context).is_pending() {
                return false;
            }
        }
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

    /// What becomes of a form that comes in such chunks, of which 1000 bytes are taken within three tenths of a second, and
    /// which have to keep pace after one.
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
            body_deadline: Duration::from_millis(300),
            body_grace: Duration::from_millis(100),
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
    async fn a_body_that_keeps_pace_is_taken_after_the_grace_and_one_that_does_not_is_given_up() {
        for (bytes, is_taken) in [(40, true), (1, false)] {
            let started = Instant::now();
            let paced = stream::unfold((), move |()| async move {
                sleep(Duration::from_millis(10)).await;
                let goes_on = started.elapsed() < Duration::from_millis(200);
                goes_on.then(|| (Ok(chunk(bytes)), ()))
            });
            let taken = posted(paced).await;
            assert_eq!(taken.is_ok(), is_taken, "{bytes}: {taken:?}");
            assert!(
                is_taken || matches!(taken, Err(Error::TooSlow)),
                "{taken:?}"
            );
        }
    }

    #[actix_web::test]
    async fn a_body_that_nobody_asks_for_is_not_late() {
        let mut pace = Pace::new(Duration::from_millis(50));
        pace.came(10);
        sleep(Duration::from_millis(100)).await;
        let lost = std::future::poll_fn(|context| Poll::Ready(pace.is_lost(context)));
        assert!(!lost.await);
        sleep(Duration::from_millis(100)).await;
        let lost = std::future::poll_fn(|context| Poll::Ready(pace.is_lost(context)));
        assert!(lost.await);
    }

    #[actix_web::test]
    async fn a_connection_that_breaks_off_gives_no_half_a_form() {
        let broken = stream::iter([Ok(chunk(1)), Err(PayloadError::Incomplete(None))]);
        assert!(matches!(posted(broken).await, Err(Error::Truncated)));
    }
}
