//! How long the ranked page takes: the first view after an upload, and an unchanged page beside actix-web's plain text.
//!
//! `cargo bench --bench page`; times of one machine say little, the ratios are taken in one run.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::panic,
    clippy::unwrap_used,
    reason = "times are ratios, and a benchmark that cannot go on has failed"
)]

use std::fmt::Write as _;
use std::future::ready;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use actix_web::{App, HttpServer, web};
use scorecard::accounts::Actor;
use scorecard::criteria::SetLimits;
use scorecard::record::EvaluationId;
use scorecard::service::{Library, OsChance, Service, Start, SystemClock, Upload};
use scorecard::store::Sqlite;
use scorecard::table::Limits;
use scorecard::web::{Application, Settings};

const VENDORS: usize = 50;
const CRITERIA: usize = 200;
const EVALUATORS: usize = 5;
/// How many uploads the first view is taken after.
const UPLOADS: usize = 10;
/// How many requests an unchanged page is asked for in a round, one after the other on one connection.
const REQUESTS: u32 = 500;
/// How many rounds there are.
const ROUNDS: usize = 101;

fn main() -> io::Result<()> {
    let mut out = io::stdout();
    let folder = tempfile::tempdir()?;
    let criteria = folder.path().join("criteria");
    std::fs::create_dir(&criteria)?;
    std::fs::write(criteria.join("bench.toml"), set())?;
    let service = Arc::new(Service::new(
        Arc::new(Sqlite::open(folder.path()).unwrap()),
        Arc::new(SystemClock),
        Arc::new(OsChance),
        Library::shipped()
            .with_directory(&criteria, &SetLimits::default())
            .unwrap(),
        Limits::default(),
    ));
    let id = service
        .start(
            Actor::Console,
            &Start {
                title: "Bench".to_owned(),
                criteria: "bench".to_owned(),
                frozen: true,
                ..Start::default()
            },
        )
        .unwrap();
    for evaluator in 0..EVALUATORS {
        file(&service, &id, evaluator, 0);
    }
    let port = serve(Arc::clone(&service));
    let path = format!("/evaluations/{id}");
    writeln!(
        out,
        "{VENDORS} vendors x {CRITERIA} criteria x {EVALUATORS} evaluators"
    )?;
    first_views(&mut out, &service, &id, port, &path)?;
    unchanged(&mut out, port, &path)
}

/// The time of an upload, and of the first view of several pages after it.
fn first_views(
    out: &mut impl Write,
    service: &Service,
    id: &EvaluationId,
    port: u16,
    path: &str,
) -> io::Result<()> {
    let mut client = Client::new(port);
    let pages = [
        ("the ranking", path.to_owned()),
        ("through a lens", format!("{path}?lens=other")),
        ("a vendor", format!("{path}/vendors/7")),
        ("a criterion", format!("{path}/criteria/C7")),
    ];
    let mut best = [Duration::MAX; 5];
    let (mut folding, mut scoring) = (Duration::MAX, Duration::MAX);
    let mut bytes = [0; 5];
    for round in 0..UPLOADS {
        let start = Instant::now();
        file(service, id, round % EVALUATORS, round + 1);
        best[4] = best[4].min(start.elapsed());
        let (fold, score) = fold_and_score(service, id);
        folding = folding.min(fold);
        scoring = scoring.min(score);
        for (at, (_, page)) in pages.iter().enumerate() {
            let start = Instant::now();
            bytes[at] = client.get(page, true);
            best[at] = best[at].min(start.elapsed());
        }
    }
    writeln!(
        out,
        "  filing a sheet of 10,000 cells  {:>8.2} ms",
        millis(best[4])
    )?;
    writeln!(
        out,
        "    of that, folding it in {:.2} ms, scoring {:.2} ms",
        millis(folding),
        millis(scoring)
    )?;
    for (at, (name, _)) in pages.iter().enumerate() {
        let time = millis(best[at]);
        writeln!(
            out,
            "  first view: {name:<18}  {time:>8.2} ms, {} bytes",
            bytes[at]
        )?;
    }
    Ok(())
}

/// What comes before the first view and is done while the sheet is filed: its answers take their place, and are scored.
fn fold_and_score(service: &Service, id: &EvaluationId) -> (Duration, Duration) {
    let opened = service.open(Actor::Console, id).unwrap();
    let evaluation = opened.dossier().evaluation();
    let last = evaluation.sheet_indices().last().unwrap();
    let sheet = Arc::clone(evaluation.sheet(last).unwrap());
    let start = Instant::now();
    let mut after = evaluation.clone();
    after.file(sheet).unwrap();
    let fold = start.elapsed();
    let start = Instant::now();
    let card = scorecard::scoring::rank(&after, None);
    let score = start.elapsed();
    assert_eq!(card.vendors.len(), VENDORS);
    (fold, score)
}

/// Requests a second for a page that nothing has changed, against plain text: a word, and as many bytes as the page has.
fn unchanged(out: &mut impl Write, port: u16, path: &str) -> io::Result<()> {
    let bytes = Client::new(port).get(path, true);
    let (word, text) = (plain_text(13), plain_text(bytes));
    let asked = [(port, path, true), (word, "/", false), (text, "/", false)];
    let mut clients = asked.map(|(port, _, _)| Client::new(port));
    let mut rates = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let mut round = [0.0_f64; 3];
        for (at, (_, path, gzip)) in asked.iter().enumerate() {
            let start = Instant::now();
            for _ in 0..REQUESTS {
                clients[at].get(path, *gzip);
            }
            round[at] = f64::from(REQUESTS) / start.elapsed().as_secs_f64();
        }
        rates.push(round);
    }
    // Neighbours on the machine come and go; the ratio of the middle round says most.
    let middle = |of: fn(&[f64; 3]) -> f64| {
        let mut values: Vec<f64> = rates.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    writeln!(
        out,
        "  an unchanged page: {:.0} a second, {:.2} of a plain word, {:.2} of a plain text of its length",
        middle(|round| round[0]),
        middle(|round| round[0] / round[1]),
        middle(|round| round[0] / round[2])
    )
}

fn set() -> String {
    let mut toml = String::from(
        "id = \"bench\"\ntitle = \"Bench\"\nversion = \"1\"\nweights = \"relative\"\n[scale]\nmin = 0\nmax = 5\nstep = 0.5\n",
    );
    for category in 0..10 {
        let _ = write!(
            toml,
            "[[category]]\nid = \"k{category}\"\ntitle = \"Category {category}\"\nweight = {}\n",
            category % 4 + 1
        );
    }
    for criterion in 0..CRITERIA {
        let _ = write!(
            toml,
            "[[criterion]]\nid = \"C{criterion}\"\ncategory = \"k{}\"\ntitle = \"Criterion {criterion}\"\nweight = {}\n",
            criterion % 10,
            criterion % 7 + 1
        );
    }
    toml.push_str("[[lens]]\nid = \"other\"\ntitle = \"Other\"\nweights = { ");
    for criterion in 0..CRITERIA {
        let _ = write!(toml, "C{criterion} = {}, ", criterion % 5 + 1);
    }
    toml.truncate(toml.len() - 2);
    toml.push_str(" }\n");
    toml
}

/// Files the sheet of one evaluator, with other scores in every round.
fn file(service: &Service, id: &EvaluationId, evaluator: usize, round: usize) {
    let mut sheet = String::from("vendor,criterion,score,comment\n");
    for vendor in 0..VENDORS {
        for criterion in 0..CRITERIA {
            let halves = (vendor * 7 + criterion * 3 + evaluator * 5 + round) % 11;
            let _ = writeln!(
                sheet,
                "Vendor {vendor},C{criterion},{}.{},seen in the trial of week {criterion}",
                halves / 2,
                halves % 2 * 5
            );
        }
    }
    let upload = Upload {
        file_name: format!("sheet-{evaluator}-{round}.csv"),
        bytes: sheet.into_bytes(),
        evaluator: Some(format!("Evaluator {evaluator}")),
        new_vendors: true,
        new_evaluators: true,
        ..Upload::default()
    };
    let receipt = service.file_sheet(Actor::Console, id, &upload).unwrap();
    // What an upload is answered with.
    assert_eq!(receipt.progress().prices, []);
}

/// The service on a free port.
fn serve(service: Arc<Service>) -> u16 {
    let settings = Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        announce: Arc::new(|_| {}),
        no_login: true,
        ..Settings::default()
    };
    let application = Application::build(settings, service).unwrap();
    let port = application.port();
    thread::spawn(move || application.run_until(std::future::pending()).unwrap());
    port
}

/// A server that says so many letters.
fn plain_text(length: usize) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let text = web::Bytes::from("x".repeat(length));
            let app = move || {
                let text = text.clone();
                App::new().route("/", web::get().to(move || ready(text.clone())))
            };
            let server = HttpServer::new(app).tcp_nodelay(true).listen(listener);
            server.unwrap().run().await
        })
    });
    port
}

/// One connection that stays open.
struct Client {
    port: u16,
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    fn new(port: u16) -> Self {
        let patience = Instant::now() + Duration::from_secs(5);
        let stream = loop {
            match TcpStream::connect(("127.0.0.1", port)) {
                Ok(stream) => break stream,
                Err(_) if Instant::now() < patience => thread::sleep(Duration::from_millis(10)),
                Err(why) => panic!("{why}"),
            }
        };
        stream.set_nodelay(true).unwrap();
        let buffer = vec![0; 1 << 20];
        Self {
            port,
            stream,
            buffer,
        }
    }

    /// Asks for a page and reads it; how many bytes its body has.
    fn get(&mut self, path: &str, gzip: bool) -> usize {
        let accepted = if gzip {
            "Accept-Encoding: gzip\r\n"
        } else {
            ""
        };
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{accepted}\r\n",
            self.port
        );
        self.stream.write_all(request.as_bytes()).unwrap();
        let mut filled = 0;
        loop {
            let count = self.stream.read(&mut self.buffer[filled..]).unwrap();
            assert!(count > 0, "the connection ended");
            filled += count;
            if let Some((head, length)) = head(&self.buffer[..filled])
                && filled >= head + length
            {
                return length;
            }
        }
    }
}

/// Where the head of an answer ends, and how long its body is.
fn head(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&bytes[..end]).unwrap().to_lowercase();
    assert!(text.starts_with("http/1.1 200"), "{text}");
    let length = text.split("content-length: ").nth(1)?;
    let length = length.lines().next()?.trim().parse().ok()?;
    Some((end + 4, length))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
