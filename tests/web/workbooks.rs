//! Score sheets as workbooks: read like the same cells in CSV, refused for the same reasons, asked about where a CSV cannot be.

use reqwest::blocking::Response;
use reqwest::blocking::multipart::{Form, Part};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::support::{TestApp, fields_of, without_tags};

/// An open evaluation of two vendors, which anybody may score.
fn evaluation(app: &TestApp) -> String {
    let home = app.start("internal", "itsm-one-afternoon", "1000", "2000");
    let vendors = [("what", "add-vendors"), ("vendors", "Acme\nBolt")];
    assert_eq!(app.post(&format!("{home}/people"), &vendors).status(), 303);
    home
}

fn send(app: &TestApp, address: &str, bytes: Vec<u8>, fields: &[(&str, &str)]) -> Response {
    let mut form = Form::new().part("file", Part::bytes(bytes).file_name("scores.xlsx"));
    for (name, text) in fields {
        form = form.text((*name).to_owned(), (*text).to_owned());
    }
    app.request("POST", address).multipart(form).send().unwrap()
}

fn shown(response: Response, status: u16) -> String {
    assert_eq!(response.status(), status);
    response.text().unwrap()
}

fn head(sheet: &mut Worksheet) {
    for (column, text) in (0_u16..).zip(["criterion", "evaluator", "Acme", "Acme comment", "Bolt"])
    {
        sheet.write_string(0, column, text).unwrap();
    }
}

fn row(sheet: &mut Worksheet, row: u32, criterion: &str, acme: Decimal, bolt: Decimal) {
    sheet.write_string(row, 0, criterion).unwrap();
    sheet.write_string(row, 1, "Ana").unwrap();
    sheet.write_number(row, 2, acme.to_f64().unwrap()).unwrap();
    sheet.write_string(row, 3, "seen <in> the trial").unwrap();
    sheet.write_number(row, 4, bolt.to_f64().unwrap()).unwrap();
}

#[test]
fn a_workbook_is_filed_and_every_number_leads_to_its_row() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    head(sheet);
    row(sheet, 2, "ITIL-INC", Decimal::new(45, 1), Decimal::from(3));
    let bytes = workbook.save_to_buffer().unwrap();
    let filed = shown(app.hand_in(&home, "scores.xlsx", &bytes), 200);
    let text = without_tags(&filed);
    assert!(
        text.contains("By Ana. 2 new") && text.contains("XLSX workbook"),
        "{text}"
    );
    let page = shown(app.get(&format!("{home}/sheets/1?at=3")), 200);
    assert!(
        page.contains("<tr id=\"row-3\">") && page.contains(">4.5</td>"),
        "{page}"
    );
    assert!(page.contains("seen &#60;in&#62; the trial"));
    let vendor = shown(app.get(&format!("{home}/vendors/1")), 200);
    assert!(vendor.contains("sheets/1?at=3#row-3"), "{vendor}");
    let original = app.get(&format!("{home}/sheets/1/original"));
    assert_eq!(original.bytes().unwrap(), bytes);
}

#[test]
fn a_percentage_and_a_date_are_refused_in_their_cells() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    head(sheet);
    row(sheet, 1, "ITIL-INC", Decimal::from(4), Decimal::from(3));
    row(sheet, 2, "ITIL-REQ", Decimal::from(4), Decimal::from(3));
    let percent = Format::new().set_num_format("0%");
    let day = Format::new().set_num_format("d-mmm");
    sheet.write_number_with_format(1, 2, 0.8, &percent).unwrap();
    sheet.write_number_with_format(2, 4, 46_000, &day).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let page = shown(send(&app, &format!("{home}/sheets"), bytes, &[]), 422);
    assert!(
        page.contains("class=\"marked\"><mark>80%</mark></td>"),
        "{page}"
    );
    assert!(page.contains("Date instead of number"), "{page}");
    assert!(page.contains("refused, nothing of it was stored"));
}

#[test]
fn of_two_tabs_with_scores_it_is_asked_which_and_the_other_one_too() {
    let app = TestApp::open();
    let home = evaluation(&app);
    let mut workbook = Workbook::new();
    for (name, score) in [("First", 4), ("Second", 2)] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        head(sheet);
        row(
            sheet,
            1,
            "ITIL-INC",
            Decimal::from(score),
            Decimal::from(score),
        );
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let asked = shown(
        send(&app, &format!("{home}/sheets"), bytes.clone(), &[]),
        200,
    );
    let told = without_tags(&asked);
    for tab in ["First", "Second"] {
        assert!(
            told.contains(&format!("scores.xlsx, tab {tab}: can be filed")),
            "{told}"
        );
    }
    let second = fields_of(
        &asked,
        "name=\"tab\" value=\"Second\"><input type=\"hidden\" name=\"others\"",
    );
    let second: Vec<(&str, &str)> = second
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert!(second.iter().any(|(name, _)| *name == "seen"), "{second:?}");
    let filed = shown(app.post(&format!("{home}/sheets/held"), &second), 200);
    let told = without_tags(&filed);
    assert!(told.contains("tab Second: filed as sheet 1"), "{told}");
    assert!(
        told.contains("1 of 2 tabs filed.") && told.contains("tab First: can be filed"),
        "{told}"
    );

    let api = format!("/api/v1{home}/sheets");
    let refused = shown(send(&app, &api, bytes.clone(), &[]), 422);
    assert!(refused.contains("\"code\":\"several-tabs\""), "{refused}");
    let filed = shown(send(&app, &api, bytes.clone(), &[("tab", "First")]), 201);
    assert!(filed.contains("\"changed\":2"), "{filed}");
    let again = send(&app, &api, bytes, &[("tab", "First")]);
    assert_eq!(again.status(), 200);
}

#[test]
fn a_package_that_is_no_workbook_is_another_type() {
    let app = TestApp::open();
    let home = evaluation(&app);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("holiday.txt", options).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let refused = send(&app, &format!("/api/v1{home}/sheets"), bytes, &[]);
    assert_eq!(refused.status(), 415);
}
