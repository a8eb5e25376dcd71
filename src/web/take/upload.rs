//! Forms with files.

use std::future::Future;
use std::pin::Pin;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;

use super::{broken_off, demand, upload_limit};
use crate::web::error::Error;

/// The most parts of a form.
const PARTS: usize = 100;

/// A form with files, all of it: the parser hands out the parts of a form that is cut off, so that nothing may be done
/// with one before the end has been seen.
#[derive(Debug, Default)]
pub struct Uploaded {
    texts: Vec<(String, String)>,
    files: Vec<UploadedFile>,
}

/// One file of a form.
#[derive(Debug)]
pub struct UploadedFile {
    /// The field it was chosen in.
    pub field: String,
    /// Its name, without folders.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Uploaded {
    /// What was filled into a field; `None` if the field was not sent.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        let found = self.texts.iter().find(|(name, _)| name == field);
        found.map(|(_, text)| text.as_str())
    }

    /// The names of the fields that were sent, files left out.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|(name, _)| name.as_str())
    }

    /// The fields with what was filled in, files left out.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The files, in the order they were sent.
    #[must_use]
    pub fn files(&self) -> &[UploadedFile] {
        &self.files
    }

    /// The files themselves, in the order they were sent.
    #[must_use]
    pub fn into_files(self) -> Vec<UploadedFile> {
        self.files
    }

    fn take(&mut self, part: Part) -> Result<(), Error> {
        let Part { field, file, bytes } = part;
        if let Some(name) = file {
            // A browser sends an empty one where no file was chosen.
            if !name.is_empty() || !bytes.is_empty() {
                let name = base_name(&name).to_owned();
                self.files.push(UploadedFile { field, name, bytes });
            }
            return Ok(());
        }
        if self.text(&field).is_some() {
            return Err(Error::Twice { field });
        }
        let text = String::from_utf8(bytes).map_err(|_| Error::Malformed {
            why: format!("the field \"{field}\" is not UTF-8"),
        })?;
        self.texts.push((field, text));
        Ok(())
    }
}

impl FromRequest for Uploaded {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let typed = demand(request, "multipart/form-data");
        let limit = upload_limit(request);
        let parts = Multipart::new(request.headers(), payload.take());
        Box::pin(async move {
            typed?;
            collect(parts, limit).await
        })
    }
}

/// One part of a form.
struct Part {
    field: String,
    file: Option<String>,
    bytes: Vec<u8>,
}

async fn collect(mut parts: Multipart, limit: usize) -> Result<Uploaded, Error> {
    let mut uploaded = Uploaded::default();
    let (mut left, mut count) = (limit, 0_usize);
    while let Some(field) = parts.next().await {
        let field = field.map_err(|why| unreadable(&why, limit))?;
        count = count.saturating_add(1);
        if count > PARTS {
            return Err(Error::TooManyParts { limit: PARTS });
        }
        let part = read(field, &mut left, limit).await?;
        uploaded.take(part)?;
    }
    // Only now: the stream ends well at the last boundary and nowhere else.
    Ok(uploaded)
}

async fn read(mut part: Field, left: &mut usize, limit: usize) -> Result<Part, Error> {
    let field = part.name().unwrap_or_default().to_owned();
    if field.is_empty() {
        return Err(Error::Malformed {
            why: "a part of the form has no name".to_owned(),
        });
    }
    let said = part.content_disposition();
    let file = said.and_then(|said| said.get_filename().map(str::to_owned));
    let mut bytes = Vec::new();
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|why| unreadable(&why, limit))?;
        *left = left
            .checked_sub(chunk.len())
            .ok_or(Error::TooLarge { limit })?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(Part { field, file, bytes })
}

fn unreadable(why: &MultipartError, limit: usize) -> Error {
    match why {
        MultipartError::Payload(why) => broken_off(why, limit),
        MultipartError::Incomplete => Error::Truncated,
        _ => Error::Malformed {
            why: "it is not a form with files as browsers send it".to_owned(),
        },
    }
}

/// The last part of a path of any system.
fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests;
