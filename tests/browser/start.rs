//! An evaluation of one's own, from nothing to the first sheet, by clicks and keys alone.

use std::path::Path;

use crate::driver::Browser;
use crate::server::Server;

const NAMELESS: &str = "criterion,Acme,Bolt\nITIL-INC,4,3\n";

#[tokio::test]
async fn an_evaluation_goes_from_its_method_to_the_first_sheet_by_its_steps() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    browser.fill("title", "ITSM tool 2027").await;
    browser.click("Start").await;
    browser.says("The evaluation is started.").await;
    browser.fill("prices.CST-TCO.floor", "much").await;
    browser.fill("prices.CST-TCO.ceiling", "650000").await;
    browser.fill("prices.CST-TCO.currency", "eur").await;
    browser.click("Freeze the method").await;
    browser
        .says("This could not be taken; nothing was changed")
        .await;
    browser.fill("prices.CST-TCO.floor", "150000").await;
    browser.click("Freeze the method").await;
    browser
        .says("The method is frozen: sheets can come in.")
        .await;

    browser.click("List vendors and evaluators").await;
    browser.fill("vendors", "Acme\nBolt").await;
    browser.click("Add to the vendors").await;
    browser.says("The list of vendors is saved.").await;
    browser.fill("evaluators", "Ana Ruiz\nBen Ito").await;
    browser.click("Add to the evaluators").await;
    browser.says("Who scores what").await;
    assert_eq!(browser.width_on_a_phone().await, 320);
    browser.click("Go on: hand out sheets").await;
    browser.click("All sheets are handed out").await;
    browser.says("It is noted who has a sheet.").await;
    browser.click("Invitation to copy").await;
    assert_eq!(browser.width_on_a_phone().await, 320);

    browser.click("Go on: upload what comes back").await;
    let folder = tempfile::tempdir().unwrap();
    let sheet = folder.path().join("scores-ana-ruiz.csv");
    std::fs::write(&sheet, NAMELESS).unwrap();
    upload(&browser, &sheet).await;
    browser.says("who scored this?").await;
    assert_eq!(browser.width_on_a_phone().await, 320);
    browser.press_button("Look at it for this evaluator").await;
    browser.says("nothing is stored yet").await;
    assert_eq!(browser.width_on_a_phone().await, 320);
    browser.press_button("File it now").await;
    browser.says("By Ana Ruiz. 2 new").await;
    browser.click("sheet 1").await;
    browser.says("Rows 1 to 2 of 2").await;
    browser.click("ITSM tool 2027").await;
    browser.says("First place is undecided").await;
    let home = browser.page.current_url().await.unwrap();
    for below in [
        "",
        "/method",
        "/criteria",
        "/people",
        "/handout",
        "/sheets",
        "/sheets/1",
        "/settle",
        "/decide",
        "/vendors/1",
        "/criteria/ITIL-INC",
    ] {
        browser.page.goto(&format!("{home}{below}")).await.unwrap();
        assert_eq!(browser.width_on_a_phone().await, 320, "{below}");
    }
    browser.close().await;
}

async fn upload(browser: &Browser, file: &Path) {
    browser.choose(file).await;
    browser.press_upload().await;
}
