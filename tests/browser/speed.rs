//! How long it takes from a slider to the new ranking, in the browser.

#![expect(
    clippy::disallowed_types,
    clippy::arithmetic_side_effects,
    reason = "times are no scores, and what is measured is made of small numbers"
)]

use std::fmt::Write as _;
use std::io::Write as _;

use crate::driver::Browser;
use crate::rich;
use crate::server::Server;

/// Turns the first slider again and again; answers with the milliseconds until the ranking behind it stood on the page.
const TURN: &str = "
    const done = arguments[0];
    const slider = document.querySelector('input[type=range]');
    const turn = (to) => new Promise((ready) => {
        const begun = performance.now();
        new MutationObserver((changes, observer) => {
            if (!document.querySelector('#what-if .then')) return;
            observer.disconnect();
            requestAnimationFrame(() => ready(performance.now() - begun));
        }).observe(document.querySelector('main'), {childList: true, subtree: true});
        slider.value = to;
        slider.dispatchEvent(new Event('input', {bubbles: true}));
    });
    (async () => {
        const times = [];
        for (let at = 5; at < 35; at += 1) times.push(await turn(at));
        done(times);
    })();
";

#[tokio::test]
#[ignore = "measures; run it alone, on a machine that does nothing else"]
async fn from_a_slider_to_the_new_ranking_of_thirty_vendors_and_a_hundred_criteria() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("large.toml"), set()).unwrap();
    let server = Server::offering(folder.path());
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let home = rich::filed(&browser, "large", &sheet()).await;
    let origin = browser.page.current_url().await.unwrap();
    let what_if = origin.join(&format!("{home}/what-if")).unwrap();
    browser.page.goto(what_if.as_str()).await.unwrap();
    let times = browser.page.execute_async(TURN, vec![]).await.unwrap();
    let mut times: Vec<f64> = serde_json::from_value(times).unwrap();
    times.sort_by(f64::total_cmp);
    let (median, slowest) = (times[times.len() / 2], times[times.len() - 1]);
    let build = if cfg!(debug_assertions) {
        "a debug build"
    } else {
        "a release build"
    };
    // Not by a macro that prints: the harness shows that only of tests that fail.
    writeln!(
        std::io::stderr(),
        "from a slider to the new ranking of 30 vendors and 100 criteria, in {build}, {} turns: median {median:.1} ms, slowest {slowest:.1} ms",
        times.len()
    )
    .unwrap();
    assert!(median < 1000.0, "{median} ms");
    browser.close().await;
}

/// Ten categories of ten criteria.
fn set() -> String {
    let mut set = String::from(
        "id = \"large\"\ntitle = \"Large\"\nversion = \"1\"\nweights = \"relative\"\n\n[scale]\nmin = 0\nmax = 5\n",
    );
    for category in 0..10 {
        writeln!(
            set,
            "\n[[category]]\nid = \"c{category}\"\ntitle = \"Category {category}\"\nweight = 1"
        )
        .unwrap();
    }
    for criterion in 0..100 {
        writeln!(
            set,
            "\n[[criterion]]\nid = \"X-{criterion}\"\ncategory = \"c{}\"\ntitle = \"Criterion {criterion}\"\nweight = {}",
            criterion % 10,
            criterion % 7 + 1
        )
        .unwrap();
    }
    set
}

/// Every score of thirty vendors, by three evaluators.
fn sheet() -> String {
    let mut sheet = String::from("vendor,criterion,evaluator,score\n");
    for (at, name) in ["Ana", "Ben", "Cem"].into_iter().enumerate() {
        for vendor in 0..30 {
            for criterion in 0..100 {
                let score = (vendor * 7 + criterion * 3 + at * 5) % 11;
                writeln!(
                    sheet,
                    "Vendor {vendor},X-{criterion},{name},{}.{}",
                    score / 2,
                    score % 2 * 5
                )
                .unwrap();
            }
        }
    }
    sheet
}
