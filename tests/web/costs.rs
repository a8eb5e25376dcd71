//! Costs over the wire: handed in, ranked by, looked at, and taken back.

use serde_json::{Value, json};

use crate::support::{TestApp, without_tags};

const COSTS: &str = include_str!("../data/costs/costs.csv");
const SET: &str = include_str!("../data/costs/set.toml");
const SCORES: &str = "vendor,criterion,score,evaluator\nAcme,INC,3,Ana\nBolt,INC,4,Ana\n";

fn start(app: &TestApp, kind: &str) -> String {
    let document = json!({ "title": "With costs", "kind": kind, "criteria_toml": SET });
    let started = app
        .request("POST", "/api/v1/evaluations")
        .json(&document)
        .send()
        .unwrap();
    let status = started.status();
    let told: Value = started.json().unwrap();
    assert_eq!(status, 201, "{told}");
    let id = told["id"].as_str().unwrap().to_owned();
    let frozen = app
        .request("POST", &format!("/api/v1/evaluations/{id}/method/freeze"))
        .send();
    assert_eq!(frozen.unwrap().status(), 200);
    id
}

fn file(app: &TestApp, id: &str, name: &str, text: &str, more: &str) -> (u16, Value) {
    let path = format!("/api/v1/evaluations/{id}/sheets?filename={name}{more}");
    let request = app
        .request("POST", &path)
        .header("content-type", "text/csv");
    let answer = request.body(text.to_owned()).send().unwrap();
    (answer.status().as_u16(), answer.json().unwrap())
}

fn get(app: &TestApp, path: &str) -> Value {
    let answer = app.get(path);
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().unwrap()
}

fn first(app: &TestApp, id: &str) -> (String, Value) {
    let ranking = get(app, &format!("/api/v1/evaluations/{id}/ranking"));
    let first = &ranking["vendors"][0];
    (
        first["name"].as_str().unwrap_or_default().to_owned(),
        first["rank"].clone(),
    )
}

#[test]
fn costs_become_prices_move_the_ranking_and_go_back() {
    let app = TestApp::open();
    let id = start(&app, "internal");
    let at = format!("/api/v1/evaluations/{id}");
    assert_eq!(file(&app, &id, "ana.csv", SCORES, "").0, 201);
    let (_, before) = first(&app, &id);
    assert!(before.is_null(), "no price is known yet: {before}");
    let (status, filed) = file(&app, &id, "costs.csv", COSTS, "");
    assert_eq!(
        (status, &filed["read_as"]["shape"]),
        (201, &json!("costs")),
        "{filed}"
    );
    assert_eq!(file(&app, &id, "costs.csv", COSTS, "").0, 200);
    assert_eq!(first(&app, &id), ("Bolt".to_owned(), json!(1)));
    // 20000 + 6050/1.1 ... three times as dear: now Acme is first.
    let dearer = COSTS.replace("Bolt,implementation,0,20000", "Bolt,implementation,0,80000");
    let (status, refused) = file(&app, &id, "costs2.csv", &dearer, "");
    assert_eq!(
        (status, &refused["errors"][0]["code"]),
        (409, &json!("evaluator-needed")),
        "{refused}"
    );
    let (status, checked) = file(
        &app,
        &id,
        "costs2.csv",
        &dearer,
        "&evaluator=panel&dry_run=true",
    );
    assert_eq!(status, 200, "{checked}");
    assert_eq!(
        file(&app, &id, "costs2.csv", &dearer, "&evaluator=panel").0,
        201
    );
    assert_eq!(first(&app, &id), ("Acme".to_owned(), json!(1)));
    let costs = get(&app, &format!("{at}/costs"));
    assert_eq!(costs["vendors"][1]["total"]["discounted_exact"], "181001/2");
    assert_eq!(costs["vendors"][1]["price"], "90500.5");
    assert_eq!(costs["not_like_for_like"], json!([]));
    let why = json!({ "reason": "wrong offer" });
    let gone = app
        .request("DELETE", &format!("{at}/sheets/3"))
        .json(&why)
        .send()
        .unwrap();
    assert_eq!(gone.status(), 200);
    assert_eq!(first(&app, &id), ("Bolt".to_owned(), json!(1)));
    let costs = get(&app, &format!("{at}/costs"));
    assert_eq!(costs["vendors"][1]["price"], "30500.5");
    let both = get(&app, &format!("{at}/price-quality"));
    // Acme 60 percent for 30000, Bolt 80 for 30500.50: 500.50 over 20.
    assert_eq!(both[0]["steps"][0]["price_per_point_exact"], "1001/40");
    assert_eq!(both[0]["vendors"][0]["frontier"], "efficient");
}

#[test]
fn the_pages_show_every_amount_with_its_row_and_the_frontier_with_its_table() {
    let app = TestApp::open();
    let id = start(&app, "internal");
    let home = format!("/evaluations/{id}");
    let missing_one = COSTS.replace("Bolt,training,0,500.50,EUR,two days\n", "");
    assert_eq!(file(&app, &id, "ana.csv", SCORES, "").0, 201);
    assert_eq!(file(&app, &id, "costs.csv", &missing_one, "").0, 201);
    let page = app.get(&format!("{home}/costs")).text().unwrap();
    assert!(
        page.contains(&format!("{home}/sheets/2?at=2#row-2")),
        "{page}"
    );
    let words = without_tags(&page);
    assert!(
        words.contains("Bolt has no line for training in year 0; Acme has."),
        "{words}"
    );
    assert!(
        words.contains("The price that counts is 30000 EUR."),
        "{words}"
    );
    assert!(words.contains("rounded once to the cent, half away from zero"));
    let page = app.get(&format!("{home}/price-quality")).text().unwrap();
    assert!(
        page.contains("<desc") && page.contains("class=\"frontier\""),
        "{page}"
    );
    assert!(without_tags(&page).contains("on the frontier"));
    let handout = app.get(&format!("{home}/handout")).text().unwrap();
    assert!(handout.contains("costs.xlsx"));
    let blank = app.get(&format!("{home}/costs.csv")).text().unwrap();
    assert_eq!(blank.lines().count(), 1 + 2 * 7 * 3);
    let ranking = app.get(&home).text().unwrap();
    assert!(ranking.contains(&format!("{home}/price-quality")));
}

#[test]
fn in_a_tender_costs_stay_hidden_until_scoring_is_closed() {
    let app = TestApp::open();
    let id = start(&app, "tender");
    let paths = [
        format!("/evaluations/{id}/costs"),
        format!("/evaluations/{id}/price-quality"),
        format!("/api/v1/evaluations/{id}/costs"),
        format!("/api/v1/evaluations/{id}/price-quality"),
    ];
    assert_eq!(file(&app, &id, "ana.csv", SCORES, "").0, 201);
    assert_eq!(file(&app, &id, "costs.csv", COSTS, "").0, 201);
    for path in &paths {
        assert_eq!(app.get(path).status(), 403, "{path}");
    }
    let close = app.request("POST", &format!("/api/v1/evaluations/{id}/scoring/close"));
    assert_eq!(close.send().unwrap().status(), 200);
    for path in &paths {
        assert_eq!(app.get(path).status(), 200, "{path}");
    }
}

#[test]
fn a_cost_sheet_with_mistakes_is_told_all_of_them_and_nothing_is_held() {
    let app = TestApp::open();
    let id = start(&app, "internal");
    let text = "vendor,layer,year,amount,currency\nAcme,subscripton,9,-1,USD\n";
    let (status, told) = file(&app, &id, "costs.csv", text, "");
    assert_eq!(status, 422, "{told}");
    assert_eq!(told["errors"].as_array().unwrap().len(), 4, "{told}");
    assert!(
        get(&app, &format!("/api/v1/evaluations/{id}/costs"))["vendors"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}
