//! The way in.

use scorecard::web::{Secret, Settings};

use crate::support::TestApp;

#[test]
fn the_address_and_the_link_are_told_at_the_start() {
    let app = TestApp::locked();
    let told = app.announced();
    assert_eq!(told[0], format!("http://127.0.0.1:{}/", app.port));
    let secret = told[1].strip_prefix(&format!("{}?t=", told[0])).unwrap();
    assert_eq!(secret.len(), 64);
    assert_eq!(told.len(), 2);
}

#[test]
fn without_the_cookie_pages_and_api_say_how_to_come_in() {
    let app = TestApp::locked();
    let page = app.get("/evaluations/x");
    assert_eq!(page.status(), 401);
    assert!(page.headers().contains_key("www-authenticate"));
    assert!(
        page.text()
            .unwrap()
            .contains("Open the link that the program printed")
    );
    let api = app.get("/api/v1/evaluations/x");
    assert_eq!(api.status(), 401);
    assert_eq!(api.headers()["content-type"], "application/problem+json");
    assert!(api.text().unwrap().contains("login-needed"));
    assert_eq!(app.get("/health/live").status(), 200);
    assert_eq!(
        app.get("/health/ready").text().unwrap(),
        "{\"status\":\"ready\"}"
    );
}

#[test]
fn the_link_lets_in_once_and_leaves_a_cookie_and_no_secret() {
    let app = TestApp::locked();
    let link = app.newest_link().replace("/?t=", "/nowhere?lens=cio&t=");
    let response = app.client.get(&link).send().unwrap();
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "/nowhere?lens=cio");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    let name = format!("scorecard-{}=", app.port);
    let value = cookie
        .strip_prefix(&name)
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    assert_eq!(value.len(), 64);
    for word in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(word), "{cookie}");
    }
    assert!(!link.contains(value), "the cookie is not the secret");
    assert_eq!(
        app.get("/nowhere").status(),
        404,
        "inside, a wrong address is just that"
    );

    let stranger = reqwest::blocking::Client::new();
    let again = stranger.get(&link).send().unwrap();
    assert_eq!(again.status(), 401);
    assert!(again.text().unwrap().contains("This link does not work"));
    assert_eq!(app.announced().len(), 3, "a fresh link was told");
    let fresh = app.newest_link();
    let fresh = stranger
        .get(fresh.replace("/?t=", "/health/live?t="))
        .send()
        .unwrap();
    assert_eq!(fresh.status(), 200);
}

#[test]
fn somebody_who_is_in_gets_the_page_from_an_old_link_too() {
    let app = TestApp::entered();
    let old = app.get("/nowhere?t=whatever");
    assert_eq!(old.status(), 303);
    assert_eq!(old.headers()["location"], "/nowhere");
    assert_eq!(app.announced().len(), 3);
}

#[test]
fn a_preview_of_the_link_does_not_use_it_up() {
    let app = TestApp::locked();
    let path = format!("/?t={}", app.newest_link().rsplit('=').next().unwrap());
    assert_eq!(app.request("HEAD", &path).send().unwrap().status(), 401);
    assert_eq!(app.get(&path).status(), 303);
}

#[test]
fn the_way_back_never_leads_to_another_host() {
    let app = TestApp::locked();
    let secret = app.newest_link();
    let secret = secret.rsplit('=').next().unwrap();
    let answer = app.raw(&format!(
        "{}\r\n",
        app.head("GET", &format!("//evil.example/?t={secret}"))
    ));
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert!(
        answer.text.contains("location: /evil.example/\r\n"),
        "{}",
        answer.text
    );
}

#[test]
fn a_guessed_cookie_is_no_cookie() {
    let app = TestApp::locked();
    let cookie = format!("scorecard-{}={}", app.port, "0".repeat(64));
    let response = app.request("GET", "/").header("cookie", cookie).send();
    assert_eq!(response.unwrap().status(), 401);
}

#[test]
fn a_given_secret_is_that_of_the_first_link() {
    let secret = "abcdefghijklmnopqrstuvwxyz";
    let app = TestApp::with(Settings {
        login_secret: Some(Secret::parse(secret).unwrap()),
        ..Settings::default()
    });
    assert!(app.newest_link().ends_with(secret));
    assert_eq!(app.get(&format!("/?t={secret}")).status(), 303);
    assert!(!app.newest_link().ends_with(secret));
}

#[test]
fn without_a_login_every_page_says_that_it_is_not_for_an_award() {
    let app = TestApp::open();
    assert_eq!(app.announced().len(), 1, "there is no link to tell");
    let page = app.get("/nowhere");
    assert_eq!(page.status(), 404);
    assert!(page.text().unwrap().contains("Not for an award."));
    let app = TestApp::entered();
    assert!(
        !app.get("/nowhere")
            .text()
            .unwrap()
            .contains("Not for an award.")
    );
}
