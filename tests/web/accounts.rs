//! Accounts: setting up, signing in, what each may see, and how it ends.

use std::time::Duration;

use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use scorecard::web::Settings;
use serde_json::{Value, json};

use crate::support::TestApp;

pub const PASSWORD: &str = "four words are enough";

/// The settings of a server that asks for accounts.
pub fn asking() -> Settings {
    Settings {
        login: true,
        ..Settings::default()
    }
}

/// A server that asks for accounts, as told at its start.
fn fresh() -> (TestApp, String) {
    let app = TestApp::with(asking());
    let secret = set_up_secret(&app);
    (app, secret)
}

fn set_up_secret(app: &TestApp) -> String {
    let link = app.announced().last().unwrap().clone();
    let secret = link.rsplit("/set-up?t=").next().unwrap().to_owned();
    assert_eq!(secret.len(), 64, "{link}");
    secret
}

/// A browser of its own.
pub fn browser() -> Client {
    let client = Client::builder()
        .redirect(Policy::none())
        .cookie_store(true)
        .timeout(Duration::from_mins(5));
    client.build().unwrap()
}

pub fn post(app: &TestApp, browser: &Client, path: &str, form: &[(&str, &str)]) -> Response {
    let request = browser.post(app.url(path)).header("origin", app.url(""));
    request.form(form).send().unwrap()
}

pub fn get(app: &TestApp, browser: &Client, path: &str) -> Response {
    browser.get(app.url(path)).send().unwrap()
}

pub fn sign_in(app: &TestApp, name: &str, password: &str) -> (Client, Response) {
    let browser = browser();
    let form = [("name", name), ("password", password), ("to", "/")];
    let answer = post(app, &browser, "/sign-in", &form);
    (browser, answer)
}

/// A server with an administrator, signed in.
pub fn set_up() -> (TestApp, Client) {
    let app = TestApp::with(asking());
    let root = administrator(&app);
    (app, root)
}

/// The administrator of a new server, signed in.
pub fn administrator(app: &TestApp) -> Client {
    let secret = set_up_secret(app);
    let form = [
        ("secret", secret.as_str()),
        ("name", "root"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    assert_eq!(post(app, &browser(), "/set-up", &form).status(), 303);
    let (root, answer) = sign_in(app, "root", PASSWORD);
    assert_eq!(answer.status(), 303);
    root
}

/// A user more, with a password of their own, signed in.
pub fn user(app: &TestApp, root: &Client, name: &str) -> Client {
    let made = post(app, root, "/users", &[("what", "create"), ("name", name)]);
    assert_eq!(made.status(), 200);
    let text = made.text().unwrap();
    let secret = text
        .split("/password?t=")
        .nth(1)
        .unwrap()
        .get(..64)
        .unwrap();
    let form = [
        ("secret", secret),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    assert_eq!(post(app, &browser(), "/password", &form).status(), 303);
    let again = post(app, &browser(), "/password", &form);
    assert_eq!(again.status(), 401, "a link works once");
    let (browser, answer) = sign_in(app, name, PASSWORD);
    assert_eq!(answer.status(), 303);
    browser
}

pub fn sample(app: &TestApp, browser: &Client) -> String {
    let started = post(app, browser, "/sample", &[]);
    assert_eq!(started.status(), 303);
    started.headers()["location"].to_str().unwrap().to_owned()
}

fn token(app: &TestApp, browser: &Client, scope: &str) -> String {
    let form = [
        ("what", "token"),
        ("name", "nightly"),
        ("scope", scope),
        ("evaluation", ""),
        ("days", "90"),
    ];
    let made = post(app, browser, "/account", &form);
    assert_eq!(made.status(), 200);
    let text = made.text().unwrap();
    let start = text.find("sc_").unwrap();
    text.get(start..).unwrap().get(..52).unwrap().to_owned()
}

#[test]
fn before_it_is_set_up_nobody_gets_anything_and_the_link_sets_up_once() {
    let (app, secret) = fresh();
    for path in ["/", "/sign-in", "/users", "/api/v1/evaluations/x"] {
        assert_eq!(app.get(path).status(), 503, "{path}");
    }
    assert_eq!(app.get("/health/live").status(), 200);
    assert_eq!(app.get("/set-up?t=guessed").status(), 401);
    assert_eq!(app.get(&format!("/set-up?t={secret}")).status(), 200);
    let form = |password| {
        [
            ("secret", secret.as_str()),
            ("name", "root"),
            ("password", password),
            ("again", password),
        ]
    };
    let weak = post(&app, &browser(), "/set-up", &form("password"));
    assert_eq!(weak.status(), 422);
    assert!(weak.text().unwrap().contains("tried first everywhere"));
    let done = post(&app, &browser(), "/set-up", &form(PASSWORD));
    assert_eq!(done.status(), 303);
    let again = post(&app, &browser(), "/set-up", &form(PASSWORD));
    assert_eq!(again.status(), 401, "used up");
    assert_eq!(app.get("/").headers()["location"], "/sign-in");
}

#[test]
fn whoever_signs_in_has_a_cookie_that_no_script_and_no_other_site_can_use() {
    let (app, _root) = set_up();
    let (_, answer) = sign_in(&app, "Root", PASSWORD);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    let (_, wrong) = sign_in(&app, "root", "not the password");
    assert_eq!(wrong.status(), 401);
    let (_, unknown) = sign_in(&app, "nobody1", PASSWORD);
    assert_eq!(unknown.status(), 401);
    assert_eq!(
        wrong.text().unwrap().replace("value=\"root\"", ""),
        unknown.text().unwrap().replace("value=\"nobody1\"", ""),
        "which of the two is wrong is not told"
    );
}

#[test]
fn a_change_from_a_signed_in_browser_must_prove_where_it_comes_from() {
    let (app, root) = set_up();
    let silent = root.post(app.url("/sample")).send().unwrap();
    assert_eq!(silent.status(), 403);
    let foreign = root
        .post(app.url("/sample"))
        .header("origin", "https://evil.example");
    assert_eq!(foreign.send().unwrap().status(), 403);
    let sites = root
        .post(app.url("/sample"))
        .header("sec-fetch-site", "same-site");
    assert_eq!(sites.send().unwrap().status(), 403);
    sample(&app, &root);
}

#[test]
fn an_evaluation_is_there_for_its_members_and_for_nobody_else() {
    let (app, root) = set_up();
    let (ana, bo) = (user(&app, &root, "ana"), user(&app, &root, "bo"));
    let here = sample(&app, &ana);
    let page = get(&app, &ana, &here).text().unwrap();
    assert!(page.contains(&format!("href=\"{here}/members\"")));
    assert!(page.contains("href=\"/account\""));
    for other in [&bo, &root] {
        for below in ["", "/sheets", "/decide", "/members", "/ranking.csv", "/why"] {
            let path = format!("{here}{below}");
            assert_eq!(get(&app, other, &path).status(), 404, "{path}");
        }
        assert!(!get(&app, other, "/").text().unwrap().contains(&here));
    }
    let add = [("what", "add"), ("user", "bo"), ("role", "viewer")];
    let members = format!("{here}/members");
    assert_eq!(post(&app, &bo, &members, &add).status(), 404);
    assert_eq!(post(&app, &ana, &members, &add).status(), 200);
    let page = get(&app, &bo, &here);
    assert_eq!(page.status(), 200);
    let page = page.text().unwrap();
    let until = "Results are hidden until the result is locked or the decision recorded.";
    assert!(page.contains(until), "{page}");
    assert!(!page.contains("Upload a sheet</a></p>\n"), "{page}");
    assert!(get(&app, &bo, "/").text().unwrap().contains(&here));
    // A viewer changes nothing, and sees results once they stand.
    assert_eq!(post(&app, &bo, &members, &add).status(), 403);
    let close = [("what", "close")];
    assert_eq!(
        post(&app, &bo, &format!("{here}/settle"), &close).status(),
        403
    );
    assert_eq!(get(&app, &bo, &format!("{here}/ranking.csv")).status(), 409);
}

#[test]
fn who_is_disabled_is_out_at_once_and_who_signs_out_too() {
    let (app, root) = set_up();
    let ana = user(&app, &root, "ana");
    let token = token(&app, &ana, "read");
    let bearer = |token: &str| {
        let request = browser().get(app.url("/api/v1/evaluations/abcdefghjkmn"));
        let request = request.header("authorization", format!("Bearer {token}"));
        request.send().unwrap().status().as_u16()
    };
    assert_eq!(bearer(&token), 404);
    assert_eq!(get(&app, &ana, "/account").status(), 200);
    let disable = [("what", "disable"), ("user", "ana")];
    assert_eq!(post(&app, &root, "/users", &disable).status(), 200);
    assert_eq!(
        get(&app, &ana, "/account").headers()["location"],
        "/sign-in?to=/account"
    );
    assert_eq!(bearer(&token), 401);
    assert_eq!(sign_in(&app, "ana", PASSWORD).1.status(), 401);
    // Who comes back makes tokens anew.
    let enable = [("what", "enable"), ("user", "ana")];
    assert_eq!(post(&app, &root, "/users", &enable).status(), 200);
    assert_eq!(bearer(&token), 401);
    let (back, answer) = sign_in(&app, "ana", PASSWORD);
    assert_eq!(answer.status(), 303);
    let anew = self::token(&app, &back, "read");
    assert_eq!(bearer(&anew), 404);
    let change = [
        ("what", "password"),
        ("before", PASSWORD),
        ("after", "five words are enough too"),
        ("again", "five words are enough too"),
    ];
    assert_eq!(post(&app, &back, "/account", &change).status(), 200);
    assert_eq!(bearer(&anew), 401);
    let out = post(&app, &root, "/sign-out", &[]);
    assert_eq!(out.status(), 303);
    assert!(out.headers().contains_key("clear-site-data"));
    assert_eq!(get(&app, &root, "/users").status(), 303);
}

#[test]
fn a_token_does_what_it_is_for_and_ignores_cookies() {
    let (app, root) = set_up();
    let ana = user(&app, &root, "ana");
    let here = sample(&app, &ana);
    let (read, upload) = (token(&app, &ana, "read"), token(&app, &ana, "upload"));
    let api = here.replace("/evaluations", "/api/v1/evaluations");
    let asked = |token: &str, method: &str, path: &str| -> u16 {
        let request = browser().request(method.parse().unwrap(), app.url(path));
        let request = request.header("authorization", format!("Bearer {token}"));
        let request = request.json(&json!({"reason": "x"}));
        request.send().unwrap().status().as_u16()
    };
    assert_eq!(asked(&read, "GET", &format!("{api}/ranking")), 200);
    assert_eq!(asked(&read, "DELETE", &format!("{api}/sheets/1")), 403);
    assert_eq!(asked(&upload, "DELETE", &format!("{api}/sheets/1")), 403);
    assert_eq!(asked("sc_nonsense", "GET", &api), 401);
    // With a token nobody is whom the cookie says.
    let mixed = ana
        .get(app.url(&api))
        .header("authorization", "Bearer wrong");
    assert_eq!(mixed.send().unwrap().status(), 401);
    let revoked = get(&app, &ana, "/account").text().unwrap();
    let label = revoked.split("name=\"token\" value=\"").nth(1).unwrap();
    let label = label.split('"').next().unwrap();
    post(
        &app,
        &ana,
        "/account",
        &[("what", "revoke"), ("token", label)],
    );
    let left = [&read, &upload]
        .iter()
        .filter(|token| asked(token, "GET", &format!("{api}/ranking")) == 200)
        .count();
    assert_eq!(left, 1);
}

#[test]
fn who_tries_passwords_waits_longer_each_time_and_is_written_down() {
    let (app, _root) = set_up();
    let mut last = 0;
    for _ in 0..8 {
        last = sign_in(&app, "root", "not the password")
            .1
            .status()
            .as_u16();
    }
    assert_eq!(last, 429);
    let (_, right) = sign_in(&app, "root", PASSWORD);
    assert_eq!(right.status(), 429, "also with the right one");
}

#[test]
fn the_password_is_changed_by_its_user_and_other_browsers_are_signed_out() {
    let (app, root) = set_up();
    let ana = user(&app, &root, "ana");
    let (other, _) = sign_in(&app, "ana", PASSWORD);
    let form = |before| {
        [
            ("what", "password"),
            ("before", before),
            ("after", "another four words here"),
            ("again", "another four words here"),
        ]
    };
    assert_eq!(
        post(&app, &ana, "/account", &form("wrong one")).status(),
        401
    );
    assert_eq!(post(&app, &ana, "/account", &form(PASSWORD)).status(), 200);
    assert_eq!(get(&app, &ana, "/account").status(), 200);
    assert_eq!(get(&app, &other, "/account").status(), 303);
}

#[test]
fn a_browser_without_a_session_is_sent_to_sign_in_and_programs_are_told() {
    let (app, _root) = set_up();
    let page = app.get("/evaluations/x?lens=cio");
    assert_eq!(
        page.headers()["location"],
        "/sign-in?to=/evaluations/x%3Flens%3Dcio"
    );
    let api = app.get("/api/v1/evaluations/x");
    assert_eq!(api.status(), 401);
    assert_eq!(
        api.headers()["www-authenticate"],
        "Bearer realm=\"scorecard\""
    );
    let problem: Value = api.json().unwrap();
    assert_eq!(problem["code"], "sign-in-first");
    let wrong = app
        .request("GET", "/api/v1/evaluations")
        .header("authorization", "Bearer wrong");
    assert_eq!(
        wrong.send().unwrap().headers()["www-authenticate"],
        "Bearer realm=\"scorecard\", error=\"invalid_token\""
    );
}

#[test]
fn what_comes_around_the_proxy_is_refused_whatever_its_headers_say() {
    let app = TestApp::with(Settings {
        proxies: vec!["10.9.8.7".parse().unwrap()],
        public: Some("https://scores.example.org".parse().unwrap()),
        ..Settings::default()
    });
    let spoofed = app
        .request("GET", "/sign-in")
        .header("x-forwarded-for", "10.9.8.7");
    assert_eq!(spoofed.send().unwrap().status(), 403);
}

#[test]
fn behind_a_proxy_the_cookie_is_bound_to_the_host_and_to_encryption() {
    let app = TestApp::with(Settings {
        proxies: vec!["127.0.0.1".parse().unwrap()],
        public: Some("https://scores.example.org".parse().unwrap()),
        ..Settings::default()
    });
    let link = app.announced().last().unwrap().clone();
    assert!(
        link.starts_with("https://scores.example.org/set-up?t="),
        "{link}"
    );
    let secret = link.rsplit('=').next().unwrap();
    let ask = |path: &str, form: &[(&str, &str)]| {
        let request = app.request("POST", path).form(form);
        let request = request.header("host", "scores.example.org");
        let request = request.header("origin", "https://scores.example.org");
        request.send().unwrap()
    };
    let form = [
        ("secret", secret),
        ("name", "root"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    assert_eq!(ask("/set-up", &form).status(), 303);
    let entered = ask("/sign-in", &[("name", "root"), ("password", PASSWORD)]);
    assert_eq!(entered.status(), 303);
    let cookie = entered.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-scorecard="), "{cookie}");
    assert!(
        cookie.contains("Secure") && cookie.contains("Path=/"),
        "{cookie}"
    );
    assert!(entered.headers().contains_key("strict-transport-security"));
}
