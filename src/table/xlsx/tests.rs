use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{ExcelDateTime, Format, FormatScript, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

fn saved(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

fn looks(cells: &[&str]) -> bool {
    cells.contains(&"vendor")
}

fn text(bytes: &[u8]) -> Result<Tab, NotAWorkbook> {
    read(bytes, None, looks, &Limits::default())
}

/// The workbook with its parts changed, left out (`None`) or added.
fn changed(
    bytes: &[u8],
    change: impl Fn(&str, &[u8]) -> Option<Vec<u8>>,
    more: &[(&str, &[u8])],
) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
        if let Some(bytes) = change(&name, &bytes) {
            out.start_file(name, SimpleFileOptions::default()).unwrap();
            out.write_all(&bytes).unwrap();
        }
    }
    for (name, bytes) in more {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn small() -> Vec<u8> {
    saved(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "vendor").unwrap();
        sheet.write_number(1, 0, 4.5).unwrap();
    })
}

#[test]
fn every_cell_keeps_its_place_and_says_what_it_means() {
    let bytes = saved(|workbook| {
        let sheet = workbook.add_worksheet().set_name("Scores").unwrap();
        let (percent, day) = (
            Format::new().set_num_format("0%"),
            Format::new().set_num_format("d/m/yyyy"),
        );
        sheet.write_string(0, 0, "vendor").unwrap();
        sheet
            .write_string(0, 2, "a \"quoted\", text\nin two lines")
            .unwrap();
        sheet.write_number(3, 0, 2.999_999_999_999_999_6).unwrap();
        sheet.write_number_with_format(3, 1, 0.8, &percent).unwrap();
        let date = ExcelDateTime::from_ymd(2026, 5, 4).unwrap();
        sheet.write_datetime_with_format(3, 2, &date, &day).unwrap();
        sheet.write_boolean(4, 0, true).unwrap();
        sheet.write_string(4, 1, "=1+1").unwrap();
        sheet
            .write_formula(4, 2, Formula::new("=2+2").set_result("4"))
            .unwrap();
    });
    let tab = text(&bytes).unwrap();
    assert_eq!(tab.name, "Scores");
    assert_eq!(
        tab.text,
        "vendor,,\"a \"\"quoted\"\", text\nin two lines\"\n\n\n3,80%,2026-05-04\nTRUE,=1+1,4\n"
    );
    assert_eq!(tab.notices, [Notice::SavedFormulas(1)]);
}

#[test]
fn a_number_that_shows_another_is_told_with_both() {
    let bytes = saved(|workbook| {
        let sheet = workbook.add_worksheet();
        let whole = Format::new().set_num_format("0");
        sheet.write_string(0, 0, "vendor").unwrap();
        sheet.write_number_with_format(1, 1, 3.5, &whole).unwrap();
        sheet.write_number_with_format(2, 1, 3, &whole).unwrap();
    });
    let rounded = Rounded {
        row: 2,
        column: 1,
        holds: "3.5".to_owned(),
        shows: Some("4".to_owned()),
    };
    assert_eq!(text(&bytes).unwrap().rounded, [rounded]);
}

#[test]
fn what_is_hidden_or_merged_is_told() {
    let bytes = saved(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "vendor").unwrap();
        sheet
            .merge_range(1, 0, 3, 0, "Acme", &Format::new())
            .unwrap();
        for row in 1..4 {
            sheet.write_number(row, 1, row).unwrap();
        }
        sheet.set_row_hidden(2).unwrap();
        sheet.set_column_hidden(1).unwrap();
        let hidden = workbook.add_worksheet().set_name("Old").unwrap();
        hidden.write_string(0, 0, "vendor").unwrap();
        hidden.set_hidden(true);
    });
    let tab = text(&bytes).unwrap();
    assert_eq!(tab.text, "vendor,\nAcme,1\nAcme,2\nAcme,3\n");
    assert_eq!(
        tab.notices,
        [
            Notice::HiddenRows(1),
            Notice::HiddenColumns(1),
            Notice::Merged(2),
            Notice::HiddenTabs(vec!["Old".to_owned()]),
        ]
    );
}

#[test]
fn of_several_tabs_the_table_is_read_and_two_tables_are_asked_about() {
    let bytes = saved(|workbook| {
        let cover = workbook.add_worksheet().set_name("Read me").unwrap();
        cover
            .write_string(0, 0, "Please fill in the next tab")
            .unwrap();
        let scores = workbook.add_worksheet().set_name("Ana").unwrap();
        scores.write_string(0, 0, "vendor").unwrap();
    });
    assert_eq!(text(&bytes).unwrap().name, "Ana");
    let bytes = saved(|workbook| {
        for name in ["Ana", "Ben"] {
            let scores = workbook.add_worksheet().set_name(name).unwrap();
            scores.write_string(0, 0, "vendor").unwrap();
        }
    });
    let several = vec!["Ana".to_owned(), "Ben".to_owned()];
    assert_eq!(text(&bytes), Err(NotAWorkbook::SeveralTabs(several)));
    let named = |name| read(&bytes, Some(name), looks, &Limits::default());
    assert_eq!(named("Ben").unwrap().name, "Ben");
    assert!(matches!(named("Cleo"), Err(NotAWorkbook::NoTab { .. })));
}

#[test]
fn a_cell_far_away_costs_nothing_and_is_refused_by_its_column() {
    let bytes = saved(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "vendor").unwrap();
        sheet.write_number(1_048_575, 16_383, 1).unwrap();
    });
    let refused = text(&bytes).unwrap_err();
    assert!(
        matches!(refused, NotAWorkbook::TooWide { column: 16_384, .. }),
        "{refused}"
    );
}

#[test]
fn a_zero_that_a_program_wrote_for_every_result_is_no_result() {
    let bytes = saved(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "vendor").unwrap();
        sheet.write_formula(1, 0, "=2+2").unwrap();
        sheet.write_formula(1, 1, "=2+3").unwrap();
    });
    let tab = text(&bytes).unwrap();
    assert_eq!(tab.text, "vendor,\n=2+2,=2+3\n");
    assert_eq!(tab.notices, []);
    // A program that gives results means those that are 0 as well.
    let bytes_with_results = saved(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet
            .write_formula(0, 0, Formula::new("=2-2").set_result("0"))
            .unwrap();
        sheet
            .write_formula(0, 1, Formula::new("=2+3").set_result("5"))
            .unwrap();
    });
    assert_eq!(text(&bytes_with_results).unwrap().text, "0,5\n");
    // A spreadsheet that computed it says nothing of computing it again.
    let change = |name: &str, bytes: &[u8]| match name {
        "xl/workbook.xml" => Some(
            String::from_utf8_lossy(bytes)
                .replace(" fullCalcOnLoad=\"1\"", "")
                .into_bytes(),
        ),
        _ => Some(bytes.to_vec()),
    };
    let tab = text(&changed(&bytes, change, &[])).unwrap();
    assert_eq!(tab.text, "vendor,\n0,0\n");
}

#[test]
fn a_number_with_a_raised_footnote_is_not_read_as_one_number() {
    let bytes = saved(|workbook| {
        let (plain, raised) = (
            Format::new(),
            Format::new().set_font_script(FormatScript::Superscript),
        );
        let sheet = workbook.add_worksheet();
        sheet
            .write_rich_string(0, 0, &[(&plain, "3"), (&raised, "1")])
            .unwrap();
        sheet
            .write_rich_string(0, 1, &[(&plain, "Acme"), (&raised, "1")])
            .unwrap();
        sheet.write_number(0, 2, 31).unwrap();
    });
    assert_eq!(text(&bytes).unwrap().text, "31 (partly raised),Acme1,31\n");
}

#[test]
fn a_formula_without_a_result_is_shown_as_the_formula() {
    let sheet = b"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\
        <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>vendor</t></is></c><c r=\"B1\"><f>A2+1</f></c></row>\
        </sheetData></worksheet>";
    let change = |name: &str, bytes: &[u8]| match name {
        "xl/worksheets/sheet1.xml" => Some(sheet.to_vec()),
        _ => Some(bytes.to_vec()),
    };
    assert_eq!(
        text(&changed(&small(), change, &[])).unwrap().text,
        "vendor,=A2+1\n"
    );
}

#[test]
fn what_is_no_honest_workbook_is_refused_by_its_own_name() {
    let good = small();
    let without_workbook =
        |name: &str, bytes: &[u8]| (name != "xl/workbook.xml").then(|| bytes.to_vec());
    let with = |part: &str, bytes: &[u8]| {
        changed(&good, |_, bytes| Some(bytes.to_vec()), &[(part, bytes)])
    };
    let other = |part: &str| changed(&good, without_workbook, &[(part, b"x")]);
    let kind = |bytes: &[u8]| match text(bytes).unwrap_err() {
        NotAWorkbook::OtherKind(kind) => kind.to_owned(),
        refused => refused.to_string(),
    };
    assert!(kind(&other("xl/workbook.bin")).contains("XLSB"));
    assert!(kind(&other("content.xml")).contains("OpenDocument"));
    assert!(kind(&other("word/document.xml")).contains("text document"));
    assert!(kind(&other("a.txt")).contains("zip archive"));
    assert_eq!(
        text(&with("xl/vbaProject.bin", b"x")),
        Err(NotAWorkbook::Macros)
    );
    let bomb = b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a/>";
    assert_eq!(
        text(&with("xl/extra.xml", bomb)),
        Err(NotAWorkbook::DocumentType)
    );
    assert!(matches!(
        text(&with("../evil.xml", b"<a/>")),
        Err(NotAWorkbook::Damaged(_))
    ));
    assert_eq!(
        text(&with("XL/styles.xml", b"<a/>")),
        Err(NotAWorkbook::Twice("parts"))
    );
    let huge = vec![b' '; usize::try_from(MAX_UNPACKED).unwrap() + 1];
    assert_eq!(
        text(&with("xl/huge.bin", &huge)),
        Err(NotAWorkbook::TooLarge)
    );
    assert!(kind(b"PK\x03\x04").contains("zip archive"));
    let cut = good.get(..good.len() / 2).unwrap();
    assert!(kind(cut).contains("cut off"));
    let empty = saved(|workbook| {
        workbook.add_worksheet();
    });
    assert_eq!(text(&empty), Err(NotAWorkbook::Empty));
}

#[test]
fn a_flipped_byte_is_found_by_its_checksum_or_changes_nothing_that_is_read() {
    let good = small();
    let read = text(&good).unwrap();
    for at in 0..good.len() {
        let mut bytes = good.clone();
        bytes[at] ^= 0x20;
        if let Ok(found) = text(&bytes) {
            assert_eq!(found.text, read.text, "byte {at}");
        }
    }
}

#[test]
fn two_cells_in_one_place_are_refused() {
    let sheet = b"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\
        <row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row></sheetData></worksheet>";
    let change = |name: &str, bytes: &[u8]| match name {
        "xl/worksheets/sheet1.xml" => Some(sheet.to_vec()),
        _ => Some(bytes.to_vec()),
    };
    assert_eq!(
        text(&changed(&small(), change, &[])),
        Err(NotAWorkbook::Twice("cells"))
    );
}
