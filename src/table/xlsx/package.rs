//! The package around a workbook: a zip file, proven before anything in it is trusted.

use std::collections::{HashMap, HashSet};
use std::io::{BufReader, Cursor, Read as _};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::inside::Inside;
use super::{MAX_UNPACKED, NotAWorkbook, damaged};

/// The most parts of a package.
const MAX_PARTS: usize = 1000;

/// What spreadsheets never write, and entity bombs need.
const DOCUMENT_TYPE: &[u8] = b"<!DOCTYPE";

/// Text marked as such, which reading leaves out; spreadsheets never write it.
const MARKED_TEXT: &[u8] = b"<![CDATA[";

/// The parts of a workbook.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The paths of the tabs, by name.
    tabs: HashMap<String, String>,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, NotAWorkbook> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| NotAWorkbook::OtherKind("a zip archive, or a workbook that is cut off"))?;
        if archive.len() > MAX_PARTS {
            return Err(NotAWorkbook::TooLarge);
        }
        if parts_said(bytes).is_some_and(|said| said != archive.len()) {
            return Err(NotAWorkbook::Twice("parts"));
        }
        let mut package = Self {
            archive,
            tabs: HashMap::new(),
        };
        package.refuse_other_kinds()?;
        Ok(package)
    }

    /// Reads every part to its end: sizes and checksums are what they are, not what the directory says.
    pub(super) fn prove(&mut self) -> Result<(), NotAWorkbook> {
        let mut left = MAX_UNPACKED;
        let mut seen = HashSet::new();
        for at in 0..self.archive.len() {
            let part = self.archive.by_index(at).map_err(|error| damaged(&error))?;
            let name = part.name().map_err(|error| damaged(&error))?.to_lowercase();
            if name.starts_with('/') || name.split(['/', '\\']).any(|step| step == "..") {
                return Err(NotAWorkbook::Damaged(
                    "a part lies outside the package".to_owned(),
                ));
            }
            if name.ends_with("vbaproject.bin") || name.contains("/macrosheets/") {
                return Err(NotAWorkbook::Macros);
            }
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
            let is_xml = matches!(extension, "xml" | "rels" | "vml");
            let is_aside = name.starts_with("customxml/") || name.starts_with("docprops/");
            let holds_cells = extension == "xml" && !is_aside;
            if !seen.insert(name) {
                return Err(NotAWorkbook::Twice("parts"));
            }
            let mut reader = part.take(left.saturating_add(1));
            let read = if is_xml {
                prove_xml(&mut reader, holds_cells)?
            } else {
                std::io::copy(&mut reader, &mut std::io::sink()).map_err(|error| damaged(&error))?
            };
            left = left.checked_sub(read).ok_or(NotAWorkbook::TooLarge)?;
        }
        self.tabs = self.find_tabs()?;
        Ok(())
    }

    /// What the tab of a name says about its rows, columns and formulas.
    pub(super) fn inside(&mut self, tab: &str) -> Result<Inside, NotAWorkbook> {
        let path = self.tabs.get(tab).cloned();
        let path = path.ok_or_else(|| NotAWorkbook::Damaged("a tab has no part".to_owned()))?;
        let part = self
            .archive
            .by_name(&path)
            .map_err(|error| damaged(&error))?;
        Inside::read(BufReader::new(part))
    }

    fn refuse_other_kinds(&mut self) -> Result<(), NotAWorkbook> {
        let has = |name: &str| self.archive.index_for_name(name).is_some();
        let kind = if has("xl/workbook.xml") {
            return Ok(());
        } else if has("xl/workbook.bin") {
            "a binary workbook (XLSB)"
        } else if has("word/document.xml") {
            "a text document"
        } else if has("ppt/presentation.xml") {
            "a presentation"
        } else if has("content.xml") {
            "an OpenDocument file"
        } else {
            "a zip archive, not a workbook"
        };
        Err(NotAWorkbook::OtherKind(kind))
    }

    fn find_tabs(&mut self) -> Result<HashMap<String, String>, NotAWorkbook> {
        let mut targets: HashMap<String, String> = HashMap::new();
        self.each("xl/_rels/workbook.xml.rels", "Relationship", |element| {
            let id = attribute(element, "Id")?;
            targets.insert(id, attribute(element, "Target")?);
            Some(())
        })?;
        let mut tabs = HashMap::new();
        self.each("xl/workbook.xml", "sheet", |element| {
            let target = targets.get(&relation(element)?)?;
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("xl/{target}"),
            };
            tabs.insert(attribute(element, "name")?, path);
            Some(())
        })?;
        Ok(tabs)
    }

    /// Looks at every element of a name in a part.
    fn each(
        &mut self,
        part: &str,
        name: &str,
        mut look: impl FnMut(&BytesStart<'_>) -> Option<()>,
    ) -> Result<(), NotAWorkbook> {
        let part = self
            .archive
            .by_name(part)
            .map_err(|error| damaged(&error))?;
        let mut xml = Reader::from_reader(BufReader::new(part));
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let event = xml.read_event_into(&mut buffer);
            match event.map_err(|error| damaged(&error))? {
                Event::Start(element) | Event::Empty(element)
                    if element.local_name().as_ref() == name =>
                {
                    // An element without what is looked for names nothing.
                    let _ = look(&element);
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

/// How many parts the directory at the end of the file says there are.
fn parts_said(bytes: &[u8]) -> Option<usize> {
    let at = memchr::memmem::rfind(bytes, b"PK\x05\x06")?;
    let count = bytes.get(at.checked_add(10)?..at.checked_add(12)?)?;
    Some(usize::from(u16::from_le_bytes(count.try_into().ok()?)))
}

/// Reads a part to its end, and refuses a document type, and text in cells that would be left out.
fn prove_xml(part: &mut impl std::io::Read, holds_cells: bool) -> Result<u64, NotAWorkbook> {
    let mut total = 0_u64;
    let mut chunk = vec![0; 64 * 1024];
    let mut kept: Vec<u8> = Vec::new();
    loop {
        let count = part.read(&mut chunk).map_err(|error| damaged(&error))?;
        if count == 0 {
            return Ok(total);
        }
        total = total.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        kept.extend_from_slice(chunk.get(..count).unwrap_or_default());
        if memchr::memmem::find(&kept, DOCUMENT_TYPE).is_some() {
            return Err(NotAWorkbook::DocumentType);
        }
        if holds_cells && memchr::memmem::find(&kept, MARKED_TEXT).is_some() {
            return Err(NotAWorkbook::Damaged("text marked as CDATA".to_owned()));
        }
        let keep = kept.len().min(DOCUMENT_TYPE.len());
        kept.drain(..kept.len().saturating_sub(keep));
    }
}

/// The id of what a tab points to, whatever the prefix of its namespace.
fn relation(element: &BytesStart<'_>) -> Option<String> {
    let mut attributes = element.attributes().filter_map(Result::ok);
    let found = attributes.find(|attribute| attribute.key.as_ref().ends_with(":id"))?;
    let text = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(text.into_owned())
}

/// The text of an attribute.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    let text = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(text.into_owned())
}
