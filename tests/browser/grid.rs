//! Scoring in the page, and the meeting: what their scripts do beyond the forms.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::driver::Browser;
use crate::hands::key;
use crate::rich;
use crate::server::Server;

/// The field that has the focus is this one, and says this.
const AT: &str = "return [document.activeElement.id, document.activeElement.value]";

/// Waits until a script tells the truth.
async fn holds(browser: &Browser, what: &str) {
    let script = format!("return Boolean({what})");
    let started = Instant::now();
    while browser.page.execute(&script, vec![]).await.unwrap() != json!(true) {
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "this does not become true: {what}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn is_saved(browser: &Browser) {
    holds(
        browser,
        "/^Saved /.test(document.getElementById('saved').textContent)",
    )
    .await;
}

async fn typed(browser: &Browser, text: &str) {
    let typed = json!({"text": text});
    browser.devtools("Input.insertText", typed).await;
}

async fn connected(browser: &Browser, is_connected: bool) {
    let network = json!({"offline": !is_connected, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    browser.devtools("Network.enable", json!({})).await;
    browser
        .devtools("Network.emulateNetworkConditions", network)
        .await;
}

/// Opens the grid of Ana; answers with its address.
async fn grid(browser: &Browser, server: &Server) -> String {
    browser.page.goto(server.link()).await.unwrap();
    let home = rich::open(browser).await;
    let here = browser.page.current_url().await.unwrap();
    let grid = here.join(&format!("{home}/score?evaluator=Ana")).unwrap();
    browser.page.goto(grid.as_str()).await.unwrap();
    browser.is_ready().await;
    grid.into()
}

#[tokio::test]
async fn scores_are_typed_by_keys_saved_by_themselves_and_outlive_a_lost_connection() {
    let server = Server::start();
    let browser = Browser::open().await;
    let address = grid(&browser, &server).await;
    let first = "return document.querySelector('input.score').focus()";
    browser.page.execute(first, vec![]).await.unwrap();
    let from = browser.page.execute(AT, vec![]).await.unwrap();
    typed(&browser, "4,5").await;
    key(&browser, "Enter").await;
    let below = browser.page.execute(AT, vec![]).await.unwrap();
    assert_ne!(from[0], below[0], "Enter goes to the next criterion");
    typed(&browser, "3").await;
    key(&browser, "Enter").await;
    is_saved(&browser).await;
    holds(
        &browser,
        "document.getElementById('unfiled').textContent === '2'",
    )
    .await;

    connected(&browser, false).await;
    typed(&browser, "2").await;
    key(&browser, "Enter").await;
    browser
        .says("Not saved: no connection; kept in this browser")
        .await;
    connected(&browser, true).await;
    // Before it is tried again the window is closed; the next one still has it.
    browser.page.goto(&address).await.unwrap();
    holds(
        &browser,
        "document.getElementById('unfiled').textContent === '3'",
    )
    .await;
    browser.page.goto(&address).await.unwrap();
    let values = "return [...document.querySelectorAll('tr td:nth-of-type(1) input.score')].slice(0, 3).map((one) => one.value)";
    let values = browser.page.execute(values, vec![]).await.unwrap();
    assert_eq!(values, json!(["4,5", "3", "2"]));
    let axe = crate::axe::Axe::new();
    assert_eq!(axe.wrong(&browser).await, [""; 0]);
    browser.close().await;
}

#[tokio::test]
async fn of_two_windows_none_overwrites_what_the_other_has_saved() {
    let server = Server::start();
    let browser = Browser::open().await;
    let address = grid(&browser, &server).await;
    let one = browser.page.window().await.unwrap();
    let other = browser.page.new_window(true).await.unwrap();
    let other: fantoccini::wd::WindowHandle = other.handle;
    browser.page.switch_to_window(other).await.unwrap();
    browser.page.goto(&address).await.unwrap();
    browser.is_ready().await;
    let type_it = |score: &'static str| {
        format!(
            "const field = document.querySelector('input.score'); field.focus(); field.value = '{score}';
            field.dispatchEvent(new Event('input', {{bubbles: true}})); field.dispatchEvent(new Event('change', {{bubbles: true}}));"
        )
    };
    browser.page.execute(&type_it("4"), vec![]).await.unwrap();
    is_saved(&browser).await;

    browser.page.switch_to_window(one).await.unwrap();
    browser.page.execute(&type_it("2"), vec![]).await.unwrap();
    browser
        .says("Another window has saved something else")
        .await;
    browser.says("typed here 2; saved there 4").await;
    let axe = crate::axe::Axe::new();
    assert_eq!(axe.wrong(&browser).await, [""; 0]);
    browser.press_button("Keep what is typed here").await;
    is_saved(&browser).await;
    browser.page.goto(&address).await.unwrap();
    let value = "return document.querySelector('input.score').value";
    let value = browser.page.execute(value, vec![]).await.unwrap();
    assert_eq!(value, json!("2"));
    browser.close().await;
}

#[tokio::test]
async fn keys_turn_the_agenda_of_a_meeting_unless_one_types() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    browser.click("Look at the sample").await;
    browser.says("First place is undecided").await;
    let home = browser.page.current_url().await.unwrap();
    browser.page.goto(&format!("{home}/meeting")).await.unwrap();
    browser.click("Begin").await;
    browser.says("What is agreed on").await;
    browser.is_ready().await;
    let first = browser.page.current_url().await.unwrap();
    let here =
        |path: &str| format!("document.readyState === 'complete' && location.pathname {path}");
    let path = json!(first.path());
    key(&browser, "n").await;
    holds(&browser, &here(&format!("!== {path}"))).await;
    key(&browser, "p").await;
    holds(&browser, &here(&format!("=== {path}"))).await;
    browser.click_at("#reason").await;
    key(&browser, "n").await;
    holds(&browser, "document.getElementById('reason').value === 'n'").await;
    browser.close().await;
}

#[tokio::test]
async fn a_personal_link_is_copied_with_a_button() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let home = rich::open(&browser).await;
    let here = browser.page.current_url().await.unwrap();
    let handout = here.join(&format!("{home}/handout")).unwrap();
    browser.page.goto(handout.as_str()).await.unwrap();
    let allowed = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
    browser.devtools("Browser.grantPermissions", allowed).await;
    browser.press_button("Make a link for everybody").await;
    browser.says("shown this once").await;
    browser.is_ready().await;
    browser.click("Copy the link").await;
    browser.says("Copied").await;
    let both = "const done = arguments[0]; navigator.clipboard.readText().then((copied) => done([copied, document.querySelector('[id^=link-]').value]));";
    let both: Value = browser.page.execute_async(both, vec![]).await.unwrap();
    assert_eq!(both[0], both[1]);
    assert!(both[0].as_str().unwrap().contains("/link/"), "{both}");
    browser.close().await;
}
