//! How many sheets a second are filed for good, beside a log of our own that appends the same bytes in the same run.
//!
//! `cargo bench --bench store`. Disks differ, so that only the ratios say something. The lines in between show where the
//! time goes: what the store makes of what the log can do, what the service makes of that, and what the server does.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::panic,
    clippy::unwrap_used,
    reason = "times are ratios, and a benchmark that cannot go on has failed"
)]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use scorecard::accounts::Actor;
use scorecard::criteria::SetLimits;
use scorecard::record::{Change, Digest, EvaluationId, Head};
use scorecard::service::{Library, OsChance, Service, Start, SystemClock, Upload};
use scorecard::sheets::Declared;
use scorecard::store::{Attachment, Sqlite, Store};
use scorecard::table::Limits;
use scorecard::web::{Application, Settings};

const VENDORS: usize = 10;
const CRITERIA: usize = 50;
const EVALUATORS: usize = 8;
/// How many at a time.
const HANDS: usize = 8;
/// How often one evaluator's sheet is replaced before the next evaluation comes.
const ISSUES: usize = 4;
/// How many sheets each hand files.
const SHEETS: usize = 160;
/// How often all is done; the median counts.
const ROUNDS: usize = 5;

/// The ways to keep a sheet, each on top of the one before.
const WAYS: [&str; 5] = [
    "a log of our own, a sync for all that wait",
    "the store alone",
    "the service alone",
    "HTTP, each into evaluations of their own",
    "HTTP, all into one evaluation",
];
const MOMENT: Timestamp = Timestamp::UNIX_EPOCH;

fn main() -> io::Result<()> {
    // Not in the directory for temporary files, which may lie in memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let service = service(folder.path());
    let port = serve(Arc::clone(&service));
    let log = Log::start(&folder.path().join("log"))?;
    let store = Sqlite::open(&folder.path().join("alone")).unwrap();
    let mut rounds: [Vec<Round>; WAYS.len()] = Default::default();
    for round in 0..ROUNDS {
        let sheets = Sheets::new(round);
        rounds[0].push(timed(|hand| {
            let (log, sheets) = (log.clone(), &sheets);
            move |at| log.append(sheets.of(0, hand, at))
        }));
        rounds[1].push(timed(|hand| {
            let (mut bare, store, sheets) = (Bare::begin(&store, round, hand), &store, &sheets);
            move |at| bare.record(store, sheets.of(1, hand, at))
        }));
        let ids = begin(&service);
        rounds[2].push(timed(|hand| {
            let (ids, service, sheets) = (&ids, &service, &sheets);
            move |at| {
                let id = &ids[own(hand, at)];
                file(service, id, at % EVALUATORS, sheets.of(2, hand, at));
            }
        }));
        let ids = begin(&service);
        rounds[3].push(timed(|hand| {
            let (ids, sheets, mut client) = (&ids, &sheets, Client::new(port));
            move |at| {
                let id = &ids[own(hand, at)];
                client.upload(id, at % EVALUATORS, sheets.of(3, hand, at));
            }
        }));
        let ids = begin(&service);
        rounds[4].push(timed(|hand| {
            let (ids, sheets, mut client) = (&ids, &sheets, Client::new(port));
            move |at| client.upload(&ids[at / ISSUES], hand, sheets.of(4, hand, at))
        }));
    }
    tell(&mut io::stdout(), &rounds.map(median))
}

fn tell(out: &mut impl Write, rounds: &[Round]) -> io::Result<()> {
    let rows = VENDORS * CRITERIA;
    let bytes = sheet(0).len();
    writeln!(
        out,
        "sheets of {rows} rows in {bytes} bytes, {HANDS} at a time"
    )?;
    for (way, round) in WAYS.iter().zip(rounds) {
        writeln!(
            out,
            "  {way:<43} {:>6.0} a second, {:.2} of the log; {:>4.2} ms of work, half within {:>5.2} ms, 99 of 100 within {:>5.2} ms",
            round.rate,
            round.rate / rounds[0].rate,
            millis(round.work),
            millis(round.half),
            millis(round.most),
        )?;
    }
    Ok(())
}

/// Which evaluation a hand files into that has some of its own, and files for every evaluator in turn.
fn own(hand: usize, at: usize) -> usize {
    let each = EVALUATORS * ISSUES;
    hand * (SHEETS / each) + at / each
}

struct Round {
    rate: f64,
    /// Of a processor's time, for each sheet, with what making the requests takes.
    work: Duration,
    half: Duration,
    most: Duration,
}

/// Lets all hands work at the same time.
fn timed<F: FnMut(usize) + Send>(job: impl Fn(usize) -> F) -> Round {
    let jobs: Vec<F> = (0..HANDS).map(job).collect();
    let (start, worked) = (Instant::now(), processor_time());
    let mut times: Vec<Duration> = thread::scope(|scope| {
        let hands: Vec<_> = jobs
            .into_iter()
            .map(|mut job| {
                scope.spawn(move || {
                    let one = |at| {
                        let start = Instant::now();
                        job(at);
                        start.elapsed()
                    };
                    (0..SHEETS).map(one).collect::<Vec<_>>()
                })
            })
            .collect();
        hands
            .into_iter()
            .flat_map(|hand| hand.join().unwrap())
            .collect()
    });
    let (all, worked) = (start.elapsed(), processor_time().saturating_sub(worked));
    times.sort_unstable();
    let count = u32::try_from(times.len()).unwrap();
    Round {
        rate: f64::from(count) / all.as_secs_f64(),
        work: worked / count,
        half: times[times.len() / 2],
        most: times[times.len() * 99 / 100],
    }
}

/// What all threads of this process have taken of the processors so far; nothing where the system does not tell.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields = after_name.split_whitespace().skip(11).take(2);
    let hundredths: u32 = fields.filter_map(|field| field.parse::<u32>().ok()).sum();
    Duration::from_millis(10) * hundredths
}

fn median(mut rounds: Vec<Round>) -> Round {
    rounds.sort_by(|one, other| one.rate.total_cmp(&other.rate));
    rounds.swap_remove(ROUNDS / 2)
}

/// The sheets of a round, made before the clock runs. No two are alike: the store would keep those once.
struct Sheets {
    all: Vec<Vec<u8>>,
}

impl Sheets {
    fn new(round: usize) -> Self {
        let count = WAYS.len() * HANDS * SHEETS;
        let first = round * count;
        Self {
            all: (first..first + count).map(sheet).collect(),
        }
    }

    fn of(&self, way: usize, hand: usize, at: usize) -> &[u8] {
        &self.all[(way * HANDS + hand) * SHEETS + at]
    }
}

fn sheet(number: usize) -> Vec<u8> {
    let mut sheet = String::from("vendor,criterion,score,comment\n");
    for vendor in 0..VENDORS {
        for criterion in 0..CRITERIA {
            let halves = (vendor * 7 + criterion * 3 + number) % 11;
            let _ = writeln!(
                sheet,
                "Vendor {vendor},C{criterion},{}.{},seen in trial {number}",
                halves / 2,
                halves % 2 * 5
            );
        }
    }
    sheet.into_bytes()
}

/// A log that does nothing but append. What waits is written together, and synced once.
#[derive(Clone)]
struct Log {
    waiting: Sender<(Vec<u8>, SyncSender<()>)>,
}

impl Log {
    fn start(path: &Path) -> io::Result<Self> {
        let mut file = File::create(path)?;
        let (waiting, jobs): (_, Receiver<(Vec<u8>, SyncSender<()>)>) = channel();
        thread::spawn(move || {
            while let Ok((bytes, answer)) = jobs.recv() {
                let mut answers = vec![answer];
                file.write_all(&bytes).unwrap();
                while let Ok((bytes, answer)) = jobs.try_recv() {
                    file.write_all(&bytes).unwrap();
                    answers.push(answer);
                }
                file.sync_data().unwrap();
                for answer in answers {
                    answer.send(()).unwrap();
                }
            }
        });
        Ok(Self { waiting })
    }

    fn append(&self, bytes: &[u8]) {
        let (answer, answered) = sync_channel(1);
        self.waiting.send((bytes.to_vec(), answer)).unwrap();
        answered.recv().unwrap();
    }
}

/// The log of an evaluation in the store alone.
struct Bare {
    id: EvaluationId,
    head: Head,
}

impl Bare {
    fn begin(store: &Sqlite, round: usize, hand: usize) -> Self {
        let number = u8::try_from(round * HANDS + hand).unwrap();
        let id =
            EvaluationId::from_random([number % 32, number / 32, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        let vendor = "Vendor 0".to_owned();
        let first = Head::NONE.seal(&id, MOMENT, "local", Change::VendorAdded { vendor });
        let events = std::slice::from_ref(&first);
        store.start_evaluation(events, &[]).unwrap();
        Self {
            id,
            head: first.head(),
        }
    }

    /// Records a sheet as the service does; in place of its answers it is recorded with itself.
    fn record(&mut self, store: &Sqlite, original: &[u8]) {
        let answers = [original, b"answers"].concat();
        let change = Change::SheetFiled {
            tab: None,
            declared: Declared::default(),
            salt: None,
            sheet: 1,
            file_name: "sheet.csv".to_owned(),
            original: Digest::of(original),
            bytes: u64::try_from(original.len()).unwrap(),
            answers: Digest::of(&answers),
            evaluator: None,
            new_vendors: true,
            new_evaluators: true,
        };
        let event = self.head.seal(&self.id, MOMENT, "local", change);
        let files = [Attachment::new(original), Attachment::new(&answers)];
        store.record(std::slice::from_ref(&event), &files).unwrap();
        self.head = event.head();
    }
}

fn service(folder: &Path) -> Arc<Service> {
    let criteria = folder.join("criteria");
    std::fs::create_dir(&criteria).unwrap();
    std::fs::write(criteria.join("bench.toml"), set()).unwrap();
    Arc::new(Service::new(
        Arc::new(Sqlite::open(&folder.join("data")).unwrap()),
        Arc::new(SystemClock),
        Arc::new(OsChance),
        Library::shipped()
            .with_directory(&criteria, &SetLimits::default())
            .unwrap(),
        Limits::default(),
    ))
}

fn set() -> String {
    let mut toml = String::from(
        "id = \"bench\"\ntitle = \"Bench\"\nversion = \"1\"\nweights = \"relative\"\n[scale]\nmin = 0\nmax = 5\nstep = 0.5\n\
         [[category]]\nid = \"all\"\ntitle = \"All\"\nweight = 1\n",
    );
    for criterion in 0..CRITERIA {
        let _ = write!(
            toml,
            "[[criterion]]\nid = \"C{criterion}\"\ncategory = \"all\"\ntitle = \"Criterion {criterion}\"\nweight = {}\n",
            criterion % 7 + 1
        );
    }
    toml
}

/// As many evaluations as all hands together fill in a round.
fn begin(service: &Service) -> Vec<EvaluationId> {
    let start = Start {
        title: "Bench".to_owned(),
        criteria: "bench".to_owned(),
        frozen: true,
        ..Start::default()
    };
    let begun = (0..HANDS * SHEETS / (EVALUATORS * ISSUES))
        .map(|_| service.start(Actor::Console, &start).unwrap());
    begun.collect()
}

fn file(service: &Service, id: &EvaluationId, evaluator: usize, sheet: &[u8]) {
    let upload = Upload {
        file_name: "sheet.csv".to_owned(),
        bytes: sheet.to_vec(),
        evaluator: Some(format!("Evaluator {evaluator}")),
        new_vendors: true,
        new_evaluators: true,
        ..Upload::default()
    };
    let receipt = service.file_sheet(Actor::Console, id, &upload).unwrap();
    // What an upload is answered with.
    assert_eq!(receipt.progress().prices, []);
}

/// The server on a free port.
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
        Self {
            port,
            stream,
            buffer: vec![0; 1 << 16],
        }
    }

    /// Uploads a sheet as a form, and waits until it is filed.
    fn upload(&mut self, id: &EvaluationId, evaluator: usize, sheet: &[u8]) {
        let text = |name: &str, value: &str| {
            format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let mut body = text("evaluator", &format!("Evaluator {evaluator}"));
        body.push_str(&text("new_vendors", "allow"));
        body.push_str(
            "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sheet.csv\"\r\n\r\n",
        );
        let end = "\r\n--X--\r\n";
        let length = body.len() + sheet.len() + end.len();
        let head = format!(
            "POST /api/v1/evaluations/{id}/sheets HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\
             Content-Type: multipart/form-data; boundary=X\r\nContent-Length: {length}\r\n\r\n",
            self.port
        );
        let request = [head.as_bytes(), body.as_bytes(), sheet, end.as_bytes()].concat();
        self.stream.write_all(&request).unwrap();
        let mut filled = 0;
        while !is_whole(&self.buffer[..filled]) {
            let count = self.stream.read(&mut self.buffer[filled..]).unwrap();
            assert!(count > 0, "the connection ended");
            filled += count;
        }
    }
}

/// Whether an answer that says that a sheet is filed is there to its end.
fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return false;
    };
    let head = std::str::from_utf8(&answer[..end]).unwrap().to_lowercase();
    assert!(head.starts_with("http/1.1 201"), "{head}");
    let length = head.split("content-length: ").nth(1).unwrap();
    let length: usize = length.lines().next().unwrap().trim().parse().unwrap();
    answer.len() >= end + 4 + length
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
