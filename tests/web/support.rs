//! The real server on a free port, and how to talk to it.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::blocking::multipart::{Form, Part};
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::redirect::Policy;
use scorecard::criteria::SetLimits;
use scorecard::service::{Clock, Library, OsChance, Service, SystemClock};
use scorecard::store::{Sqlite, Store};
use scorecard::table::Limits;
use scorecard::web::{Application, Settings};
use tempfile::TempDir;
use tokio::sync::oneshot;

/// A running server with a directory of its own; it stops when this is dropped.
pub struct TestApp {
    pub port: u16,
    pub client: Client,
    announced: Arc<Mutex<Vec<String>>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _data: TempDir,
}

/// A clock that is set by hand.
#[derive(Debug, Clone)]
pub struct Wound(Arc<Mutex<Timestamp>>);

impl Wound {
    /// One that stands still at a moment.
    pub fn at(moment: &str) -> Self {
        Self(Arc::new(Mutex::new(moment.parse().unwrap())))
    }

    /// Sets it forward, or back.
    pub fn by(&self, span: SignedDuration) {
        let mut now = self.0.lock().unwrap();
        *now = now.checked_add(span).unwrap();
    }
}

impl Clock for Wound {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// An answer read to its end.
pub struct Raw {
    pub status: u16,
    pub text: String,
}

impl TestApp {
    /// A server that nobody has come into yet.
    pub fn locked() -> Self {
        Self::with(Settings::default())
    }

    /// A server that lets everybody on this machine in.
    pub fn open() -> Self {
        Self::with(Settings {
            no_login: true,
            ..Settings::default()
        })
    }

    /// A server whose link the client has opened.
    pub fn entered() -> Self {
        Self::locked().enter()
    }

    /// The server, whose link the client has opened.
    pub fn enter(self) -> Self {
        let link = self.newest_link();
        let response = self.client.get(link).send().unwrap();
        assert_eq!(response.status(), 303);
        self
    }

    /// A server with these settings, on a free port.
    pub fn with(settings: Settings) -> Self {
        Self::over(settings, |store| store)
    }

    /// A server that offers one more criteria set, given as TOML.
    pub fn offering(set: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("set.toml"), set).unwrap();
        let library = Library::shipped().with_directory(directory.path(), &SetLimits::default());
        let settings = Settings {
            no_login: true,
            ..Settings::default()
        };
        Self::build(settings, library.unwrap(), Arc::new(SystemClock), |store| {
            store
        })
    }

    /// A server over a store that is made of the usual one.
    pub fn over(settings: Settings, store: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>) -> Self {
        Self::build(settings, Library::shipped(), Arc::new(SystemClock), store)
    }

    /// A server that takes its time from this clock.
    pub fn by(clock: &Wound, settings: Settings) -> Self {
        let clock = Arc::new(clock.clone());
        Self::build(settings, Library::shipped(), clock, |store| store)
    }

    fn build(
        settings: Settings,
        library: Library,
        clock: Arc<dyn Clock>,
        store: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
    ) -> Self {
        let data = tempfile::tempdir().unwrap();
        let service = Service::new(
            store(Arc::new(Sqlite::open(data.path()).unwrap())),
            clock,
            Arc::new(OsChance),
            library,
            Limits::default(),
        );
        let announced: Arc<Mutex<Vec<String>>> = Arc::default();
        let lines = Arc::clone(&announced);
        let settings = Settings {
            listen: ([127, 0, 0, 1], 0).into(),
            announce: Arc::new(move |line| lines.lock().unwrap().push(line.to_owned())),
            shutdown: Duration::from_secs(1),
            ..settings
        };
        let application = Application::build(settings, Arc::new(service)).unwrap();
        let port = application.port();
        let (stop, stopped) = oneshot::channel();
        let until = async move {
            // Dropped without a word, it says the same.
            let _ = stopped.await;
        };
        let thread = std::thread::spawn(move || application.run_until(until).unwrap());
        let client = Client::builder()
            .redirect(Policy::none())
            .cookie_store(true)
            // The draws of a document take seconds without optimisation, and many tests run at once.
            .timeout(Duration::from_mins(3))
            .build();
        Self {
            port,
            client: client.unwrap(),
            announced,
            stop: Some(stop),
            thread: Some(thread),
            _data: data,
        }
    }

    /// The lines told at the terminal so far.
    pub fn announced(&self) -> Vec<String> {
        self.announced.lock().unwrap().clone()
    }

    /// The newest link in.
    pub fn newest_link(&self) -> String {
        self.announced().last().unwrap().clone()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.client.request(method.parse().unwrap(), self.url(path))
    }

    pub fn get(&self, path: &str) -> Response {
        self.request("GET", path).send().unwrap()
    }

    /// Sends a form of a page.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.request("POST", path).form(fields).send().unwrap()
    }

    /// Starts an evaluation as the pages do, up to the frozen method; answers with its address.
    pub fn start(&self, kind: &str, criteria: &str, floor: &str, ceiling: &str) -> String {
        let fields = [
            ("title", "Tool 2027"),
            ("kind", kind),
            ("criteria", criteria),
        ];
        let started = self.post("/evaluations", &fields);
        let at = started.headers()["location"].to_str().unwrap().to_owned();
        let home = at.strip_suffix("/method?done=started").unwrap().to_owned();
        let freeze = [
            ("what", "freeze"),
            ("prices.CST-TCO.floor", floor),
            ("prices.CST-TCO.ceiling", ceiling),
            ("prices.CST-TCO.currency", "eur"),
        ];
        let frozen = self.post(&format!("{home}/method"), &freeze);
        assert_eq!(frozen.status(), 303);
        home
    }

    /// Presses "File it now" under the first preview of a page.
    pub fn confirm(&self, home: &str, page: &str) -> Response {
        let fields = fields_of(page, "name=\"seen\"");
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        self.post(&format!("{home}/sheets/held"), &fields)
    }

    /// Uploads a file through the page, and files it if its preview says that it can be.
    pub fn hand_in(&self, home: &str, name: &str, bytes: &[u8]) -> Response {
        let part = Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        let sent = self.request("POST", &format!("{home}/sheets"));
        let looked = sent.multipart(Form::new().part("file", part)).send();
        let looked = looked.unwrap();
        if looked.status() != 200 {
            return looked;
        }
        self.confirm(home, &looked.text().unwrap())
    }

    /// Brings a criteria set of one's own to the method, and takes it once it was looked at.
    pub fn take_set(&self, home: &str, toml: &str) {
        let part = Part::bytes(toml.as_bytes().to_vec()).file_name("own.toml");
        let sent = self.request("POST", &format!("{home}/method/own"));
        let looked = sent.multipart(Form::new().part("file", part)).send();
        let looked = looked.unwrap().text().unwrap();
        let fields = fields_of(&looked, "name=\"held\"");
        let fields = fields
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        let fields: Vec<(&str, &str)> = fields.chain([("what", "criteria")]).collect();
        let taken = self.post(&format!("{home}/method/own/held"), &fields);
        assert_eq!(taken.status(), 303, "{}", taken.text().unwrap_or_default());
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let patience = Some(Duration::from_secs(20));
        stream.set_read_timeout(patience).unwrap();
        stream
    }

    /// Sends these bytes and reads what comes back until the server closes.
    pub fn raw(&self, bytes: &str) -> Raw {
        let mut stream = self.connect();
        stream.write_all(bytes.as_bytes()).unwrap();
        Raw::from(&mut stream)
    }

    /// The first lines of a request, without the empty one that ends them.
    pub fn head(&self, method: &str, path: &str) -> String {
        let port = self.port;
        format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n")
    }
}

/// The fields that a browser sends with the first form of a page that holds a text.
pub fn fields_of(page: &str, holds: &str) -> Vec<(String, String)> {
    let forms = page.split("<form").skip(1);
    let mut forms = forms.filter_map(|form| form.split("</form>").next());
    let form = forms.find(|form| form.contains(holds));
    assert!(form.is_some(), "no form with {holds} in {page}");
    let form = form.unwrap_or_default();
    let inputs = form.split("<input ").skip(1);
    let inputs = inputs.filter_map(|input| input.split('>').next());
    let attribute = |input: &str, name: &str| {
        let after = input.split_once(&format!("{name}=\""))?.1;
        let text = after.split('"').next()?;
        Some(
            text.replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&#60;", "<")
                .replace("&#62;", ">")
                .replace("&#38;", "&"),
        )
    };
    let chosen = form.split("<select ").skip(1).filter_map(|select| {
        let (tag, rest) = select.split_once('>')?;
        let options = rest.split("</select>").next()?.split("<option").skip(1);
        let options: Vec<&str> = options.filter_map(|one| one.split('>').next()).collect();
        let option = options.iter().find(|one| one.contains(" selected"));
        let option = option.or(options.first())?;
        Some((attribute(tag, "name")?, attribute(option, "value")?))
    });
    let chosen: Vec<(String, String)> = chosen.collect();
    inputs
        .filter(|input| !input.contains("type=\"checkbox\"") || input.contains(" checked"))
        .filter_map(|input| {
            Some((
                attribute(input, "name")?,
                attribute(input, "value").unwrap_or_default(),
            ))
        })
        .chain(chosen)
        .collect()
}

/// The words of a page.
pub fn without_tags(page: &str) -> String {
    let parts = page.split('<');
    let parts = parts.map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect()
}

impl Raw {
    /// Reads an answer until the server closes the connection.
    pub fn from(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let status = text.split(' ').nth(1).and_then(|code| code.parse().ok());
        Self {
            status: status.unwrap_or_default(),
            text,
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(JoinHandle::join);
        assert!(
            ended.is_none_or(|ended| ended.is_ok()) || std::thread::panicking(),
            "the server broke off"
        );
    }
}
