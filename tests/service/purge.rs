//! Purging: two persons, a reason, and the bytes are gone for good, while answers, digests and the chain hold.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use rusqlite::Connection;
use scorecard::accounts::{Actor, Denied, Role, User};
use scorecard::record::{Digest, EvaluationId};
use scorecard::service::{Error, Filed, Found, Service, verify};
use scorecard::store::{Archive as _, Sqlite};

use crate::priced::{priced, sealed};
use crate::support::{Office, by_days, service_in, upload};

const ME: Actor = Actor::Local;
/// What stands in the files and in nothing that is read from them.
const MARK: &str = "Zx81-only-in-the-file";

/// A sheet with something that no answer keeps, in as many rows as it takes to be long.
fn sheet(evaluator: &str, score: u32, filling: usize) -> Vec<u8> {
    let mut text = "vendor,criterion,evaluator,score,internal note\n".to_owned();
    for vendor in ["Acme", "Bolt"] {
        let note = format!("{MARK} {evaluator} {}", "x".repeat(filling));
        writeln!(text, "{vendor},ITIL-INC,{evaluator},{score},{note}").unwrap();
    }
    text.into_bytes()
}

fn started(service: &Service, by: Actor) -> EvaluationId {
    service.start(by, &priced()).unwrap()
}

/// An evaluation with a short sheet, one longer than a page, and one longer than many.
pub fn filed(service: &Service, by: Actor) -> EvaluationId {
    let id = started(service, by);
    for (name, filling) in [("Ana", 10), ("Bo", 3_000), ("Cy", 30_000)] {
        let bytes = sheet(name, 3, filling);
        let file = upload(&format!("{name}.csv"), &bytes);
        service.file_sheet(by, &id, &file).unwrap();
    }
    id
}

/// How often a text stands in the files of a data directory, whatever they are.
fn found(data: &Path, text: &str) -> usize {
    let files = std::fs::read_dir(data).unwrap().map(Result::unwrap);
    let counts = files.map(|file| {
        let bytes = std::fs::read(file.path()).unwrap();
        bytes
            .windows(text.len())
            .filter(|window| *window == text.as_bytes())
            .count()
    });
    counts.sum()
}

pub fn denied<T>(result: Result<T, Error>) -> Option<Denied> {
    match result.err()? {
        Error::Denied(denied) => Some(denied),
        _ => None,
    }
}

#[test]
fn what_is_purged_is_in_no_file_of_the_data_directory_any_more_and_everything_else_is() {
    let office = Office::new();
    let (service, data) = (&office.service, office.data.path());
    let id = filed(service, ME);
    let before = service.open(ME, &id).unwrap();
    for (number, name) in [(3, "Cy"), (1, "Ana"), (2, "Bo")] {
        let mark = format!("{MARK} {name}");
        assert!(found(data, &mark) > 0, "{name} was there");
        service
            .purge_file(ME, &id, number, "names in the notes")
            .unwrap();
        assert_eq!(found(data, &mark), 0, "{name} is gone while it runs");
        let gone = denied(service.original(ME, &id, number));
        assert_eq!(gone, Some(Denied::FilePurged));
        let again = denied(service.purge_file(ME, &id, number, "again"));
        assert_eq!(again, Some(Denied::NothingToPurge));
    }
    let office = office.restarted();
    let (service, data) = (&office.service, office.data.path());
    assert_eq!(found(data, MARK), 0);
    let after = service.open(ME, &id).unwrap();
    let told = after.dossier().filing(1).unwrap().purged.as_ref().unwrap();
    assert!(
        told.told()
            .ends_with("by one person, local: names in the notes")
    );
    let answers = |one: &scorecard::service::Opened| {
        scorecard::reports::scores_csv(
            one.dossier().evaluation(),
            scorecard::table::Separator::Comma,
        )
    };
    assert_eq!(answers(&before), answers(&after));
    let (_, timeline) = service.timeline(ME, &id).unwrap();
    let last = timeline.moments().last().unwrap();
    assert_eq!(
        last.what,
        "Files were purged by one person; their digests stay on record: Bo.csv"
    );
}

#[test]
fn a_purged_file_is_told_by_whoever_checks_the_evidence_and_everything_else_holds() {
    let office = Office::new();
    let service = &office.service;
    let id = filed(service, ME);
    service.purge_file(ME, &id, 2, "names").unwrap();
    service.close_scoring(ME, &id).unwrap();
    service.decide(ME, &id, Some("Acme"), "best").unwrap();
    let opened = service.open(ME, &id).unwrap();
    let gone = opened.dossier().filing(2).unwrap().original;
    let made = service.evidence(ME, &id, false).unwrap();
    let checked = verify(&made.bytes, None).unwrap();
    assert!(checked.holds(), "{checked}");
    let page = checked.to_string();
    assert!(
        page.contains(&format!("{gone} was purged by event")),
        "{page}"
    );
    assert!(
        page.contains("2 sheets read again; 1 sheet taken as"),
        "{page}"
    );
    assert!(
        page.contains("State: awarded. Acme is chosen, decided by one person: best"),
        "{page}"
    );
    // A file that is missing without having been purged is another matter.
    let mut files = scorecard::table::bundle::unbundle(&made.bytes).unwrap();
    files.retain(|path, _| path != "sheets/0001-Ana.csv");
    let files: Vec<_> = files.into_iter().collect();
    let cut = scorecard::table::bundle::bundle(&files).unwrap();
    let checked = verify(&cut, None).unwrap();
    let named = checked
        .checks
        .iter()
        .find(|check| check.what == "every file that the record names is there, as it was");
    assert!(
        matches!(named.unwrap().found, Found::Differs(_)),
        "{checked}"
    );
}

#[test]
fn a_purge_is_proposed_by_one_and_confirmed_by_another_owner() {
    let office = Office::new();
    let (service, data) = (&office.service, office.data.path());
    let user = |name| {
        let login = service.create_user(Actor::Console, name, false).unwrap();
        Actor::User(User::signed_in(login, false))
    };
    let (ana, bo, eve) = (user("ana"), user("bo"), user("eve"));
    let id = filed(service, ana);
    for (name, role) in [("bo", Role::Owner), ("eve", Role::Auditor)] {
        service.add_member(ana, &id, name, role).unwrap();
    }
    let by_auditor = denied(service.purge_file(eve, &id, 1, "names"));
    assert_eq!(by_auditor, Some(Denied::Role));
    service.purge_file(ana, &id, 1, "names").unwrap();
    let mark = format!("{MARK} Ana");
    assert!(found(data, &mark) > 0, "a proposal purges nothing");
    let opened = service.open(ana, &id).unwrap();
    let proposal = opened.dossier().proposal().unwrap();
    assert_eq!(proposal.what.told(), "the file of sheet 1 is purged");
    let number = proposal.number;
    let own = denied(service.confirm_proposal(ana, &id, number));
    assert_eq!(own, Some(Denied::OwnProposal));
    let by_auditor = denied(service.confirm_proposal(eve, &id, number));
    assert_eq!(by_auditor, Some(Denied::Role));
    let opened = service.confirm_proposal(bo, &id, number).unwrap();
    assert_eq!(found(data, &mark), 0);
    let purge = opened.dossier().filing(1).unwrap().purged.clone().unwrap();
    assert!(
        purge
            .told()
            .contains("proposed by ana, confirmed by bo: names")
    );
}

#[test]
fn a_whole_evaluation_is_purged_only_once_another_owner_confirms_it() {
    let data = tempfile::tempdir().unwrap();
    let (service, clock) = by_days(data.path());
    let user = |name| {
        let login = service.create_user(Actor::Console, name, false).unwrap();
        Actor::User(User::signed_in(login, false))
    };
    let (ana, bo, eve) = (user("ana"), user("bo"), user("eve"));
    let id = filed(&service, ana);
    for (name, role) in [("bo", Role::Owner), ("eve", Role::Auditor)] {
        service.add_member(ana, &id, name, role).unwrap();
    }
    let until = Some("1970-01-03");
    service.retain(ana, &id, until, "the law").unwrap();
    clock.set(3);
    let by_auditor = denied(service.purge_all(eve, &id, "time is over"));
    assert_eq!(by_auditor, Some(Denied::Role));
    service.purge_all(ana, &id, "time is over").unwrap();
    let before = service.open(ana, &id).unwrap();
    let proposal = before.dossier().proposal().unwrap();
    assert_eq!(
        proposal.what.told(),
        "every file and every answer of this evaluation is purged"
    );
    let number = proposal.number;
    for (actor, why) in [(ana, Denied::OwnProposal), (eve, Denied::Role)] {
        let refused = denied(service.confirm_proposal(actor, &id, number));
        assert_eq!(refused, Some(why));
    }
    assert!(found(data.path(), MARK) >= 6, "a proposal purges nothing");
    assert!(before.dossier().emptied().is_none());
    assert!(service.results(ana, &id).is_ok());
    // What is proposed is still not there when the service comes back.
    drop((before, service));
    let (service, clock) = by_days(data.path());
    clock.set(3);
    assert!(found(data.path(), MARK) >= 6);
    let after = service.confirm_proposal(bo, &id, number).unwrap();
    assert_eq!(found(data.path(), MARK), 0);
    let told = after.dossier().emptied().unwrap().told();
    let by = "proposed by ana, confirmed by bo: time is over";
    assert!(told.ends_with(by), "{told}");
    assert!(after.dossier().proposal().is_none());
    let again = denied(service.confirm_proposal(bo, &id, number));
    assert!(again.is_some(), "it is confirmed once");
    let made = service.evidence(bo, &id, false).unwrap();
    let checked = verify(&made.bytes, None).unwrap();
    assert!(checked.holds(), "{checked}");
    let (code, said) = python(&made.bytes);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn a_file_that_another_evaluation_names_stays_for_that_one_until_it_is_purged_there_too() {
    let office = Office::new();
    let (service, data) = (&office.service, office.data.path());
    let (one, other) = (started(service, ME), started(service, ME));
    let bytes = sheet("Ana", 4, 10);
    for id in [&one, &other] {
        let file = upload("ana.csv", &bytes);
        service.file_sheet(ME, id, &file).unwrap();
    }
    service.purge_file(ME, &one, 1, "names").unwrap();
    let gone = denied(service.original(ME, &one, 1));
    assert_eq!(gone, Some(Denied::FilePurged));
    assert_eq!(service.original(ME, &other, 1).unwrap().1, bytes);
    let made = service.evidence(ME, &one, false).unwrap();
    let held = scorecard::table::bundle::unbundle(&made.bytes).unwrap();
    assert!(
        held.values().all(|kept| *kept != bytes),
        "its bundle has it no more"
    );
    service.purge_file(ME, &other, 1, "names").unwrap();
    assert_eq!(found(data, MARK), 0);
}

#[test]
fn a_purged_file_that_comes_again_changes_nothing_while_its_answers_stand_and_is_kept_if_filed_anew()
 {
    let office = Office::new();
    let (service, data) = (&office.service, office.data.path());
    let id = started(service, ME);
    let file = upload("ana.csv", &sheet("Ana", 4, 10));
    service.file_sheet(ME, &id, &file).unwrap();
    service.purge_file(ME, &id, 1, "names").unwrap();
    let again = service.file_sheet(ME, &id, &file).unwrap();
    assert_eq!(again.filed, Filed::Again(1));
    assert_eq!(found(data, MARK), 0);
    service.withdraw_sheet(ME, &id, 1, "anew").unwrap();
    service.file_sheet(ME, &id, &file).unwrap();
    assert!(service.original(ME, &id, 2).is_ok());
    let gone = denied(service.original(ME, &id, 1));
    assert_eq!(gone, Some(Denied::FilePurged));
    let made = service.evidence(ME, &id, false).unwrap();
    let checked = verify(&made.bytes, None).unwrap();
    assert!(checked.holds(), "{checked}");
    let (_, log) = service.timeline(ME, &id).unwrap();
    let moments = log.moments().iter();
    let purge = moments
        .clone()
        .find(|one| one.what.starts_with("Files were purged"));
    let purge = purge.unwrap();
    let stone = format!(
        "{} was purged by event {} and came again with event",
        Digest::of(&file.bytes),
        purge.head
    );
    assert!(checked.to_string().contains(&stone), "{checked}");
    let (code, told) = python(&made.bytes);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains(&stone), "{told}");
    service.purge_file(ME, &id, 2, "again").unwrap();
    assert_eq!(found(data, MARK), 0);
}

/// What the second verifier says of a bundle.
fn python(bundle: &[u8]) -> (Option<i32>, String) {
    let directory = tempfile::tempdir().unwrap();
    for (path, bytes) in scorecard::table::bundle::unbundle(bundle).unwrap() {
        let path = directory.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    second_verifier(directory.path())
}

/// Runs the second verifier on a path: its exit code, and all that it says.
fn second_verifier(path: &Path) -> (Option<i32>, String) {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/service/evidence/verify.py");
    let done = Command::new("python3")
        .args(["-B".as_ref(), program.as_os_str(), path.as_os_str()])
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    let said = [done.stdout, done.stderr].concat();
    (
        done.status.code(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[test]
fn the_second_verifier_says_in_a_sentence_that_a_path_holds_no_bundle() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| directory.path().join(name);
    std::fs::write(at("evidence.zip"), b"PK").unwrap();
    for (name, manifest) in [
        ("none", None),
        ("text", Some("no JSON")),
        ("list", Some("[]")),
        (
            "files",
            Some(r#"{"format": "scorecard-bundle-1", "files": [7]}"#),
        ),
        (
            "later",
            Some(r#"{"format": "scorecard-bundle-2", "files": [], "evaluation": "", "head": ""}"#),
        ),
    ] {
        std::fs::create_dir(at(name)).unwrap();
        if let Some(manifest) = manifest {
            std::fs::write(at(name).join("MANIFEST.json"), manifest).unwrap();
        }
    }
    for (name, sentence) in [
        ("missing", "is not there; name the directory"),
        ("evidence.zip/below", "is not there; name the directory"),
        ("evidence.zip", "is no directory; unpack the bundle"),
        ("none", "it has no MANIFEST.json"),
        ("text", "its MANIFEST.json cannot be read"),
        ("list", "its MANIFEST.json cannot be read"),
        ("files", "its MANIFEST.json cannot be read"),
        (
            "later",
            "format scorecard-bundle-2, which this program does not know",
        ),
    ] {
        let (code, said) = second_verifier(&at(name));
        assert_eq!(code, Some(2), "{name}: {said}");
        assert!(said.contains(sentence), "{name}: {said}");
        assert!(
            !said.contains("Traceback") && said.lines().count() == 1,
            "{said}"
        );
    }
}

#[test]
fn nothing_but_what_an_event_purged_goes_from_the_database() {
    let office = Office::new();
    let id = filed(&office.service, ME);
    office.service.purge_file(ME, &id, 1, "names").unwrap();
    let Office { service, data } = office;
    drop(service);
    let database = data.path().join("scorecard.db");
    let connection = Connection::open(&database).unwrap();
    for sql in [
        "DELETE FROM attachments",
        "UPDATE attachments SET bytes = x'00'",
        "DELETE FROM events",
        "UPDATE events SET payload = ''",
        "DELETE FROM tombstones",
        "UPDATE tombstones SET seq = 1",
        "INSERT INTO tombstones SELECT digest, (SELECT id FROM evaluations), 1 FROM attachments",
        "INSERT INTO tombstones SELECT digest, (SELECT id FROM evaluations), \
         (SELECT max(seq) FROM events) FROM attachments",
    ] {
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
    // A sweep that was cut short is done at the next start.
    connection
        .execute("INSERT INTO sweeps (due) VALUES (NULL)", [])
        .unwrap();
    drop(connection);
    let service = service_in(data.path());
    assert!(service.open(ME, &id).is_ok());
    drop(service);
    let connection = Connection::open(&database).unwrap();
    let due: i64 = connection
        .query_row("SELECT count(*) FROM sweeps", [], |row| row.get(0))
        .unwrap();
    assert_eq!(due, 0);
    drop(connection);
    let store = Sqlite::open(data.path()).unwrap();
    let log = store.log(&id).unwrap().unwrap();
    let seqs = log.iter().map(|sealed| sealed.event().seq);
    assert!(seqs.eq(1..=u64::try_from(log.len()).unwrap()), "no gap");
    let gone = Digest::of(&sheet("Ana", 3, 10));
    assert!(store.attachment(&gone).unwrap().is_none());
}

#[test]
fn all_files_go_the_day_after_that_until_which_they_are_kept_and_not_before() {
    let data = tempfile::tempdir().unwrap();
    let (service, clock) = by_days(data.path());
    let id = filed(&service, ME);
    let early = |service: &Service| denied(service.purge_all(ME, &id, "time is over"));
    assert_eq!(early(&service), Some(Denied::Retained), "no day is set");
    for (day, code) in [
        ("1969-12-31", "day-over"),
        ("soon", "not-a-day"),
        ("1970-02-30", "not-a-day"),
    ] {
        match service.retain(ME, &id, Some(day), "the law") {
            Err(Error::Fields(problems)) => assert_eq!(problems[0].code, code, "{day}"),
            other => panic!("{day}: {other:?}"),
        }
    }
    service
        .retain(ME, &id, Some("1970-01-03"), "the law")
        .unwrap();
    for day in [0, 1, 2] {
        clock.set(day);
        assert_eq!(early(&service), Some(Denied::Retained), "{day}");
    }
    clock.set(3);
    service.purge_all(ME, &id, "time is over").unwrap();
    assert_eq!(found(data.path(), MARK), 0);
    let opened = service.open(ME, &id).unwrap();
    let filings = opened.dossier().filings();
    assert!(filings.iter().all(|filing| filing.purged.is_some()));
    assert_eq!(early(&service), Some(Denied::NothingToPurge));
}

#[test]
fn a_purged_evaluation_keeps_its_record_and_nothing_that_anybody_scored_or_said_in_a_sheet() {
    const SAID: &str = "Qm67-said-in-a-reason";
    let data = tempfile::tempdir().unwrap();
    let (service, clock) = by_days(data.path());
    let id = filed(&service, ME);
    let said = format!("vendor,criterion,evaluator,score,comment\nDune,ITIL-INC,Di,2,{SAID}\n");
    let mut file = upload("said.csv", said.as_bytes());
    file.new_vendors = true;
    service.file_sheet(ME, &id, &file).unwrap();
    // Whom and what that sheet brought is named by events after it.
    service.exclude_vendor(ME, &id, "Dune", "withdrew").unwrap();
    let recused = service.recuse_evaluator(ME, &id, "Di", None, "worked there");
    recused.unwrap();
    service.withdraw_sheet(ME, &id, 1, "a slip").unwrap();
    let again = upload("Ana.csv", &sheet("Ana", 3, 10));
    service.file_sheet(ME, &id, &again).unwrap();
    service.close_scoring(ME, &id).unwrap();
    service.decide(ME, &id, Some("Acme"), "best").unwrap();
    let until = Some("1970-01-03");
    service.retain(ME, &id, until, "the law").unwrap();
    let pinned = service.pinned_result(ME, &id).unwrap();
    assert!(String::from_utf8_lossy(&pinned).contains(SAID));
    let head = service.open(ME, &id).unwrap().dossier().head().to_string();
    clock.set(3);
    assert!(found(data.path(), SAID) > 0);
    let after = service.purge_all(ME, &id, "time is over").unwrap();
    for text in [SAID, MARK] {
        assert_eq!(found(data.path(), text), 0, "{text}");
    }
    let told = after.dossier().emptied().unwrap().told();
    assert!(
        told.ends_with("by one person, local: time is over"),
        "{told}"
    );
    let evaluation = after.dossier().evaluation();
    let answers = scorecard::reports::scores_csv(evaluation, scorecard::table::Separator::Comma);
    let answers = String::from_utf8(answers).unwrap();
    assert_eq!(answers.lines().count(), 1, "no answer lives on: {answers}");
    for refused in [
        denied(service.results(ME, &id)),
        denied(service.file_sheet(ME, &id, &file)),
        denied(service.take_back_decision(ME, &id, "a slip")),
        denied(service.exclude_vendor(ME, &id, "Bolt", "why not")),
    ] {
        assert_eq!(refused, Some(Denied::Emptied));
    }
    drop(service);
    let service = service_in(data.path());
    let (_, timeline) = service.timeline(ME, &id).unwrap();
    let last = timeline.moments().last().unwrap();
    assert_eq!(
        last.what,
        "The evaluation was purged by one person: 5 files and the answers of 5 sheets; their digests stay on record"
    );
    let made = service.evidence(ME, &id, false).unwrap();
    let stone = format!("purged by event {}", last.head);
    both_tell_of_the_purge(&made.bytes, &head, &stone);
    // A copy that somebody kept of what the decision rests on can be proven, and of what was scored nothing is in it.
    let files = scorecard::table::bundle::unbundle(&made.bytes).unwrap();
    let record = String::from_utf8_lossy(&files["record.ndjson"]);
    assert!(record.contains(&Digest::of(&pinned).to_string()));
    assert!(!record.contains(SAID));
    let of_scores = |path: &&String| {
        path.starts_with("sheets/") || path.starts_with("answers/") || path.starts_with("pinned/")
    };
    assert_eq!(files.keys().find(of_scores), None);
    // A backup of it adds up when it is restored.
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("backup.db");
    scorecard::service::back_up(data.path(), &backup).unwrap();
    scorecard::service::restore(&backup, &elsewhere.path().join("data")).unwrap();
}

/// Both verifiers find that all holds that is left, and name the event that purged the rest.
fn both_tell_of_the_purge(bundle: &[u8], head: &str, stone: &str) {
    let checked = verify(bundle, Some(head)).unwrap();
    assert!(checked.holds(), "{checked}");
    let page = checked.to_string();
    let told = format!("the answers were {stone}");
    // Four files, the pinned result and the answers of four: two sheets gave the same.
    assert_eq!(page.matches(&format!("was {stone}")).count(), 9, "{page}");
    assert_eq!(page.matches(&told).count(), 2, "{page}");
    assert!(page.contains("State: awarded. Acme is chosen"), "{page}");
    assert!(page.contains("cannot be computed again"), "{page}");
    let (code, said) = python(bundle);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(said.matches(&format!("was {stone}")).count(), 9, "{said}");
    assert!(said.contains(&told), "{said}");
}

#[test]
fn an_earlier_day_than_was_said_takes_two_persons_and_a_later_one_does_not() {
    let office = Office::new();
    let service = &office.service;
    let user = |name| {
        let login = service.create_user(Actor::Console, name, false).unwrap();
        Actor::User(User::signed_in(login, false))
    };
    let (ana, bo) = (user("ana"), user("bo"));
    let id = filed(service, ana);
    service.add_member(ana, &id, "bo", Role::Owner).unwrap();
    let kept = |day: Option<&str>| {
        let opened = service.retain(ana, &id, day, "the law").unwrap();
        let until = opened.dossier().retention();
        until.map(|day| day.to_string())
    };
    let day = |day: &str| Some(day.to_owned());
    assert_eq!(kept(Some("2400-01-01")), day("2400-01-01"), "the first day");
    assert_eq!(kept(Some("2500-01-01")), day("2500-01-01"), "a later one");
    assert_eq!(kept(Some("2499-12-31")), day("2500-01-01"), "proposed");
    let opened = service.open(ana, &id).unwrap();
    let proposal = opened.dossier().proposal().unwrap();
    let told = proposal.what.told();
    assert_eq!(told, "everything is kept until 2499-12-31 only");
    let number = proposal.number;
    let own = denied(service.confirm_proposal(ana, &id, number));
    assert_eq!(own, Some(Denied::OwnProposal));
    let opened = service.confirm_proposal(bo, &id, number).unwrap();
    let until = opened.dossier().retention().map(|day| day.to_string());
    assert_eq!(until, day("2499-12-31"));
    assert!(opened.dossier().proposal().is_none());
    let (_, timeline) = service.timeline(ana, &id).unwrap();
    assert_eq!(
        timeline.moments().last().unwrap().what,
        "Everything is kept until 2499-12-31 only, confirming what ana proposed"
    );
    // Nor is there a way round by taking the day away first.
    assert_eq!(kept(None), None);
    assert_eq!(kept(Some("2300-01-01")), None, "proposed");
    let opened = service.open(ana, &id).unwrap();
    assert!(opened.dossier().proposal().is_some());
}

#[test]
fn the_file_of_a_sealed_price_sheet_is_purged_without_opening_the_prices() {
    let office = Office::new();
    let (service, data) = (&office.service, office.data.path());
    let id = service.start(ME, &sealed()).unwrap();
    let sheet = format!("vendor,criterion,score,internal note\nAcme,CST-TCO,777.25,{MARK}\n");
    let file = upload("prices.csv", sheet.as_bytes());
    service.file_sheet(ME, &id, &file).unwrap();
    service.purge_file(ME, &id, 1, "names").unwrap();
    assert_eq!(found(data, MARK), 0);
    let sealed = denied(service.prices(ME, &id));
    assert_eq!(sealed, Some(Denied::PricesSealed));
    service.close_scoring(ME, &id).unwrap();
    service.open_prices(ME, &id).unwrap();
    let opened = service.open(ME, &id).unwrap();
    let evaluation = opened.dossier().evaluation();
    let answers = scorecard::reports::scores_csv(evaluation, scorecard::table::Separator::Comma);
    assert!(String::from_utf8(answers).unwrap().contains("777.25"));
    let made = service.evidence(ME, &id, false).unwrap();
    let checked = verify(&made.bytes, None).unwrap();
    assert!(checked.holds(), "{checked}");
    let stone = format!("{} was purged by event", Digest::of(sheet.as_bytes()));
    assert!(checked.to_string().contains(&stone), "{checked}");
}
