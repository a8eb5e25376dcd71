//! Every page that links lead to, looked at as it is shown: light, dark, and on a phone.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;

use serde_json::json;

use crate::axe::Axe;
use crate::driver::Browser;
use crate::rich;
use crate::server::Server;

/// The most bytes of a page with all that belongs to it, as they are sent.
const MOST_BYTES: u64 = 100_000;

/// What the browser knows about the page that it shows.
const FACTS: &str = "
    const done = arguments[0];
    const shifts = [];
    const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
    observer.observe({type: 'layout-shift', buffered: true});
    requestAnimationFrame(() => setTimeout(() => {
        shifts.push(...observer.takeRecords());
        const parts = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
        const here = location.origin;
        done({
            shifted: shifts.filter((one) => !one.hadRecentInput).reduce((all, one) => all + one.value, 0),
            bytes: parts.reduce((all, one) => all + one.encodedBodySize, 0),
            elsewhere: parts.map((one) => one.name).filter((name) => !name.startsWith(here + '/')),
            links: [...document.querySelectorAll('a[href]')].map((one) => one.href.split('#')[0])
                .filter((href) => href.startsWith(here + '/')).map((href) => href.slice(here.length)),
            title: document.title,
        });
    }));
";

/// Which of some addresses are pages, and which are files to save.
const ARE_PAGES: &str = "
    const [paths, done] = arguments;
    Promise.all(paths.map(async (path) => {
        const answer = await fetch(path);
        await answer.body?.cancel();
        const saved = answer.headers.has('content-disposition') || !answer.headers.get('content-type')?.startsWith('text/html');
        return [answer.status, !saved];
    })).then(done);
";

#[tokio::test]
async fn every_page_of_a_finished_evaluation_is_sound_light_dark_and_on_a_phone() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let mut crawl = Crawl::new(&browser).await;
    let made = rich::finished(&browser).await;
    crawl.all_from(["/".to_owned(), made]).await;
    crawl.is_sound(30);
    browser.close().await;
}

#[tokio::test]
async fn every_page_of_unfinished_evaluations_is_sound_light_dark_and_on_a_phone() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let mut crawl = Crawl::new(&browser).await;
    crawl.look("/").await;
    browser.page.goto(&crawl.url("/")).await.unwrap();
    browser.click("Look at the sample").await;
    browser.says("First place is undecided").await;
    let sample = browser.page.current_url().await.unwrap();
    let made = rich::unfinished(&browser).await;
    let made = made.into_iter().chain([sample.path().to_owned()]);
    crawl.all_from(made).await;
    crawl.is_sound(30);
    browser.close().await;
}

#[tokio::test]
#[ignore = "makes pictures for people to look at: `.ci/screenshots --all DIR`"]
async fn every_page_in_pictures() {
    let folder = std::env::var_os("SCREENSHOTS_ALL").expect("SCREENSHOTS_ALL says where they go");
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let mut crawl = Crawl::new(&browser).await;
    crawl.pictures = Some(folder.into());
    let finished = rich::finished(&browser).await;
    let unfinished = rich::unfinished(&browser).await;
    let all = [finished, "/".to_owned()].into_iter().chain(unfinished);
    crawl.all_from(all).await;
    browser.close().await;
}

struct Crawl<'a> {
    browser: &'a Browser,
    /// Where pictures of the pages go, if they are wanted instead of a look.
    pictures: Option<PathBuf>,
    axe: Axe,
    origin: String,
    seen: BTreeSet<String>,
    waiting: VecDeque<String>,
    looked: Vec<String>,
    wrong: Vec<String>,
}

impl<'a> Crawl<'a> {
    async fn new(browser: &'a Browser) -> Self {
        let origin = browser.page.current_url().await.unwrap();
        Self {
            browser,
            pictures: None,
            axe: Axe::new(),
            origin: origin.origin().ascii_serialization(),
            seen: BTreeSet::new(),
            waiting: VecDeque::new(),
            looked: Vec::new(),
            wrong: Vec::new(),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Keeps an address to look at, unless one of its kind was.
    fn follow(&mut self, path: String) {
        if self.seen.insert(kind_of(&path)) {
            self.waiting.push_back(path);
        }
    }

    /// Looks at all that links lead to.
    async fn all_from(&mut self, paths: impl IntoIterator<Item = String>) {
        paths.into_iter().for_each(|path| self.follow(path));
        while !self.waiting.is_empty() {
            for path in self.pages_waiting().await {
                for link in self.look(&path).await {
                    self.follow(link);
                }
            }
        }
    }

    /// Fails with everything that was wrong, or if there was little to look at.
    fn is_sound(&self, at_least: usize) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        let looked = self.looked.len();
        assert!(looked >= at_least, "only {looked} pages were found");
    }

    /// What waits, without the files to save; a link that leads nowhere is wrong.
    async fn pages_waiting(&mut self) -> Vec<String> {
        let paths: Vec<String> = self.waiting.drain(..).collect();
        let asked = self
            .browser
            .page
            .execute_async(ARE_PAGES, vec![json!(paths)]);
        let told: Vec<(u16, bool)> = serde_json::from_value(asked.await.unwrap()).unwrap();
        let mut pages = Vec::new();
        for (path, (status, is_page)) in paths.into_iter().zip(told) {
            if status != 200 {
                self.wrong.push(format!("{path}: answers {status}"));
            } else if is_page {
                pages.push(path);
            }
        }
        pages
    }

    /// Looks at one page in every way; answers with where its links lead.
    async fn look(&mut self, path: &str) -> Vec<String> {
        self.looked.push(path.to_owned());
        let browser = self.browser;
        browser.page.goto(&self.url(path)).await.unwrap();
        let facts = browser.page.execute_async(FACTS, vec![]).await.unwrap();
        let links = serde_json::from_value(facts["links"].clone()).unwrap();
        if let Some(folder) = &self.pictures {
            let (home, name) = named(path);
            let number = self.looked.len();
            let name = folder.join(format!("{number:03}-{home}-{name}"));
            browser.pictures(&name.to_string_lossy()).await;
            return links;
        }
        let mut wrong: Vec<String> = Vec::new();
        if facts["shifted"].as_f64() != Some(0.0) {
            wrong.push(format!("the layout shifts by {}", facts["shifted"]));
        }
        let bytes = facts["bytes"].as_u64().unwrap();
        if bytes >= MOST_BYTES || bytes == 0 {
            wrong.push(format!("{bytes} bytes"));
        }
        if facts["elsewhere"] != json!([]) {
            wrong.push(format!("loads from elsewhere: {}", facts["elsewhere"]));
        }
        wrong.extend(self.axe.wrong(browser).await);
        browser.dark(true).await;
        let dark = self.axe.wrong_colours(browser).await;
        wrong.extend(dark.into_iter().map(|one| format!("dark: {one}")));
        browser.dark(false).await;
        browser.narrow(true).await;
        let width = "return document.documentElement.scrollWidth";
        let width = browser.page.execute(width, vec![]).await.unwrap();
        if width != json!(320) {
            wrong.push(format!("{width} pixels wide on a phone"));
        }
        let narrow = self.axe.wrong(browser).await;
        wrong.extend(narrow.into_iter().map(|one| format!("on a phone: {one}")));
        browser.narrow(false).await;
        wrong.extend(browser.complaints().await);
        wrong.dedup();
        self.wrong
            .extend(wrong.into_iter().map(|one| format!("{path}: {one}")));
        links
    }
}

/// An address as the name of a file: of which evaluation, and which page.
fn named(path: &str) -> (&str, String) {
    let path = path.trim_start_matches("/evaluations/");
    let (home, below) = path.split_once(['/', '?']).unwrap_or((path, "ranking"));
    let letters = below.chars();
    let letters = letters.map(|one| if one.is_alphanumeric() { one } else { '-' });
    (home, letters.collect())
}

/// An address without what differs between pages of one kind: numbers, criteria, and what is asked for.
///
/// Each evaluation is in a state of its own, and so its pages are kinds of their own.
fn kind_of(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let (home, below) = match path.strip_prefix("/evaluations/") {
        Some(rest) => rest.split_once('/').unwrap_or((rest, "")),
        None => ("", path),
    };
    let parts = below.split('/').map(|part| {
        let varies = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        if part.bytes().any(varies) { "*" } else { part }
    });
    let parts: Vec<&str> = parts.collect();
    let fields = query.split('&').filter_map(|field| field.split('=').next());
    let fields: Vec<&str> = fields.collect();
    format!("{home} {} {}", parts.join("/"), fields.join("&"))
}

#[tokio::test]
async fn a_page_with_mistakes_is_not_sound() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let axe = Axe::new();
    assert_eq!(axe.wrong(&browser).await, [""; 0]);
    let spoil = "
        const main = document.querySelector('main');
        main.innerHTML = '<img src=\"/assets/none.svg\"><input><p>pale</p><p><button>a</button><button>b</button></p>';
        main.style.minWidth = '500px';
        main.querySelector('p').style.cssText = 'color: #ccc; background: #fff';
        for (const button of main.querySelectorAll('button')) button.style.cssText = 'all: unset; display: inline-block; width: 9px; height: 9px';
        document.documentElement.lang = '';
        console.error('a mistake of the test');
    ";
    browser.page.execute(spoil, vec![]).await.unwrap();
    let wrong = axe.wrong(&browser).await.join("\n");
    for rule in [
        "image-alt",
        "label",
        "color-contrast",
        "html-has-lang",
        "target-size",
    ] {
        assert!(wrong.contains(&format!("{rule}: ")), "{rule} in {wrong}");
    }
    let complaints = browser.complaints().await.join("\n");
    assert!(complaints.contains("a mistake of the test"), "{complaints}");
    browser.narrow(true).await;
    let width = "return document.documentElement.scrollWidth";
    let width = browser.page.execute(width, vec![]).await.unwrap();
    assert!(width.as_u64().unwrap() > 320, "{width}");
    browser.close().await;
}
