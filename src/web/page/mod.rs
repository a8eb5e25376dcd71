//! Pages as answers: compressed, tagged by their content, and rendered once while nothing changes.

mod cache;
mod finished;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use flate2::Compression;

use crate::reports::locale::Locale;

use super::display;
use super::error::Error;
use super::state::State;

pub(super) use cache::PageCache;
pub use cache::PageKey;
pub(super) use finished::{Finished, accepts_gzip, is_known};

/// Answers with a page.
///
/// # Errors
/// [`Error::Render`] if the template fails.
pub fn page(request: &HttpRequest, template: &impl Template) -> Result<HttpResponse, Error> {
    page_with_status(request, StatusCode::OK, template)
}

/// Answers with a page and a status, as for a form that is shown again with what is wrong in it.
///
/// # Errors
/// [`Error::Render`] if the template fails.
pub fn page_with_status(
    request: &HttpRequest,
    status: StatusCode,
    template: &impl Template,
) -> Result<HttpResponse, Error> {
    let text = rendered(display::locale(request), template)?;
    let finished = Finished::new(text, Compression::fast());
    Ok(answer(request.headers(), status, &finished))
}

/// A template as text, with numbers and dates as a reader writes them.
pub(super) fn rendered(locale: Locale, template: &impl Template) -> Result<String, Error> {
    Ok(template.render_with_values(&locale)?)
}

/// Answers with a page that is rendered already, and a status.
pub(super) fn text_with_status(
    request: &HttpRequest,
    status: StatusCode,
    text: String,
) -> HttpResponse {
    let finished = Finished::new(text, Compression::fast());
    answer(request.headers(), status, &finished)
}

/// Answers with a page that stays the same as long as its key does: it is rendered and compressed once.
///
/// # Errors
/// Those of `render`.
pub fn cached_page<T: Template>(
    request: &HttpRequest,
    state: &State,
    key: PageKey,
    render: impl FnOnce() -> Result<T, Error>,
) -> Result<HttpResponse, Error> {
    let locale = key.locale();
    cached_text(request, state, key, || rendered(locale, &render()?))
}

/// Answers with a rendered page that stays the same as long as its key does.
pub(super) fn cached_text(
    request: &HttpRequest,
    state: &State,
    key: PageKey,
    render: impl FnOnce() -> Result<String, Error>,
) -> Result<HttpResponse, Error> {
    let finished = if let Some(finished) = state.pages().get(&key) {
        finished
    } else {
        let finished = Finished::new(render()?, Compression::fast());
        state.pages().keep(key, finished)
    };
    Ok(answer(request.headers(), StatusCode::OK, &finished))
}

static PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");
/// The language and the cookie say how numbers and dates are written.
static VARIES: HeaderValue = HeaderValue::from_static("Accept-Encoding, Accept-Language, Cookie");
static GZIP: HeaderValue = HeaderValue::from_static("gzip");
static HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

fn answer(headers: &HeaderMap, status: StatusCode, finished: &Finished) -> HttpResponse {
    let gzip = accepts_gzip(headers.get(ACCEPT_ENCODING));
    let form = finished.form(gzip);
    let known = status == StatusCode::OK
        && headers
            .get_all(IF_NONE_MATCH)
            .any(|tags| is_known(tags, finished.hash()));
    let mut response = HttpResponse::build(if known {
        StatusCode::NOT_MODIFIED
    } else {
        status
    });
    response
        .insert_header((CACHE_CONTROL, PRIVATE.clone()))
        .insert_header((VARY, VARIES.clone()));
    if let Some(tag) = form.tag.filter(|_| status == StatusCode::OK) {
        response.insert_header((ETAG, tag));
    }
    if known {
        return response.finish();
    }
    if form.compressed {
        response.insert_header((CONTENT_ENCODING, GZIP.clone()));
    }
    response
        .insert_header((CONTENT_TYPE, HTML.clone()))
        .body(form.bytes)
}

#[cfg(test)]
mod tests;
