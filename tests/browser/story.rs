//! The whole story, from an empty data directory to the ranking in a file: with a mouse, with keys alone, and without scripts.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::driver::Browser;
use crate::hands::Hands;
use crate::server::Server;

#[tokio::test]
async fn an_evaluation_goes_from_nothing_to_the_ranking_in_a_file() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    tell(&browser, Hands::Mouse).await;
    browser.close().await;
}

#[tokio::test]
async fn the_same_goes_by_keys_alone() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    tell(&browser, Hands::Keys).await;
    browser.close().await;
}

#[tokio::test]
async fn the_same_goes_without_scripts() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.scripts(false).await;
    browser.page.goto(server.link()).await.unwrap();
    tell(&browser, Hands::Mouse).await;
    browser.close().await;
}

/// What the ranking says in the end: Acme scored 4 everywhere, Bolt 3, and both cost the same.
const RANKING: &str = "rank,vendor,status,total,";

async fn tell(browser: &Browser, hands: Hands) {
    hands.fill(browser, "title", "ITSM tool 2027").await;
    hands.pick(browser, "criteria", "itsm-one-afternoon").await;
    hands.press(browser, "Start").await;
    browser.says("The evaluation is started.").await;
    hands.fill(browser, "prices.CST-TCO.floor", "150000").await;
    hands
        .fill(browser, "prices.CST-TCO.ceiling", "650000")
        .await;
    hands.fill(browser, "prices.CST-TCO.currency", "eur").await;
    hands.press(browser, "Freeze the method").await;
    browser.says("The method is frozen").await;

    hands.go(browser, "List vendors and evaluators").await;
    hands.fill(browser, "vendors", "Acme\nBolt").await;
    hands.press(browser, "Add to the vendors").await;
    browser.says("The list of vendors is saved.").await;
    hands.fill(browser, "evaluators", "Ana Ruiz").await;
    hands.press(browser, "Add to the evaluators").await;
    browser.says("Who scores what").await;
    hands.go(browser, "Go on: hand out sheets").await;
    hands.press(browser, "All sheets are handed out").await;
    browser.says("It is noted who has a sheet.").await;
    hands.go(browser, "Go on: upload what comes back").await;

    let folder = tempfile::tempdir().unwrap();
    let sheet = folder.path().join("ana.csv");
    std::fs::write(&sheet, scores()).unwrap();
    browser.choose(&sheet).await;
    hands.press(browser, "Look at them").await;
    browser.says("nothing is stored yet").await;
    hands.press(browser, "File it now").await;
    browser.says("filed as sheet 1").await;
    // Going back and pressing the button again files nothing twice.
    browser.page.back().await.unwrap();
    browser.says("nothing is stored yet").await;
    hands.press(browser, "File it now").await;
    browser.says("filed before, nothing has changed").await;

    hands.go(browser, "See the ranking").await;
    browser.says("Acme leads Bolt").await;
    hands.go(browser, "Close scoring").await;
    browser.says("Nothing is missing.").await;
    hands.press(browser, "Close scoring").await;
    browser.says("Open scoring again").await;
    hands.go(browser, "Record the decision").await;
    browser.says("The vendor chosen").await;
    hands.pick(browser, "vendor", "Acme").await;
    hands.fill(browser, "reason", "First on the record.").await;
    hands.press(browser, "Record the decision").await;
    browser.says("Acme is chosen").await;
    hands.go(browser, "ITSM tool 2027").await;
    hands.go(browser, "ranking.csv").await;
    let saved = saved(browser, ".csv").await;
    assert!(saved.starts_with(&format!("\u{feff}{RANKING}")), "{saved}");
    assert!(saved.contains("\r\n1,Acme,ranked,"), "{saved}");
    assert!(saved.contains("\r\n2,Bolt,ranked,"), "{saved}");
}

/// A file that the browser has saved.
async fn saved(browser: &Browser, ending: &str) -> String {
    let started = Instant::now();
    loop {
        let files = std::fs::read_dir(browser.downloads()).unwrap();
        let mut paths = files.map(|file| file.unwrap().path());
        let path = paths.find(|path| path.to_string_lossy().ends_with(ending));
        let text = path.map(|path| std::fs::read_to_string(path).unwrap());
        // The browser takes the name first, with an empty file.
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            return text;
        }
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "nothing was saved"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A sheet with every answer: Acme is better by one everywhere, and as dear.
fn scores() -> String {
    let criteria = "ITIL-INC ITIL-REQ FEA-OMN FEA-AUT INT-CON INT-DAT SCL-CAP SCL-AVL SEC-RBA SEC-PRV UX-AGT UX-EUS VEN-TTV VEN-ADM";
    let mut sheet = String::from("criterion,evaluator,Acme,Bolt\n");
    for criterion in criteria.split(' ') {
        writeln!(sheet, "{criterion},Ana Ruiz,4,3").unwrap();
    }
    sheet + "CST-TCO,Ana Ruiz,200000,200000\n"
}
