//! The meeting on the projector: cell by cell along the agenda, without a total or a rank.

use serde_json::json;

use crate::programs::{at, start};
use crate::support::TestApp;

/// Two cells about which Ana and Ben differ, and one about which they agree.
fn evaluation(app: &TestApp) -> (String, String) {
    let mut body = start();
    body["vendors"] = json!(["Acme", "Bolt"]);
    body["evaluators"] = json!(["Ana", "Ben"]);
    let id = app.started(&body);
    let sheet = "vendor,criterion,evaluator,score,comment\n\
        Acme,ITIL-INC,Ana,5,saw it work\nAcme,ITIL-INC,Ben,1,it broke down\n\
        Bolt,ITIL-REQ,Ana,4,\nBolt,ITIL-REQ,Ben,2,slow\n\
        Bolt,ITIL-INC,Ana,3,\nBolt,ITIL-INC,Ben,3,\n";
    app.upload(&id, "all.csv", sheet, &[]).is(201);
    let home = format!("/evaluations/{id}");
    (id, home)
}

fn page(app: &TestApp, path: &str) -> String {
    let shown = app.get(path);
    assert_eq!(shown.status(), 200, "{path}");
    shown.text().unwrap()
}

#[test]
fn the_meeting_leads_along_the_agenda_until_everything_is_settled() {
    let app = TestApp::open();
    let (id, home) = evaluation(&app);
    assert!(page(&app, &format!("{home}/agenda")).contains(&format!("{home}/meeting")));
    let begin = page(&app, &format!("{home}/meeting"));
    assert!(begin.contains("2 to settle") && begin.contains("0 settled, 2 left"));
    let first = format!("{home}/meeting/1/ITIL-INC");
    assert!(begin.contains(&format!("href=\"{first}\">Begin")));
    let shown = page(&app, &first);
    for word in [
        "saw it work",
        "it broke down",
        "4 apart",
        "1 of 2: 0 settled, 2 left",
        "rel=\"next\"",
    ] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    // Nothing of the result shows while it is settled.
    for word in ["Total", "total", "rank", "Rank"] {
        assert!(!shown.contains(word), "{word}");
    }

    let wrong = app.post(&first, &[("score", "9"), ("reason", "")]);
    assert_eq!(wrong.status(), 422);
    let wrong = wrong.text().unwrap();
    assert!(wrong.contains("href=\"#score\"") && wrong.contains("href=\"#reason\""));
    let settled = app.post(&first, &[("score", "2,5"), ("reason", "it broke once")]);
    assert_eq!(settled.status(), 303);
    let next = settled.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(next, format!("{home}/meeting/2/ITIL-REQ?after=1/ITIL-INC"));
    let shown = page(&app, &next);
    assert!(shown.contains("Settled: Incident management, Acme."));
    assert!(shown.contains("1 settled, 1 left"));
    let last = app.post(
        &format!("{home}/meeting/2/ITIL-REQ"),
        &[("score", "3"), ("reason", "in between")],
    );
    let end = last.headers()["location"].to_str().unwrap();
    assert_eq!(end, format!("{home}/meeting?after=2/ITIL-REQ"));
    assert!(page(&app, end).contains("Everything on the agenda is settled"));

    // What is settled shows, and is taken back with a reason.
    let shown = page(&app, &first);
    assert!(shown.contains("it broke once") && shown.contains("Take it back"));
    assert_eq!(
        app.post(&first, &[("what", "undo"), ("reason", " ")])
            .status(),
        422
    );
    let undone = app.post(&first, &[("what", "undo"), ("reason", "misheard")]);
    assert_eq!(undone.status(), 303);
    assert!(page(&app, &first).contains("Settle it"));
    assert!(page(&app, &format!("{home}/meeting")).contains("1 to settle"));
    // Everything that was said stays among the sheets.
    let sheets = app.ask(&format!("{}/sheets", at(&id))).json();
    assert_eq!(sheets["sheets"].as_array().unwrap().len(), 4);
}

#[test]
fn there_is_no_meeting_about_what_is_not_there_or_hidden() {
    let app = TestApp::open();
    let (_, home) = evaluation(&app);
    for below in ["9/ITIL-INC", "0/ITIL-INC", "1/NONE", "x/ITIL-INC"] {
        assert_eq!(
            app.get(&format!("{home}/meeting/{below}")).status(),
            404,
            "{below}"
        );
    }
    assert_eq!(app.get(&format!("{home}/meeting?after=9/x")).status(), 200);
    let mut body = start();
    body["evaluation_kind"] = json!("tender");
    let id = app.started(&body);
    assert_eq!(app.get(&format!("/evaluations/{id}/meeting")).status(), 409);
}
