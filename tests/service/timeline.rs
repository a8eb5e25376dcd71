//! The record as a story: what was before, what after, who and why.

use scorecard::accounts::Actor;
use scorecard::evaluation::Answer;
use scorecard::record::{EvaluationId, from_lines};
use scorecard::service::{Moment, Service, Topic, Wanted};

use crate::priced::priced;
use crate::support::{Office, upload};

const ME: Actor = Actor::Local;

fn started(service: &Service) -> EvaluationId {
    service.start(ME, &priced()).unwrap()
}

fn file(service: &Service, id: &EvaluationId, name: &str, rows: &str) {
    let text = format!("vendor,criterion,evaluator,score,comment\n{rows}");
    service
        .file_sheet(ME, id, &upload(name, text.as_bytes()))
        .unwrap();
}

fn moments(service: &Service, id: &EvaluationId) -> Vec<Moment> {
    let (_, timeline) = service.timeline(ME, id).unwrap();
    timeline.moments().to_vec()
}

/// Criterion, vendor, evaluator, before, after and both reasons of every answer that gave way.
fn gave_way(moment: &Moment) -> Vec<String> {
    let score = |answer: Answer| match answer {
        Answer::Scored(score) => score.to_string(),
        other => format!("{other:?}"),
    };
    let told = moment.replaced.iter().map(|one| {
        let after = one.after.as_ref();
        format!(
            "{} {} {}: {} ({}) -> {} ({})",
            one.criterion,
            one.vendor,
            one.evaluator,
            score(one.before.answer),
            one.before.comment.as_deref().unwrap_or_default(),
            after.map_or("none".to_owned(), |stood| score(stood.answer)),
            after
                .and_then(|stood| stood.comment.as_deref())
                .unwrap_or_default(),
        )
    });
    told.collect()
}

#[test]
fn every_answer_that_gave_way_is_told_with_what_it_was_what_it_is_and_both_reasons() {
    let office = Office::new();
    let service = &office.service;
    let id = started(service);
    file(
        service,
        &id,
        "ana.csv",
        "Acme,ITIL-INC,Ana,4,solid\nBolt,ITIL-INC,Ana,3,\nAcme,FEA-OMN,Ana,2,thin\n",
    );
    file(
        service,
        &id,
        "ana2.csv",
        "acme,ITIL-INC,ana,5,better\nBolt,ITIL-INC,Ana,3,\nAcme,FEA-OMN,Ana,clear,\nAcme,ITIL-REQ,Ana,1,\n",
    );
    service.withdraw_sheet(ME, &id, 2, "not hers").unwrap();
    service.restore_sheet(ME, &id, 2, "it was").unwrap();
    let told = moments(service, &id);
    let last: Vec<&Moment> = told.iter().rev().take(4).rev().collect();
    assert_eq!(gave_way(last[0]), [""; 0]);
    assert_eq!(
        last[0].what,
        "Sheet 1 (ana.csv) was filed: 3 answers (3 new)"
    );
    let replaced = [
        "ITIL-INC Acme Ana: 4 (solid) -> 5 (better)",
        "FEA-OMN Acme Ana: 2 (thin) -> none ()",
    ];
    assert_eq!(gave_way(last[1]), replaced);
    assert_eq!(
        last[1].what,
        "Sheet 2 (ana2.csv) was filed: 4 answers (1 new, 1 changed, 1 unchanged, 1 cleared)"
    );
    assert_eq!(
        gave_way(last[2]),
        [
            "ITIL-INC Acme Ana: 5 (better) -> 4 (solid)",
            "ITIL-REQ Acme Ana: 1 () -> none ()",
        ]
    );
    assert_eq!(last[2].reason.as_deref(), Some("not hers"));
    assert_eq!(
        gave_way(last[3]),
        ["ITIL-INC Acme Ana: 4 (solid) -> 5 (better)", replaced[1]]
    );
}

#[test]
fn a_reason_that_changes_under_the_same_score_is_told_too() {
    let office = Office::new();
    let service = &office.service;
    let id = started(service);
    file(service, &id, "a.csv", "Acme,ITIL-INC,Ana,4,solid\n");
    file(service, &id, "b.csv", "Acme,ITIL-INC,Ana,4,good enough\n");
    let told = moments(service, &id);
    let way = gave_way(told.last().unwrap());
    assert_eq!(way, ["ITIL-INC Acme Ana: 4 (solid) -> 4 (good enough)"]);
}

#[test]
fn a_file_that_was_refused_is_an_event_and_says_for_what() {
    let office = Office::new();
    let service = &office.service;
    let id = started(service);
    let broken = upload(
        "bad.csv",
        b"vendor,criterion,evaluator,score\nAcme,ITIL-INC,Ana,77\n",
    );
    assert!(service.file_sheet(ME, &id, &broken).is_err());
    let told = moments(service, &id);
    let last = told.last().unwrap();
    assert_eq!(last.topic, Topic::Refused);
    assert!(
        last.what.starts_with("bad.csv was refused"),
        "{}",
        last.what
    );
    assert_eq!(last.actor, "local");
}

#[test]
fn states_the_decision_the_lock_and_assignments_are_told_before_and_after() {
    let office = Office::new();
    let service = &office.service;
    let id = started(service);
    file(service, &id, "a.csv", "Acme,ITIL-INC,Ana,4,\n");
    let said = scorecard::service::Assignment::Everything;
    service.assign(ME, &id, "Ana", &said).unwrap();
    service.close_scoring(ME, &id).unwrap();
    service.decide(ME, &id, Some("Acme"), "best").unwrap();
    service.lock_result(ME, &id, "for the board").unwrap();
    service.unlock_result(ME, &id, "a slip").unwrap();
    service.take_back_decision(ME, &id, "too early").unwrap();
    let told = moments(service, &id);
    let altered: Vec<String> = told
        .iter()
        .skip(1)
        .flat_map(|moment| &moment.differences)
        .map(|one| {
            let text = |side: &Option<String>| side.as_deref().unwrap_or("nothing").to_owned();
            let short: String = text(&one.after).chars().take(30).collect();
            format!("{}: {} -> {short}", one.what, text(&one.before))
        })
        .filter(|text| !text.starts_with("Pinned"))
        .collect();
    assert_eq!(
        altered,
        [
            "State: draft -> scoring is open",
            "To score: what they answer of their own accord -> everything that is not a price",
            "State: scoring is open -> scoring is closed",
            "State: scoring is closed -> awarded",
            "Decision: nothing -> Acme is chosen",
            "State: awarded -> scoring is closed",
            "Decision: Acme is chosen -> nothing",
        ]
    );
}

#[test]
fn the_record_is_narrowed_by_person_kind_vendor_criterion_sheet_and_day() {
    let office = Office::new();
    let service = &office.service;
    let id = started(service);
    file(service, &id, "a.csv", "Acme,ITIL-INC,Ana,4,\n");
    service.add_vendors(ME, &id, &["Bolt".to_owned()]).unwrap();
    file(service, &id, "b.csv", "Bolt,FEA-OMN,Bo,4,\n");
    service.exclude_vendor(ME, &id, "Acme", "withdrew").unwrap();
    let (_, timeline) = service.timeline(ME, &id).unwrap();
    let all = timeline.moments().len();
    let count = |wanted: &Wanted| timeline.wanted(wanted).count();
    let text = |text: &str| Some(text.to_owned());
    let today = timeline.moments()[0].at.strftime("%Y-%m-%d").to_string();
    let of = |change: &dyn Fn(&mut Wanted)| {
        let mut wanted = Wanted::default();
        change(&mut wanted);
        count(&wanted)
    };
    assert_eq!(of(&|_| {}), all);
    assert_eq!(of(&|one| one.person = text("local")), all);
    assert_eq!(of(&|one| one.person = text("Ana")), 1);
    assert_eq!(of(&|one| one.topic = Some(Topic::Sheets)), 2);
    assert_eq!(of(&|one| one.vendor = text("Acme")), 2);
    assert_eq!(of(&|one| one.criterion = text("FEA-OMN")), 1);
    assert_eq!(of(&|one| one.sheet = Some(2)), 1);
    assert_eq!(of(&|one| one.from = today.parse().ok()), all);
    assert_eq!(of(&|one| one.to = "2020-01-01".parse().ok()), 0);
    let both = Wanted {
        vendor: text("Acme"),
        topic: Some(Topic::Settled),
        ..Wanted::default()
    };
    assert_eq!(count(&both), 1);
}

#[test]
fn the_record_in_lines_is_a_chain_that_ends_with_its_head() {
    let office = Office::new();
    let service = &office.service;
    let id = started(service);
    file(service, &id, "a.csv", "Acme,ITIL-INC,Ana,4,\n");
    let audit = service.audit(ME, &id).unwrap();
    let log = from_lines(&id, &audit.lines).unwrap();
    assert_eq!(log.last().unwrap().head().to_string(), audit.head);
    assert_eq!(log.len(), moments(service, &id).len());
}

#[test]
fn a_long_record_tells_each_event_once_and_stays_the_same_after_a_restart() {
    let office = Office::new();
    let id = started(&office.service);
    for score in 1..=5 {
        let row = format!("Acme,ITIL-INC,Ana,{score},\n");
        file(&office.service, &id, &format!("{score}.csv"), &row);
    }
    let told = |service: &Service| -> Vec<(u64, String)> {
        let told = moments(service, &id).into_iter();
        told.map(|moment| (moment.head.seq(), moment.what))
            .collect()
    };
    let before = told(&office.service);
    let office = office.restarted();
    assert_eq!(told(&office.service), before);
    let numbers: Vec<u64> = before.iter().map(|(seq, _)| *seq).collect();
    assert!(numbers.iter().copied().eq(1..=numbers.len() as u64));
}
