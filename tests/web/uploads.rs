//! Uploading through the pages: questions about a file, problems in its own rows, and the sheet as it came.

use reqwest::blocking::Response;
use reqwest::blocking::multipart::{Form, Part};

use crate::support::{TestApp, without_tags};

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
    let filed = shown(app.post(&format!("{home}/sheets/held"), &fields), 200);
    assert!(without_tags(&filed).contains("filed as sheet 1"), "{filed}");
    assert!(without_tags(&filed).contains("By Ana Ruiz. 2 new"));
    let twice = shown(app.post(&format!("{home}/sheets/held"), &fields), 200);
    assert!(twice.contains("filed before, nothing has changed"));
    let gone = app.post(&format!("{home}/sheets/held"), &[("held", "none")]);
    let gone = shown(gone, 422);
    assert!(gone.contains("choose it again") && gone.contains("type=\"file\""));
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
    let filed = shown(app.post(&format!("{home}/sheets/held"), &panel), 200);
    assert!(without_tags(&filed).contains("By panel. 2 new"), "{filed}");
}

#[test]
fn a_check_tells_everything_and_stores_nothing_until_it_is_filed() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let sheet = "vendor,criterion,score,evaluator\nAcme,ITIL-INC,4,Ben\n";
    shown(send(&app, &home, &[("ben.csv", sheet)], &[]), 200);
    let later = "vendor;criterion;score;evaluator\nAcme;ITIL-INC;2,5;Ben\nBolt;ITIL-INC;3;Ben\n";
    let checked = send(&app, &home, &[("ben2.csv", later)], &[("dry_run", "true")]);
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
    assert!(checked.contains("<td>4</td><td>2.5</td>"), "{checked}");
    assert_eq!(sheets(&app, &home), 1);
    let filed = app.post(&format!("{home}/sheets/held"), &[("held", &held(&checked))]);
    assert!(without_tags(&shown(filed, 200)).contains("filed as sheet 2"));
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
        page.contains("<td class=\"marked\"><mark>six</mark></td>"),
        "{page}"
    );
    assert!(page.contains("<td>too good</td>"), "{page}");
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
    let filed = shown(app.post(&format!("{home}/sheets/held"), &add), 200);
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
    let page = without_tags(&shown(send(&app, &home, &files, &[]), 422));
    assert!(page.contains("good.csv: filed as sheet 1"), "{page}");
    assert!(page.contains("bad.csv: refused"), "{page}");
    assert!(page.contains("who.csv: who scored this?"), "{page}");
    assert_eq!(sheets(&app, &home), 1);
}

#[test]
fn a_sheet_is_shown_row_by_row_with_what_became_of_it() {
    let app = TestApp::entered();
    let home = evaluation(&app);
    let rows = (0..300).map(|_| "\n").collect::<String>();
    let first = format!(
        "vendor,criterion,score,evaluator,comment\nAcme,ITIL-INC,4,Ben,\"<i>\nwhy\"\n{rows}Bolt,ITIL-INC,2,Ben,late\n"
    );
    shown(send(&app, &home, &[("first.csv", &first)], &[]), 200);
    let second = "vendor,criterion,score,evaluator\nAcme,ITIL-INC,5,Ben\n";
    shown(send(&app, &home, &[("second.csv", second)], &[]), 200);

    let page = shown(app.get(&format!("{home}/sheets/1")), 200);
    assert!(page.contains("<tr id=\"row-2\">"), "{page}");
    assert!(page.contains("replaced by sheet 2") && page.contains("&#60;i&#62; ↵ why"));
    assert!(
        !page.contains("row-303") && page.contains("sheets/1?at=201"),
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
        send(&app, &home, &[("a.csv", &sheet)], &[])
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
    let filed = shown(send(&app, &home, &[("prices.csv", price)], &[]), 200);
    assert!(without_tags(&filed).contains("filed as sheet 3"), "{filed}");
    let people = app.get(&format!("{home}/handout")).text().unwrap();
    assert!(
        !people.contains("panel") && !people.contains("consensus"),
        "{people}"
    );
}
