//! What goes wrong: many at once, too much, too little, a full disk, a killed process.

use std::io::Write as _;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use scorecard::record::{Digest, EvaluationId, HouseSealed, Sealed};
use scorecard::store::{
    Archive, Attachment, Drafts, KeptDraft, KeyChange, Keys, Store, StoreError,
};
use scorecard::web::Settings;
use serde_json::{Value, json};

use crate::programs::{at, start};
use crate::support::{Raw, TestApp};

const CRITERIA: [&str; 5] = ["ITIL-INC", "ITIL-REQ", "ITIL-PRB", "ITIL-CHG", "ITIL-KNW"];

fn sheet(criterion: &str, comment: &str) -> String {
    format!(
        "vendor,criterion,score,comment\nAcme,{criterion},4,{comment}\nBolt,{criterion},3,{comment}\n"
    )
}

fn open_to_all() -> Value {
    let mut body = start();
    body["vendors"] = json!(["Acme", "Bolt"]);
    body
}

fn sheets(app: &TestApp, id: &str) -> Vec<Value> {
    let list = app.ask(&format!("{}/sheets", at(id))).is(200).json();
    list["sheets"].as_array().unwrap().clone()
}

#[test]
fn many_people_upload_at_once_and_nothing_is_lost() {
    let app = TestApp::open();
    let id = app.started(&open_to_all());
    std::thread::scope(|scope| {
        for person in 0..8 {
            let (app, id) = (&app, &id);
            scope.spawn(move || {
                for criterion in CRITERIA {
                    let name = format!("Person {person}");
                    let file = format!("{person}-{criterion}.csv");
                    let bytes = sheet(criterion, &name);
                    app.upload(id, &file, bytes, &[("evaluator", &name)])
                        .is(201);
                }
            });
        }
    });
    let state = app.ask(&at(&id)).json();
    let numbers: Vec<u64> = state["sheets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sheet| sheet["sheet"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=40).collect::<Vec<u64>>());
    let people = state["progress"]["evaluators"].as_array().unwrap();
    let answered: Vec<&Value> = people.iter().map(|one| &one["answered"]).collect();
    assert_eq!(answered, vec![&json!(10); 8]);
    // The start, two vendors, the frozen method, and the sheets: one event each, without a gap.
    let record = state["record"].as_str().unwrap();
    assert!(record.starts_with("44:"), "{record}");
}

#[test]
fn the_same_file_fifty_times_at_once_is_one_sheet() {
    let app = TestApp::open();
    let id = app.started(&open_to_all());
    let bytes = sheet("ITIL-INC", "seen in the trial");
    let answers = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| {
                let answer = app.upload(&id, "ana.csv", bytes.clone(), &[("evaluator", "Ana")]);
                answers
                    .lock()
                    .unwrap()
                    .push((answer.status, answer.json()["sheet"].clone()));
            });
        }
    });
    let answers = answers.into_inner().unwrap();
    let filed = answers.iter().filter(|(status, _)| *status == 201).count();
    let again = answers.iter().filter(|(status, _)| *status == 200).count();
    assert_eq!((filed, again), (1, 49), "{answers:?}");
    assert!(answers.iter().all(|(_, sheet)| *sheet == json!(1)));
    assert_eq!(sheets(&app, &id).len(), 1);
}

#[test]
fn uploads_while_scoring_closes_are_wholly_before_or_refused() {
    let app = TestApp::open();
    let id = app.started(&open_to_all());
    let closed = AtomicBool::new(false);
    let filed = Mutex::new(0_usize);
    std::thread::scope(|scope| {
        for person in 0..4 {
            let (app, id, closed, filed) = (&app, &id, &closed, &filed);
            scope.spawn(move || {
                for round in 0..10 {
                    let was_closed = closed.load(Ordering::SeqCst);
                    let bytes = sheet("ITIL-INC", &format!("round {round}"));
                    let name = format!("Person {person}");
                    let answer = app.upload(id, "a.csv", bytes, &[("evaluator", &name)]);
                    if answer.status == 201 {
                        assert!(!was_closed, "a sheet after the end");
                        let mut filed = filed.lock().unwrap();
                        *filed = filed.saturating_add(1);
                    } else {
                        answer.problem(409, "scoring-closed");
                    }
                }
            });
        }
        std::thread::sleep(Duration::from_millis(40));
        let path = format!("{}/scoring/close", at(&id));
        app.send("POST", &path, &json!({})).is(200);
        closed.store(true, Ordering::SeqCst);
    });
    assert_eq!(sheets(&app, &id).len(), filed.into_inner().unwrap());
}

#[test]
fn a_hundred_megabytes_are_refused_unread_and_the_server_stays_up() {
    let app = TestApp::open();
    let id = app.started(&open_to_all());
    let head = app.head("POST", &format!("{}/sheets", at(&id)));
    let kind = "Content-Type: multipart/form-data; boundary=X\r\n";
    // Only the head is sent: the answer does not wait for what it refuses.
    let answer = app.raw(&format!("{head}{kind}Content-Length: 104857600\r\n\r\n"));
    assert_eq!(answer.status, 413, "{}", answer.text);
    assert!(answer.text.contains("application/problem+json"));
    let whole = app.upload(&id, "big.csv", vec![b'x'; 100 * 1024 * 1024], &[]);
    whole.problem(413, "too-large");
    // Between the limit of a request and that of a sheet.
    let large = app.upload(&id, "large.csv", vec![b'x'; 40 * 1024 * 1024], &[]);
    large.problem(413, "too-large");
    assert_eq!(sheets(&app, &id), Vec::<Value>::new());
    app.upload(&id, "a.csv", sheet("ITIL-INC", ""), &[]).is(201);
}

#[test]
fn an_upload_cut_off_anywhere_stores_nothing() {
    let app = TestApp::open();
    let id = app.started(&open_to_all());
    let part = "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    let body = format!("{part}{}\r\n--X--\r\n", sheet("ITIL-INC", "whole"));
    let head = app.head("POST", &format!("{}/sheets", at(&id)));
    let kind = "Content-Type: multipart/form-data; boundary=X\r\n";
    let length = body.len();
    for cut in [
        1,
        part.len(),
        part.len().saturating_add(40),
        length.saturating_sub(9),
    ] {
        let mut stream = app.connect();
        let request = format!(
            "{head}{kind}Content-Length: {length}\r\n\r\n{}",
            &body[..cut]
        );
        stream.write_all(request.as_bytes()).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let answer = Raw::from(&mut stream);
        assert!(
            answer.status == 400 || answer.text.is_empty(),
            "{}",
            answer.text
        );
        // The same, with a length that does not give it away.
        let short = format!("{head}{kind}Content-Length: {cut}\r\n\r\n{}", &body[..cut]);
        assert_eq!(app.raw(&short).status, 400, "cut at {cut}");
    }
    drop::<TcpStream>(app.connect());
    assert_eq!(sheets(&app, &id), Vec::<Value>::new());
    let whole = app.raw(&format!(
        "{head}{kind}Content-Length: {length}\r\n\r\n{body}"
    ));
    assert_eq!(whole.status, 201, "{}", whole.text);
}

/// A store that fails to write while it is told to.
#[derive(Debug)]
struct Failing {
    inner: Arc<dyn Store>,
    fault: Arc<Mutex<Option<Fault>>>,
}

#[derive(Debug, Clone, Copy)]
enum Fault {
    Full,
    Database,
}

impl Failing {
    fn check(&self) -> Result<(), StoreError> {
        match *self.fault.lock().unwrap() {
            None => Ok(()),
            Some(Fault::Full) => Err(StoreError::Full),
            Some(Fault::Database) => {
                let cause = std::io::Error::other("page 7 of /secret/path");
                Err(StoreError::Database(Arc::new(cause)))
            }
        }
    }
}

impl Archive for Failing {
    fn evaluations(&self) -> Result<Vec<EvaluationId>, StoreError> {
        self.inner.evaluations()
    }

    fn log(&self, evaluation: &EvaluationId) -> Result<Option<Vec<Sealed>>, StoreError> {
        self.inner.log(evaluation)
    }

    fn attachment(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.attachment(digest)
    }

    fn house(&self) -> Result<Vec<HouseSealed>, StoreError> {
        self.inner.house()
    }
}

impl Drafts for Failing {
    fn draft(
        &self,
        evaluation: &EvaluationId,
        evaluator: &str,
    ) -> Result<Option<KeptDraft>, StoreError> {
        self.inner.draft(evaluation, evaluator)
    }

    fn keep_draft(
        &self,
        evaluation: &EvaluationId,
        evaluator: &str,
        draft: KeptDraft,
    ) -> Result<(), StoreError> {
        self.check()?;
        self.inner.keep_draft(evaluation, evaluator, draft)
    }
}

impl Store for Failing {
    fn start_evaluation(
        &self,
        events: &[Sealed],
        attachments: &[Attachment<'_>],
    ) -> Result<(), StoreError> {
        self.check()?;
        self.inner.start_evaluation(events, attachments)
    }

    fn record(&self, events: &[Sealed], attachments: &[Attachment<'_>]) -> Result<(), StoreError> {
        self.check()?;
        self.inner.record(events, attachments)
    }

    fn purge(&self, events: &[Sealed], gone: &[Digest], drafts: bool) -> Result<(), StoreError> {
        self.check()?;
        self.inner.purge(events, gone, drafts)
    }

    fn record_house(&self, events: &[HouseSealed], keys: &[KeyChange]) -> Result<(), StoreError> {
        self.check()?;
        self.inner.record_house(events, keys)
    }

    fn keys(&self) -> Result<Keys, StoreError> {
        self.inner.keys()
    }

    fn ready(&self) -> Result<(), StoreError> {
        self.check()?;
        self.inner.ready()
    }
}

#[test]
fn while_nothing_can_be_written_everything_can_be_read_and_no_cause_is_told() {
    let fault: Arc<Mutex<Option<Fault>>> = Arc::default();
    let told = Arc::clone(&fault);
    let settings = Settings {
        no_login: true,
        ..Settings::default()
    };
    let app = TestApp::over(settings, |inner| Arc::new(Failing { inner, fault: told }));
    let id = app.started(&open_to_all());
    app.upload(&id, "a.csv", sheet("ITIL-INC", "before"), &[])
        .is(201);
    let before = app.ask(&format!("{}/ranking", at(&id))).is(200).bytes;
    let faults = [
        (Fault::Full, 507, "disk-full"),
        (Fault::Database, 500, "internal"),
    ];
    for (kind, status, code) in faults {
        *fault.lock().unwrap() = Some(kind);
        let more = sheet("ITIL-REQ", "too late");
        let refused = app.upload(&id, "b.csv", more, &[("evaluator", "Ana")]);
        refused.problem(status, code);
        let others = [
            app.send("POST", "/api/v1/evaluations", &start()),
            app.send("POST", &format!("{}/scoring/close", at(&id)), &json!({})),
        ];
        for refused in others.iter().chain([&refused]) {
            refused.problem(status, code);
            assert!(!refused.text().contains("secret"), "{}", refused.text());
        }
        assert_eq!(
            app.ask(&format!("{}/ranking", at(&id))).is(200).bytes,
            before
        );
        assert_eq!(sheets(&app, &id).len(), 1);
        app.ask(&format!("{}/sheets/1/original", at(&id))).is(200);
        assert_eq!(app.get("/health/ready").status(), 503);
    }
    *fault.lock().unwrap() = None;
    let more = sheet("ITIL-REQ", "in time");
    app.upload(&id, "b.csv", more, &[("evaluator", "Ana")])
        .is(201);
    assert_eq!(sheets(&app, &id).len(), 2);
}
