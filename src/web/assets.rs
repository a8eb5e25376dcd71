//! Style, script and icon: built into the program, under an address that changes with their content.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use rust_embed::Embed;
use sha2::{Digest as _, Sha256};

use super::error::Error;
use super::page::{Finished, accepts_gzip, is_known};
use super::secret::hex;

/// How long a browser may keep what never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[derive(Embed)]
#[folder = "templates/static"]
struct Files;

/// All files, and the version they have together: one for all, so that they find each other by relative addresses.
struct Assets {
    version: String,
    files: BTreeMap<String, Finished>,
}

fn assets() -> &'static Assets {
    static ASSETS: OnceLock<Assets> = OnceLock::new();
    ASSETS.get_or_init(|| {
        let mut all = Sha256::new();
        let mut files = BTreeMap::new();
        let mut names: Vec<_> = Files::iter().collect();
        names.sort();
        for name in names {
            if let Some(file) = Files::get(&name) {
                all.update(file.metadata.sha256_hash());
                let finished = Finished::new(file.data.into_owned(), Compression::best());
                files.insert(name.into_owned(), finished);
            }
        }
        let digest = all.finalize();
        Assets {
            version: hex(digest.get(..8).unwrap_or_default()),
            files,
        }
    })
}

/// The address of a file.
pub(super) fn href(name: &str) -> String {
    format!("/assets/{}/{name}", assets().version)
}

/// Answers with a file.
pub(super) async fn asset(
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Error> {
    let (version, name) = path.into_inner();
    let assets = assets();
    let file = assets
        .files
        .get(&name)
        .filter(|_| version == assets.version);
    let file = file.ok_or(Error::NotFound)?;
    let headers = request.headers();
    let form = file.form(accepts_gzip(headers.get(ACCEPT_ENCODING)));
    let known = headers
        .get_all(IF_NONE_MATCH)
        .any(|tags| is_known(tags, file.hash()));
    let mut response = if known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((CACHE_CONTROL, FOR_EVER))
        .insert_header((VARY, "Accept-Encoding"));
    if let Some(tag) = form.tag {
        response.insert_header((ETAG, tag));
    }
    if known {
        return Ok(response.finish());
    }
    if form.compressed {
        response.insert_header((CONTENT_ENCODING, "gzip"));
    }
    response.insert_header((CONTENT_TYPE, type_of(&name)));
    Ok(response.body(form.bytes))
}

fn type_of(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_a_type_and_is_found_under_its_address() {
        let assets = assets();
        assert!(assets.files.contains_key("style.css"));
        for name in assets.files.keys() {
            assert_ne!(type_of(name), "application/octet-stream", "{name}");
            assert!(href(name).ends_with(name));
        }
    }
}
