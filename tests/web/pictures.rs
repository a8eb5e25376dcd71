//! The pictures of a result, on pages and as files.

use scorecard::service::SAMPLE_SHEETS;

use crate::support::TestApp;

/// The sample with all three sheets in; the path of its page.
fn sample(app: &TestApp) -> String {
    let started = app.request("POST", "/sample").send().unwrap();
    let page = started.headers()["location"].to_str().unwrap().to_owned();
    let mut sheets = SAMPLE_SHEETS.iter();
    let third = sheets.find(|sheet| sheet.file_name == "mei-lindqvist.csv");
    let answer = app.hand_in(&page, "mei-lindqvist.csv", third.unwrap().bytes);
    assert_eq!(answer.status(), 200);
    page
}

#[test]
fn every_picture_is_saved_as_a_file_that_needs_nothing_else() {
    let app = TestApp::entered();
    let home = sample(&app);
    for (name, shows) in [
        ("ranking", "72.47"),
        ("heat-map", "SSO, MFA"),
        ("lenses", "CTO"),
        ("mix", "from"),
        ("stability", "Incident management"),
        ("evaluators", "Ines Halloran"),
        ("why", "apart from"),
        ("price-quality", "EUR"),
    ] {
        let answer = app.get(&format!("{home}/pictures/{name}.svg"));
        assert_eq!(answer.status(), 200, "{name}");
        let headers = answer.headers().clone();
        assert_eq!(headers["content-type"], "image/svg+xml", "{name}");
        let saved = headers["content-disposition"].to_str().unwrap();
        assert!(saved.starts_with("attachment"), "{saved}");
        assert!(headers.contains_key("scorecard-record"));
        let text = answer.text().unwrap();
        assert!(
            text.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""),
            "{name}"
        );
        assert!(text.contains("<title id=\"title\">") && text.contains("<desc id=\"told\">"));
        assert!(
            text.to_lowercase().contains(&shows.to_lowercase()),
            "{name}: {shows}"
        );
        assert!(text.contains("fill=\"#16191d\"") && text.contains("itsm-mid-market version 1"));
        for other in [
            "<style", "style=", "<script", "href", "var(", "<image", "url(",
        ] {
            assert!(!text.contains(other), "{name}: {other}");
        }
        let opened = text.matches("<text").count();
        assert_eq!(opened, text.matches("</text>").count(), "{name}");
    }
    let through = app
        .get(&format!("{home}/pictures/heat-map.svg?lens=cio"))
        .text();
    assert!(through.unwrap().contains("CIO lens"));
    assert_eq!(
        app.get(&format!("{home}/pictures/why.svg?first=9"))
            .status(),
        404
    );
    assert_eq!(
        app.get(&format!("{home}/pictures/ranking.svg?len=cio"))
            .status(),
        422
    );
}

#[test]
fn every_picture_of_a_page_is_told_in_words_and_has_its_numbers_behind_it() {
    let app = TestApp::entered();
    let home = sample(&app);
    for (page, least) in [
        ("pictures", 7),
        ("lenses", 2),
        ("firmness", 1),
        ("panel", 1),
        ("why", 1),
        ("price-quality", 1),
    ] {
        let text = app.get(&format!("{home}/{page}")).text().unwrap();
        let figures: Vec<&str> = text.split("<figure").skip(1).collect();
        assert!(figures.len() >= least, "{page}: {}", figures.len());
        for figure in figures {
            let figure = figure.split("</figure>").next().unwrap();
            assert!(figure.contains("role=\"img\" aria-labelledby=\""), "{page}");
            assert!(figure.contains("<title id=") && figure.contains("<desc id="));
            let behind = figure.contains("The numbers behind it")
                || figure.contains("The table below says the same");
            assert!(behind && figure.contains("Save as SVG"), "{page}: {figure}");
            assert!(!figure.contains("style="), "{page}");
            // One drawing for a window and one for a phone, told by the same words.
            assert_eq!(figure.matches("<svg class=\"picture ").count(), 2, "{page}");
            assert!(figure.contains("<svg class=\"picture narrow\""), "{page}");
        }
    }
    let everybody = app.get(&format!("{home}/pictures")).text().unwrap();
    assert!(
        !everybody.contains("Ines Halloran"),
        "people are compared only by whoever chairs"
    );
}

#[test]
fn names_of_usual_length_stand_in_full_in_every_picture_of_the_sample() {
    let app = TestApp::entered();
    let home = sample(&app);
    let text = app.get(&format!("{home}/pictures")).text().unwrap();
    let cut: Vec<&str> = text
        .split("</text>")
        .filter_map(|before| before.rsplit('>').next())
        .filter(|words| words.ends_with('…'))
        .collect();
    assert_eq!(cut, [""; 0]);
}

#[test]
fn what_is_scored_in_part_shows_what_it_can_still_come_to() {
    let app = TestApp::entered();
    let started = app.request("POST", "/sample").send().unwrap();
    let home = started.headers()["location"].to_str().unwrap().to_owned();
    let map = |app: &TestApp| {
        app.get(&format!("{home}/pictures/heat-map.svg"))
            .text()
            .unwrap()
    };
    // Two of three have scored Pellucor's incident management, 4 and 4.5: the third gives from 0 to 5.
    assert!(map(&app).contains(">2.8–4.5</text>"), "{}", map(&app));
    let mut sheets = SAMPLE_SHEETS.iter();
    let third = sheets.find(|sheet| sheet.file_name == "mei-lindqvist.csv");
    app.hand_in(&home, "mei-lindqvist.csv", third.unwrap().bytes);
    let full = map(&app);
    assert!(!full.contains('–'), "{full}");
    assert!(
        full.contains(">4.17</text>") && !full.contains(">4.166667"),
        "{full}"
    );
}

#[test]
fn pictures_on_pages_have_the_decimal_sign_of_their_reader_and_files_have_the_point() {
    let app = TestApp::entered();
    let home = sample(&app);
    let german = |path: &str| {
        let asked = app.request("GET", &format!("{home}{path}"));
        asked
            .header("accept-language", "de")
            .send()
            .unwrap()
            .text()
            .unwrap()
    };
    let page = german("/pictures");
    let figure = page
        .split("<figure")
        .nth(1)
        .unwrap()
        .split("<details")
        .next()
        .unwrap();
    assert!(
        figure.contains(">72,47</text>") && !figure.contains("72.47"),
        "{figure}"
    );
    assert!(german("").contains("aria-label=\"Total 72,47 of 100: "));
    assert!(german("/pictures/ranking.svg").contains(">72.47</text>"));
}

#[test]
fn printed_pages_say_at_their_foot_what_they_were_made_from() {
    let app = TestApp::entered();
    let home = sample(&app);
    let style = app.get(&format!("{home}/print.css"));
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
    let style = style.text().unwrap();
    let page = app.get(&home).text().unwrap();
    let head = page
        .split("<p>Record <code>")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    assert!(
        style.contains("itsm-mid-market, version 1, SHA-256 "),
        "{style}"
    );
    assert!(style.contains(&format!("record {head}\"")), "{style}");
    let linked = format!("media=\"print\" href=\"{home}/print.css\"");
    for below in ["", "/compare", "/pictures", "/firmness", "/why"] {
        let page = app.get(&format!("{home}{below}")).text().unwrap();
        assert!(page.contains(&linked), "{below}");
    }
}
