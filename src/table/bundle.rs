//! Several files in one: a ZIP archive, the same bytes for the same files; and such an archive opened again, within limits.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// What an archive is served as.
pub const ZIP: &str = "application/zip";

/// The most files of an archive that is opened.
const MAX_FILES: usize = 100_000;
/// The most bytes that they may hold together.
const MAX_BYTES: u64 = 4 * 1024 * 1024 * 1024;

/// An archive could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the archive could not be written")]
pub struct BundleError(#[from] zip::result::ZipError);

/// Bytes are no archive of files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotABundle {
    /// It is no archive, or cut off.
    #[error("this is no ZIP archive, or one that is cut off")]
    NotAnArchive,
    /// It holds more than is read.
    #[error("the archive holds more than {MAX_FILES} files or 4 GiB")]
    TooLarge,
    /// A name leads out of the archive, or two files have it.
    #[error("the archive has a file \"{0}\", a name that no bundle gives, or gives twice")]
    Name(String),
    /// A file is not what the archive says it is.
    #[error("the file \"{0}\" is damaged in the archive")]
    Damaged(String),
}

/// Writes files, each under its name, into one archive.
///
/// # Errors
/// [`BundleError`] if two have one name, or one is too large for the format.
pub fn bundle<B: AsRef<[u8]>>(files: &[(String, B)]) -> Result<Vec<u8>, BundleError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, bytes) in files {
        archive.start_file(name.as_str(), options)?;
        archive
            .write_all(bytes.as_ref())
            .map_err(zip::result::ZipError::from)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Opens an archive: every file by its name, with its checksum proven.
///
/// # Errors
/// [`NotABundle`] with the first thing that is wrong with it.
pub fn unbundle(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, NotABundle> {
    let archive = ZipArchive::new(Cursor::new(bytes));
    let mut archive = archive.map_err(|_| NotABundle::NotAnArchive)?;
    if archive.len() > MAX_FILES {
        return Err(NotABundle::TooLarge);
    }
    let mut files = BTreeMap::new();
    let mut left = MAX_BYTES;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| NotABundle::NotAnArchive)?;
        let name = part.name().map_err(|_| NotABundle::NotAnArchive)?;
        let name = name.into_owned();
        let is_safe = |step: &str| !matches!(step, "" | "." | "..") && !step.contains(['\\', ':']);
        if !name.split('/').all(is_safe) {
            return Err(NotABundle::Name(name));
        }
        let mut content = Vec::new();
        let mut reader = part.take(left.saturating_add(1));
        let read = reader.read_to_end(&mut content);
        let read = read.map_err(|_| NotABundle::Damaged(name.clone()))?;
        let read = u64::try_from(read).unwrap_or(u64::MAX);
        left = left.checked_sub(read).ok_or(NotABundle::TooLarge)?;
        if files.insert(name.clone(), content).is_some() {
            return Err(NotABundle::Name(name));
        }
    }
    Ok(files)
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
        let opened = unbundle(&bytes).unwrap();
        assert_eq!(
            opened,
            files.map(|(name, text)| (name, text.into_bytes())).into()
        );
        assert!(bundle(&[file("a", ""), file("a", "")]).is_err());
    }

    #[test]
    fn what_leads_out_of_the_archive_is_cut_off_or_damaged_is_refused() {
        for name in ["../a", "/a", "a//b", "a/./b", "c:\\a"] {
            let bytes = bundle(&[file(name, "x")]).unwrap();
            assert_eq!(unbundle(&bytes), Err(NotABundle::Name(name.to_owned())));
        }
        let mut bytes = bundle(&[file("a.txt", "one and one")]).unwrap();
        assert_eq!(unbundle(&bytes[..40]), Err(NotABundle::NotAnArchive));
        // Behind the head of the first file, within what it holds.
        let at = 40;
        bytes[at] ^= 1;
        assert!(unbundle(&bytes).is_err());
    }
}
