//! Several files in one: a ZIP archive, the same bytes for the same files.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// What an archive is served as.
pub const ZIP: &str = "application/zip";

/// An archive could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the archive could not be written")]
pub struct BundleError(#[from] zip::result::ZipError);

/// Writes files, each under its name, into one archive.
///
/// # Errors
/// [`BundleError`] if two have one name, or one is too large for the format.
pub fn bundle(files: &[(String, String)]) -> Result<Vec<u8>, BundleError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, text) in files {
        archive.start_file(name.as_str(), options)?;
        archive
            .write_all(text.as_bytes())
            .map_err(zip::result::ZipError::from)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> (String, String) {
        (name.to_owned(), text.to_owned())
    }

    #[test]
    fn files_come_out_as_they_went_in_and_one_name_stands_for_one_file() {
        let files = [file("a.txt", "one"), file("b.txt", "two")];
        let bytes = bundle(&files).unwrap();
        assert_eq!(bytes, bundle(&files).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let text = std::io::read_to_string(archive.by_name("b.txt").unwrap()).unwrap();
        assert_eq!((archive.len(), text.as_str()), (2, "two"));
        assert!(bundle(&[file("a", ""), file("a", "")]).is_err());
    }
}
