//! A browser of its own for each story.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use tempfile::TempDir;

/// `ChromeDriver`, and a Chromium that it drives.
pub struct Browser {
    pub page: Client,
    /// What speaks to `ChromeDriver` itself; made once, for it takes longer than what it says.
    pub(crate) http: reqwest::Client,
    driver: Child,
    port: String,
    session: String,
    profile: TempDir,
}

impl Browser {
    pub async fn open() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts; `.ci/test` installs it");
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                Some(
                    line.split_once("successfully on port ")?
                        .1
                        .trim_end_matches('.')
                        .to_owned(),
                )
            })
            .expect("chromedriver says its port");
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let downloads = profile.path().join("downloads");
        std::fs::create_dir(&downloads).unwrap();
        let capabilities = serde_json::json!({
            "goog:chromeOptions": {"prefs": {"download.default_directory": downloads}, "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--hide-scrollbars", "--window-size=1280,900",
                format!("--user-data-dir={}", profile.path().display()),
            ]},
            "timeouts": {"script": 120_000},
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        let capabilities = capabilities.as_object().unwrap().clone();
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("Chromium starts");
        let session = page.session_id().await.unwrap().unwrap();
        Self {
            page,
            http: reqwest::Client::new(),
            driver,
            port,
            session,
            profile,
        }
    }

    /// Where the browser saves files.
    pub fn downloads(&self) -> PathBuf {
        self.profile.path().join("downloads")
    }

    /// Where `ChromeDriver` listens to what is said to this Chromium.
    pub fn driver_address(&self) -> String {
        format!("http://127.0.0.1:{}/session/{}", self.port, self.session)
    }

    /// Waits until the page says something, however long it takes to load.
    pub async fn says(&self, wanted: &str) {
        let started = Instant::now();
        loop {
            let shown = self.text().await;
            if shown.as_deref().is_some_and(|text| text.contains(wanted)) {
                return;
            }
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "the page does not say \"{wanted}\" but: {shown:?}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until all scripts of the page have run.
    pub async fn is_ready(&self) {
        let started = Instant::now();
        let script = "return document.readyState";
        while self.page.execute(script, vec![]).await.unwrap() != "complete" {
            assert!(started.elapsed() < Duration::from_secs(20), "still loading");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The text of the page as it is shown; none while another page is on its way.
    async fn text(&self) -> Option<String> {
        let body = self.page.find(Locator::Css("body")).await.ok()?;
        body.text().await.ok()
    }

    /// Clicks a link or a button by its text.
    pub async fn click(&self, text: &str) {
        let path = format!(
            "//*[(self::a or self::button or self::summary) and contains(normalize-space(.), \"{text}\")]"
        );
        let found = self
            .page
            .wait()
            .at_most(Duration::from_secs(20))
            .for_element(Locator::XPath(&path))
            .await;
        match found {
            Ok(found) => self.press(found).await,
            Err(error) => panic!(
                "\"{text}\": {error}; the page says: {:?}",
                self.text().await
            ),
        }
    }

    /// Clicks what a selector finds.
    pub async fn click_at(&self, selector: &str) {
        let found = self.page.find(Locator::Css(selector)).await.unwrap();
        self.press(found).await;
    }

    /// Brings something into view, without the page's smooth scrolling, and clicks it.
    pub async fn press(&self, found: Element) {
        let script = "arguments[0].scrollIntoView({behavior: 'instant', block: 'center'})";
        let target = serde_json::to_value(&found).unwrap();
        self.page.execute(script, vec![target]).await.unwrap();
        found.click().await.unwrap();
    }

    /// Types into the field with an id.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.page.find(Locator::Id(id)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// The widest part of the page, in pixels of a window as narrow as a phone.
    pub async fn width_on_a_phone(&self) -> u64 {
        self.page.set_window_size(320, 900).await.unwrap();
        let script = "return document.documentElement.scrollWidth";
        let width = self.page.execute(script, vec![]).await.unwrap();
        self.page.set_window_size(1280, 900).await.unwrap();
        width.as_u64().unwrap()
    }

    /// Chooses a file in the page's file field.
    pub async fn choose(&self, file: &Path) {
        let field = self
            .page
            .find(Locator::Css("input[type=file]"))
            .await
            .unwrap();
        field.send_keys(&file.display().to_string()).await.unwrap();
    }

    /// Sends the files that were chosen.
    pub async fn press_upload(&self) {
        let button = Locator::Css("form[enctype] button[type=submit]");
        let button = self.page.find(button).await.unwrap();
        self.press(button).await;
    }

    /// Presses a button by its text.
    pub async fn press_button(&self, text: &str) {
        let button = format!("//button[normalize-space(.)='{text}']");
        let button = self.page.find(Locator::XPath(&button)).await.unwrap();
        self.press(button).await;
    }

    /// Keeps a picture of the page if the pictures are wanted.
    pub async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("SCREENSHOTS") else {
            return;
        };
        let height = self
            .page
            .execute("return document.documentElement.scrollHeight", vec![])
            .await
            .unwrap();
        let height = u32::try_from(height.as_u64().unwrap().clamp(600, 1500)).unwrap();
        self.page.set_window_size(1280, height).await.unwrap();
        let to_top = "window.scrollTo({ top: 0, behavior: 'instant' })";
        self.page.execute(to_top, vec![]).await.unwrap();
        let picture = self.page.screenshot().await.unwrap();
        std::fs::write(PathBuf::from(folder).join(format!("{name}.png")), picture).unwrap();
    }

    /// Ends the browser, which a test that fails leaves to its end.
    pub async fn close(self) {
        self.page.clone().close().await.unwrap();
    }
}

impl Drop for Browser {
    /// Ends Chromium, also when a test fails: it would outlive the driver that is only killed.
    fn drop(&mut self) {
        let ended = TcpStream::connect(("127.0.0.1", self.port.parse().unwrap_or(0)));
        let ended = ended.and_then(|mut driver| {
            driver.set_read_timeout(Some(Duration::from_secs(10)))?;
            let goodbye = format!(
                "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
                self.session
            );
            driver.write_all(goodbye.as_bytes())?;
            driver.read(&mut [0; 64])
        });
        // A test that fails says so itself; nothing is left to be done for a driver that is gone.
        drop(ended);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
