//! What every answer carries, whatever it answers.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

/// Set on every answer that does not say otherwise.
static ALWAYS: [(HeaderName, HeaderValue); 9] = [
    always(
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    always("x-content-type-options", "nosniff"),
    always("x-frame-options", "DENY"),
    // Forms and links of our own pages may say where they come from; nobody else hears anything.
    always("referrer-policy", "same-origin"),
    always(
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ),
    always("cross-origin-opener-policy", "same-origin"),
    always("cross-origin-resource-policy", "same-origin"),
    always("cross-origin-embedder-policy", "require-corp"),
    always("x-permitted-cross-domain-policies", "none"),
];
/// Where everything is encrypted, browsers never try it without.
static STRICT: (HeaderName, HeaderValue) = always("strict-transport-security", "max-age=31536000");
static NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Checked once, when the program is built.
const fn always(name: &'static str, value: &'static str) -> (HeaderName, HeaderValue) {
    (
        HeaderName::from_static(name),
        HeaderValue::from_static(value),
    )
}

/// Adds what is missing from the headers of an answer.
pub(super) fn complete(headers: &mut HeaderMap, id: &str, is_secure: bool) {
    if is_secure {
        headers.insert(STRICT.0.clone(), STRICT.1.clone());
    }
    for (name, value) in &ALWAYS {
        if !headers.contains_key(name) {
            headers.insert(name.clone(), value.clone());
        }
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, NO_STORE.clone());
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID.clone(), id);
    }
    if let Some(whole) = with_charset(headers.get(CONTENT_TYPE)) {
        headers.insert(CONTENT_TYPE, whole);
    }
}

/// A type of text that does not say its characters, with them. JSON has no such parameter: it is UTF-8 always.
fn with_charset(content_type: Option<&HeaderValue>) -> Option<HeaderValue> {
    let text = content_type?.to_str().ok()?;
    let needs_one = text.starts_with("text/") && !text.contains("charset=");
    let whole = needs_one.then(|| format!("{text}; charset=utf-8"))?;
    HeaderValue::from_str(&whole).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(content_type: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        complete(&mut headers, "id", false);
        headers
    }

    #[test]
    fn text_says_its_characters() {
        for (given, sent) in [
            ("text/csv", "text/csv; charset=utf-8"),
            ("text/html; charset=utf-8", "text/html; charset=utf-8"),
            ("application/problem+json", "application/problem+json"),
        ] {
            assert_eq!(typed(given).get(CONTENT_TYPE).unwrap(), sent);
        }
    }

    #[test]
    fn what_an_answer_says_itself_stays() {
        let mut headers = HeaderMap::new();
        let kept = HeaderValue::from_static("private, no-cache");
        headers.insert(CACHE_CONTROL, kept.clone());
        complete(&mut headers, "id", true);
        assert!(headers.contains_key("strict-transport-security"));
        assert_eq!(headers.get(CACHE_CONTROL), Some(&kept));
        assert_eq!(headers.get("x-frame-options").unwrap(), "DENY");
        assert_eq!(headers.get("x-request-id").unwrap(), "id");
    }
}
