//! What a preview shows, what can be said in it, and how the tabs of one workbook are filed without sending it again.

use reqwest::blocking::Response;
use reqwest::blocking::multipart::{Form, Part};
use rust_xlsxwriter::Workbook;
use serde_json::json;

use crate::programs::start;
use crate::support::{TestApp, fields_of, without_tags};

/// An evaluation with nobody on its lists.
fn open_evaluation(app: &TestApp) -> String {
    app.start("internal", "itsm-one-afternoon", "1000", "2000")
}

/// An evaluation of Acme and Bolt, scored by Ana and Ben.
fn evaluation(app: &TestApp) -> String {
    let mut body = start();
    body["vendors"] = json!(["Acme", "Bolt"]);
    body["evaluators"] = json!(["Ana", "Ben"]);
    format!("/evaluations/{}", app.started(&body))
}

fn look(app: &TestApp, home: &str, name: &str, bytes: &[u8], said: &[(&str, &str)]) -> Response {
    let part = Part::bytes(bytes.to_vec()).file_name(name.to_owned());
    let form = Form::new().part("file", part);
    let form = said.iter().fold(form, |form, (field, text)| {
        form.text((*field).to_owned(), (*text).to_owned())
    });
    let request = app.request("POST", &format!("{home}/sheets"));
    request.multipart(form).send().unwrap()
}

fn shown(response: Response, status: u16) -> String {
    let (met, text) = (response.status(), response.text().unwrap());
    assert_eq!(met, status, "{text}");
    text
}

/// Sends a form of a page with some fields said otherwise.
fn answer(app: &TestApp, home: &str, page: &str, form: &str, said: &[(&str, &str)]) -> String {
    let mut fields = fields_of(page, form);
    fields.retain(|(name, _)| !said.iter().any(|(field, _)| field == name));
    let fields = fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let fields: Vec<(&str, &str)> = fields.chain(said.iter().copied()).collect();
    app.post(&format!("{home}/sheets/held"), &fields)
        .text()
        .unwrap()
}

/// A workbook of tabs, each a table of texts; what is a number becomes one.
fn workbook(tabs: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in tabs {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0_u32..).zip(*rows) {
            for (column, text) in (0_u16..).zip(*cells) {
                let done = match text.parse::<u8>() {
                    Ok(number) => sheet.write_number(row, column, number),
                    Err(_) => sheet.write_string(row, column, *text),
                };
                done.unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_with_a_tab_for_each_evaluator_is_filed_tab_after_tab_without_sending_it_again() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let head: &[&str] = &["criterion", "Acme", "Bolt"];
    let bytes = workbook(&[
        ("Ana", &[head, &["ITIL-INC", "4", "3"]]),
        ("Ben's scores", &[head, &["ITIL-INC", "2", "5"]]),
    ]);
    let page = shown(look(&app, &home, "all.xlsx", &bytes, &[]), 200);
    let told = without_tags(&page);
    assert!(told.contains("all.xlsx, tab Ana: can be filed"), "{told}");
    assert!(
        told.contains("Taken to be by Ana, going by the name of the tab"),
        "{told}"
    );
    assert!(
        told.contains("Taken to be by Ben, going by the name of the tab"),
        "{told}"
    );
    assert!(told.contains("0 of 2 tabs filed."), "{told}");
    let page = shown(app.confirm(&home, &page), 200);
    let told = without_tags(&page);
    assert!(told.contains("tab Ana: filed as sheet 1"), "{told}");
    assert!(told.contains("1 of 2 tabs filed."), "{told}");
    let page = shown(app.confirm(&home, &page), 200);
    let told = without_tags(&page);
    assert!(
        told.contains("tab Ben&#39;s scores: filed as sheet 2"),
        "{told}"
    );
    assert!(told.contains("2 of 2 tabs filed."), "{told}");
    let scores = app.get(&format!("{home}/scores.csv")).text().unwrap();
    for line in ["Acme,ITIL-INC,Ana,4", "Bolt,ITIL-INC,Ben,5"] {
        let [vendor, criterion, evaluator, score] = line.split(',').collect::<Vec<_>>()[..] else {
            unreachable!("{line}")
        };
        let is_it = |row: &str| {
            [vendor, criterion, evaluator]
                .iter()
                .all(|text| row.contains(text))
                && row.contains(&format!(",{score},"))
        };
        assert!(scores.lines().any(is_it), "{line} in {scores}");
    }
}

#[test]
fn a_workbook_with_a_tab_for_each_vendor_brings_all_of_them_in_one_go() {
    let app = TestApp::entered();
    let home = open_evaluation(&app);
    let head: &[&str] = &["criterion", "score"];
    let bytes = workbook(&[
        ("Acme", &[head, &["ITIL-INC", "4"]]),
        ("Bolt", &[head, &["ITIL-INC", "3"]]),
        ("Cord", &[head, &["ITIL-INC", "2"]]),
    ]);
    let page = shown(
        look(&app, &home, "ours.xlsx", &bytes, &[("evaluator", "Ana")]),
        200,
    );
    let told = without_tags(&page);
    assert!(told.contains("Taken to be about Bolt, by Ana"), "{told}");
    let page = answer(&app, &home, &page, "name=\"all\"", &[]);
    let told = without_tags(&page);
    for number in 1..=3 {
        assert!(told.contains(&format!("filed as sheet {number}")), "{told}");
    }
    assert!(told.contains("3 of 3 tabs filed."), "{told}");
}

#[test]
fn a_tab_that_the_page_does_not_show_is_offered_next() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let head: &[&str] = &["criterion", "Acme", "Bolt"];
    let bytes = workbook(&[
        ("Ana", &[head, &["ITIL-INC", "4", "3"]]),
        ("Ben", &[head, &["ITIL-INC", "2", "5"]]),
    ]);
    let said = [("tab", "Ana"), ("evaluator", "Ana")];
    let page = shown(look(&app, &home, "all.xlsx", &bytes, &said), 200);
    let page = shown(app.confirm(&home, &page), 200);
    assert!(
        page.contains("1 of 2 tabs filed. Look at the next:"),
        "{page}"
    );
    let next = answer(
        &app,
        &home,
        &page,
        "name=\"guess\" value=\"may\"",
        &[("tab", "Ben")],
    );
    let told = without_tags(&next);
    assert!(
        told.contains("tab Ben: can be filed") && told.contains("Taken to be by Ben"),
        "{told}"
    );
}

#[test]
fn a_preview_shows_all_that_was_read() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let text = "Scores of the trial\n\ncriterion;Acme;Bolt\nITIL-INC;4,5;3\nITIL-REQ;2;1\n";
    let page = shown(
        look(
            &app,
            &home,
            "ana.csv",
            text.as_bytes(),
            &[("evaluator", "Ana")],
        ),
        200,
    );
    let (read, _) = page.split_once("</dl>").unwrap();
    let facts: Vec<(&str, &str)> = read
        .split("<dt>")
        .skip(1)
        .filter_map(|fact| fact.split_once("</dt><dd>"))
        .map(|(fact, rest)| (fact, rest.split("</dd>").next().unwrap()))
        .collect();
    assert_eq!(
        facts,
        [
            (
                "Shape",
                "a row for each criterion, a column for each vendor"
            ),
            ("Encoding", "UTF-8"),
            ("Separator", "semicolon"),
            ("Decimal sign", "decimal comma"),
            ("Header", "row 3; the 2 rows above it are not read"),
            ("Evaluators", "Ana"),
            ("Vendors", "2: Acme, Bolt"),
            ("Criteria", "2"),
        ]
    );
    assert!(page.contains("<li>Incident management</li>"), "{page}");
    assert!(
        page.contains("<td data-head=\"Numbers\" class=\"number\">2</td><td data-head=\"Sum\" class=\"number\">6.5</td>"),
        "{page}"
    );
    let head: &[&str] = &["criterion", "Acme"];
    let bytes = workbook(&[("Trial", &[head, &["ITIL-INC", "4"]])]);
    let page = shown(
        look(&app, &home, "a.xlsx", &bytes, &[("evaluator", "Ana")]),
        200,
    );
    assert!(page.contains("<dt>Tab</dt><dd>Trial</dd>"), "{page}");
}

#[test]
fn in_the_preview_of_a_good_sheet_everything_can_be_said_and_is_looked_at_again() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let text = "criterion,Acme,Bolt\nITIL-INC,4,3\n";
    let page = shown(
        look(
            &app,
            &home,
            "a.csv",
            text.as_bytes(),
            &[("evaluator", "Ana")],
        ),
        200,
    );
    for field in [
        "column:criterion",
        "column:Acme",
        "decimal",
        "evaluator",
        "name:Bolt",
    ] {
        assert!(
            page.contains(&format!("name=\"{field}\"")),
            "{field} in {page}"
        );
    }
    let said = [("column:Bolt", "ignore"), ("evaluator", "Ben")];
    let again = answer(&app, &home, &page, "name=\"name:Bolt\"", &said);
    let told = without_tags(&again);
    assert!(
        told.contains("nothing is stored yet") && told.contains("By Ben. 1 new"),
        "{told}"
    );
    assert!(told.contains("column:Bolt = ignore"), "{told}");
    let filed = without_tags(&shown(app.confirm(&home, &again), 200));
    assert!(filed.contains("filed as sheet 1"), "{filed}");
    // The next sheet is offered the same.
    let next = "criterion,Acme,Bolt\nITIL-INC,1,2\n";
    let page = shown(
        look(
            &app,
            &home,
            "b.csv",
            next.as_bytes(),
            &[("evaluator", "Ana")],
        ),
        200,
    );
    assert!(
        without_tags(&page).contains("Of sheet 1 it was said: column:Bolt = ignore."),
        "{page}"
    );
    let again = answer(&app, &home, &page, "Read this one like that too", &[]);
    assert!(without_tags(&again).contains("By Ana. 1 new"), "{again}");
}

#[test]
fn percentages_fractions_and_words_are_asked_about_with_what_is_likely() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let text = "criterion,Acme,Bolt\nITIL-INC,25%,4/5\nITIL-REQ,Good,3\n";
    let page = shown(
        look(
            &app,
            &home,
            "a.csv",
            text.as_bytes(),
            &[("evaluator", "Ana")],
        ),
        422,
    );
    for (field, value) in [("word:25%", ""), ("word:4/5", "4"), ("word:Good", "")] {
        assert!(
            page.contains(&format!("name=\"{field}\" value=\"{value}\"")),
            "{field} in {page}"
        );
    }
    let said = [("word:25%", "1"), ("word:Good", "4")];
    let again = answer(&app, &home, &page, "name=\"word:Good\"", &said);
    assert!(without_tags(&again).contains("By Ana. 4 new"), "{again}");
    assert!(again.contains("name=\"word:25%\" value=\"1\""), "{again}");
}

#[test]
fn a_column_without_a_heading_is_named_by_its_letter() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let between = "criterion,,Acme\nITIL-INC,why so,4\n";
    let page = shown(
        look(
            &app,
            &home,
            "a.csv",
            between.as_bytes(),
            &[("evaluator", "Ana")],
        ),
        422,
    );
    assert!(
        page.contains("Column B, without a heading: why so"),
        "{page}"
    );
    assert!(
        page.contains("<option value=\"ignore\" selected>"),
        "{page}"
    );
    let again = answer(
        &app,
        &home,
        &page,
        "name=\"column:B\"",
        &[("column:B", "ignore")],
    );
    assert!(without_tags(&again).contains("By Ana. 1 new"), "{again}");
    let behind = "criterion,Acme\nITIL-INC,4,trailing rationale\n";
    let page = shown(
        look(
            &app,
            &home,
            "b.csv",
            behind.as_bytes(),
            &[("evaluator", "Ana")],
        ),
        422,
    );
    let again = answer(
        &app,
        &home,
        &page,
        "name=\"column:C\"",
        &[("column:C", "ignore")],
    );
    assert!(without_tags(&again).contains("can be filed"), "{again}");
}

#[test]
fn an_ambiguous_number_a_wrong_tab_and_a_strange_heading_each_have_their_control() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let by = [("evaluator", "Ana")];
    let price = "vendor;criterion;score\nAcme;CST-TCO;1.500\n";
    let page = shown(look(&app, &home, "a.csv", price.as_bytes(), &by), 422);
    assert!(page.contains("<option value=\"comma\" selected>"), "{page}");
    let head: &[&str] = &["criterion", "Acme"];
    let bytes = workbook(&[("One", &[head, &["ITIL-INC", "4"]]), ("Two", &[head])]);
    let page = shown(
        look(&app, &home, "a.xlsx", &bytes, &[("tab", "Three"), by[0]]),
        422,
    );
    assert!(
        page.contains("<select id=\"tab-1\" name=\"tab\"><option>One</option><option>Two</option>"),
        "{page}"
    );
    let again = answer(&app, &home, &page, "name=\"tab\"", &[("tab", "One")]);
    assert!(
        without_tags(&again).contains("tab One: can be filed"),
        "{again}"
    );
    let strange = "criterion,Acme,Remarks on it\nITIL-INC,4,\n";
    let page = shown(look(&app, &home, "b.csv", strange.as_bytes(), &by), 422);
    assert!(
        page.contains("<details open><summary>What the columns are"),
        "{page}"
    );
    let said = [("column:Remarks on it", "comment")];
    let again = answer(&app, &home, &page, "name=\"column:Remarks on it\"", &said);
    assert!(without_tags(&again).contains("can be filed"), "{again}");
}

#[test]
fn a_problem_is_shown_with_the_rows_around_it_and_no_more_than_two_hundred_of_them() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let rows = (2..=9).map(|row| {
        let score = if row == 5 { "fine" } else { "4" };
        format!("Acme,ITIL-INC,{score},remark in row {row}\n")
    });
    let text = format!(
        "vendor,criterion,score,comment\n{}",
        rows.collect::<String>()
    );
    let page = shown(
        look(
            &app,
            &home,
            "a.csv",
            text.as_bytes(),
            &[("evaluator", "Ana")],
        ),
        422,
    );
    let told = page
        .split("Not a number")
        .nth(1)
        .unwrap()
        .split("</section>")
        .next()
        .unwrap();
    for (row, is_shown) in [(3, false), (4, true), (5, true), (6, true), (7, false)] {
        assert_eq!(
            told.contains(&format!("remark in row {row}")),
            is_shown,
            "{row} in {told}"
        );
    }
    assert!(told.contains("<th scope=\"col\">score</th>"), "{told}");
    let many: String = (0..250).map(|_| "Acme,ITIL-INC,fine,\n").collect();
    let many = format!("vendor,criterion,score,comment\n{many}");
    let page = shown(
        look(
            &app,
            &home,
            "b.csv",
            many.as_bytes(),
            &[("evaluator", "Ana")],
        ),
        422,
    );
    assert!(
        page.contains("250 problems, the first 200 of them here"),
        "{page}"
    );
    assert_eq!(page.matches("<tr class=\"why\">").count(), 200);
}

#[test]
fn a_refused_workbook_comes_back_as_a_workbook_through_page_and_program() {
    let app = TestApp::open();
    let home = evaluation(&app);
    let head: &[&str] = &["criterion", "Acme", "Bolt"];
    let bytes = workbook(&[(
        "Ana",
        &[head, &["ITIL-INC", "4", "ten"], &["ITIL-REQ", "3", "2"]],
    )]);
    let page = shown(
        look(&app, &home, "ana.xlsx", &bytes, &[("evaluator", "Ana")]),
        422,
    );
    let fields = fields_of(&page, "Download the sheet with its problems");
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let of_page = app.post(&format!("{home}/sheets/held/problems"), &fields);
    let disposition = of_page.headers()["content-disposition"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(disposition.contains("ana-problems.xlsx"), "{disposition}");
    let of_page = of_page.bytes().unwrap();

    let part = Part::bytes(bytes).file_name("ana.xlsx");
    let form = Form::new().part("file", part).text("evaluator", "Ana");
    let request = app.request("POST", &format!("/api/v1{home}/sheets/problems"));
    let of_program = request.multipart(form).send().unwrap();
    assert_eq!(of_program.status(), 200);
    assert_eq!(of_program.headers()["scorecard-problems"], "1");
    assert_eq!(of_program.bytes().unwrap(), of_page);

    // It is told in its row, and uploaded as it is it is refused for the same.
    let page = shown(
        look(
            &app,
            &home,
            "ana-problems.xlsx",
            &of_page,
            &[("evaluator", "Ana")],
        ),
        422,
    );
    assert!(
        page.contains("1 problem.") && page.contains("<mark>ten</mark>"),
        "{page}"
    );
    assert!(page.contains("Bolt: this is not a score"), "{page}");
}

#[test]
fn programs_are_told_the_field_that_would_answer_and_get_text_back_as_text() {
    let app = TestApp::open();
    let home = evaluation(&app);
    let id = home.rsplit('/').next().unwrap();
    let text = "criterion;Acme\nITIL-INC;25%\n";
    let refused = app
        .upload(id, "a.csv", text, &[("evaluator", "Ana")])
        .is(422)
        .json();
    let problem = &refused["problems"][0];
    assert_eq!(problem["declare"], "word:25%");
    assert!(
        problem["message"]
            .as_str()
            .unwrap()
            .contains("the field \"word:25%\""),
        "{problem}"
    );
    let send = |text: &'static str, name: &'static str| {
        let form = Form::new()
            .part("file", Part::text(text).file_name(name))
            .text("evaluator", "Ana");
        let request = app.request("POST", &format!("/api/v1{home}/sheets/problems"));
        request.multipart(form).send().unwrap()
    };
    let marked = send(text, "a.csv");
    assert!(
        marked.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .contains("a-problems.csv")
    );
    assert!(
        marked
            .text()
            .unwrap()
            .contains("ITIL-INC;25%;\"Acme: a percentage")
    );
    let good = send("criterion,Acme\nITIL-INC,4\n", "b.csv");
    assert_eq!(good.headers()["scorecard-problems"], "0");
    assert_eq!(send("%PDF-1.7\n", "c.csv").status(), 415);
    let sheets = app.get(&format!("/api/v1{home}/sheets")).text().unwrap();
    assert!(sheets.contains("\"sheets\":[]"), "{sheets}");
}

#[test]
fn what_two_people_previewed_is_filed_only_as_it_was_seen() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let sheet = |score: u8| format!("criterion,Acme\nITIL-INC,{score}\n");
    let by = [("evaluator", "Ana")];
    let one = shown(look(&app, &home, "one.csv", sheet(4).as_bytes(), &by), 200);
    let other = shown(
        look(&app, &home, "other.csv", sheet(2).as_bytes(), &by),
        200,
    );
    // What was seen of one sheet does not confirm another.
    let seen = fields_of(&one, "name=\"seen\"");
    let seen = seen.iter().find(|(name, _)| name == "seen").unwrap();
    let swapped = answer(&app, &home, &other, "name=\"seen\"", &[("seen", &seen.1)]);
    assert!(
        without_tags(&swapped).contains("can be filed; nothing is stored yet"),
        "{swapped}"
    );
    shown(app.confirm(&home, &one), 200);
    let stale = shown(app.confirm(&home, &other), 200);
    let told = without_tags(&stale);
    assert!(
        told.contains("The last sheet that came in is sheet 1 (one.csv, by"),
        "{told}"
    );
    let filed = shown(app.confirm(&home, &stale), 200);
    assert!(without_tags(&filed).contains("filed as sheet 2"), "{filed}");
}
