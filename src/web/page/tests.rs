use std::io::Read as _;

use actix_web::body::{MessageBody as _, to_bytes};
use actix_web::http::header::HeaderName;
use actix_web::test::TestRequest;
use flate2::read::GzDecoder;

use super::*;

fn long() -> Finished {
    Finished::new("scorecard ".repeat(500), Compression::fast())
}

fn ask(finished: &Finished, headers: &[(HeaderName, &str)]) -> HttpResponse {
    let mut request = TestRequest::default();
    for header in headers {
        request = request.append_header(header.clone());
    }
    answer(
        request.to_http_request().headers(),
        StatusCode::OK,
        finished,
    )
}

fn tag(response: &HttpResponse) -> &str {
    response.headers().get(ETAG).unwrap().to_str().unwrap()
}

#[actix_web::test]
async fn whoever_takes_gzip_gets_it() {
    let page = long();
    let response = ask(&page, &[(ACCEPT_ENCODING, "br, gzip")]);
    assert_eq!(response.headers().get(CONTENT_ENCODING).unwrap(), "gzip");
    assert_eq!(
        response.headers().get(VARY).unwrap(),
        "Accept-Encoding, Accept-Language, Cookie"
    );
    let bytes = to_bytes(response.into_body()).await.unwrap();
    let mut text = String::new();
    GzDecoder::new(&bytes[..])
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, "scorecard ".repeat(500));
}

#[test]
fn whoever_does_not_take_gzip_gets_the_text() {
    for accepted in ["", "identity", "gzip;q=0", "*;q=0.0", "br", "gzip;q=0, *"] {
        let response = ask(&long(), &[(ACCEPT_ENCODING, accepted)]);
        assert!(
            !response.headers().contains_key(CONTENT_ENCODING),
            "{accepted}"
        );
        assert_eq!(
            response.body().size(),
            actix_web::body::BodySize::Sized(5000)
        );
    }
    for accepted in ["gzip", "GZIP;q=0.001", "*", "deflate, gzip;q=1.0"] {
        let response = ask(&long(), &[(ACCEPT_ENCODING, accepted)]);
        assert!(
            response.headers().contains_key(CONTENT_ENCODING),
            "{accepted}"
        );
    }
}

#[test]
fn a_page_that_is_known_is_not_sent_again() {
    let page = long();
    let plain = ask(&page, &[]);
    let gzip = ask(&page, &[(ACCEPT_ENCODING, "gzip")]);
    assert_ne!(tag(&plain), tag(&gzip), "different bytes, different tags");
    for known in [
        tag(&plain),
        tag(&gzip),
        &format!("\"x\", W/{}", tag(&plain)),
        "*",
    ] {
        let again = ask(&page, &[(IF_NONE_MATCH, known)]);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{known}");
        assert!(again.headers().contains_key(ETAG));
        assert_eq!(
            again.headers().get(CACHE_CONTROL).unwrap(),
            "private, no-cache"
        );
    }
    for other in ["\"x\"", "", "x"] {
        let again = ask(&page, &[(IF_NONE_MATCH, other)]);
        assert_eq!(again.status(), StatusCode::OK, "{other}");
    }
}

#[test]
fn a_form_shown_again_is_always_sent() {
    let page = long();
    let request = TestRequest::default()
        .insert_header((IF_NONE_MATCH, "*"))
        .to_http_request();
    let again = answer(request.headers(), StatusCode::UNPROCESSABLE_ENTITY, &page);
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!again.headers().contains_key(ETAG));
}
