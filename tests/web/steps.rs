//! The five steps through the pages, as somebody goes through them who never opens a terminal.

use reqwest::blocking::Response;
use scorecard::exact::{Fraction, fixed};
use scorecard::table::workbook::XLSX;

use crate::support::{TestApp, without_tags};

fn text(response: Response) -> String {
    assert_eq!(response.status(), 200);
    response.text().unwrap()
}

fn location(response: &Response) -> &str {
    assert_eq!(response.status(), 303);
    response.headers()["location"].to_str().unwrap()
}

/// The state, the fact and the next action of every step.
fn steps(page: &str) -> Vec<String> {
    let strip = page.split("aria-label=\"The five steps\"").nth(1).unwrap();
    let strip = strip.split("</ol>").next().unwrap();
    let words = |step: &str| {
        let text = without_tags(&format!("<li{step}"));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    strip.split("<li").skip(1).map(words).collect()
}

fn upload(app: &TestApp, home: &str, name: &str, bytes: &[u8]) -> Response {
    app.hand_in(home, name, bytes)
}

/// A long blank sheet with every score filled in.
fn filled(blank: &str, score: &str) -> String {
    let mut rows = blank.trim_start_matches('\u{feff}').lines();
    let head = rows.next().unwrap();
    assert!(head.ends_with(",score,comment"), "{head}");
    let rows = rows.map(|row| {
        let asked = row.strip_suffix(",,").unwrap();
        format!("{asked},{score},because\n")
    });
    format!("{head}\n{}", rows.collect::<String>())
}

#[test]
fn an_evaluation_opens_at_its_first_unfinished_step_and_then_at_the_ranking() {
    let app = TestApp::entered();
    let started = app.post(
        "/evaluations",
        &[
            ("title", "Tool <b>2027</b>"),
            ("kind", "internal"),
            ("criteria", "itsm-one-afternoon"),
        ],
    );
    let method = location(&started).to_owned();
    let home = method.split("/method").next().unwrap().to_owned();
    assert!(text(app.get(&method)).contains("Tool &#60;b&#62;2027"));
    assert_eq!(location(&app.get(&home)), format!("{home}/method"));
    let first = steps(&text(app.get(&method)));
    assert!(first[0].starts_with("1 Method now"), "{first:?}");
    assert!(first[0].ends_with("Say the prices"), "{first:?}");
    assert!(first[4].starts_with("5 Decide and record later"));

    let freeze = |floor: &str| {
        let fields = [
            ("what", "freeze"),
            ("prices.CST-TCO.floor", floor),
            ("prices.CST-TCO.ceiling", "650000"),
            ("prices.CST-TCO.currency", "eur"),
        ];
        app.post(&format!("{home}/method"), &fields)
    };
    let wrong = freeze("much");
    assert_eq!(wrong.status(), 422);
    let wrong = wrong.text().unwrap();
    assert!(
        wrong.contains("value=\"much\"") && wrong.contains("value=\"650000\""),
        "{wrong}"
    );
    assert!(wrong.contains("href=\"#prices.CST-TCO.floor\""), "{wrong}");
    assert_eq!(
        location(&freeze("150000")),
        format!("{home}/method?done=frozen")
    );
    let frozen = text(app.get(&format!("{home}/method?done=frozen")));
    assert!(frozen.contains("The method is frozen: sheets can come in."));
    assert!(frozen.contains("full points up to 150,000, none from 650,000 EUR"));

    let people = format!("{home}/people");
    assert_eq!(location(&app.get(&home)), people);
    let nothing = app.post(&people, &[("what", "add-vendors"), ("vendors", " \n")]);
    assert_eq!(nothing.status(), 422);
    app.post(
        &people,
        &[("what", "add-vendors"), ("vendors", "Acme\nBolt\n")],
    );
    let added = app.post(
        &people,
        &[("what", "add-evaluators"), ("evaluators", "Ana\nBen")],
    );
    assert_eq!(location(&added), format!("{people}?done=evaluators"));
    assert_eq!(location(&app.get(&home)), format!("{home}/handout"));
    let handed_out = app.post(
        &format!("{home}/handout"),
        &[("evaluator", "Ana"), ("evaluator", "Ben")],
    );
    assert_eq!(
        location(&handed_out),
        format!("{home}/handout?done=handed-out")
    );

    let open = text(app.get(&home));
    assert!(open.contains("No sheet has been uploaded yet."));
    let strip = steps(&open);
    assert!(strip[1].contains("2 vendors, 2 evaluators"), "{strip:?}");
    assert!(strip[2].contains("2 of 2 have theirs"), "{strip:?}");
    assert!(
        strip[3].starts_with("4 Collect and settle now"),
        "{strip:?}"
    );

    let blank = text(app.get(&format!("{home}/blank.csv?evaluator=Ana")));
    let filed = upload(&app, &home, "ana.csv", filled(&blank, "4").as_bytes());
    assert_eq!(filed.status(), 200);
    let ranking = text(app.get(&home));
    assert!(ranking.contains("First place is undecided"), "{ranking}");
    assert!(steps(&ranking)[3].contains("1 sheet,"));
}

#[test]
fn blank_sheets_of_both_shapes_come_back_without_a_question() {
    let app = TestApp::entered();
    let home = app.start("internal", "itsm-one-afternoon", "1000", "2000");
    let people = format!("{home}/people");
    app.post(
        &people,
        &[("what", "add-vendors"), ("vendors", "Acme\nBolt")],
    );
    app.post(
        &people,
        &[("what", "add-evaluators"), ("evaluators", "Ana")],
    );
    let long = app.get(&format!("{home}/blank.csv?evaluator=Ana"));
    let named = long.headers()["content-disposition"].to_str().unwrap();
    assert!(named.contains("filename=\"ana-long.csv\""), "{named}");
    let long = text(long);
    assert!(
        !long.contains("CST-TCO"),
        "prices have a sheet of their own: {long}"
    );
    let answer = upload(&app, &home, "a.csv", filled(&long, "3").as_bytes());
    assert_eq!(answer.status(), 200);

    let prices = text(app.get(&format!("{home}/prices.csv")));
    let answer = upload(
        &app,
        &home,
        "prices.csv",
        filled(&prices, "1500").as_bytes(),
    );
    assert_eq!(answer.status(), 200);
    let ranking = text(app.get(&home));
    assert!(
        without_tags(&ranking).contains("Acme and Bolt"),
        "{ranking}"
    );

    for (path, name) in [
        ("blank.xlsx?evaluator=Ana", "ana-wide.xlsx"),
        ("blank.xlsx?shape=long", "anybody-long.xlsx"),
        ("prices.xlsx", "prices.xlsx"),
    ] {
        let workbook = app.get(&format!("{home}/{path}"));
        let named = workbook.headers()["content-disposition"].to_str().unwrap();
        assert!(named.contains(&format!("filename=\"{name}\"")), "{named}");
        assert_eq!(workbook.headers()["content-type"], XLSX);
        assert!(workbook.bytes().unwrap().starts_with(b"PK"));
    }
    let page = text(app.get(&format!("{home}/handout")));
    for link in ["blank.xlsx?evaluator=Ana", "blank.xlsx", "prices.xlsx"] {
        assert!(page.contains(&format!("href=\"{home}/{link}\"")), "{link}");
    }
    let odd = app.get(&format!("{home}/blank.xlsx?sep=semicolon"));
    assert_eq!(odd.status(), 422);

    let wide = text(app.get(&format!("{home}/blank.csv?evaluator=Ana&shape=wide")));
    let mut rows = wide.trim_start_matches('\u{feff}').lines();
    let head = rows.next().unwrap();
    let rows = rows.map(|row| row.strip_suffix(",,,,").unwrap().to_owned() + ",5,because,1,\n");
    let sheet = format!("{head}\n{}", rows.collect::<String>());
    let answer = upload(&app, &home, "wide.csv", sheet.as_bytes());
    assert_eq!(answer.status(), 200);
    let ranking = without_tags(&text(app.get(&home)));
    assert!(ranking.contains("Acme is the only vendor"), "{ranking}");
}

#[test]
fn what_somebody_is_to_score_is_ticked_by_category_and_is_all_their_sheet_asks() {
    let app = TestApp::entered();
    let home = app.start("internal", "itsm-mid-market", "1000", "2000");
    let people = format!("{home}/people");
    app.post(
        &people,
        &[("what", "add-vendors"), ("vendors", "Acme\nBolt")],
    );
    app.post(
        &people,
        &[("what", "add-evaluators"), ("evaluators", "Ana\nBen")],
    );
    let ticked = app.post(&people, &[("what", "assign"), ("assign.0", "security")]);
    assert_eq!(location(&ticked), format!("{people}?done=assigned"));
    let page = text(app.get(&people));
    assert!(
        page.contains("name=\"assign.0\" value=\"security\" checked"),
        "{page}"
    );
    assert!(!page.contains("name=\"assign.1\" value=\"security\" checked"));
    let ana = text(app.get(&format!("{home}/blank.csv?evaluator=Ana")));
    assert!(ana.contains(",SEC-") && !ana.contains(",ITIL-"), "{ana}");
    let ben = text(app.get(&format!("{home}/blank.csv?evaluator=Ben")));
    assert!(ben.contains(",SEC-") && ben.contains(",ITIL-"));

    app.post(&format!("{home}/handout"), &[("evaluator", "Ana")]);
    upload(&app, &home, "ana.csv", filled(&ana, "3").as_bytes());
    let none = app.post(&people, &[("what", "assign")]);
    assert_eq!(location(&none), format!("{people}?done=assigned"));
    let page = text(app.get(&people));
    assert!(!page.contains("checked"), "{page}");
}

#[test]
fn a_name_with_answers_is_not_removed_but_told_what_to_do_instead() {
    let app = TestApp::entered();
    let home = app.start("internal", "itsm-one-afternoon", "1000", "2000");
    let people = format!("{home}/people");
    app.post(
        &people,
        &[("what", "add-vendors"), ("vendors", "Acme\nBolt\nCord")],
    );
    app.post(
        &people,
        &[("what", "add-evaluators"), ("evaluators", "Ana")],
    );
    let removed = app.post(&people, &[("what", "remove-vendor"), ("vendor", "Cord")]);
    assert_eq!(location(&removed), format!("{people}?done=vendors"));
    let blank = text(app.get(&format!("{home}/blank.csv?evaluator=Ana")));
    assert!(!blank.contains("Cord"));
    upload(&app, &home, "ana.csv", filled(&blank, "3").as_bytes());
    let page = text(app.get(&people));
    assert!(
        page.contains("has answers") && !page.contains("remove-vendor"),
        "{page}"
    );
    let refused = app.post(&people, &[("what", "remove-vendor"), ("vendor", "Acme")]);
    assert_eq!(refused.status(), 422);
    assert!(refused.text().unwrap().contains("nothing was changed"));
}

#[test]
fn the_method_opens_again_with_a_reason_until_a_sheet_is_there() {
    let app = TestApp::entered();
    let home = app.start("internal", "itsm-one-afternoon", "1000", "2000");
    let method = format!("{home}/method");
    let reopen = |reason: &str| app.post(&method, &[("what", "reopen"), ("reason", reason)]);
    assert_eq!(reopen(" ").status(), 422);
    assert_eq!(
        location(&reopen("other prices")),
        format!("{method}?done=unfrozen")
    );
    let chosen = app.post(
        &method,
        &[("what", "choose"), ("criteria", "itsm-mid-market")],
    );
    assert_eq!(location(&chosen), format!("{method}?done=set"));
    let freeze = [
        ("what", "freeze"),
        ("prices.CST-TCO.floor", "1"),
        ("prices.CST-TCO.ceiling", "2"),
        ("prices.CST-TCO.currency", "EUR"),
    ];
    assert_eq!(app.post(&method, &freeze).status(), 303);
    let toml = text(app.get(&format!("{home}/criteria.toml")));
    assert!(
        toml.contains("id = \"itsm-mid-market\"") && toml.contains("ceiling = 2"),
        "{toml}"
    );
    let workbook = app.get(&format!("{home}/criteria.xlsx"));
    assert_eq!(workbook.headers()["content-type"], XLSX);
    assert!(workbook.bytes().unwrap().starts_with(b"PK"));
    let criteria = text(app.get(&format!("{home}/criteria")));
    assert!(criteria.contains(&format!("href=\"{home}/criteria.xlsx\"")));
    assert!(criteria.contains("The same criteria through every lens"));
    upload(
        &app,
        &home,
        "ana.csv",
        b"vendor,criterion,score,evaluator\nAcme,ITIL-INC,3,Ana\n",
    );
    let late = reopen("too late");
    assert_eq!(late.status(), 409);
    let back = format!("href=\"{home}\">Back to the evaluation");
    assert!(late.text().unwrap().contains(&back));
    assert!(!text(app.get(&method)).contains("Open the method again"));
}

#[test]
fn a_reminder_names_what_is_owed() {
    let app = TestApp::entered();
    let started = app.request("POST", "/sample").send().unwrap();
    let home = location(&started).to_owned();
    let page = text(app.get(&format!("{home}/handout")));
    assert!(
        page.contains("168 scores of yours are still missing"),
        "{page}"
    );
    assert!(
        page.contains("- Incident management (ITIL-INC): "),
        "{page}"
    );
    let collect = text(app.get(&format!("{home}/sheets")));
    assert!(collect.contains("168 answers are missing"), "{collect}");
    assert!(collect.contains("handout#person-3"), "{collect}");
}

#[test]
fn weights_by_swing_become_a_version_of_the_set_with_what_was_said_on_record() {
    let app = TestApp::entered();
    let fields = [
        ("title", "Swings"),
        ("kind", "internal"),
        ("criteria", "itsm-one-afternoon"),
    ];
    let method = location(&app.post("/evaluations", &fields)).to_owned();
    let home = method.split("/method").next().unwrap().to_owned();
    let swing = format!("{home}/method/swing");
    let page = text(app.get(&swing));
    assert!(text(app.get(&format!("{home}/method"))).contains(&format!("href=\"{swing}\"")));
    // Every part of the whole, as the page asks for it.
    let ids: Vec<&str> = page
        .split("name=\"points.")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(ids.len() > 2, "{page}");
    let names: Vec<String> = ids.iter().map(|id| format!("points.{id}")).collect();
    let send = |what: &str, first: &str| {
        let mut fields = vec![("what", what), ("of", "")];
        for (at, name) in names.iter().enumerate() {
            fields.push((name, if at == 0 { first } else { "25" }));
        }
        app.post(&swing, &fields)
    };

    let wrong = send("take", "many");
    assert_eq!(wrong.status(), 422);
    assert!(wrong.text().unwrap().contains("value=\"many\""));
    let none = send("look", "90");
    assert_eq!(none.status(), 422);
    assert!(none.text().unwrap().contains("nothing has 100 points"));
    assert!(
        send("take", "101")
            .text()
            .unwrap()
            .contains("no swing gets more than 100")
    );

    let looked = text(send("look", "100"));
    let whole = i64::try_from(25 * (ids.len() - 1) + 100).unwrap();
    let share = fixed(&Fraction::new(10_000, whole).unwrap(), 2);
    let share = format!("<td class=\"number\">{share}</td>");
    assert!(looked.contains(&share), "{share} {looked}");
    let taken = send("take", "100");
    assert_eq!(location(&taken), format!("{swing}?done=swung"));
    let after = text(app.get(&format!("{swing}?done=swung")));
    assert!(after.contains("a new version of the criteria set"));
    assert!(after.contains(&share), "{after}");
    let toml = text(app.get(&format!("{home}/criteria.toml")));
    assert!(
        toml.contains("id = \"itsm-one-afternoon-weighed\""),
        "{toml}"
    );
    assert!(toml.contains("weights = \"relative\""));

    // The prices are still asked for, under the new weights.
    let frozen = app.post(
        &format!("{home}/method"),
        &[
            ("what", "freeze"),
            ("prices.CST-TCO.floor", "150000"),
            ("prices.CST-TCO.ceiling", "650000"),
            ("prices.CST-TCO.currency", "EUR"),
        ],
    );
    assert_eq!(location(&frozen), format!("{home}/method?done=frozen"));
    let toml = text(app.get(&format!("{home}/criteria.toml")));
    assert!(
        toml.contains("weight = 25\n") && toml.contains("floor = 150000"),
        "{toml}"
    );
    assert_eq!(send("take", "100").status(), 409);
    assert!(text(app.get(&swing)).contains("weights stay as they are"));
}

#[test]
fn the_swings_of_one_category_leave_all_others_as_they_are() {
    let app = TestApp::entered();
    let fields = [
        ("title", "Swings"),
        ("kind", "internal"),
        ("criteria", "itsm-mid-market"),
    ];
    let method = location(&app.post("/evaluations", &fields)).to_owned();
    let swing = format!("{}/swing", method.split('?').next().unwrap());
    let page = text(app.get(&format!("{swing}?of=integration")));
    assert!(
        page.contains("from 0: ") && page.contains("INT-API"),
        "{page}"
    );
    let taken = app.post(
        &swing,
        &[
            ("what", "take"),
            ("of", "integration"),
            ("points.INT-API", "100"),
            ("points.INT-CON", "50.5"),
            ("points.INT-DAT", "0"),
        ],
    );
    assert_eq!(taken.status(), 303);
    let after = text(app.get(&format!("{swing}?of=integration")));
    for share in ["66.45", "33.55", "0.00"] {
        assert!(after.contains(&format!(">{share}<")), "{after}");
    }
    assert!(
        text(app.get(&swing)).contains(">22.00<"),
        "ITIL weighs what it did"
    );
    assert_eq!(app.get(&format!("{swing}?of=none")).status(), 404);
}

#[test]
fn a_decimal_comma_is_taken_where_points_are_typed() {
    let app = TestApp::entered();
    let fields = [
        ("title", "Swings"),
        ("kind", "internal"),
        ("criteria", "itsm-mid-market"),
    ];
    let method = location(&app.post("/evaluations", &fields)).to_owned();
    let swing = format!("{}/swing", method.split('?').next().unwrap());
    let send = |points: &str| {
        let fields = [
            ("what", "look"),
            ("of", "integration"),
            ("points.INT-API", "100"),
            ("points.INT-CON", points),
            ("points.INT-DAT", "0"),
        ];
        app.post(&swing, &fields)
    };
    let (comma, point) = (text(send("50,5")), text(send("50.5")));
    assert!(comma.contains(">33.55<"), "{comma}");
    assert_eq!(comma.replace("50,5", "50.5"), point);
    assert_eq!(send("1,250").status(), 422);
}

#[test]
fn the_step_of_handing_out_says_who_has_a_sheet_and_not_that_it_is_done_before() {
    let app = TestApp::entered();
    let home = app.start("internal", "itsm-one-afternoon", "100000", "500000");
    let people = format!("{home}/people");
    for (what, field, names) in [
        ("add-vendors", "vendors", "Acme\nBolt"),
        ("add-evaluators", "evaluators", "Ana\nBen"),
    ] {
        let added = app.post(&people, &[("what", what), (field, names)]);
        assert_eq!(added.status(), 303);
    }
    let strip = || steps(&text(app.get(&people)))[2].clone();
    assert!(
        strip().starts_with("3 Hand out sheets now 0 of 2 have theirs"),
        "{}",
        strip()
    );
    // A sheet of prices is nobody's score sheet.
    let prices = "vendor,criterion,score\nAcme,CST-TCO,200000\n";
    assert_eq!(
        upload(&app, &home, "prices.csv", prices.as_bytes()).status(),
        200
    );
    assert!(
        strip().starts_with("3 Hand out sheets now 0 of 2 have theirs"),
        "{}",
        strip()
    );
    let blank = text(app.get(&format!("{home}/blank.csv?evaluator=Ana")));
    assert_eq!(
        upload(&app, &home, "ana.csv", filled(&blank, "4").as_bytes()).status(),
        200
    );
    assert!(
        strip().starts_with("3 Hand out sheets begun 1 of 2 have theirs"),
        "{}",
        strip()
    );
    let page = text(app.get(&format!("{home}/handout")));
    assert!(page.contains("Not marked as handed out, and come back all the same."));
    let marked = app.post(&format!("{home}/handout"), &[("evaluator", "Ben")]);
    assert_eq!(marked.status(), 303);
    assert!(
        strip().starts_with("3 Hand out sheets done 2 of 2 have theirs"),
        "{}",
        strip()
    );
}

#[test]
fn what_nobody_owes_is_told_vendor_by_vendor_and_folded_where_it_is_long() {
    let app = TestApp::entered();
    let home = app.start("internal", "itsm-one-afternoon", "100000", "500000");
    let vendors = [("what", "add-vendors"), ("vendors", "Acme\nBolt")];
    assert_eq!(app.post(&format!("{home}/people"), &vendors).status(), 303);
    let prices = "vendor,criterion,score\nAcme,CST-TCO,200000\n";
    assert_eq!(
        upload(&app, &home, "prices.csv", prices.as_bytes()).status(),
        200
    );
    let page = text(app.get(&format!("{home}/sheets")));
    assert!(
        page.contains("<details><summary>Acme: 14 criteria</summary>"),
        "{page}"
    );
    let missing = text(app.get(&format!("{home}/missing")));
    assert!(missing.contains("<summary>19 more</summary>"), "{missing}");
    let rows = "criterion,evaluator,Acme,Bolt\n";
    let criteria: Vec<&str> = page
        .split("/criteria/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let rows = criteria
        .iter()
        .take(12)
        .map(|id| format!("{id},Ana,4,3\n"))
        .fold(rows.to_owned(), |all, row| all + &row);
    assert_eq!(app.hand_in(&home, "ana.csv", rows.as_bytes()).status(), 200);
    let page = text(app.get(&format!("{home}/sheets")));
    assert!(
        page.contains("<details open><summary>Acme: 2 criteria</summary>"),
        "{page}"
    );
}
