//! The sample story, from the link in the terminal to the ranking.

use std::path::PathBuf;

use crate::driver::Browser;
use crate::server::Server;

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/sample")
        .join(name)
}

#[tokio::test]
async fn the_sample_becomes_a_ranking_with_one_upload_and_a_broken_sheet_is_refused() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let address = browser.page.current_url().await.unwrap();
    assert!(!address.as_str().contains("t="), "{address}");
    browser.click("Look at the sample").await;
    browser.says("First place is undecided").await;
    browser.picture("undecided").await;

    browser.click("Upload a sheet").await;
    browser.says("168 answers are missing").await;
    browser.picture("collect").await;
    browser.choose(&sample("mei-lindqvist.csv")).await;
    browser.press_upload().await;
    browser.says("nothing is stored yet").await;
    browser.picture("preview").await;
    browser.press_button("File it now").await;
    browser.says("Nothing is missing any more.").await;
    browser.click("See the ranking").await;
    browser.says("No clear winner: Brindlewick Desk").await;
    browser.picture("ranking").await;
    browser.click("CTO").await;
    browser.says("Ostervane Service (fictional) leads").await;

    browser.click("Close scoring").await;
    browser.click("Sheets and progress").await;
    browser.choose(&sample("variants/broken.csv")).await;
    browser.press_upload().await;
    browser.says("refused, nothing of it was stored").await;
    browser.picture("refused").await;
    browser.page.back().await.unwrap();
    browser.click("See the ranking").await;
    browser.click("Remove the sample").await;
    browser.says("There is none yet.").await;
    browser.close().await;
}
