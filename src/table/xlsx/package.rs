//! The package around a workbook: a zip file, proven before anything in it is trusted.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Cursor, Read as _};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::bounds::Bounds;
use super::inside::{Inside, Order};
use super::parts::{Begun, MAX_PLAN, is_plan, prove_announced_texts, prove_styles, raised_numbers};
use super::{MAX_TABS, MAX_UNPACKED, NotAWorkbook, damaged};

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
    /// Shared texts that would be read as a number although a part of them is raised.
    raised: HashSet<String>,
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
            raised: HashSet::new(),
        };
        package.refuse_other_kinds()?;
        Ok(package)
    }

    /// Reads every part to its end: sizes and checksums are what they are, not what the directory says.
    pub(super) fn prove(&mut self, bounds: &Bounds) -> Result<(), NotAWorkbook> {
        let mut left = MAX_UNPACKED;
        let mut left_to_begin = Begun::of(bounds);
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
            left_to_begin.part(name == "xl/sharedstrings.xml");
            let most = if is_plan(&name) {
                left.min(MAX_PLAN)
            } else {
                left
            };
            if !seen.insert(name) {
                return Err(NotAWorkbook::Twice("parts"));
            }
            let mut reader = part.take(most.saturating_add(1));
            let read = if is_xml {
                prove_xml(&mut reader, holds_cells, &mut left_to_begin)?
            } else {
                std::io::copy(&mut reader, &mut std::io::sink()).map_err(|error| damaged(&error))?
            };
            if read > most {
                return Err(NotAWorkbook::TooLarge);
            }
            left = left.saturating_sub(read);
        }
        self.prove_start()?;
        if let Some(part) = self.part("xl/styles.xml")? {
            prove_styles(part)?;
        }
        if let Some(part) = self.part("xl/sharedStrings.xml")? {
            prove_announced_texts(part, bounds.most_cells())?;
        }
        if left_to_begin.has_raised {
            let part = self.part("xl/sharedStrings.xml")?;
            let raised = part.map(raised_numbers).transpose()?;
            self.raised = raised.unwrap_or_default();
        }
        self.tabs = self.find_tabs()?;
        Ok(())
    }

    /// What the tab of a name says about its rows, columns and formulas.
    pub(super) fn inside(
        &mut self,
        tab: &str,
        bounds: &mut Bounds,
    ) -> Result<Inside, NotAWorkbook> {
        let path = self.tabs.get(tab).cloned();
        let path = path.ok_or_else(|| NotAWorkbook::Damaged("a tab has no part".to_owned()))?;
        for order in [Order::Kept, Order::Any] {
            let part = self
                .archive
                .by_name(&path)
                .map_err(|error| damaged(&error))?;
            if let Some(mut inside) = Inside::read(BufReader::new(part), order, bounds)? {
                if self.is_computed_on_opening()? {
                    inside.distrust_zeros();
                }
                inside.raised.clone_from(&self.raised);
                return Ok(inside);
            }
        }
        Err(NotAWorkbook::Damaged("cells in no order".to_owned()))
    }

    /// Whether the results of formulas are to be computed anew when the workbook is opened.
    fn is_computed_on_opening(&mut self) -> Result<bool, NotAWorkbook> {
        let mut is_computed = false;
        self.each("xl/workbook.xml", "calcPr", |element| {
            let said = attribute(element, "fullCalcOnLoad")?;
            is_computed = matches!(said.as_str(), "1" | "true");
            Some(())
        })?;
        Ok(is_computed)
    }

    /// A part, under its name in any letters, as readers of workbooks look for it.
    fn part(&mut self, name: &str) -> Result<Option<impl BufRead>, NotAWorkbook> {
        let found = self
            .archive
            .file_names()
            .position(|part| part.is_ok_and(|part| part.eq_ignore_ascii_case(name)));
        let Some(at) = found else {
            return Ok(None);
        };
        let part = self.archive.by_index(at).map_err(|error| damaged(&error))?;
        Ok(Some(BufReader::new(part)))
    }

    /// Refuses a package that starts somewhere else: another reader would take another workbook out of it.
    fn prove_start(&mut self) -> Result<(), NotAWorkbook> {
        let mut elsewhere = false;
        self.each("_rels/.rels", "Relationship", |element| {
            let kind = attribute(element, "Type")?;
            let target = attribute(element, "Target")?;
            elsewhere |= kind.ends_with("/relationships/officeDocument")
                && target.trim_start_matches('/') != "xl/workbook.xml";
            Some(())
        })?;
        if elsewhere {
            let why = "it starts in another part than xl/workbook.xml";
            return Err(NotAWorkbook::Damaged(why.to_owned()));
        }
        Ok(())
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
        let mut twice = None;
        self.each("xl/_rels/workbook.xml.rels", "Relationship", |element| {
            let id = attribute(element, "Id")?;
            if targets.insert(id, attribute(element, "Target")?).is_some() {
                twice = Some("relations");
            }
            Some(())
        })?;
        let mut tabs = HashMap::new();
        let mut paths = HashSet::new();
        self.each("xl/workbook.xml", "sheet", |element| {
            let target = targets.get(&relation(element)?)?;
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("xl/{target}"),
            };
            if !paths.insert(path.to_lowercase()) {
                twice = Some("tabs");
            }
            if tabs.insert(attribute(element, "name")?, path).is_some() {
                twice = Some("tabs");
            }
            Some(())
        })?;
        match twice {
            Some(what) => Err(NotAWorkbook::Twice(what)),
            None if tabs.len() > MAX_TABS => Err(NotAWorkbook::TooManyTabs),
            None => Ok(tabs),
        }
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

/// Reads a part to its end, and refuses a document type, text in cells that would be left out, and more elements than are left.
fn prove_xml(
    part: &mut impl std::io::Read,
    holds_cells: bool,
    left: &mut Begun,
) -> Result<u64, NotAWorkbook> {
    let mut total = 0_u64;
    let mut chunk = vec![0; 64 * 1024];
    let mut kept: Vec<u8> = Vec::new();
    loop {
        let count = part.read(&mut chunk).map_err(|error| damaged(&error))?;
        if count == 0 {
            return Ok(total);
        }
        total = total.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        let chunk = chunk.get(..count).unwrap_or_default();
        left.count(chunk)?;
        kept.extend_from_slice(chunk);
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
