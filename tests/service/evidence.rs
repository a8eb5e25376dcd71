//! The evidence of an evaluation: two programs check it, and both find whatever was changed in it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use scorecard::accounts::Actor;
use scorecard::record::{BundleFile, BundleManifest, Digest};
use scorecard::service::{
    Found, OwnFile, Revise, SAMPLE_SHEETS, SetFile, Start, Taken, in_request, verify,
};
use scorecard::table::bundle::{bundle, unbundle};
use serde_json::{Value, json};

use crate::support::{Office, upload};

const ME: Actor = Actor::Local;
const DOMAIN: &[u8] = b"scorecard-audit-v1\0";

pub type Files = BTreeMap<String, Vec<u8>>;

/// The files of a bundle with sheets, one restored, one purged, somebody recused, somebody excluded, and a decision.
pub fn evidence() -> Files {
    let office = Office::new();
    let id = office.service.start_sample(ME).unwrap();
    let third = SAMPLE_SHEETS.iter().find(|sheet| !sheet.is_filed).unwrap();
    let service = &office.service;
    service
        .file_sheet(ME, &id, &upload(third.file_name, third.bytes))
        .unwrap();
    let late = "vendor;criterion;evaluator;score;comment\n\
                Tamwick Flow (fictional);ITIL-CHG;consensus;4,5;seen together\n\
                Tamwick Flow (fictional);ITIL-INC;Mei Lindqvist;clear;\n";
    service
        .file_sheet(ME, &id, &upload("späte/Blätter.csv", late.as_bytes()))
        .unwrap();
    let broken = SAMPLE_SHEETS
        .iter()
        .find(|one| one.file_name == "broken.csv");
    let broken = broken.unwrap();
    assert!(
        service
            .file_sheet(ME, &id, &upload(broken.file_name, broken.bytes))
            .is_err()
    );
    service.withdraw_sheet(ME, &id, 2, "again, please").unwrap();
    service.restore_sheet(ME, &id, 2, "it was right").unwrap();
    let vendor = "Tamwick Flow (fictional)";
    let evaluator = "Ines Halloran";
    service
        .recuse_evaluator(ME, &id, evaluator, Some(vendor), "worked there")
        .unwrap();
    service
        .exclude_vendor(ME, &id, "Pellucor ITSM (fictional)", "withdrew")
        .unwrap();
    service.purge_file(ME, &id, 2, "names in it").unwrap();
    let closed = in_request(Some("ab12-7".to_owned()), || service.close_scoring(ME, &id));
    closed.unwrap();
    service.decide(ME, &id, Some(vendor), "best value").unwrap();
    let made = service.evidence(ME, &id, false).unwrap();
    assert_eq!(
        made.bytes,
        service.evidence(ME, &id, false).unwrap().bytes,
        "the same record gives the same bytes"
    );
    unbundle(&made.bytes).unwrap()
}

pub fn manifest(files: &Files) -> BundleManifest {
    serde_json::from_slice(&files["MANIFEST.json"]).unwrap()
}

/// The same files under a manifest that is right about each of them, as somebody would write it who changes more than one.
pub fn listed_anew(mut files: Files) -> Files {
    let mut manifest = manifest(&files);
    files.remove("MANIFEST.json");
    let listed = files.iter();
    manifest.files = listed
        .map(|(path, bytes)| BundleFile::of(path, bytes))
        .collect();
    if let Some(last) = lines(&files).last() {
        let line: Value = serde_json::from_str(last).unwrap();
        manifest.head = format!("{}:{}", line["seq"], line["hash"].as_str().unwrap());
    }
    let manifest = serde_json::to_vec(&manifest).unwrap();
    files.insert("MANIFEST.json".to_owned(), manifest);
    files
}

pub fn lines(files: &Files) -> Vec<String> {
    let text = std::str::from_utf8(&files["record.ndjson"]).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn text_of(lines: &[String]) -> Vec<u8> {
    let mut text = lines.join("\n");
    text.push('\n');
    text.into_bytes()
}

pub fn with_lines(files: &Files, lines: &[String]) -> Files {
    let mut files = files.clone();
    files.insert("record.ndjson".to_owned(), text_of(lines));
    listed_anew(files)
}

/// The lines with every hash from a place on computed anew.
pub fn sealed_anew(lines: &[String], from: usize) -> Vec<String> {
    let mut prev = Digest::ZERO;
    let mut sealed = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let mut line: Value = serde_json::from_str(line).unwrap();
        if at >= from {
            let payload = line["payload"].as_str().unwrap();
            let hash = Digest::of_parts(&[DOMAIN, prev.as_bytes(), payload.as_bytes()]);
            line["prev"] = json!(prev);
            line["hash"] = json!(hash);
        }
        prev = line["hash"].as_str().unwrap().parse().unwrap();
        sealed.push(line.to_string());
    }
    sealed
}

/// Whether the program finds that everything holds.
pub fn holds(files: &Files, expected: Option<&str>) -> bool {
    let files: Vec<(String, Vec<u8>)> = files.clone().into_iter().collect();
    let checked = verify(&bundle(&files).unwrap(), expected);
    checked.is_ok_and(|checked| checked.holds())
}

/// Runs the second program, of Python, over many bundles at once: whether everything holds in each.
const MANY: &str = "import sys, verify
for case in sys.argv[1:]:
    code = verify.main([one for one in case.split('|') if one])
    print(f'exit code {code}')
";

fn hold_for_python(cases: &[(Files, Option<&str>)]) -> Vec<bool> {
    let directory = tempfile::tempdir().unwrap();
    let mut arguments = Vec::new();
    for (number, (files, expected)) in cases.iter().enumerate() {
        let below = directory.path().join(number.to_string());
        for (path, bytes) in files {
            let path = below.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        arguments.push(format!(
            "{}|{}",
            below.display(),
            expected.unwrap_or_default()
        ));
    }
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/service/evidence");
    let done = Command::new("python3")
        .args(["-B", "-c", MANY])
        .args(arguments)
        .env("PYTHONPATH", program)
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        done.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let codes = said
        .lines()
        .filter_map(|line| line.strip_prefix("exit code "));
    let codes: Vec<&str> = codes.collect();
    assert!(codes.iter().all(|code| ["0", "1"].contains(code)), "{said}");
    assert_eq!(codes.len(), cases.len(), "{said}");
    codes.into_iter().map(|code| code == "0").collect()
}

pub fn holds_for_python(files: &Files, expected: Option<&str>) -> bool {
    hold_for_python(&[(files.clone(), expected)]) == [true]
}

/// Mutants of a bundle, each with what was done to it.
#[derive(Default)]
pub struct Mutants<'a> {
    cases: Vec<(Files, Option<&'a str>)>,
    done: Vec<String>,
}

impl<'a> Mutants<'a> {
    pub fn add(&mut self, files: Files, expected: Option<&'a str>, done: impl Into<String>) {
        self.cases.push((files, expected));
        self.done.push(done.into());
    }

    pub fn are_all_found(self) {
        assert!(!self.cases.is_empty());
        let python = hold_for_python(&self.cases);
        for (((files, expected), done), holds_there) in
            self.cases.iter().zip(&self.done).zip(python)
        {
            assert!(!holds(files, *expected), "the program does not find {done}");
            assert!(!holds_there, "the second program does not find {done}");
        }
    }
}

#[test]
fn a_bundle_as_it_was_given_out_holds_for_both() {
    let files = evidence();
    let head = manifest(&files).head;
    let bytes = bundle(&files.clone().into_iter().collect::<Vec<_>>()).unwrap();
    let checked = verify(&bytes, Some(&head)).unwrap();
    assert!(checked.holds(), "{checked}");
    assert_eq!(checked.checks.len(), 7);
    assert!(
        checked
            .to_string()
            .contains("4 sheets read again; 1 sheet taken"),
        "{checked}"
    );
    assert!(holds_for_python(&files, Some(&head)));
    assert!(files.contains_key("sheets/0005-späte-Blätter.csv"));
    // An end that was printed earlier is still found on the way.
    let earlier: Value = serde_json::from_str(&lines(&files)[3]).unwrap();
    let earlier = format!("4:{}", earlier["hash"].as_str().unwrap());
    assert!(holds(&files, Some(&earlier)) && holds_for_python(&files, Some(&earlier)));
    assert!(!holds(&files, Some("4:00")) && !holds_for_python(&files, Some("4:00")));
}

/// A set whose X is judged as is said, if there is an X.
fn own(version: &str, x: &str) -> SetFile {
    let rest = if x.is_empty() { 100 } else { 40 };
    let toml = format!(
        r#"id = "own"
title = "Own"
version = "{version}"
scale = {{ min = 0, max = 5 }}
category = [{{ id = "all", title = "All" }}]
criterion = [{x}{{ id = "Y", category = "all", title = "Change", weight = {rest} }}]
"#
    );
    SetFile {
        file_name: "own.toml".to_owned(),
        bytes: toml.into_bytes(),
    }
}

#[test]
fn answers_about_a_criterion_that_was_gone_or_judged_otherwise_for_a_while_are_counted_by_neither()
{
    let x = |how: &str| {
        format!(r#"{{ id = "X", category = "all", title = "Desk", weight = 60{how} }}, "#)
    };
    let price = r#", price = { rule = "fixed-range", floor = 0, ceiling = 100, currency = "EUR" }"#;
    let cases = [
        (
            x(""),
            "vendor,criterion,evaluator,score\nAcme,X,Ana,4\nBolt,X,Ana,2\n",
            "",
        ),
        (x(price), "vendor,criterion,score\nAcme,X,4\nBolt,X,2\n", ""),
        (
            x(", not_applicable = true"),
            "vendor,criterion,evaluator,score\nAcme,X,Ana,n/a\nBolt,X,Bo,2\n",
            &x(""),
        ),
    ];
    for (first, sheet, between) in cases {
        let office = Office::new();
        let service = &office.service;
        let start = Start {
            title: "Service desk".to_owned(),
            criteria: "itsm-one-afternoon".to_owned(),
            ..Start::default()
        };
        let id = service.start(ME, &start).unwrap();
        let file = own("1", &first);
        let file = OwnFile {
            file_name: file.file_name,
            bytes: file.bytes,
            ..OwnFile::default()
        };
        service.take_own(ME, &id, &file, Taken::Criteria).unwrap();
        service.freeze_method(ME, &id).unwrap();
        let file = |sheet: &str| service.file_sheet(ME, &id, &upload("a.csv", sheet.as_bytes()));
        file(sheet).unwrap();
        file("vendor,criterion,evaluator,score\nAcme,Y,Ana,3\nBolt,Y,Ana,1\n").unwrap();
        for (version, x) in [("2", between), ("3", x("").as_str())] {
            let wanted = Revise {
                own: own(version, x),
                reason: "the board decides".to_owned(),
                ..Revise::default()
            };
            service.revise_method(ME, &id, &wanted).unwrap();
        }
        file("vendor,criterion,evaluator,score\nAcme,X,Bo,1\nBolt,X,Bo,5\n").unwrap();
        let twice = String::from_utf8(own("4", &x("")).bytes).unwrap();
        let wanted = Revise {
            own: SetFile {
                file_name: "own.toml".to_owned(),
                bytes: twice.replace("max = 5", "max = 10").into_bytes(),
            },
            mapping: "X: 1=2, 2=4, 5=10\nY: x*2".to_owned(),
            reason: "a finer scale".to_owned(),
        };
        service.revise_method(ME, &id, &wanted).unwrap();
        let made = service.evidence(ME, &id, false).unwrap();
        let files = unbundle(&made.bytes).unwrap();
        assert!(
            holds(&files, None) && holds_for_python(&files, None),
            "{first}"
        );
    }
}

/// A byte of every file changed, and every file taken away.
pub fn changed_files(files: &Files) -> Mutants<'static> {
    let mut mutants = Mutants::default();
    for (path, bytes) in files.iter().filter(|(path, _)| *path != "MANIFEST.json") {
        let mut changed = files.clone();
        let mut other = bytes.clone();
        let middle = other.len() / 2;
        other[middle] ^= 1;
        changed.insert(path.clone(), other);
        mutants.add(changed, None, format!("a changed byte of {path}"));
        let mut missing = files.clone();
        missing.remove(path);
        mutants.add(missing, None, format!("that {path} is missing"));
    }
    let mut more = files.clone();
    more.insert("sheets/0099-more.csv".to_owned(), b"vendor".to_vec());
    mutants.add(more.clone(), None, "one file more");
    mutants.add(listed_anew(more), None, "one file more, which is listed");
    mutants
}

#[test]
fn every_change_of_a_file_is_found() {
    changed_files(&evidence()).are_all_found();
}

#[test]
fn a_score_that_is_changed_in_file_and_manifest_is_found() {
    let files = evidence();
    let change = |path: &str, from: &str, to: &str| {
        let mut changed = files.clone();
        let text = String::from_utf8(changed[path].clone()).unwrap();
        assert!(text.contains(from), "{path} has {from}");
        changed.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
        listed_anew(changed)
    };
    let mut mutants = Mutants::default();
    for (path, from, to) in [
        ("sheets/0001-ines-halloran.csv", "4.5", "1.5"),
        ("answers/0001.json", "\"4.5\"", "\"1.5\""),
        (
            "criteria/0001-itsm-mid-market-1.toml",
            "weight = 3",
            "weight = 2",
        ),
        (
            "result.json",
            "\"contribution_exact\": \"",
            "\"contribution_exact\": \"1",
        ),
    ] {
        mutants.add(change(path, from, to), None, format!("{to} in {path}"));
    }
    mutants.are_all_found();
}

/// Every field of every event changed; how many events had one taken away that older records do not have.
pub fn changed_events(files: &Files) -> (Mutants<'static>, usize) {
    let lines = lines(files);
    let mut mutants = Mutants::default();
    let mut removed = 0;
    for at in 0..lines.len() {
        let line: Value = serde_json::from_str(&lines[at]).unwrap();
        let event: Value = serde_json::from_str(line["payload"].as_str().unwrap()).unwrap();
        let fields = event
            .as_object()
            .unwrap()
            .keys()
            .map(|key| format!("/{key}"));
        let parts = event["change"].as_object().unwrap().keys();
        let parts = parts.map(|key| format!("/change/{key}"));
        for field in fields.chain(parts).filter(|field| field != "/change") {
            let mut changed = event.clone();
            let place = changed.pointer_mut(&field).unwrap();
            *place = match place.take() {
                Value::String(text) => json!(format!("{text}x")),
                Value::Number(number) => json!(number.as_u64().unwrap() + 1),
                Value::Bool(value) => json!(!value),
                _ => json!("other"),
            };
            let mut mutant = lines.clone();
            let mut line = line.clone();
            line["payload"] = json!(changed.to_string());
            mutant[at] = line.to_string();
            let mutant = with_lines(files, &mutant);
            mutants.add(mutant, None, format!("{field} of event {}", at + 1));
        }
        // What older records do not have may not go missing from a newer one either.
        for field in ["auth", "request"] {
            let mut changed = event.clone();
            if changed.as_object_mut().unwrap().remove(field).is_none() {
                continue;
            }
            let mut mutant = lines.clone();
            let mut line = line.clone();
            line["payload"] = json!(changed.to_string());
            mutant[at] = line.to_string();
            removed += 1;
            let mutant = with_lines(files, &mutant);
            mutants.add(mutant, None, format!("no {field} in event {}", at + 1));
        }
    }
    (mutants, removed)
}

#[test]
fn every_change_of_an_event_is_found() {
    let files = evidence();
    let (mutants, removed) = changed_events(&files);
    let events = lines(&files).len();
    assert_eq!(removed, events + 1, "one event was made in a request");
    mutants.are_all_found();
}

/// Events swapped, removed, doubled and cut off; `head` is the end as it was printed.
pub fn moved_events<'a>(files: &Files, head: &'a str) -> Mutants<'a> {
    let whole = lines(files);
    let mut mutants = Mutants::default();
    for at in 0..whole.len() {
        let mut removed = whole.clone();
        removed.remove(at);
        let what = format!("event {} removed", at + 1);
        mutants.add(with_lines(files, &removed), Some(head), what);
        let mut doubled = whole.clone();
        doubled.insert(at, whole[at].clone());
        let what = format!("event {} doubled", at + 1);
        mutants.add(with_lines(files, &doubled), None, what);
        if at > 0 {
            let mut swapped = whole.clone();
            swapped.swap(at - 1, at);
            let what = format!("event {} swapped", at + 1);
            mutants.add(with_lines(files, &swapped), None, what);
        }
    }
    // Only the end is cut off, and the manifest tells of the old end.
    let mut cut = files.clone();
    let text = text_of(&whole[..whole.len() - 1]);
    cut.insert("record.ndjson".to_owned(), text);
    mutants.add(cut, None, "a tail that is cut off");
    mutants
}

#[test]
fn events_that_are_swapped_removed_doubled_or_cut_off_are_found() {
    let files = evidence();
    let head = manifest(&files).head;
    moved_events(&files, &head).are_all_found();
}

#[test]
fn a_record_that_is_written_anew_from_a_point_on_is_found_by_the_printed_end_alone() {
    let files = evidence();
    let head = manifest(&files).head;
    let whole = lines(&files);
    let last = whole.len() - 1;
    // The reason of the decision, which no figure rests on, and every hash behind it.
    let mut line: Value = serde_json::from_str(&whole[last]).unwrap();
    let payload = line["payload"].as_str().unwrap();
    assert!(payload.contains("best value"), "{payload}");
    line["payload"] = json!(payload.replace("best value", "worst value"));
    let mut anew = whole.clone();
    anew[last] = line.to_string();
    let anew = sealed_anew(&anew, last);
    let mut forged = with_lines(&files, &anew);
    // Where the printed end stands in an export, it is forged as well.
    let new_head = manifest(&forged).head;
    for name in ["record.html", "ranking.xlsx"] {
        forged.remove(name);
    }
    let forged = listed_anew(forged);
    let without_exports = |files: &Files, expected: Option<&str>| {
        let files: Vec<(String, Vec<u8>)> = files.clone().into_iter().collect();
        let checked = verify(&bundle(&files).unwrap(), expected).unwrap();
        let differs = checked.checks.iter();
        let differs = differs.filter(|check| !matches!(check.found, Found::Holds(_)));
        differs.map(|check| check.what).collect::<Vec<_>>()
    };
    // All but the exports that were taken out holds…
    let exports = "the result and its exports follow from the answers";
    assert_eq!(without_exports(&forged, Some(&new_head)), [exports]);
    assert!(holds_for_python(&forged, Some(&new_head)));
    // …until the end that was printed at the time is asked for.
    let printed = "the record goes through the end that was printed";
    assert_eq!(without_exports(&forged, Some(&head)), [printed, exports]);
    assert!(!holds_for_python(&forged, Some(&head)));
}

#[test]
fn what_is_no_bundle_is_refused() {
    assert!(verify(b"PK", None).is_err());
    let nothing = bundle(&[("a.txt".to_owned(), "x")]).unwrap();
    assert!(verify(&nothing, None).is_err());
    let mut files = evidence();
    let mut later = serde_json::to_value(manifest(&files)).unwrap();
    later["format"] = json!("scorecard-bundle-2");
    files.insert("MANIFEST.json".to_owned(), later.to_string().into_bytes());
    assert!(!holds(&files, None));
}
