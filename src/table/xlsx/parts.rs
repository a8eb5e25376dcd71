//! The parts that a reader of workbooks keeps whole in memory, counted before it does.

use std::collections::HashSet;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::bounds::Bounds;
use super::package::attribute;
use super::{NotAWorkbook, damaged};

/// The most bytes of the parts that say what a workbook consists of, and how it looks.
pub(super) const MAX_PLAN: u64 = 8 * 1024 * 1024;
/// The most styles of cells: what spreadsheets allow.
const MAX_STYLES: usize = 66_000;
/// The most bytes of one attribute of a style: every cell style repeats the codes and names it uses.
const MAX_STYLE_TEXT: usize = 1600;

/// The most elements, begun and ended, that are written for one cell, and for one text that cells share.
const OF_A_CELL: usize = 8;
/// See [`OF_A_CELL`].
const OF_A_TEXT: usize = 4;

/// How many elements may still begin: counted in the bytes, which is much quicker than reading them.
#[derive(Debug)]
pub(super) struct Begun {
    most_cells: usize,
    most_rows: usize,
    left: usize,
    texts: Option<usize>,
    rows: usize,
    /// Whether some of a shared text is raised above the rest of it, and the last bytes that were looked at for that.
    pub(super) has_raised: bool,
    last: Vec<u8>,
}

impl Begun {
    pub(super) fn of(bounds: &Bounds) -> Self {
        Self {
            most_cells: bounds.most_cells(),
            most_rows: bounds.most_rows(),
            left: bounds.most_cells().saturating_mul(OF_A_CELL),
            texts: None,
            rows: 0,
            has_raised: false,
            last: Vec::new(),
        }
    }

    /// Goes on to the next part.
    pub(super) fn part(&mut self, shares_texts: bool) {
        self.texts = shares_texts.then(|| self.most_cells.saturating_mul(OF_A_TEXT));
    }

    /// Counts what begins in some bytes of a part; a row that is cut in two between them is counted when it is read.
    pub(super) fn count(&mut self, bytes: &[u8]) -> Result<(), NotAWorkbook> {
        let begun = memchr::memchr_iter(b'<', bytes).count();
        let too_many = NotAWorkbook::TooManyCells(self.most_cells);
        self.left = self.left.checked_sub(begun).ok_or(too_many.clone())?;
        if let Some(texts) = &mut self.texts {
            *texts = texts.checked_sub(begun).ok_or(too_many)?;
            self.find_raised(bytes);
        }
        let rows = memchr::memmem::find_iter(bytes, b"<row").count();
        self.rows = self.rows.saturating_add(rows);
        if self.rows > self.most_rows {
            return Err(NotAWorkbook::TooManyRows(self.most_rows));
        }
        Ok(())
    }
}

/// What a raised piece of a text is told by.
const RAISED: &[u8] = b"superscript";

impl Begun {
    /// Looks for it in some bytes, and across their beginning.
    fn find_raised(&mut self, bytes: &[u8]) {
        let reach = RAISED.len().saturating_sub(1);
        self.last.extend(bytes.iter().take(reach));
        let finds = |bytes: &[u8]| memchr::memmem::find(bytes, RAISED).is_some();
        self.has_raised |= finds(&self.last) || finds(bytes);
        if bytes.len() >= reach {
            self.last.clear();
        }
        let end = bytes.len().saturating_sub(reach);
        self.last.extend(bytes.get(end..).unwrap_or_default());
    }
}

/// Shared texts that are a number as long as nobody sees that a part of it is raised: `3` and a footnote's 1 are no 31.
pub(super) fn raised_numbers(part: impl BufRead) -> Result<HashSet<String>, NotAWorkbook> {
    let mut xml = Reader::from_reader(part);
    let mut buffer = Vec::new();
    let mut found = HashSet::new();
    let (mut text, mut in_text, mut is_raised) = (String::new(), false, false);
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer);
        match event.map_err(|error| damaged(&error))? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "si" => (text, is_raised) = (String::new(), false),
                "t" => in_text = true,
                "vertAlign" => {
                    is_raised |= attribute(&element, "val").as_deref() == Some("superscript");
                }
                _ => {}
            },
            Event::Text(piece) if in_text => text.push_str(&piece),
            Event::End(element) => match element.local_name().as_ref() {
                "t" => in_text = false,
                "si" if is_raised && is_like_a_number(&text) => {
                    found.insert(std::mem::take(&mut text));
                }
                _ => {}
            },
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

fn is_like_a_number(text: &str) -> bool {
    let is_part = |letter: char| {
        letter.is_ascii_digit() || letter.is_whitespace() || matches!(letter, '.' | ',')
    };
    text.chars().all(is_part) && text.contains(|letter: char| letter.is_ascii_digit())
}

/// Whether a part says what a workbook consists of, or how it looks.
pub(super) fn is_plan(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension == "rels"
        || matches!(
            name,
            "xl/workbook.xml" | "xl/styles.xml" | "[content_types].xml"
        )
}

/// Refuses more styles, or longer texts in them, than spreadsheets write.
pub(super) fn prove_styles(part: impl BufRead) -> Result<(), NotAWorkbook> {
    let mut styles = 0_usize;
    each(part, |element| {
        if element.local_name().as_ref() == "xf" {
            styles = styles.saturating_add(1);
        }
        let mut attributes = element.attributes().filter_map(Result::ok);
        let is_long = attributes.any(|attribute| attribute.value.len() > MAX_STYLE_TEXT);
        if is_long || styles > MAX_STYLES.saturating_mul(2) {
            return Err(NotAWorkbook::Damaged(
                "more styles than there can be".to_owned(),
            ));
        }
        Ok(())
    })
}

/// Refuses a part of shared texts that announces more of them than there can be cells: room is made for so many.
pub(super) fn prove_announced_texts(part: impl BufRead, most: usize) -> Result<(), NotAWorkbook> {
    let mut xml = Reader::from_reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer);
        match event.map_err(|error| damaged(&error))? {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == "sst" =>
            {
                let announced = attribute(&element, "uniqueCount");
                let announced = announced.map_or(0, |count| count.parse().unwrap_or(usize::MAX));
                return if announced > most {
                    Err(NotAWorkbook::TooManyCells(most))
                } else {
                    Ok(())
                };
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Looks at every element of a part.
fn each(
    part: impl BufRead,
    mut look: impl FnMut(&BytesStart<'_>) -> Result<(), NotAWorkbook>,
) -> Result<(), NotAWorkbook> {
    let mut xml = Reader::from_reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer);
        match event.map_err(|error| damaged(&error))? {
            Event::Start(element) | Event::Empty(element) => look(&element)?,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
