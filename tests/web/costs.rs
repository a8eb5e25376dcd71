//! Costs over the wire: handed in, ranked by, looked at, and taken back.

use serde_json::{Value, json};

use crate::programs::{Answer, SET, at};
use crate::support::{TestApp, without_tags};

const COSTS: &str = include_str!("../data/costs/costs.csv");
const COSTED: &str = include_str!("../data/costs/set.toml");
const SCORES: &str = "vendor,criterion,score,evaluator\nAcme,INC,3,Ana\nBolt,INC,4,Ana\n";

/// An evaluation with the set of the costs, frozen.
fn start_with_costs(app: &TestApp, kind: &str) -> String {
    let draft =
        json!({"title": "With costs", "evaluation_kind": kind, "criteria": SET, "frozen": false});
    let id = app.started(&draft);
    app.take_set(&format!("/evaluations/{id}"), COSTED);
    Answer::of(app.request("POST", &format!("{}/method/freeze", at(&id)))).is(200);
    id
}

fn get(app: &TestApp, path: &str) -> Value {
    app.ask(path).is(200).json()
}

fn first(app: &TestApp, id: &str) -> (String, Value) {
    let ranking = get(app, &format!("/api/v1/evaluations/{id}/ranking"));
    let first = &ranking["vendors"][0];
    (
        first["vendor"].as_str().unwrap_or_default().to_owned(),
        first["rank"].clone(),
    )
}

#[test]
fn costs_become_prices_move_the_ranking_and_go_back() {
    let app = TestApp::open();
    let id = start_with_costs(&app, "internal");
    let at = at(&id);
    app.upload(&id, "ana.csv", SCORES, &[]).is(201);
    let (_, before) = first(&app, &id);
    assert!(before.is_null(), "no price is known yet: {before}");
    let filed = app.upload(&id, "costs.csv", COSTS, &[]).is(201).json();
    assert_eq!(filed["answers"]["read_as"]["shape"], "costs", "{filed}");
    let acme = &filed["answers"]["sums"][0];
    assert_eq!(
        (&acme["numbers"], &acme["sum"]),
        (&json!(4), &json!("33100"))
    );
    app.upload(&id, "costs.csv", COSTS, &[]).is(200);
    assert_eq!(first(&app, &id), ("Bolt".to_owned(), json!(1)));
    // With an implementation four times as dear, Acme is first.
    let dearer = COSTS.replace("Bolt,implementation,0,20000", "Bolt,implementation,0,80000");
    let nameless = app.upload(&id, "costs2.csv", dearer.clone(), &[]);
    let refused = nameless.problem(422, "does-not-fit");
    assert_eq!(
        refused["problems"][0]["code"], "evaluator-needed",
        "{refused}"
    );
    let panel = ("evaluator", "panel");
    let check = [panel, ("dry_run", "true")];
    app.upload(&id, "costs2.csv", dearer.clone(), &check)
        .is(200);
    assert_eq!(first(&app, &id).0, "Bolt", "a check moves nothing");
    app.upload(&id, "costs2.csv", dearer, &[panel]).is(201);
    assert_eq!(first(&app, &id), ("Acme".to_owned(), json!(1)));
    let costs = get(&app, &format!("{at}/costs"));
    assert_eq!(costs["vendors"][1]["total"]["discounted_exact"], "181001/2");
    assert_eq!(costs["vendors"][1]["price"], "90500.5");
    assert_eq!(costs["not_like_for_like"], json!([]));
    let why = json!({ "reason": "wrong offer" });
    app.send("DELETE", &format!("{at}/sheets/3"), &why).is(200);
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
    let id = start_with_costs(&app, "internal");
    let home = format!("/evaluations/{id}");
    let missing_one = COSTS
        .replace("Bolt,training,0,500.50,EUR,two days\n", "")
        .replace("Bolt,implementation,0,20000", "Bolt,implementation,0,21000");
    app.upload(&id, "ana.csv", SCORES, &[]).is(201);
    app.upload(&id, "costs.csv", missing_one, &[]).is(201);
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
        page.contains("<desc") && page.contains("class=\"p-lead\""),
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
    let id = start_with_costs(&app, "tender");
    let paths = [
        format!("/evaluations/{id}/costs"),
        format!("/evaluations/{id}/price-quality"),
        format!("/api/v1/evaluations/{id}/costs"),
        format!("/api/v1/evaluations/{id}/price-quality"),
    ];
    app.upload(&id, "ana.csv", SCORES, &[]).is(201);
    app.upload(&id, "costs.csv", COSTS, &[]).is(201);
    for path in &paths {
        app.ask(path).is(409);
    }
    Answer::of(app.request("POST", &format!("{}/scoring/close", at(&id)))).is(200);
    for path in &paths {
        app.ask(path).is(200);
    }
}

#[test]
fn a_cost_sheet_with_mistakes_is_told_all_of_them_and_nothing_is_held() {
    let app = TestApp::open();
    let id = start_with_costs(&app, "internal");
    let text = "vendor,layer,year,amount,currency\nAcme,subscripton,9,-1,USD\n";
    let told = app.upload(&id, "costs.csv", text, &[]).is(422).json();
    assert_eq!(told["problems"].as_array().unwrap().len(), 4, "{told}");
    assert!(
        get(&app, &format!("/api/v1/evaluations/{id}/costs"))["vendors"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}
