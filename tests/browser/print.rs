//! Documents on paper: the record as a browser prints it.

use std::path::Path;
use std::process::Command;

use fantoccini::wd::PrintConfiguration;

use crate::driver::Browser;
use crate::rich;
use crate::server::Server;

const TEXT_OF: &str = "
    const [path, done] = arguments;
    fetch(path).then((answer) => answer.text()).then(done);
";

#[tokio::test]
async fn the_record_prints_with_its_table_heads_repeated_and_its_foot_on_every_page() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let home = rich::finished(&browser).await;
    let record = serde_json::json!(format!("{home}/report.html"));
    let record = browser.page.execute_async(TEXT_OF, vec![record]).await;
    let record = record.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.html");
    std::fs::write(&file, record.as_str().unwrap()).unwrap();
    let address = format!("file://{}", file.display());
    browser.page.goto(&address).await.unwrap();
    let axe = crate::axe::Axe::new();
    assert_eq!(axe.wrong(&browser).await, [""; 0]);
    browser.dark(true).await;
    assert_eq!(axe.wrong_colours(&browser).await, [""; 0]);
    browser.dark(false).await;
    let settings = PrintConfiguration::default();
    let paper = browser.page.print(settings).await.unwrap();
    let pages = pages(folder.path(), &paper);
    assert!((8..60).contains(&pages.len()), "{} pages", pages.len());
    for (page, text) in (1..).zip(&pages) {
        let number = format!("{page} / {}", pages.len());
        assert!(text.contains(&number), "{number} in {text}");
        assert!(
            text.contains("itsm-mid-market, version 1, SHA-256"),
            "{text}"
        );
    }
    // The table of every criterion goes over pages; its head stands on each of them.
    let heads = pages
        .iter()
        .filter(|text| text.contains("Practices and clause"));
    assert!(heads.count() > 1);
    browser.close().await;
}

#[tokio::test]
async fn advice_method_sheet_and_debrief_are_sound_and_print_with_their_foot_on_every_page() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let here = browser.page.current_url().await.unwrap();
    let home = rich::finished(&browser).await;
    let axe = crate::axe::Axe::new();
    let folder = tempfile::tempdir().unwrap();
    for below in ["advice.html", "method.html", "debriefs/1/html"] {
        let back = here.join(&home).unwrap();
        browser.page.goto(back.as_str()).await.unwrap();
        let path = serde_json::json!(format!("{home}/{below}"));
        let text = browser.page.execute_async(TEXT_OF, vec![path]).await;
        let text = text.unwrap();
        let file = folder.path().join("document.html");
        std::fs::write(&file, text.as_str().unwrap()).unwrap();
        let address = format!("file://{}", file.display());
        browser.page.goto(&address).await.unwrap();
        assert_eq!(axe.wrong(&browser).await, [""; 0], "{below}");
        browser.dark(true).await;
        assert_eq!(axe.wrong_colours(&browser).await, [""; 0], "{below}");
        browser.dark(false).await;
        let settings = PrintConfiguration::default();
        let paper = browser.page.print(settings).await.unwrap();
        let pages = pages(folder.path(), &paper);
        for (page, text) in (1..).zip(&pages) {
            let number = format!("{page}/{}", pages.len());
            let text = text.replace(' ', "");
            assert!(text.contains(&number), "{below}: {number} in {text}");
        }
    }
    browser.close().await;
}

/// The words of each page.
fn pages(folder: &Path, paper: &[u8]) -> Vec<String> {
    let file = folder.join("record.pdf");
    std::fs::write(&file, paper).unwrap();
    let mut reader = Command::new("pdftotext");
    let told = reader.arg("-layout").arg(&file).arg("-").output();
    let told = told.expect("pdftotext starts; `.ci/test` installs it");
    let text = String::from_utf8(told.stdout).unwrap();
    let pages = text.trim_end_matches('\u{c}').split('\u{c}');
    pages.map(str::to_owned).collect()
}
