//! Files that are saved rather than shown.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};

use crate::sheets::Marked;
use crate::table::workbook::XLSX;
use crate::table::write::CSV;

/// What a file is called if nothing is left of its name.
const NAMELESS: &str = "evaluation";

/// Answers with a file to save, under a name that any system takes.
pub(super) fn download(name: &str, content_type: &'static str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, disposition(name)))
        // Should a browser show it all the same, nothing in it runs.
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .content_type(content_type)
        .body(bytes)
}

/// A sheet with its problems, named after the file it came in.
pub(super) fn download_marked(file_name: &str, marked: Marked) -> HttpResponse {
    let stem = file_name.rsplit_once('.');
    let stem = stem.map_or("sheet", |(stem, _)| stem);
    let stem = stem.strip_suffix("-problems").unwrap_or(stem);
    match marked {
        Marked::Csv(bytes) => download(&format!("{stem}-problems.csv"), CSV, bytes),
        Marked::Workbook(bytes) => download(&format!("{stem}-problems.xlsx"), XLSX, bytes),
    }
}

/// The title of an evaluation as the start of a file name: words joined by hyphens.
pub(super) fn file_stem(title: &str) -> String {
    let parts = title.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect();
    let stem: String = words.join("-").chars().take(60).collect();
    match stem.trim_end_matches('-') {
        "" => NAMELESS.to_owned(),
        stem => stem.to_owned(),
    }
}

/// RFC 6266: the name for old clients in ASCII, and as it is.
fn disposition(name: &str) -> String {
    let ascii: String = name.chars().map(plain).collect();
    let encoded = encoded(name);
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

/// A text as a part of an address: all but letters, digits and `-._~` as `%XX`.
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
            encoded.push('%');
            encoded.push(digit(byte >> 4).to_ascii_uppercase());
            encoded.push(digit(byte & 15).to_ascii_uppercase());
        }
    }
    encoded
}

fn plain(letter: char) -> char {
    if letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '-' | '.' | '_' | '(' | ')') {
        letter
    } else {
        '_'
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_the_title() {
        for (title, stem) in [
            ("ITSM tool 2027", "itsm-tool-2027"),
            ("  \"Übersicht\" / Köln?  ", "übersicht-köln"),
            ("../..\\x", "x"),
            ("???", "evaluation"),
        ] {
            assert_eq!(file_stem(title), stem);
        }
        let long = file_stem(&"ab ".repeat(100));
        assert!(long.len() <= 60 && !long.ends_with('-'), "{long}");
    }

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(
            disposition("köln \"a\"\r\n.csv"),
            "attachment; filename=\"k_ln _a___.csv\"; filename*=UTF-8''k%C3%B6ln%20%22a%22%0D%0A.csv"
        );
    }
}
