//! Uploading through the pages: questions about a file, problems in its own rows, and the sheet as it came.

use reqwest::blocking::Response;
use reqwest::blocking::multipart::{Form, Part};

use crate::support::{TestApp, fields_of, without_tags};

/// An open evaluation with two vendors and two evaluators.
fn evaluation(app: &TestApp) -> String {
    let home = app.start("internal", "itsm-one-afternoon", "1000", "2000");
    let people = format!("{home}/people");
    let vendors = [("what", "add-vendors"), ("vendors", "Acme\nBolt")];
    let evaluators = [("what", "add-evaluators"), ("evaluators", "Ana Ruiz\nBen")];
    assert_eq!(app.post(&people, &vendors).status(), 303);
    assert_eq!(app.post(&people, &evaluators).status(), 303);
    home
}

fn send(app: &TestApp, home: &str, files: &[(&str, &str)], fields: &[(&str, &str)]) -> Response {
    let mut form = Form::new();
    for (name, text) in files {
        let part = Part::text((*text).to_owned()).file_name((*name).to_owned());
        form = form.part("file", part);
    }
    for (name, text) in fields {
        form = form.text((*name).to_owned(), (*text).to_owned());
    }
    let request = app.request("POST", &format!("{home}/sheets"));
    request.multipart(form).send().unwrap()
}

fn shown(response: Response, status: u16) -> String {
    assert_eq!(response.status(), status);
    response.text().unwrap()
}

/// The hidden word by which a file is still at hand.
fn held(page: &str) -> String {
    let after = page.split("name=\"held\" value=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

fn sheets(app: &TestApp, home: &str) -> usize {
    let page = app.get(&format!("{home}/sheets")).text().unwrap();
    page.matches("id=\"sheet-").count()
}

const NAMELESS: &str = "vendor,criterion,score\nAcme,ITIL-INC,4\nBolt,ITIL-INC,3\n";

#[test]
fn a_sheet_that_does_not_say_who_scored_is_asked_about_and_filed_with_the_answer() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let asked = shown(
        send(&app, &home, &[("scores ana-ruiz.csv", NAMELESS)], &[]),
        200,
    );
    assert!(asked.contains("who scored this?"), "{asked}");
    assert!(asked.contains("value=\"Ana Ruiz\" list="), "{asked}");
    assert_eq!(sheets(&app, &home), 0);
    let fields = [("held", held(&asked)), ("evaluator", "Ana Ruiz".to_owned())];
    let fields = fields.each_ref().map(|(name, text)| (*name, text.as_str()));
    let looked = shown(app.post(&format!("{home}/sheets/held"), &fields), 200);
    assert!(looked.contains("can be filed; nothing is stored yet"));
    assert_eq!(sheets(&app, &home), 0);
    let filed = shown(app.confirm(&home, &looked), 200);
    assert!(without_tags(&filed).contains("filed as sheet 1"), "{filed}");
    assert!(without_tags(&filed).contains("By Ana Ruiz. 2 new"));
    let twice = shown(app.confirm(&home, &looked), 200);
    assert!(twice.contains("filed before, nothing has changed"));
    assert!(twice.contains("files nothing twice"), "{twice}");
    assert_eq!(sheets(&app, &home), 1);
    let again = shown(app.post(&format!("{home}/sheets/held"), &fields), 200);
    assert!(
        again.contains("This very sheet is filed already"),
        "{again}"
    );
    let late = [("held", "none"), ("evaluator", "Ben"), ("word:good", "4")];
    let gone = shown(app.post(&format!("{home}/sheets/held"), &late), 422);
    assert!(gone.contains("choose it again") && gone.contains("type=\"file\""));
    assert!(gone.contains("half an hour") && gone.contains("name=\"evaluator\" value=\"Ben\""));
    assert!(gone.contains("name=\"word:good\" value=\"4\""), "{gone}");
}

#[test]
fn a_panel_that_scored_together_says_so_with_one_button() {
    let app = TestApp::entered();
    let home = app.start("internal", "itsm-one-afternoon", "1000", "2000");
    let asked = shown(send(&app, &home, &[("scores.csv", NAMELESS)], &[]), 200);
    assert!(asked.contains("It is the whole panel’s"), "{asked}");
    let word = held(&asked);
    let panel = [
        ("held", word.as_str()),
        ("evaluator", "panel"),
        ("new_evaluators", "allow"),
    ];
    let looked = shown(app.post(&format!("{home}/sheets/held"), &panel), 200);
    let filed = shown(app.confirm(&home, &looked), 200);
    assert!(without_tags(&filed).contains("By panel. 2 new"), "{filed}");
}

#[test]
fn a_check_tells_everything_and_stores_nothing_until_it_is_filed() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let sheet = "vendor,criterion,score,evaluator\nAcme,ITIL-INC,4,Ben\n";
    shown(app.hand_in(&home, "ben.csv", sheet.as_bytes()), 200);
    let later = "vendor;criterion;score;evaluator\nAcme;ITIL-INC;2,5;Ben\nBolt;ITIL-INC;3;Ben\n";
    let checked = send(&app, &home, &[("ben2.csv", later)], &[]);
    let checked = shown(checked, 200);
    let text = without_tags(&checked);
    assert!(
        text.contains("can be filed; nothing is stored yet"),
        "{text}"
    );
    assert!(
        text.contains("1 new, 1 changed") && text.contains("decimal comma"),
        "{text}"
    );
    assert!(
        checked.contains("<td data-head=\"Before\">4</td><td data-head=\"Now\">2.5</td>"),
        "{checked}"
    );
    assert_eq!(sheets(&app, &home), 1);
    let looked = app.post(&format!("{home}/sheets/held"), &[("held", &held(&checked))]);
    assert!(shown(looked, 200).contains("nothing is stored yet"));
    assert_eq!(sheets(&app, &home), 1);
    let filed = shown(app.confirm(&home, &checked), 200);
    assert!(without_tags(&filed).contains("filed as sheet 2"));
}

#[test]
fn every_problem_stands_in_its_own_row_with_the_cell_marked() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let sheet = "vendor,criterion,score,evaluator,comment\n\
                 Acme,ITIL-INC,4,Ben,<b>fine</b>\n\
                 Acme,ITIL-REQ,six,Ben,\n\
                 Bolt,ITIL-INC,9,Ben,too good\n\
                 Bolt,ITIL-REQ,7,Ben,\n";
    let page = shown(send(&app, &home, &[("ben.csv", sheet)], &[]), 422);
    assert!(page.contains("refused, nothing of it was stored"), "{page}");
    assert!(page.contains("3 problems"), "{page}");
    assert!(page.contains("Out of range, 2 times"), "{page}");
    assert!(
        page.contains("class=\"marked\"><mark>six</mark></td>"),
        "{page}"
    );
    assert!(page.contains(">too good</td>"), "{page}");
    assert!(!page.contains("<b>fine") && page.contains("/sheets/held/problems\""));
}

#[test]
fn names_that_are_new_are_added_with_one_button_and_misspelt_ones_are_told() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let sheet = "vendor,criterion,score,evaluator\nAcmee,ITIL-INC,4,Ben\nCord,ITIL-INC,3,Cleo\n";
    let page = shown(send(&app, &home, &[("ben.csv", sheet)], &[]), 422);
    assert!(
        page.contains("Not on the list: Acmee, Cleo, Cord"),
        "{page}"
    );
    assert!(page.contains("Acme"), "{page}");
    let word = held(&page);
    let add = [
        ("held", word.as_str()),
        ("new_vendors", "allow"),
        ("new_evaluators", "allow"),
    ];
    assert!(
        page.contains("name=\"name:Acmee\" value=\"Acme\""),
        "{page}"
    );
    let looked = shown(app.post(&format!("{home}/sheets/held"), &add), 200);
    assert!(looked.contains("nothing is stored yet"), "{looked}");
    let filed = shown(app.confirm(&home, &looked), 200);
    assert!(without_tags(&filed).contains("filed as sheet 1"), "{filed}");
    let people = app.get(&format!("{home}/people")).text().unwrap();
    assert!(people.contains("Cleo") && people.contains("Cord"));
}

#[test]
fn several_files_each_have_their_own_answer() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let good = "vendor,criterion,score,evaluator\nAcme,ITIL-INC,4,Ben\n";
    let bad = "vendor,criterion,score,evaluator\nAcme,ITIL-INC,44,Ben\n";
    let files = [("good.csv", good), ("bad.csv", bad), ("who.csv", NAMELESS)];
    let whole = shown(send(&app, &home, &files, &[]), 422);
    let page = without_tags(&whole);
    assert!(page.contains("good.csv: can be filed"), "{page}");
    assert!(page.contains("bad.csv: refused"), "{page}");
    assert!(page.contains("who.csv: who scored this?"), "{page}");
    assert_eq!(sheets(&app, &home), 0);
    // The others stay on the page while one of them is filed.
    let after = shown(app.confirm(&home, &whole), 422);
    let page = without_tags(&after);
    assert!(page.contains("good.csv: filed as sheet 1"), "{page}");
    assert!(page.contains("bad.csv: refused"), "{page}");
    assert!(page.contains("who.csv: who scored this?"), "{page}");
    assert_eq!(sheets(&app, &home), 1);
}

#[test]
fn files_that_were_seen_together_are_filed_together() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let by = |name: &str| format!("vendor,criterion,score,evaluator\nAcme,ITIL-INC,4,{name}\n");
    let (ana, ben) = (by("Ana Ruiz"), by("Ben"));
    let files = [("ana.csv", ana.as_str()), ("ben.csv", ben.as_str())];
    let looked = shown(send(&app, &home, &files, &[("seen", "x")]), 200);
    assert!(looked.contains("File these 2 now"), "{looked}");
    assert_eq!(sheets(&app, &home), 0);
    let all = fields_of(&looked, "name=\"all\"");
    let all: Vec<(&str, &str)> = all
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let done = without_tags(&shown(app.post(&format!("{home}/sheets/held"), &all), 200));
    assert!(
        done.contains("filed as sheet 1") && done.contains("filed as sheet 2"),
        "{done}"
    );
    let twice = shown(app.post(&format!("{home}/sheets/held"), &all), 200);
    assert!(
        twice.contains("filed before, nothing has changed"),
        "{twice}"
    );
    assert_eq!(sheets(&app, &home), 2);
}

#[test]
fn a_sheet_is_shown_row_by_row_with_what_became_of_it() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let rows = (0..300).map(|_| "\n").collect::<String>();
    let first = format!(
        "vendor,criterion,score,evaluator,comment\nAcme,ITIL-INC,4,Ben,\"<i>\nwhy\"\n{rows}Bolt,ITIL-INC,2,Ben,late\n"
    );
    shown(app.hand_in(&home, "first.csv", first.as_bytes()), 200);
    let second = "vendor,criterion,score,evaluator\nAcme,ITIL-INC,5,Ben\n";
    shown(app.hand_in(&home, "second.csv", second.as_bytes()), 200);

    let page = shown(app.get(&format!("{home}/sheets/1")), 200);
    assert!(page.contains("<tr id=\"row-2\">"), "{page}");
    assert!(page.contains("replaced by sheet 2") && page.contains("&#60;i&#62; ↵ why"));
    assert!(
        !page.contains("row-303") && page.contains("sheets/1?at=101"),
        "{page}"
    );
    let far = shown(app.get(&format!("{home}/sheets/1?at=303")), 200);
    assert!(
        far.contains("<tr id=\"row-303\">") && far.contains("stands"),
        "{far}"
    );
    assert_eq!(app.get(&format!("{home}/sheets/9")).status(), 404);
    let back = [("reason", "wrong file")];
    app.post(&format!("{home}/sheets/2/withdraw"), &back);
    let page = shown(app.get(&format!("{home}/sheets/1")), 200);
    assert!(!page.contains("replaced by"), "{page}");
    let other = shown(app.get(&format!("{home}/sheets/2")), 200);
    assert!(other.contains("taken back: wrong file"), "{other}");
}

#[test]
fn with_a_list_of_evaluators_consensus_comes_in_and_a_stranger_or_the_panel_does_not() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let by = |name: &str, comment: &str| {
        let sheet =
            format!("vendor,criterion,score,evaluator,comment\nAcme,ITIL-INC,4,{name},{comment}\n");
        app.hand_in(&home, "a.csv", sheet.as_bytes())
    };
    shown(by("Ben", ""), 200);
    shown(by("consensus", "agreed after the demo"), 200);
    let bare = shown(by("consensus", ""), 422);
    assert!(bare.contains("Consensus without reason"), "{bare}");
    for stranger in ["panel", "Cleo"] {
        let refused = shown(by(stranger, ""), 422);
        assert!(refused.contains("Unknown evaluator"), "{refused}");
    }
    let price = "vendor,criterion,score\nAcme,CST-TCO,1500\n";
    let filed = shown(app.hand_in(&home, "prices.csv", price.as_bytes()), 200);
    assert!(without_tags(&filed).contains("filed as sheet 3"), "{filed}");
    let people = app.get(&format!("{home}/handout")).text().unwrap();
    assert!(
        !people.contains("panel") && !people.contains("consensus"),
        "{people}"
    );
}

#[test]
fn problems_beyond_the_first_few_are_folded_under_their_count() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let wrong = |count: usize, score: &str| format!("Acme,ITIL-INC,{score},Ben\n").repeat(count);
    let head = "vendor,criterion,score,evaluator\n";
    let few = format!("{head}{}", wrong(9, "six"));
    let page = shown(send(&app, &home, &[("few.csv", &few)], &[]), 422);
    assert!(!page.contains("more of this kind"), "{page}");
    let many = format!("{head}{}{}", wrong(30, "six"), wrong(4, "9"));
    let page = shown(send(&app, &home, &[("many.csv", &many)], &[]), 422);
    assert!(page.contains("34 problems"), "{page}");
    assert!(
        page.contains(
            "<details open><summary><h3 id=\"group-1-1\">Not a number, 30 times</h3></summary>"
        ),
        "{page}"
    );
    assert!(
        page.contains("<summary>22 more of this kind</summary>"),
        "{page}"
    );
    assert!(
        page.contains(
            "<details><summary><h3 id=\"group-1-2\">Out of range, 4 times</h3></summary>"
        ),
        "{page}"
    );
    assert_eq!(page.matches("<tr class=\"why\">").count(), 34);
}

#[test]
fn a_sheet_shows_its_headings_once() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let rows = "Acme,ITIL-INC,4,Ben\nBolt,ITIL-INC,3,Ben\n";
    let sheet = format!("vendor,criterion,score,evaluator\n{rows}");
    assert_eq!(
        app.hand_in(&home, "ben.csv", sheet.as_bytes()).status(),
        200
    );
    let page = shown(app.get(&format!("{home}/sheets/1")), 200);
    assert!(page.contains("Rows 1 to 3 of 3"), "{page}");
    let beyond = shown(app.get(&format!("{home}/sheets/1?at=500")), 200);
    assert!(beyond.contains("Rows 1 to 3 of 3"), "{beyond}");
    assert_eq!(page.matches(">criterion<").count(), 1, "{page}");
    assert!(page.contains("The headings stand in row 1."), "{page}");
    assert!(
        page.contains("<tr id=\"row-1\"><th scope=\"col\""),
        "{page}"
    );
    assert!(
        page.contains("<tr id=\"row-2\"><th scope=\"row\""),
        "{page}"
    );
}
