//! Bytes to text: which encoding a file is in, and which files are no text at all.

use std::borrow::Cow;
use std::fmt;
use std::str::{self, Utf8Error};

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr;
use thiserror::Error;

use super::{BYTE_ORDER_MARK, MANY_BYTES, side_by_side};

/// A file as text.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text, without byte order mark.
    pub text: Cow<'a, str>,
    /// What the bytes were read as.
    pub encoding: Encoding,
    /// Where the encoding had to be guessed: a word that would differ had the guess been wrong.
    pub guessed_from: Option<String>,
}

/// How a file writes its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, little end first, as "Unicode Text" is saved.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// The western European code page of Windows.
    Windows1252,
    /// None: the cells of a workbook.
    Workbook,
}

impl fmt::Display for Encoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252",
            Self::Workbook => "XLSX workbook",
        })
    }
}

/// Why bytes are not taken for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotText {
    /// Another kind of file, known by its first bytes.
    #[error(
        "this is {0}, not a CSV file; save the sheet as \"CSV UTF-8\" in the spreadsheet and use that file"
    )]
    WrongFileType(&'static str),
    /// Bytes that no text contains.
    #[error("the file contains bytes that no text has; save it as \"CSV UTF-8\" and use that file")]
    Binary,
    /// Some characters are valid UTF-8 and some are not.
    #[error(
        "the file mixes two encodings, so no reading gets every character right; save it as \"CSV UTF-8\" and check the \
         names with accents"
    )]
    MixedEncoding,
    /// UTF-16 without byte order mark, broken UTF-16 or UTF-32.
    #[error(
        "the file's encoding ({0}) cannot be read safely; save it as \"CSV UTF-8\" and use that file"
    )]
    UnknownEncoding(&'static str),
}

/// Reads bytes as text: UTF-8 and UTF-16 by their marks, UTF-8 by its shape, and what is neither as Windows-1252.
///
/// # Errors
/// [`NotText`] where bytes are something else, or could be read in more than one way.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, NotText> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(NotText::UnknownEncoding("UTF-32"));
    }
    if let Some(kind) = known_file_type(bytes) {
        return Err(NotText::WrongFileType(kind));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return decode_utf16(rest, UTF_16LE, Encoding::Utf16Le);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return decode_utf16(rest, UTF_16BE, Encoding::Utf16Be);
    }
    let (text, has_zero) = text_and_zero(bytes);
    if has_zero {
        return Err(kind_of_binary(bytes));
    }
    match text {
        Ok(text) => Ok(Decoded {
            text: Cow::Borrowed(text.trim_start_matches(BYTE_ORDER_MARK)),
            encoding: Encoding::Utf8,
            guessed_from: None,
        }),
        Err(_) => decode_windows_1252(bytes),
    }
}

/// The bytes as UTF-8, and whether there is a zero among them.
fn text_and_zero(bytes: &[u8]) -> (Result<&str, Utf8Error>, bool) {
    let has_zero = || memchr(0, bytes).is_some();
    if bytes.len() < MANY_BYTES {
        return (str::from_utf8(bytes), has_zero());
    }
    let (has_zero, text) = side_by_side::both(has_zero, || str::from_utf8(bytes));
    (text, has_zero)
}

fn decode_utf16<'a>(
    bytes: &'a [u8],
    decoder: &'static encoding_rs::Encoding,
    encoding: Encoding,
) -> Result<Decoded<'a>, NotText> {
    let text = decoder
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(NotText::UnknownEncoding("damaged UTF-16"))?;
    if text.contains('\0') {
        return Err(NotText::Binary);
    }
    Ok(Decoded {
        text,
        encoding,
        guessed_from: None,
    })
}

fn decode_windows_1252(bytes: &[u8]) -> Result<Decoded<'_>, NotText> {
    let mut chunks = bytes.utf8_chunks();
    if bytes.starts_with(BYTE_ORDER_MARK.as_bytes())
        || chunks.any(|chunk| !chunk.valid().is_ascii())
    {
        return Err(NotText::MixedEncoding);
    }
    if looks_like_damaged_utf8(bytes) {
        return Err(NotText::MixedEncoding);
    }
    let undefined = |byte: &u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    if bytes.iter().any(undefined) {
        return Err(NotText::UnknownEncoding("neither UTF-8 nor Windows-1252"));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let guessed_from = text
        .split(|letter: char| !letter.is_alphanumeric())
        .find(|word| !word.is_ascii())
        .or_else(|| text.split_whitespace().find(|word| !word.is_ascii()))
        .map(|word| word.chars().take(40).collect());
    Ok(Decoded {
        text,
        encoding: Encoding::Windows1252,
        guessed_from,
    })
}

/// Sequences in the shape of UTF-8 that UTF-8 forbids (overlong forms, surrogates): no Windows-1252 text has them.
fn looks_like_damaged_utf8(bytes: &[u8]) -> bool {
    let follows = |byte: &u8| (0x80..=0xbf).contains(byte);
    bytes.windows(2).any(|pair| matches!(pair, [0xc0 | 0xc1, next] if follows(next)))
        || bytes
            .windows(3)
            .any(|three| matches!(three, [0xe0..=0xef, middle, last] if follows(middle) && follows(last)))
}

fn kind_of_binary(bytes: &[u8]) -> NotText {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let zeros_at = |parity: usize| {
        let places = head.iter().skip(parity).step_by(2);
        places.filter(|byte| **byte == 0).count()
    };
    let half = head.len() / 2;
    let most = half.saturating_mul(3) / 4;
    let (even, odd) = (zeros_at(0), zeros_at(1));
    // Every second byte of UTF-16 with western letters is 0, three of four of UTF-32.
    match (even >= most, odd >= most) {
        (true, false) | (false, true) if half > 1 && even.min(odd) <= half / 8 => {
            NotText::UnknownEncoding("UTF-16 without byte order mark")
        }
        (true, false) | (false, true) if half > 1 => NotText::UnknownEncoding("UTF-32"),
        _ => NotText::Binary,
    }
}

fn known_file_type(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 12] = [
        (
            b"PK\x03\x04",
            "an Excel workbook (XLSX) or another zip archive",
        ),
        (b"PK\x05\x06", "an empty zip archive"),
        (
            b"\xd0\xcf\x11\xe0",
            "an old Excel workbook (XLS) or another Office file",
        ),
        (b"%PDF", "a PDF document"),
        (b"\x7fELF", "a program"),
        (b"\x1f\x8b", "a compressed file"),
        (b"BZh", "a compressed file"),
        (b"7z\xbc\xaf", "a compressed file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"SQLite format 3", "a database"),
    ];
    if let Some((_, kind)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(kind);
    }
    if bytes.starts_with(b"MZ") && memchr(0, bytes).is_some() {
        return Some("a program");
    }
    let text = bytes
        .strip_prefix(BYTE_ORDER_MARK.as_bytes())
        .unwrap_or(bytes)
        .trim_ascii_start();
    let head = text.get(..16).unwrap_or(text).to_ascii_lowercase();
    if head.starts_with(b"<!doctype") || head.starts_with(b"<html") {
        Some("a web page (often the login page of the site it was downloaded from)")
    } else if head.starts_with(b"<") {
        Some("an XML file")
    } else if head.starts_with(b"{\\rtf") {
        Some("a text document (RTF)")
    } else if head.starts_with(b"{") || head.starts_with(b"[") {
        Some("a JSON file")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> (String, Encoding) {
        let decoded = decode(bytes).unwrap();
        (decoded.text.into_owned(), decoded.encoding)
    }

    fn utf16(text: &str, mark: bool, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let units = mark
            .then_some(0xfeff)
            .into_iter()
            .chain(text.encode_utf16());
        units.flat_map(to_bytes).collect()
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        assert_eq!(
            text_of(b"\xef\xbb\xbfvendor"),
            ("vendor".into(), Encoding::Utf8)
        );
        assert_eq!(
            text_of("Müller".as_bytes()),
            ("Müller".into(), Encoding::Utf8)
        );
    }

    #[test]
    fn utf_16_is_read_by_its_mark_and_refused_without() {
        for (to_bytes, encoding) in [
            (u16::to_le_bytes as fn(u16) -> [u8; 2], Encoding::Utf16Le),
            (u16::to_be_bytes, Encoding::Utf16Be),
        ] {
            let text = "vendor\tMüller";
            assert_eq!(
                text_of(&utf16(text, true, to_bytes)),
                (text.into(), encoding)
            );
            let refused = decode(&utf16(text, false, to_bytes)).unwrap_err();
            assert_eq!(
                refused,
                NotText::UnknownEncoding("UTF-16 without byte order mark")
            );
        }
        assert!(
            decode(b"\xff\xfev\0e").is_err(),
            "half a character at the end"
        );
    }

    #[test]
    fn windows_1252_is_a_guess_that_quotes_a_word_to_check() {
        let decoded = decode(b"vendor,comment\nAcme,tr\xe8s bon\n").unwrap();
        assert_eq!(decoded.encoding, Encoding::Windows1252);
        assert_eq!(decoded.guessed_from.as_deref(), Some("très"));
        let decoded = decode(b"price,100 \x80\n").unwrap();
        assert_eq!(decoded.guessed_from.as_deref(), Some("€"));
    }

    #[test]
    fn what_could_be_read_in_two_ways_or_is_no_text_is_refused() {
        for (bytes, expected) in [
            (&b"M\xc3\xbcller,M\xfcller"[..], NotText::MixedEncoding),
            (b"\xef\xbb\xbfM\xfcller", NotText::MixedEncoding),
            (b"a,\xc0\xaf", NotText::MixedEncoding),
            (b"a,\xed\xa0\x80", NotText::MixedEncoding),
            (b"a,b\0c,d", NotText::Binary),
            (b"\xff\xfe\0\0v\0\0\0", NotText::UnknownEncoding("UTF-32")),
            (b"v\0\0\0e\0\0\0n\0\0\0", NotText::UnknownEncoding("UTF-32")),
            (
                b"caf\x81",
                NotText::UnknownEncoding("neither UTF-8 nor Windows-1252"),
            ),
        ] {
            assert_eq!(decode(bytes).unwrap_err(), expected, "{bytes:?}");
        }
        for bytes in [
            &b"%PDF-1.7"[..],
            b"PK\x03\x04rest",
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            b"MZ\x90\0",
            b"\n <!DOCTYPE html>",
            b"<?xml version",
            b"{\"vendor\": 1}",
            b" [1]",
        ] {
            let refused = decode(bytes).unwrap_err();
            assert!(matches!(refused, NotText::WrongFileType(_)), "{bytes:?}");
        }
    }

    #[test]
    fn a_large_text_is_looked_at_as_a_small_one_is() {
        let text = "Acme,A-1,4\n".repeat(MANY_BYTES / 11 + 1);
        assert_eq!(text_of(text.as_bytes()).1, Encoding::Utf8);
        for at in [0, text.len() / 2, text.len() - 1] {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = 0;
            assert_eq!(decode(&bytes).unwrap_err(), NotText::Binary);
            bytes[at] = 0xe9;
            assert_eq!(text_of(&bytes).1, Encoding::Windows1252);
        }
    }
}
