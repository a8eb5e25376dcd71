//! Tailoring the criteria set of an evaluation: on its page, for programs, and in the record.

use reqwest::blocking::Response;
use serde_json::{Value, json};

use scorecard::criteria::{CriteriaSet, SetLimits, Weighting};

use crate::programs::{Answer, at};
use crate::support::TestApp;

fn text(response: Response) -> String {
    assert_eq!(response.status(), 200);
    response.text().unwrap()
}

fn location(response: &Response) -> &str {
    assert_eq!(response.status(), 303);
    response.headers()["location"].to_str().unwrap()
}

/// An evaluation under the smallest shipped set, not frozen yet; its address.
fn draft(app: &TestApp) -> String {
    let fields = [
        ("title", "Tailored"),
        ("kind", "internal"),
        ("criteria", "itsm-one-afternoon"),
    ];
    let method = location(&app.post("/evaluations", &fields)).to_owned();
    method.split("/method").next().unwrap().to_owned()
}

/// Every box of the page, ticked as the page has it.
fn ticked(page: &str) -> Vec<(String, String)> {
    let boxes = page.split("<input type=\"checkbox\" name=\"").skip(1);
    let boxes = boxes.map(|rest| rest.split('>').next().unwrap());
    boxes
        .filter(|tag| tag.contains(" checked"))
        .map(|tag| {
            let (name, rest) = tag.split_once('"').unwrap();
            let value = rest
                .split("value=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

/// The form with everything ticked that is not named, and more fields.
fn sent<'a>(page: &str, gone: &[&str], more: &[(&'a str, &'a str)]) -> Vec<(String, String)> {
    let mut fields = ticked(page);
    fields.retain(|(_, id)| !gone.contains(&id.as_str()));
    let more = more
        .iter()
        .map(|&(name, text)| (name.to_owned(), text.to_owned()));
    fields.extend(more);
    fields
}

fn post(app: &TestApp, path: &str, fields: &[(String, String)]) -> Response {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    app.post(path, &fields)
}

fn share(set: &CriteriaSet, id: &str) -> String {
    let index = set.criterion_index(id).unwrap();
    let shares = Weighting::of_record(set).shares();
    shares.of_criterion(index).percent().to_string()
}

#[test]
fn a_set_is_tailored_on_its_page_looked_at_first_and_undone() {
    let app = TestApp::entered();
    let home = draft(&app);
    let tailor = format!("{home}/method/tailor");
    for page in [format!("{home}/method"), format!("{home}/criteria")] {
        assert!(
            text(app.get(&page)).contains(&format!("href=\"{tailor}\"")),
            "{page}"
        );
    }
    let page = text(app.get(&tailor));
    assert!(ticked(&page).len() > 20, "{page}");
    let before = text(app.get(&format!("{home}/criteria.toml")));

    // A look stores nothing.
    let wishes = [
        ("price_share", "30"),
        ("categories.security", "12,5"),
        ("lenses.0.title", "CFO & board"),
        ("lenses.0.points.cost", "60"),
        ("lenses.0.points.SEC-RBA", "39,5"),
        ("lenses.0.points.UX-AGT", "0.5"),
    ];
    let form = |what| {
        let mut fields = sent(&page, &["ITIL-REQ", "scale", "cto"], &wishes);
        fields.push(("what".to_owned(), what));
        fields
    };
    let looked = text(post(&app, &tailor, &form("look".to_owned())));
    for part in [
        "nothing is changed yet",
        "itsm-one-afternoon-tailored",
        "relative: among what stands side by side",
        "exactly 1/1",
        "<td class=\"became\">dropped</td>",
        "The must-have on ",
        "CFO &#38; board",
        "value=\"12,5\"",
        ">3/10<",
        ">1/8<",
    ] {
        assert!(looked.contains(part), "{part} not in {looked}");
    }
    assert!(
        !ticked(&looked)
            .iter()
            .any(|(_, id)| id == "ITIL-REQ" || id == "cto")
    );
    assert_eq!(text(app.get(&format!("{home}/criteria.toml"))), before);

    let taken = post(&app, &tailor, &form("take".to_owned()));
    assert_eq!(location(&taken), format!("{tailor}?done=tailored"));
    let after = text(app.get(&format!("{tailor}?done=tailored")));
    assert!(after.contains("with a hash of its own"), "{after}");
    assert!(after.contains("CFO &#38; board") && !after.contains("ITIL-REQ"));
    let toml = text(app.get(&format!("{home}/criteria.toml")));
    let set = CriteriaSet::parse(&toml, &SetLimits::default()).unwrap();
    assert!(
        looked.contains(set.sha256()),
        "the preview names the hash of what came"
    );
    assert_eq!(share(&set, "CST-TCO"), "30/1");
    assert_eq!(set.lenses().len(), 2);
    assert!(set.categories().iter().all(|one| one.id() != "scale"));
    let workbook = app.get(&format!("{home}/criteria.xlsx"));
    assert_eq!(workbook.status(), 200);
    assert!(
        workbook.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .contains("itsm-one-afternoon-tailored-2.xlsx")
    );

    // The form was about the set before; sent again it would drop what it does not know.
    let mut stale = form("take".to_owned());
    let of = page.split("name=\"of\" value=\"").nth(1).unwrap();
    stale.push(("of".to_owned(), of.split('"').next().unwrap().to_owned()));
    let refused = post(&app, &tailor, &stale);
    assert_eq!(refused.status(), 422);
    let told = refused.text().unwrap();
    assert!(told.contains("the set has changed since"), "{told}");

    // The shipped set can be chosen again.
    let chosen = app.post(
        &format!("{home}/method"),
        &[("what", "choose"), ("criteria", "itsm-one-afternoon")],
    );
    assert_eq!(chosen.status(), 303);
    assert_eq!(text(app.get(&format!("{home}/criteria.toml"))), before);
}

#[test]
fn what_stands_against_it_is_told_above_the_form_and_at_its_field() {
    let app = TestApp::entered();
    let home = draft(&app);
    let tailor = format!("{home}/method/tailor");
    let page = text(app.get(&tailor));
    for what in ["look", "take"] {
        let fields = sent(
            &page,
            &[],
            &[
                ("what", what),
                ("price_share", "1,000"),
                ("categories.itil", "<b>"),
                ("lenses.0.title", "CFO"),
                ("lenses.0.points.cost", "99.99"),
            ],
        );
        let refused = post(&app, &tailor, &fields);
        assert_eq!(refused.status(), 422);
        let told = refused.text().unwrap();
        for part in [
            "role=\"alert\"",
            "href=\"#price_share\"",
            "id=\"price_share-wrong\"",
            "as the comma may part thousands",
            "href=\"#categories.itil\"",
            "id=\"categories.itil-wrong\"",
            "value=\"&#60;b&#62;\"",
            "href=\"#lenses.0.points\"",
            "99.99, which is 0.01 too little",
        ] {
            assert!(told.contains(part), "{part} not in {told}");
        }
    }
    let nothing = post(&app, &tailor, &sent(&page, &[], &[("what", "look")]));
    assert!(nothing.text().unwrap().contains("nothing is changed"));
    let all = post(&app, &tailor, &[("what".to_owned(), "take".to_owned())]);
    assert_eq!(all.status(), 422);
    assert!(all.text().unwrap().contains("keep at least one criterion"));

    let prices = [
        ("what", "freeze"),
        ("prices.CST-TCO.floor", "150000,50"),
        ("prices.CST-TCO.ceiling", "650000"),
        ("prices.CST-TCO.currency", "EUR"),
    ];
    let two_ways = [
        prices[0],
        ("prices.CST-TCO.floor", "150,000"),
        prices[2],
        prices[3],
    ];
    let refused = app.post(&format!("{home}/method"), &two_ways);
    assert_eq!(
        refused.status(),
        422,
        "a thousand and a decimal are not told apart"
    );
    assert_eq!(app.post(&format!("{home}/method"), &prices).status(), 303);
    assert!(text(app.get(&format!("{home}/criteria.toml"))).contains("floor = 150000.50"));
    assert!(text(app.get(&tailor)).contains("stay as they are"));
    let late = sent(&page, &[], &[("what", "take"), ("price_share", "30")]);
    assert_eq!(post(&app, &tailor, &late).status(), 409);
}

#[test]
fn a_program_tailors_a_set_and_the_record_says_what_was_done() {
    let app = TestApp::open();
    let draft = json!({"title": "T", "criteria": "itsm-one-afternoon", "frozen": false});
    let id = app.started(&draft);
    let id = id.as_str();
    let path = format!("{}/method/tailoring", at(id));
    let put = |body: &Value| app.send("PUT", &path, body);
    let mut wishes = json!({
        "drop": ["ITIL-REQ"],
        "drop_lenses": ["cto"],
        "price_share": 12.5,
        "categories": {"security": "20", "itil": 10.10},
        "lenses": [{"title": "CFO", "points": {"cost": 60, "security": "40"}}],
        "dry_run": true
    });
    let looked = put(&wishes).is(200);
    let body = looked.json();
    assert_eq!(body["criteria"]["id"], "itsm-one-afternoon-tailored");
    assert_eq!(body["sum_exact"], "1/1");
    let row = |id: &str| {
        let rows = body["rows"].as_array().unwrap();
        rows.iter().find(|row| row["id"] == id).unwrap().clone()
    };
    assert_eq!(row("CST-TCO")["share_then_exact"], "1/8");
    assert_eq!(row("itil")["share_then"], "10.10");
    assert_eq!(row("ITIL-REQ")["kept"], false);
    assert_eq!(row("ITIL-REQ")["share_then"], Value::Null);
    let stands = Answer::of(app.request("GET", &at(id))).json();
    assert_eq!(stands["criteria"]["id"], "itsm-one-afternoon");

    wishes["dry_run"] = json!(false);
    let done = put(&wishes).is(200).json();
    assert_eq!(done["criteria"], body["criteria"]);
    assert_ne!(done["record"], stands["record"]);

    let wrong = json!({"drop": ["NONE"], "price_share": "lots", "categories": {"security": -1}, "lenses": [{"points": {"cost": 1}}]});
    let blamed = put(&wrong).blamed(422);
    let expected = [
        ("drop", "unknown-criterion"),
        ("price_share", "not-a-number"),
        ("categories.security", "not-a-percentage"),
        ("lenses.0.title", "no-name"),
        ("lenses.0.points", "points-sum"),
    ];
    let expected = expected.map(|(field, code)| (field.to_owned(), code.to_owned()));
    assert_eq!(blamed, expected);
    let shape = put(&json!({"lenses": {}, "kept": []})).blamed(422);
    assert_eq!(shape.len(), 2, "{shape:?}");
}
