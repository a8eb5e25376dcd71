//! Another version of the method under answers that were given already.

use scorecard::accounts::{Actor, Denied};
use scorecard::evaluation::{EvaluationKind, Why};
use scorecard::record::{Digest, EvaluationId};
use scorecard::service::{Error, FieldProblem, OwnFile, Revise, Service, SetFile, Start, Taken};

use crate::support::{Office, upload};

const ME: Actor = Actor::Local;
const SHEET: &[u8] = b"vendor,criterion,evaluator,score,comment\n\
    Acme,X,Ana,4,good\nAcme,Y,Ana,1,\nBolt,X,Ana,2.5,\nBolt,Y,Ana,3,fair\nAcme,Z,Ana,2,\nBolt,Z,Ana,n/a,\n";

/// A set with X on 0 to 5, Y, and Z, which may be not applicable.
fn set(version: &str, weights: [u32; 3], scale_of_x: &str) -> String {
    let [x, y, z] = weights;
    format!(
        r#"id = "own"
title = "Own"
version = "{version}"
scale = {{ min = 0, max = 5, step = 0.5 }}
category = [{{ id = "all", title = "All" }}]
criterion = [
  {{ id = "X", category = "all", title = "Desk", weight = {x}{scale_of_x} }},
  {{ id = "Y", category = "all", title = "Change", weight = {y} }},
  {{ id = "Z", category = "all", title = "Report", weight = {z}, not_applicable = true }},
]
"#
    )
}

fn file(toml: &str) -> SetFile {
    SetFile {
        file_name: "own.toml".to_owned(),
        bytes: toml.as_bytes().to_vec(),
    }
}

fn revise(toml: &str, mapping: &str) -> Revise {
    Revise {
        own: file(toml),
        mapping: mapping.to_owned(),
        reason: "the board weighs anew".to_owned(),
    }
}

/// An evaluation under a set with the sheet filed.
fn scored(service: &Service, kind: EvaluationKind, toml: &str) -> EvaluationId {
    let start = Start {
        title: "Service desk".to_owned(),
        kind,
        criteria: "itsm-one-afternoon".to_owned(),
        ..Start::default()
    };
    let id = service.start(ME, &start).unwrap();
    let own = OwnFile {
        file_name: "own.toml".to_owned(),
        bytes: toml.as_bytes().to_vec(),
        ..OwnFile::default()
    };
    service.take_own(ME, &id, &own, Taken::Criteria).unwrap();
    service.freeze_method(ME, &id).unwrap();
    service
        .file_sheet(ME, &id, &upload("ana.csv", SHEET))
        .unwrap();
    id
}

fn totals(service: &Service, id: &EvaluationId) -> Vec<(Option<u32>, String)> {
    let card = service.open(ME, id).unwrap().scorecard(None);
    let vendors = card.vendors.iter();
    vendors
        .map(|one| (one.rank, format!("{:?}", one.total)))
        .collect()
}

fn problems<T>(result: Result<T, Error>) -> Vec<FieldProblem> {
    match result {
        Err(Error::Fields(problems)) => problems,
        Err(_) | Ok(_) => Vec::new(),
    }
}

#[test]
fn under_other_weights_the_answers_count_as_if_they_had_been_given_under_them() {
    let office = Office::new();
    let service = &office.service;
    let id = scored(
        service,
        EvaluationKind::Internal,
        &set("1", [60, 20, 20], ""),
    );
    let before = totals(service, &id);
    let other = set("2", [10, 70, 20], "");
    let (_, preview) = service
        .preview_revision(ME, &id, &revise(&other, ""))
        .unwrap();
    assert_eq!(preview.dropped, []);
    assert_eq!(totals(service, &id), before);
    service.revise_method(ME, &id, &revise(&other, "")).unwrap();
    let fresh = scored(service, EvaluationKind::Internal, &other);
    assert_ne!(totals(service, &id), before);
    assert_eq!(totals(service, &id), totals(service, &fresh));

    // It is the same after a restart, and what stood before is told.
    let after = totals(service, &id);
    let office = office.restarted();
    assert_eq!(totals(&office.service, &id), after);
    let opened = office.service.open(ME, &id).unwrap();
    let [revision] = opened.dossier().revisions() else {
        panic!("one revision is told");
    };
    assert_eq!(revision.why.reason, "the board weighs anew");
    assert_eq!(
        (revision.from.version.as_str(), revision.to.version.as_str()),
        ("1", "2")
    );
    let (digest, sheet) = office.service.method_sheet(ME, &id).unwrap();
    assert_eq!(digest, Some(Digest::of(&sheet)));
    assert!(String::from_utf8(sheet).unwrap().contains("own version 2"));
}

#[test]
fn answers_whose_criterion_is_gone_or_judged_otherwise_do_not_count_and_are_told() {
    let office = Office::new();
    let service = &office.service;
    let id = scored(
        service,
        EvaluationKind::Internal,
        &set("1", [60, 20, 20], ""),
    );
    let other = r#"id = "own"
title = "Own"
version = "2"
scale = { min = 0, max = 5, step = 0.5 }
category = [{ id = "all", title = "All" }]
criterion = [
  { id = "Y", category = "all", title = "Change", kind = "pass-fail" },
  { id = "Z", category = "all", title = "Report", weight = 100 },
]
"#;
    let (_, preview) = service
        .preview_revision(ME, &id, &revise(other, ""))
        .unwrap();
    let told = preview.dropped.iter();
    let told: Vec<_> = told
        .map(|one| (one.criterion.as_str(), one.answers, one.why))
        .collect();
    assert_eq!(
        told,
        [
            ("X", 2, Why::Gone),
            ("Y", 2, Why::KindChanged),
            ("Z", 1, Why::NotApplicable)
        ]
    );
}

#[test]
fn what_not_applicable_had_replaced_does_not_come_back_when_it_is_not_allowed_any_more() {
    let office = Office::new();
    let service = &office.service;
    let first = set("1", [60, 20, 20], "");
    let id = scored(service, EvaluationKind::Internal, &first);
    let later = b"vendor,criterion,evaluator,score\nAcme,Z,Ana,n/a\nBolt,Z,Bo,3\nAcme,Z,Bo,4\n";
    service
        .file_sheet(ME, &id, &upload("later.csv", later))
        .unwrap();
    let other = set("2", [60, 20, 20], "").replace(", not_applicable = true", "");
    service.revise_method(ME, &id, &revise(&other, "")).unwrap();
    let opened = service.open(ME, &id).unwrap();
    let evaluation = opened.dossier().evaluation();
    let (z, _) = evaluation.set().indexed_criteria().last().unwrap();
    let acme = evaluation.vendor_indices().next().unwrap();
    // Ana's 2 was replaced; only what Bo says stands.
    assert_eq!(evaluation.counted(acme, z).count(), 1);
}

#[test]
fn another_scale_needs_to_be_told_what_every_value_in_use_becomes() {
    let office = Office::new();
    let service = &office.service;
    let id = scored(
        service,
        EvaluationKind::Internal,
        &set("1", [60, 20, 20], ""),
    );
    let other = set(
        "2",
        [60, 20, 20],
        ", scale = { min = 0, max = 10, step = 1 }",
    );
    for (mapping, left) in [
        ("", vec!["2.5", "4"]),
        ("X: 4=8", vec!["2.5"]),
        ("X: 4=8, 2.5=11", vec!["2.5"]),
        ("X: x*3", vec!["2.5", "4"]),
        ("Y: x", vec!["2.5", "4"]),
    ] {
        let told = problems(service.revise_method(ME, &id, &revise(&other, mapping)));
        let [problem] = told.as_slice() else {
            panic!("{mapping}: {told:?}");
        };
        assert_eq!(
            (problem.code, problem.value.as_deref()),
            ("scale-mapping-needed", Some("X"))
        );
        let asked = format!("write what {} become", left.join(", "));
        assert!(
            problem.message.contains(&asked),
            "{mapping}: {}",
            problem.message
        );
        assert!(problem.message.contains("X: x*2+0"), "{}", problem.message);
    }
    for (mapping, code) in [
        ("X 4=8", "not-a-mapping"),
        ("Q: x*2", "not-a-mapping"),
        ("X: 4", "not-a-mapping"),
    ] {
        let told = problems(service.revise_method(ME, &id, &revise(&other, mapping)));
        assert_eq!(told[0].code, code);
    }
    let before = totals(service, &id);
    for mapping in ["X: x*2", "*: x*2", "X: 4=8, 2.5=5"] {
        let (_, preview) = service
            .preview_revision(ME, &id, &revise(&other, mapping))
            .unwrap();
        let ranked = scorecard::scoring::rank(&preview.evaluation, None);
        let ranked: Vec<_> = ranked
            .vendors
            .iter()
            .map(|one| (one.rank, format!("{:?}", one.total)))
            .collect();
        assert_eq!(
            ranked, before,
            "twice the score on twice the scale: {mapping}"
        );
    }
    service
        .revise_method(ME, &id, &revise(&other, "*: x*2"))
        .unwrap();
    let opened = service.open(ME, &id).unwrap();
    let mapping = &opened.dossier().revisions()[0].mapping;
    assert_eq!(mapping.get("X").map(String::as_str), Some("x*2+0"));
    assert_eq!(totals(service, &id), before);
    // A sheet that is withdrawn and restored goes over as well, and new ones are read on the new scale.
    service.withdraw_sheet(ME, &id, 1, "to see").unwrap();
    service.restore_sheet(ME, &id, 1, "seen").unwrap();
    assert_eq!(totals(service, &id), before);
    let more = b"vendor,criterion,evaluator,score\nAcme,X,Ana,10\n";
    service
        .file_sheet(ME, &id, &upload("more.csv", more))
        .unwrap();
    let after = totals(service, &id);
    let office = office.restarted();
    assert_eq!(totals(&office.service, &id), after);
}

#[test]
fn a_version_is_another_one_and_a_tender_a_lock_and_a_decision_keep_theirs() {
    let office = Office::new();
    let service = &office.service;
    let first = set("1", [60, 20, 20], "");
    let other = set("2", [10, 70, 20], "");
    let id = scored(service, EvaluationKind::Internal, &first);
    let code = |toml: &str| problems(service.revise_method(ME, &id, &revise(toml, "")))[0].code;
    assert_eq!(code(&first), "same-method");
    assert_eq!(code(&set("1", [10, 70, 20], "")), "same-version");
    assert_eq!(
        code("no set"),
        problems(service.revise_method(ME, &id, &revise("no set", "")))[0].code
    );
    let silent = Revise {
        reason: " ".to_owned(),
        ..revise(&other, "")
    };
    assert_eq!(
        problems(service.revise_method(ME, &id, &silent))[0].code,
        "reason-missing"
    );

    let denied = |id: &EvaluationId| match service.revise_method(ME, id, &revise(&other, "")) {
        Err(Error::Denied(denied)) => denied,
        _ => panic!("it is not denied"),
    };
    let tender = scored(service, EvaluationKind::Tender, &first);
    assert_eq!(denied(&tender), Denied::FixedMethod);
    service.close_scoring(ME, &id).unwrap();
    service.lock_result(ME, &id, "for the board").unwrap();
    assert_eq!(denied(&id), Denied::Locked);
    service.unlock_result(ME, &id, "again").unwrap();
    service.decide(ME, &id, None, "none is good").unwrap();
    assert_eq!(denied(&id), Denied::Decided);
}
