//! The bytes of a file, in large pages of memory where there are many.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Deref;

use memmap2::MmapMut;

/// From how many bytes on large pages are asked for. A system gives out memory in pages of 4 KiB, and of a file of 60 MB that
/// takes longer than reading it.
const MANY: u64 = 8 * 1024 * 1024;

/// The bytes of a file.
#[derive(Debug)]
pub(super) enum Bytes {
    Few(Vec<u8>),
    /// Memory of this process, not the file's own: nobody else can change it.
    Many {
        pages: MmapMut,
        length: usize,
    },
}

impl Bytes {
    /// Reads a file; at most so many bytes of it.
    pub(super) fn of(file: File, most: u64) -> io::Result<Self> {
        let length = file.metadata()?.len().min(most);
        if length < MANY {
            let mut bytes = Vec::new();
            file.take(most).read_to_end(&mut bytes)?;
            return Ok(Self::Few(bytes));
        }
        Self::many(file, length, most)
    }

    fn many(file: File, length: u64, most: u64) -> io::Result<Self> {
        let size = usize::try_from(length).map_err(io::Error::other)?;
        let mut pages = MmapMut::map_anon(size)?;
        // Where there are none, small ones do.
        #[cfg(target_os = "linux")]
        let _asked = pages.advise(memmap2::Advice::HugePage);
        let mut file = file.take(most);
        let mut filled = 0;
        while let Some(room) = pages.get_mut(filled..).filter(|room| !room.is_empty()) {
            match file.read(room) {
                Ok(0) => break,
                Ok(read) => filled = filled.saturating_add(read),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let bytes = Self::Many {
            pages,
            length: filled,
        };
        // Somebody may have written more since its length was asked for.
        let mut more = Vec::new();
        file.read_to_end(&mut more)?;
        if more.is_empty() {
            return Ok(bytes);
        }
        Ok(Self::Few([&*bytes, &more].concat()))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Few(bytes) => bytes,
            Self::Many { pages, length } => pages.get(..*length).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file_of(bytes: &[u8]) -> File {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file.reopen().unwrap()
    }

    #[test]
    fn a_file_is_read_whole_or_as_far_as_the_limit_in_pages_of_either_size() {
        let many = usize::try_from(MANY).unwrap();
        let text: Vec<u8> = (0..=255).cycle().take(many + 1).collect();
        for length in [0, 1, many - 1, many, many + 1] {
            for most in [0, 5, MANY, MANY + 7] {
                let bytes = Bytes::of(file_of(&text[..length]), most).unwrap();
                let expected = &text[..length.min(usize::try_from(most).unwrap())];
                assert!(*bytes == *expected, "{length} bytes, at most {most}");
            }
        }
        assert!(matches!(
            Bytes::of(file_of(&text), MANY + 7).unwrap(),
            Bytes::Many { .. }
        ));
    }

    #[test]
    fn a_file_that_grew_or_shrank_since_its_length_was_asked_for_is_read_as_it_is() {
        for told in [3, 5, 9] {
            let bytes = Bytes::many(file_of(b"seven."), told, 100).unwrap();
            assert_eq!(&*bytes, b"seven.", "{told}");
        }
        assert_eq!(&*Bytes::many(file_of(b"seven."), 4, 4).unwrap(), b"seve");
    }
}
