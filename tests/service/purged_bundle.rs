//! The evidence of an evaluation that was purged: whatever is changed in what is left, both programs find it.

use scorecard::accounts::Actor;
use scorecard::record::Digest;
use scorecard::table::bundle::unbundle;
use serde_json::{Value, json};

use crate::evidence::{
    Files, Mutants, changed_events, changed_files, holds, holds_for_python, lines, listed_anew,
    manifest, moved_events, sealed_anew, with_lines,
};
use crate::purge::filed;
use crate::support::by_days;

const ME: Actor = Actor::Local;

/// The files of a bundle with a decision and without what it rests on, all of which was purged; and before it was.
fn emptied() -> (Files, Files) {
    let data = tempfile::tempdir().unwrap();
    let (service, clock) = by_days(data.path());
    let id = filed(&service, ME);
    service.close_scoring(ME, &id).unwrap();
    service.decide(ME, &id, Some("Acme"), "best").unwrap();
    let until = Some("1970-01-03");
    service.retain(ME, &id, until, "the law").unwrap();
    let bundle = || unbundle(&service.evidence(ME, &id, false).unwrap().bytes).unwrap();
    let before = bundle();
    clock.set(3);
    service.purge_all(ME, &id, "time is over").unwrap();
    (before, bundle())
}

/// The bundle with another event of the purge, which is the last, and everything listed and sealed anew.
fn with_purge(files: &Files, change: impl Fn(&mut Value)) -> Files {
    let mut lines = lines(files);
    let last = lines.len() - 1;
    let mut line: Value = serde_json::from_str(&lines[last]).unwrap();
    let mut event: Value = serde_json::from_str(line["payload"].as_str().unwrap()).unwrap();
    change(&mut event["change"]);
    line["payload"] = json!(event.to_string());
    lines[last] = line.to_string();
    with_lines(files, &sealed_anew(&lines, last))
}

#[test]
fn every_change_of_what_a_purge_left_is_found() {
    let (_, files) = emptied();
    let head = manifest(&files).head;
    assert!(holds(&files, Some(&head)) && holds_for_python(&files, Some(&head)));
    changed_files(&files).are_all_found();
    changed_events(&files).0.are_all_found();
    moved_events(&files, &head).are_all_found();
}

#[test]
fn a_purge_that_is_made_up_left_out_or_told_otherwise_is_found() {
    let (before, files) = emptied();
    let head = manifest(&files).head;
    let mut mutants = Mutants::default();
    // Nobody purged anything, it says, and yet nothing is there.
    let mut unsaid = lines(&files);
    unsaid.pop();
    let unsaid = with_lines(&files, &unsaid);
    mutants.add(unsaid, None, "a purge that is left out");
    for (list, count) in [("files", 4), ("answers", 3)] {
        let said = lines(&files);
        let line: Value = serde_json::from_str(said.last().unwrap()).unwrap();
        let event: Value = serde_json::from_str(line["payload"].as_str().unwrap()).unwrap();
        let all = event["change"][list].as_array().unwrap();
        assert_eq!(all.len(), count, "{event}");
        for at in 0..count {
            let fewer = with_purge(&files, |change| {
                change[list].as_array_mut().unwrap().remove(at);
            });
            mutants.add(fewer, None, format!("{list} {at} left out of the purge"));
            let other = with_purge(&files, |change| {
                change[list][at]["sha256"] = json!(Digest::of(b"another"));
            });
            mutants.add(other, None, format!("another digest of {list} {at}"));
        }
    }
    // Something stands where the purged file stood.
    for path in before.keys().filter(|path| !files.contains_key(*path)) {
        let mut planted = files.clone();
        planted.insert(
            path.clone(),
            b"vendor,criterion,score\nAcme,ITIL-INC,5\n".to_vec(),
        );
        mutants.add(listed_anew(planted), None, format!("a planted {path}"));
    }
    mutants.are_all_found();
    // Before it was purged a file went missing, and a purge is made up for it: only the end that was printed tells.
    let mut said = lines(&before);
    said.push(lines(&files).last().unwrap().clone());
    let mut made_up = before.clone();
    made_up.retain(|path, _| files.contains_key(path));
    let made_up = with_lines(&made_up, &said);
    assert_ne!(manifest(&before).head, head);
    let mut mutants = Mutants::default();
    let end = "99:".to_owned() + &Digest::of(b"another end").to_string();
    mutants.add(
        made_up,
        Some(&end),
        "a purge under an end that was never printed",
    );
    mutants.are_all_found();
}
