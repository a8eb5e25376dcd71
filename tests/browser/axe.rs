//! Whether a page can be used by everybody: axe-core, with the rules of WCAG 2.0 to 2.2, A and AA.

use std::path::Path;

use serde_json::{Value, json};

use crate::driver::Browser;

/// Where `.ci/test` puts axe-core, which is not ours and so not among our files.
const AXE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/target/tools/axe-core-4.14.1/axe.min.js"
);

const RUN: &str = "
    const [rules, done] = arguments;
    if (typeof window.axe !== 'object') return done(null);
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
    const all = {runOnly: {type: 'tag', values: tags}, rules: {'target-size': {enabled: true}}};
    const options = rules.length ? {runOnly: {type: 'rule', values: rules}} : all;
    axe.run(document, {...options, resultTypes: ['violations']}).then(
        (found) => done(found.violations.flatMap((one) =>
            one.nodes.slice(0, 3).map((node) => `${one.id}: ${node.html.slice(0, 200)} (${node.failureSummary})`))),
        (error) => done([String(error)]));
";

/// The rules that colours have to do with.
const COLOURS: [&str; 2] = ["color-contrast", "link-in-text-block"];

/// axe-core, ready to look at pages.
pub struct Axe {
    source: String,
}

impl Axe {
    pub fn new() -> Self {
        let source = std::fs::read_to_string(Path::new(AXE));
        let source = source.unwrap_or_else(|error| {
            panic!(
                "axe-core is not at {AXE} ({error}): run the tests by `.ci/test`, which fetches it"
            )
        });
        Self { source }
    }

    /// Everything that is wrong with the page.
    pub async fn wrong(&self, browser: &Browser) -> Vec<String> {
        self.run(browser, json!([])).await
    }

    /// Everything that is wrong with the colours of the page.
    pub async fn wrong_colours(&self, browser: &Browser) -> Vec<String> {
        self.run(browser, json!(COLOURS)).await
    }

    /// Every page that this browser opens brings it along, which is quicker than to send it there each time.
    pub async fn comes_with_pages(&self, browser: &Browser) {
        let said = json!({"source": self.source});
        browser
            .devtools("Page.addScriptToEvaluateOnNewDocument", said)
            .await;
    }

    async fn run(&self, browser: &Browser, rules: Value) -> Vec<String> {
        let arguments = vec![rules];
        let found = browser.page.execute_async(RUN, arguments.clone()).await;
        let mut found = found.unwrap();
        if found.is_null() {
            browser.page.execute(&self.source, vec![]).await.unwrap();
            let again = browser.page.execute_async(RUN, arguments).await;
            found = again.unwrap();
        }
        serde_json::from_value(found).unwrap()
    }
}
