//! What scripts add: keys, and files dropped anywhere.

use serde_json::json;

use crate::driver::Browser;
use crate::hands::key;
use crate::server::Server;

/// Drags a file over the page, and drops it.
const DROP: &str = "
    const [name, text] = arguments;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], name, {type: 'text/csv'}));
    const happens = (kind) => document.querySelector('main').dispatchEvent(
        new DragEvent(kind, {dataTransfer, bubbles: true, cancelable: true}));
    happens('dragover');
    const told = document.querySelector('.over')?.textContent ?? '';
    happens('drop');
    return told;
";

async fn is_true(browser: &Browser, what: &str) -> bool {
    let script = format!("return Boolean({what})");
    browser.page.execute(&script, vec![]).await.unwrap() == json!(true)
}

async fn sample(browser: &Browser, server: &Server) {
    browser.page.goto(server.link()).await.unwrap();
    browser.click("Look at the sample").await;
    browser.says("First place is undecided").await;
    browser.is_ready().await;
}

#[tokio::test]
async fn a_file_dropped_on_any_page_of_an_evaluation_is_shown_before_it_is_filed() {
    let server = Server::start();
    let browser = Browser::open().await;
    sample(&browser, &server).await;
    let home = browser.page.current_url().await.unwrap();
    let page = format!("{home}/vendors/1");
    browser.page.goto(&page).await.unwrap();
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/sample/mei-lindqvist.csv"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let dropped = vec![json!("mei-lindqvist.csv"), json!(text)];
    let told = browser.page.execute(DROP, dropped).await.unwrap();
    assert!(
        told.as_str()
            .unwrap()
            .contains("nothing is stored before you file it")
    );
    browser.says("nothing is stored yet").await;
    assert!(!is_true(&browser, "document.querySelector('dialog[open], .over')").await);
    // Loaded again it is still what came back, also at another place of it; back leads to the page before.
    browser
        .page
        .execute("location.hash = '#say-1'", vec![])
        .await
        .unwrap();
    browser.page.refresh().await.unwrap();
    browser.says("nothing is stored yet").await;
    browser.is_ready().await;
    browser
        .page
        .execute("history.go(-2)", vec![])
        .await
        .unwrap();
    browser.says("How the total is made up").await;
    browser.is_ready().await;
    browser.page.forward().await.unwrap();
    browser.says("nothing is stored yet").await;
    browser.press_button("File it now").await;
    browser.says("filed as sheet").await;
    // Back leads to the page before, and not to a preview that is over.
    browser.page.goto(&page).await.unwrap();
    browser.says("How the total is made up").await;
    assert_eq!(browser.complaints().await, [""; 0]);
    browser.close().await;
}

#[tokio::test]
async fn a_large_file_shows_how_far_it_is_and_can_be_stopped() {
    let server = Server::start();
    let browser = Browser::open().await;
    sample(&browser, &server).await;
    let slow = json!({"offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 20_000});
    browser.devtools("Network.enable", json!({})).await;
    browser
        .devtools("Network.emulateNetworkConditions", slow)
        .await;
    let dropped = vec![
        json!("large.csv"),
        json!("vendor,criterion,score\n".repeat(20_000)),
    ];
    browser.page.execute(DROP, dropped).await.unwrap();
    browser.says("large.csv").await;
    assert!(
        is_true(
            &browser,
            "document.querySelector('dialog[open] progress').labels || true"
        )
        .await
    );
    assert!(
        is_true(
            &browser,
            "document.querySelector('dialog[open] progress').value < 100"
        )
        .await
    );
    let axe = crate::axe::Axe::new();
    assert_eq!(axe.wrong(&browser).await, [""; 0]);
    browser.press_button("Cancel").await;
    assert!(!is_true(&browser, "document.querySelector('dialog[open]')").await);
    browser.says("First place is undecided").await;
    browser.close().await;
}

#[tokio::test]
async fn keys_open_their_list_and_the_search_unless_one_types_or_has_switched_them_off() {
    let server = Server::start();
    let browser = Browser::open().await;
    sample(&browser, &server).await;
    let is_open = "document.querySelector('#keys-open').open";
    let is_searching = "document.activeElement.id === 'find'";
    key(&browser, "?").await;
    assert!(is_true(&browser, is_open).await);
    let axe = crate::axe::Axe::new();
    assert_eq!(axe.wrong(&browser).await, [""; 0]);
    key(&browser, "Escape").await;
    assert!(!is_true(&browser, is_open).await);
    key(&browser, "/").await;
    assert!(is_true(&browser, is_searching).await);
    key(&browser, "?").await;
    assert!(
        !is_true(&browser, is_open).await,
        "a key in a field is a letter"
    );
    browser.fill("find", "sso, mfa & p").await;
    key(&browser, "Enter").await;
    browser.says("Found for “sso, mfa & p”").await;
    browser.click("SSO, MFA & provisioning").await;
    browser.says("Every vendor, every answer").await;
    browser.is_ready().await;

    key(&browser, "?").await;
    assert!(is_true(&browser, is_open).await);
    browser.click_at("#keys-off").await;
    key(&browser, "Escape").await;
    browser.page.refresh().await.unwrap();
    key(&browser, "/").await;
    key(&browser, "?").await;
    assert!(!is_true(&browser, is_searching).await);
    assert!(!is_true(&browser, is_open).await);
    browser.close().await;
}
