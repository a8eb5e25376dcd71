//! Every page that links lead to, looked at as it is shown: light, dark, and on a phone.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;

use serde_json::{Value, json};

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
    // A busy browser may draw nothing for a while.
    const drawn = new Promise((ready) => requestAnimationFrame(() => setTimeout(ready)));
    const waited = new Promise((ready) => setTimeout(ready, 2000));
    Promise.race([drawn, waited]).then(() => {
        shifts.push(...observer.takeRecords());
        const parts = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
        const here = location.origin;
        done({
            shifted: shifts.filter((one) => !one.hadRecentInput).reduce((all, one) => all + one.value, 0),
            what: shifts.flatMap((one) => one.sources).map((one) => (one.node?.outerHTML ?? one.node?.parentElement?.outerHTML)?.slice(0, 90) ?? '').slice(0, 4),
            bytes: parts.reduce((all, one) => all + one.encodedBodySize, 0),
            elsewhere: parts.map((one) => one.name).filter((name) => !name.startsWith(here + '/')),
            links: [...document.querySelectorAll('a[href]')].map((one) => one.href.split('#')[0])
                .filter((href) => href.startsWith(here + '/')).map((href) => href.slice(here.length)),
            title: document.title,
        });
    });
";

/// The parts of pictures, and the sentences about what is wrong with a sheet, that a window as narrow as a phone does not show.
const BEYOND: &str = "
    return [...document.querySelectorAll('.picture, .picture *, .raw .why p')].filter((one) => {
        const box = one.getBoundingClientRect();
        return one.checkVisibility() && box.width > 0 && (box.right > 321 || box.left < -1);
    }).slice(0, 4).map((one) => one.outerHTML.slice(0, 120));
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
    let mut crawl = Crawl::with_help(&browser).await;
    let made = rich::finished(&browser).await;
    let asked = ASKED.map(|below| format!("{made}{below}"));
    crawl
        .all_from(["/".to_owned(), made.clone()].into_iter().chain(asked))
        .await;
    for path in NOWHERE {
        crawl.look(path).await;
    }
    for path in DOCUMENTS {
        crawl.fits_a_phone(&format!("{made}{path}")).await;
    }
    crawl.is_sound(30);
    browser.close().await;
}

#[tokio::test]
async fn every_page_of_unfinished_evaluations_is_sound_light_dark_and_on_a_phone() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let mut crawl = Crawl::with_help(&browser).await;
    crawl.look("/").await;
    browser.page.goto(&crawl.url("/")).await.unwrap();
    browser.click("Look at the sample").await;
    browser.says("First place is undecided").await;
    let sample = browser.page.current_url().await.unwrap();
    let made = rich::unfinished(&browser).await;
    let made = made.into_iter().chain([sample.path().to_owned()]);
    crawl.all_from(made).await;
    answered(&mut crawl, sample.path()).await;
    crawl.is_sound(30);
    browser.close().await;
}

/// What a form asks for, so that no link leads there.
const ASKED: [&str; 5] = [
    "/meeting",
    "/search?q=sso",
    "/compare?vendor=1&vendor=2",
    "/compare?vendor=1&vendor=2&vendor=3&vendor=4",
    "/timeline?kind=sheets",
];
/// What is not there, and what cannot be asked for.
const NOWHERE: [&str; 2] = ["/nowhere", "/evaluations/aaaaaaaaaaaa"];

/// What is saved as one file, and then read without the service.
const DOCUMENTS: [&str; 4] = [
    "/advice.html",
    "/debriefs/1/html",
    "/method.html",
    "/report.html",
];

/// The pages that only an upload or a button shows, and those of a personal link.
async fn answered(crawl: &mut Crawl<'_>, home: &str) {
    let browser = crawl.browser;
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for (name, wanted) in [
        ("sample/mei-lindqvist.csv", "nothing is stored yet"),
        ("sample/variants/broken.csv", "nothing of it was stored"),
    ] {
        let sheets = crawl.url(&format!("{home}/sheets"));
        browser.page.goto(&sheets).await.unwrap();
        browser.choose(&data.join(name)).await;
        browser.press_upload().await;
        browser.says(wanted).await;
        crawl.look_at(name).await;
    }
    browser.page.goto(&crawl.url("/")).await.unwrap();
    browser.fill("own-title", "Brought along").await;
    browser.choose(&data.join("sample/mei-lindqvist.csv")).await;
    browser.press_upload().await;
    browser.is_ready().await;
    crawl.look_at("a spreadsheet of one's own").await;
    let handout = crawl.url(&format!("{home}/handout"));
    browser.page.goto(&handout).await.unwrap();
    browser.press_button("Make a link for everybody").await;
    browser.says("shown this once").await;
    crawl.look_at("personal links").await;
    let link = "return document.querySelector('[id^=link-]').value";
    let link = browser.page.execute(link, vec![]).await.unwrap();
    browser.page.goto(link.as_str().unwrap()).await.unwrap();
    browser.says("This link is yours").await;
    let mine = browser.page.current_url().await.unwrap();
    crawl.all_from([mine.path().to_owned()]).await;
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
    let asked = ASKED.map(|below| format!("{finished}{below}"));
    let draft = rich::open(&browser).await;
    let all = [finished, "/".to_owned(), draft].into_iter();
    crawl.all_from(all.chain(unfinished).chain(asked)).await;
    for path in NOWHERE {
        crawl.look(path).await;
    }
    browser.page.goto(&crawl.url("/")).await.unwrap();
    browser.click("Look at the sample").await;
    browser.says("First place is undecided").await;
    let sample = browser.page.current_url().await.unwrap();
    crawl.all_from([sample.path().to_owned()]).await;
    answered(&mut crawl, sample.path()).await;
    browser.close().await;

    let server = Server::with_accounts();
    let browser = Browser::open().await;
    browser.page.goto(server.link()).await.unwrap();
    let mut crawl = Crawl::new(&browser).await;
    crawl.pictures =
        std::env::var_os("SCREENSHOTS_ALL").map(|folder| PathBuf::from(folder).join("accounts"));
    std::fs::create_dir_all(crawl.pictures.as_ref().unwrap()).unwrap();
    crate::login::look_at_all(&browser, &mut crawl).await;
    browser.close().await;
}

pub struct Crawl<'a> {
    browser: &'a Browser,
    /// A second browser, let in like the first, that looks at every other page.
    helper: Option<Browser>,
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
    pub async fn new(browser: &'a Browser) -> Self {
        let origin = browser.page.current_url().await.unwrap();
        let axe = Axe::new();
        axe.comes_with_pages(browser).await;
        Self {
            browser,
            helper: None,
            pictures: None,
            axe,
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

    /// The same with a second browser to help.
    async fn with_help(browser: &'a Browser) -> Self {
        let mut crawl = Self::new(browser).await;
        let helper = Browser::open().await;
        helper.page.goto(&crawl.url("/guide")).await.unwrap();
        for cookie in browser.page.get_all_cookies().await.unwrap() {
            helper.page.add_cookie(cookie).await.unwrap();
        }
        crawl.axe.comes_with_pages(&helper).await;
        // It came without a cookie, and was told so.
        helper.complaints().await;
        crawl.helper = Some(helper);
        crawl
    }

    /// Looks at all that links lead to.
    async fn all_from(&mut self, paths: impl IntoIterator<Item = String>) {
        paths.into_iter().for_each(|path| self.follow(path));
        while !self.waiting.is_empty() {
            let pages = self.pages_waiting().await;
            for two in pages.chunks(2) {
                for link in self.look_at_both(two).await {
                    self.follow(link);
                }
            }
        }
    }

    /// Looks at two pages at once, if there is somebody to help.
    async fn look_at_both(&mut self, two: &[String]) -> Vec<String> {
        let (Some(helper), [one, other]) = (&self.helper, two) else {
            let mut links = Vec::new();
            for path in two {
                links.extend(self.look(path).await);
            }
            return links;
        };
        let (mine, theirs) = (self.url(one), self.url(other));
        let found = tokio::join!(
            async {
                self.browser.page.goto(&mine).await.unwrap();
                sound(self.browser, &self.axe).await
            },
            async {
                helper.page.goto(&theirs).await.unwrap();
                sound(helper, &self.axe).await
            },
        );
        let links = self.note(one, found.0);
        links.into_iter().chain(self.note(other, found.1)).collect()
    }

    /// Fails with everything that was wrong, or if there was little to look at.
    pub fn is_sound(&self, at_least: usize) {
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

    /// Goes to one page, and looks at it.
    pub async fn look(&mut self, path: &str) -> Vec<String> {
        self.browser.page.goto(&self.url(path)).await.unwrap();
        self.look_at(path).await
    }

    /// Looks in every way at the page that is shown, whatever led to it; answers with where its links lead.
    pub async fn look_at(&mut self, path: &str) -> Vec<String> {
        if let Some(folder) = &self.pictures {
            let facts = facts(self.browser).await;
            let (home, name) = named(path);
            let number = self.looked.len();
            let name = folder.join(format!("{number:03}-{home}-{name}"));
            self.browser.pictures(&name.to_string_lossy()).await;
            return self.note(path, (facts, Vec::new()));
        }
        let found = sound(self.browser, &self.axe).await;
        self.note(path, found)
    }

    /// Looks at a document as somebody does who saved it, on a phone: neither it nor a table in it goes past the edge.
    async fn fits_a_phone(&mut self, path: &str) {
        self.browser.page.goto(&self.url("/guide")).await.unwrap();
        let fetched = "
            const [path, done] = arguments;
            fetch(path).then((answer) => answer.ok ? answer.text() : `${answer.status}`).then(done);
        ";
        let told = self.browser.page.execute_async(fetched, vec![json!(path)]);
        let told = told.await.unwrap();
        let saved = tempfile::Builder::new().suffix(".html").tempfile().unwrap();
        std::fs::write(saved.path(), told.as_str().unwrap()).unwrap();
        let address = format!("file://{}", saved.path().display());
        self.browser.page.goto(&address).await.unwrap();
        self.browser.narrow(true).await;
        let widths = "
            const wide = [...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1);
            return [document.querySelectorAll('table').length > 0, document.documentElement.scrollWidth, wide.map((one) => one.ariaLabel)];
        ";
        let widths = self.browser.page.execute(widths, vec![]).await.unwrap();
        if widths != json!([true, 320, []]) {
            self.wrong.push(format!("{path}: on a phone {widths}"));
        }
        self.browser.narrow(false).await;
    }

    /// Keeps what was found on a page; answers with where its links lead.
    fn note(&mut self, path: &str, (facts, wrong): (Value, Vec<String>)) -> Vec<String> {
        self.looked.push(path.to_owned());
        let wrong = wrong.into_iter().map(|one| format!("{path}: {one}"));
        self.wrong.extend(wrong);
        serde_json::from_value(facts["links"].clone()).unwrap()
    }
}

async fn facts(browser: &Browser) -> Value {
    browser.page.execute_async(FACTS, vec![]).await.unwrap()
}

/// What the browser knows about the page that it shows, and everything that is wrong with it: light, dark, and on a phone.
async fn sound(browser: &Browser, axe: &Axe) -> (Value, Vec<String>) {
    let facts = facts(browser).await;
    let mut wrong: Vec<String> = Vec::new();
    // A text that settles by a part of a pixel while its page arrives is nothing that anybody could see.
    let shifted = facts["shifted"].as_f64();
    if shifted.is_none_or(|shifted| shifted >= 0.0001) {
        wrong.push(format!(
            "the layout shifts by {}: {}",
            facts["shifted"], facts["what"]
        ));
    }
    let bytes = facts["bytes"].as_u64().unwrap();
    if bytes >= MOST_BYTES || bytes == 0 {
        wrong.push(format!("{bytes} bytes"));
    }
    if facts["elsewhere"] != json!([]) {
        wrong.push(format!("loads from elsewhere: {}", facts["elsewhere"]));
    }
    wrong.extend(axe.wrong(browser).await);
    browser.dark(true).await;
    let dark = axe.wrong_colours(browser).await;
    wrong.extend(dark.into_iter().map(|one| format!("dark: {one}")));
    browser.dark(false).await;
    browser.narrow(true).await;
    let width = "return document.documentElement.scrollWidth";
    let width = browser.page.execute(width, vec![]).await.unwrap();
    if width != json!(320) {
        wrong.push(format!("{width} pixels wide on a phone"));
    }
    let beyond = browser.page.execute(BEYOND, vec![]).await.unwrap();
    if beyond != json!([]) {
        wrong.push(format!("beyond the edge of a phone: {beyond}"));
    }
    let narrow = axe.wrong(browser).await;
    wrong.extend(narrow.into_iter().map(|one| format!("on a phone: {one}")));
    browser.narrow(false).await;
    // The browser complains of a refusal as such; what is looked at is the page that tells of it.
    let mut here = browser.page.current_url().await.unwrap();
    here.set_fragment(None);
    let refused =
        format!("{here} - Failed to load resource: the server responded with a status of 4");
    let complaints = browser.complaints().await.into_iter();
    wrong.extend(complaints.filter(|one| !one.starts_with(&refused)));
    wrong.dedup();
    (facts, wrong)
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
    // Through a lens a page has the same parts; the ranking itself is looked at through one.
    let fields = query.split('&').filter_map(|field| field.split('=').next());
    let fields = fields.filter(|field| *field != "lens" || below.is_empty());
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
