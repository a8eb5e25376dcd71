//! Every file of the corpus of sheets, through the API of the real program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use scorecard::exact::{plain, read_decimal};
use scorecard::record::{Change, Digest, EvaluationId};
use scorecard::store::{Archive as _, Sqlite};
use serde_json::{Value, json};

use crate::cases;
use crate::process::Process;
use crate::programs::{Answer, at, form};

/// What one file may cost.
const LONGEST: Duration = Duration::from_secs(2);
const MOST_MEMORY_KB: u64 = 300 * 1024;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sheets")
}

/// A file, with what its expectation says about how it is read.
struct Case {
    name: String,
    bytes: Vec<u8>,
    said: BTreeMap<String, String>,
    declared: Vec<(String, String)>,
    expected: Vec<String>,
}

fn cases(kind: &str) -> Vec<Case> {
    let files = fs::read_dir(folder().join(kind)).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    let mut sheets: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|ending| ending != "expected"))
        .collect();
    sheets.sort();
    sheets.iter().map(|path| Case::read(path)).collect()
}

impl Case {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path.with_extension("expected")).unwrap();
        let said = text.lines().filter_map(|line| line.strip_prefix("# "));
        let said: Vec<(&str, &str)> = said.map(|line| line.split_once(": ").unwrap()).collect();
        let declared = said.iter().filter(|(key, _)| *key == "declare");
        let declared = declared.map(|(_, said)| said.rsplit_once(" = ").unwrap());
        let expected = text.lines().filter(|line| !line.starts_with("# "));
        Self {
            name: path.file_name().unwrap().to_str().unwrap().to_owned(),
            bytes: fs::read(path).unwrap(),
            declared: declared
                .map(|(field, text)| (field.to_owned(), text.to_owned()))
                .collect(),
            said: said
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
            expected: expected.map(str::to_owned).collect(),
        }
    }

    /// The setting of the server that the file needs: most need none.
    fn setting(&self) -> Option<String> {
        let mut limits = self.said.iter().filter(|(key, _)| key.starts_with("max-"));
        limits.next().map(|(key, value)| {
            format!("SCORECARD_{}={value}", key.replace('-', "_").to_uppercase())
        })
    }

    fn fields(&self) -> Vec<(&str, &str)> {
        let mut fields = Vec::new();
        if let Some(name) = self.said.get("evaluator") {
            fields.push(("evaluator", name.as_str()));
        }
        if self
            .said
            .get("evaluators")
            .is_none_or(|said| said != "closed")
        {
            fields.push(("new_evaluators", "allow"));
        }
        let declared = self.declared.iter();
        fields.extend(declared.map(|(field, text)| (field.as_str(), text.as_str())));
        fields
    }
}

/// A server, with everything that is uploaded to it.
struct Desk {
    process: Process,
    data: tempfile::TempDir,
}

impl Desk {
    fn with(setting: Option<&str>) -> Self {
        let data = tempfile::tempdir().unwrap();
        let folder = format!("SCORECARD_CRITERIA_DIR={}", folder().display());
        let mut through = vec!["env", folder.as_str()];
        through.extend(setting);
        let process = Process::start(&data.path().join("data"), &through);
        Self { process, data }
    }

    fn evaluation(&self) -> String {
        let start = json!({
            "title": "Corpus",
            "criteria": "corpus",
            "vendors": ["Acme", "Bolt", "Ivanti", "ServiceHub"],
            "evaluators": ["Ana", "Ben"],
        });
        let answer = self.process.send("/api/v1/evaluations", &start).is(201);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    fn upload(&self, id: &str, case: &Case) -> Answer {
        let (began, worked) = (Instant::now(), self.worked());
        let url = format!("{}{}/sheets", self.process.address, at(id));
        let form = form(&case.name, case.bytes.clone(), &case.fields());
        let answer = Answer::of(self.process.client.post(url).multipart(form));
        let took = match (worked, self.worked()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => began.elapsed(),
        };
        assert!(took < LONGEST, "{} took {took:?}", case.name);
        answer
    }

    /// How long processors have worked for the program, where the system tells: what else runs beside it does not count.
    fn worked(&self) -> Option<Duration> {
        let path = format!("/proc/{}/stat", self.process.id());
        let stat = fs::read_to_string(path).ok()?;
        // Behind the name in parentheses, the 12th and 13th field, in hundredths of a second.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
        let ticks = ticks(11)?.saturating_add(ticks(12)?);
        Some(Duration::from_millis(ticks.saturating_mul(10)))
    }

    /// The sheets and the answers of an evaluation.
    fn holds(&self, id: &str) -> (Value, String) {
        let sheets = self
            .process
            .ask(&format!("{}/sheets", at(id)))
            .is(200)
            .json();
        let scores = self.process.ask(&format!("/evaluations/{id}/scores.csv"));
        (sheets, scores.is(200).text())
    }

    /// The most memory the program has taken so far, where the system tells.
    fn most_memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// Ends the program, and gives the files that its record says were refused.
    fn refused(self, id: &str) -> Vec<(String, Digest, u64, BTreeMap<String, u64>)> {
        let most = self.most_memory();
        assert!(
            most.is_none_or(|most| most < MOST_MEMORY_KB),
            "{most:?} KiB"
        );
        self.process.kill();
        let store = Sqlite::open(&self.data.path().join("data")).unwrap();
        let id: EvaluationId = id.parse().unwrap();
        let log = store.log(&id).unwrap().unwrap();
        let refused = log
            .iter()
            .filter_map(|sealed| match &sealed.event().change {
                Change::SheetRefused {
                    file_name,
                    original,
                    bytes,
                    problems,
                    ..
                } => Some((file_name.clone(), *original, *bytes, problems.clone())),
                _ => None,
            });
        refused.collect()
    }
}

fn code_of(line: &str) -> String {
    line.split('|').nth(3).unwrap_or_default().to_owned()
}

fn codes_of(problems: &Value) -> Vec<String> {
    let problems = problems.as_array().unwrap().iter();
    problems
        .map(|problem| problem["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_bad_file_is_refused_in_the_same_words_kept_out_and_recorded() {
    let mut by_setting: BTreeMap<Option<String>, Vec<Case>> = BTreeMap::new();
    for case in cases("bad") {
        by_setting.entry(case.setting()).or_default().push(case);
    }
    for (setting, cases) in by_setting {
        let desk = Desk::with(setting.as_deref());
        let id = desk.evaluation();
        let before = desk.holds(&id);
        for case in &cases {
            let answer = desk.upload(&id, case);
            let body = answer.json();
            if case.name.starts_with("too-many-bytes") {
                assert_eq!(
                    (answer.status, body["code"].as_str()),
                    (413, Some("too-large"))
                );
                continue;
            }
            assert!(
                matches!(answer.status, 415 | 422),
                "{} {}: {body}",
                case.name,
                answer.status
            );
            let expected: Vec<String> = case.expected.iter().map(|line| code_of(line)).collect();
            assert_eq!(codes_of(&body["problems"]), expected, "{}", case.name);
        }
        assert_eq!(desk.holds(&id), before);
        let recorded = desk.refused(&id);
        assert_eq!(recorded.len(), cases.len());
        for (case, (name, sha256, bytes, problems)) in cases.iter().zip(recorded) {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for line in &case.expected {
                *counts.entry(code_of(line)).or_default() += 1;
            }
            assert_eq!((&name, problems), (&case.name, counts));
            assert_eq!(
                (sha256, bytes),
                (Digest::of(&case.bytes), case.bytes.len() as u64)
            );
        }
    }
}

/// Vendor, criterion, evaluator and answer, as the expectation beside a file lists them.
fn expected_answers(case: &Case) -> BTreeSet<[String; 4]> {
    let lines = case.expected.iter().filter_map(|line| {
        let parts: Vec<&str> = line.split('|').collect();
        let [place, vendor, evaluator, criterion, entry, ..] = parts.as_slice() else {
            return None;
        };
        place.contains(':').then_some(())?;
        let answer = match *entry {
            "NotScored" | "Clear" => return None,
            "Answer(NoResponse)" => "no response".to_owned(),
            "Answer(NotApplicable)" => "n/a".to_owned(),
            "Answer(Passed)" => "pass".to_owned(),
            "Answer(Failed)" => "fail".to_owned(),
            number => plain(read_decimal(number).unwrap()),
        };
        let vendor = vendor
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        Some([
            vendor,
            (*criterion).to_owned(),
            evaluator.to_lowercase(),
            answer,
        ])
    });
    lines.collect()
}

fn answers_in(scores: &str) -> BTreeSet<[String; 4]> {
    let mut reader = csv::Reader::from_reader(scores.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let cell = |at: usize| row.get(at).unwrap().to_lowercase();
        let answer = read_decimal(&row[3]).map_or_else(|_| cell(3), plain);
        [cell(0), row[1].to_owned(), cell(2), answer]
    });
    rows.collect()
}

#[test]
fn every_good_file_is_filed_with_exactly_its_answers() {
    let desk = Desk::with(None);
    let mut id = String::new();
    for case in cases("good") {
        id = desk.evaluation();
        let answer = desk.upload(&id, &case);
        if case.said.contains_key("reasons") {
            // The command line is content with a warning; a record of an evaluation is not.
            assert_eq!(
                codes_of(&answer.is(422).json()["problems"])[0],
                "consensus-without-reason"
            );
            continue;
        }
        let body = answer.is(201).json();
        let warnings = case
            .expected
            .iter()
            .filter_map(|line| line.strip_prefix("warning|"));
        let warnings: Vec<String> = warnings.map(code_of).collect();
        assert_eq!(codes_of(&body["warnings"]), warnings, "{}", case.name);
        let (_, scores) = desk.holds(&id);
        assert_eq!(
            answers_in(&scores),
            expected_answers(&case),
            "{}",
            case.name
        );
    }
    assert!(desk.refused(&id).is_empty());
}

#[test]
fn every_workbook_is_filed_or_refused_in_the_same_words_and_recorded() {
    let desk = Desk::with(None);
    let id = desk.evaluation();
    let empty = desk.holds(&id);
    let mut expected = Vec::new();
    for book in cases::all() {
        let case = Case {
            name: format!("{}.xlsx", book.name),
            bytes: book.bytes,
            declared: Vec::new(),
            said: BTreeMap::new(),
            expected: Vec::new(),
        };
        if let Some(scores) = book.scores {
            let other = desk.evaluation();
            let body = desk.upload(&other, &case).is(201).json();
            assert_eq!(codes_of(&body["warnings"]), book.codes, "{}", case.name);
            let filed = desk.holds(&other).1.lines().count().saturating_sub(1);
            assert_eq!(filed, scores.len(), "{}", case.name);
            continue;
        }
        let answer = desk.upload(&id, &case);
        let body = answer.json();
        assert!(matches!(answer.status, 415 | 422), "{} {body}", case.name);
        assert_eq!(codes_of(&body["problems"]), book.codes, "{}", case.name);
        expected.push((case.name, Digest::of(&case.bytes)));
    }
    assert_eq!(desk.holds(&id), empty);
    let recorded = desk.refused(&id).into_iter();
    let recorded: Vec<_> = recorded.map(|(name, sha256, ..)| (name, sha256)).collect();
    assert_eq!(recorded, expected);
}
