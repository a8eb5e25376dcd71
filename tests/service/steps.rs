//! The five steps: what can be done when, and what cannot.

use scorecard::accounts::{Actor, Denied};
use scorecard::evaluation::{EvaluationKind, Phase};
use scorecard::record::EvaluationId;
use scorecard::service::{Assignment, Error, PriceRange, Start, Step, StepState};

use crate::support::{Office, upload};

const ME: Actor = Actor::Local;

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn prices() -> Vec<PriceRange> {
    vec![PriceRange {
        criterion: "CST-TCO".to_owned(),
        floor: "100".to_owned(),
        ceiling: "900".to_owned(),
        currency: "EUR".to_owned(),
    }]
}

fn started(office: &Office, kind: EvaluationKind) -> EvaluationId {
    let start = Start {
        title: "Service desk".to_owned(),
        kind,
        criteria: "itsm-one-afternoon".to_owned(),
        ..Start::default()
    };
    office.service.start(ME, &start).unwrap()
}

fn opened(office: &Office, kind: EvaluationKind) -> EvaluationId {
    let id = started(office, kind);
    let set = office.service.library().find("itsm-one-afternoon").unwrap();
    let ranges = if set.prices_needed().is_empty() {
        Vec::new()
    } else {
        prices()
    };
    office
        .service
        .choose_method(ME, &id, "itsm-one-afternoon", &ranges)
        .unwrap();
    office.service.freeze_method(ME, &id).unwrap();
    id
}

fn now(office: &Office, id: &EvaluationId) -> Option<Step> {
    office.service.open(ME, id).unwrap().progress().now()
}

fn one_score(office: &Office, score: &str) -> Vec<u8> {
    let set = office.service.library().find("itsm-one-afternoon").unwrap();
    let criterion = set.criteria().first().unwrap().id();
    format!("vendor,criterion,evaluator,score\nAcme,{criterion},Ana,{score}\n").into_bytes()
}

#[test]
fn an_evaluation_goes_through_its_five_steps() {
    let office = Office::new();
    let service = &office.service;
    let id = started(&office, EvaluationKind::Internal);
    assert_eq!(now(&office, &id), Some(Step::Method));
    service
        .choose_method(ME, &id, "itsm-one-afternoon", &prices())
        .unwrap();
    service.freeze_method(ME, &id).unwrap();
    assert_eq!(now(&office, &id), Some(Step::People));
    service
        .add_vendors(ME, &id, &names(&["Acme", "Bolt"]))
        .unwrap();
    service.add_evaluators(ME, &id, &names(&["Ana"])).unwrap();
    assert_eq!(now(&office, &id), Some(Step::HandOut));
    service.hand_out(ME, &id, &names(&["ana"])).unwrap();
    assert_eq!(now(&office, &id), Some(Step::Collect));
    service
        .file_sheet(ME, &id, &upload("ana.csv", &one_score(&office, "3")))
        .unwrap();
    assert_eq!(now(&office, &id), Some(Step::Collect));
    service.close_scoring(ME, &id).unwrap();
    assert_eq!(now(&office, &id), Some(Step::Decide));
    service
        .decide(ME, &id, Some("acme"), "best for us")
        .unwrap();
    let last = service.open(ME, &id).unwrap();
    assert_eq!(last.progress().now(), None);
    assert!(
        last.progress()
            .steps
            .iter()
            .all(|(_, state)| *state == StepState::Done)
    );
    assert_eq!(
        last.dossier().decision().unwrap().vendor.as_deref(),
        Some("Acme")
    );
}

#[test]
fn a_method_cannot_be_frozen_without_the_prices_it_needs() {
    let office = Office::new();
    let id = started(&office, EvaluationKind::Internal);
    office
        .service
        .choose_method(ME, &id, "itsm-mid-market", &[])
        .unwrap();
    let Err(Error::Fields(problems)) = office.service.freeze_method(ME, &id) else {
        panic!("the method is frozen without a price range");
    };
    assert_eq!(problems[0].code, "price-range-needed");
    assert_eq!(problems[0].field, "prices.CST-TCO");
}

#[test]
fn a_frozen_method_opens_again_until_the_first_sheet() {
    let office = Office::new();
    let service = &office.service;
    let id = opened(&office, EvaluationKind::Internal);
    let refused = service.choose_method(ME, &id, "itsm-mid-market", &prices());
    assert!(matches!(refused, Err(Error::Denied(Denied::MethodFrozen))));
    service.reopen_method(ME, &id, "wrong set").unwrap();
    service
        .choose_method(ME, &id, "itsm-mid-market", &prices())
        .unwrap();
    service
        .choose_method(ME, &id, "itsm-one-afternoon", &prices())
        .unwrap();
    service.freeze_method(ME, &id).unwrap();
    service
        .file_sheet(ME, &id, &upload("ana.csv", &one_score(&office, "3")))
        .unwrap();
    let refused = service.reopen_method(ME, &id, "too late");
    assert!(matches!(refused, Err(Error::Denied(Denied::HasSheets))));
}

#[test]
fn every_way_back_asks_for_a_reason() {
    let office = Office::new();
    let service = &office.service;
    let id = opened(&office, EvaluationKind::Internal);
    service
        .file_sheet(ME, &id, &upload("ana.csv", &one_score(&office, "3")))
        .unwrap();
    let without = |result: Result<_, Error>| match result {
        Err(Error::Fields(problems)) => problems[0].code == "reason-missing",
        _ => false,
    };
    assert!(without(service.withdraw_sheet(ME, &id, 1, "  ")));
    assert!(without(service.restore_sheet(ME, &id, 1, "")));
    assert!(without(service.exclude_vendor(ME, &id, "Acme", "\n")));
    assert!(without(service.readmit_vendor(ME, &id, "Acme", "")));
    assert!(without(service.recuse_evaluator(ME, &id, "Ana", None, "")));
    assert!(without(service.return_evaluator(ME, &id, "Ana", None, "")));
    assert!(without(service.reopen_method(ME, &id, "")));
    assert!(without(service.reopen_scoring(ME, &id, "")));
    assert!(without(service.decide(ME, &id, None, "")));
    assert!(without(service.take_back_decision(ME, &id, "")));
}

#[test]
fn what_is_taken_back_leaves_the_result_as_it_was() {
    let office = Office::new();
    let service = &office.service;
    let id = service.start_sample(ME).unwrap();
    let totals = || -> Vec<_> {
        let opened = service.open(ME, &id).unwrap();
        opened
            .scorecard(None)
            .vendors
            .iter()
            .map(|one| (one.vendor, one.rank_range, one.total.clone()))
            .collect()
    };
    let before = totals();
    let vendor = "Ostervane Service (fictional)";
    service.exclude_vendor(ME, &id, vendor, "withdrew").unwrap();
    assert_ne!(totals(), before);
    service
        .readmit_vendor(ME, &id, vendor, "came back")
        .unwrap();
    assert_eq!(totals(), before);
    service
        .recuse_evaluator(
            ME,
            &id,
            "Ines Halloran",
            Some(vendor),
            "her brother works there",
        )
        .unwrap();
    assert_ne!(totals(), before);
    service
        .return_evaluator(
            ME,
            &id,
            "Ines Halloran",
            Some(vendor),
            "it was another company",
        )
        .unwrap();
    assert_eq!(totals(), before);
    service.withdraw_sheet(ME, &id, 1, "wrong file").unwrap();
    assert_ne!(totals(), before);
    service.restore_sheet(ME, &id, 1, "it was right").unwrap();
    assert_eq!(totals(), before);
    let office = office.restarted();
    let opened = office.service.open(ME, &id).unwrap();
    let after: Vec<_> = opened
        .scorecard(None)
        .vendors
        .iter()
        .map(|one| (one.vendor, one.rank_range, one.total.clone()))
        .collect();
    assert_eq!(after, before);
}

#[test]
fn doing_the_same_twice_is_recorded_once() {
    let office = Office::new();
    let service = &office.service;
    let id = service.start_sample(ME).unwrap();
    let vendor = "Tamwick Flow (fictional)";
    let once = service
        .exclude_vendor(ME, &id, vendor, "withdrew")
        .unwrap()
        .dossier()
        .head();
    let twice = service
        .exclude_vendor(ME, &id, vendor, "withdrew")
        .unwrap()
        .dossier()
        .head();
    assert_eq!(once, twice);
    let once = service
        .withdraw_sheet(ME, &id, 1, "wrong")
        .unwrap()
        .dossier()
        .head();
    let twice = service
        .withdraw_sheet(ME, &id, 1, "wrong")
        .unwrap()
        .dossier()
        .head();
    assert_eq!(once, twice);
    let added = service
        .add_vendors(ME, &id, &names(&["tamwick  flow (FICTIONAL)"]))
        .unwrap()
        .dossier()
        .head();
    assert_eq!(added, twice);
}

#[test]
fn a_name_that_a_sheet_uses_stays_on_the_list_and_another_one_goes() {
    let office = Office::new();
    let service = &office.service;
    let id = service.start_sample(ME).unwrap();
    service
        .add_vendors(ME, &id, &names(&["Zebra", "Typo"]))
        .unwrap();
    service
        .exclude_vendor(ME, &id, "Zebra", "no offer")
        .unwrap();
    let refused = service.remove_vendor(ME, &id, "Tamwick Flow (fictional)");
    assert!(matches!(refused, Err(Error::Refused(_))));
    let after = service.remove_vendor(ME, &id, "typo").unwrap();
    let shown: Vec<&str> = after
        .dossier()
        .evaluation()
        .vendors()
        .names()
        .iter()
        .map(scorecard::table::Name::shown)
        .collect();
    assert_eq!(shown.last(), Some(&"Zebra"));
    assert_eq!(shown.len(), 5);
    let after = service.remove_vendor(ME, &id, "Zebra").unwrap();
    assert!(after.dossier().exclusions().is_empty());
    let refused = service.remove_evaluator(ME, &id, "Ines Halloran");
    assert!(matches!(refused, Err(Error::Refused(_))));
    let after = service.remove_evaluator(ME, &id, "Mei Lindqvist");
    // The prices name her.
    assert!(matches!(after, Err(Error::Refused(_))));
}

#[test]
fn what_is_assigned_is_owed_and_nothing_else() {
    let office = Office::new();
    let service = &office.service;
    let id = opened(&office, EvaluationKind::Internal);
    service
        .add_vendors(ME, &id, &names(&["Acme", "Bolt"]))
        .unwrap();
    service
        .add_evaluators(ME, &id, &names(&["Ana", "Ben"]))
        .unwrap();
    let set = office
        .service
        .library()
        .find("itsm-one-afternoon")
        .unwrap()
        .clone();
    let category = set.categories().first().unwrap().id().to_owned();
    let (index, _) = set.indexed_categories().next().unwrap();
    let within = set
        .indexed_criteria()
        .filter(|(criterion, _)| set.is_within(*criterion, index))
        .count();
    service
        .assign(ME, &id, "Ana", &Assignment::Categories(vec![category]))
        .unwrap();
    let after = service.hand_out(ME, &id, &names(&["Ana", "Ben"])).unwrap();
    let progress = after.progress();
    assert_eq!(progress.evaluators[0].owed.len(), within.saturating_mul(2));
    assert_eq!(
        progress.evaluators[1].owed.len(),
        after.dossier().scored_criteria().count().saturating_mul(2)
    );
    let refused = service.assign(ME, &id, "Ana", &Assignment::Categories(names(&["nowhere"])));
    assert!(matches!(refused, Err(Error::Fields(_))));
}

#[test]
fn a_closed_evaluation_takes_no_sheet_until_it_is_opened_again() {
    let office = Office::new();
    let service = &office.service;
    let id = opened(&office, EvaluationKind::Tender);
    service
        .file_sheet(ME, &id, &upload("ana.csv", &one_score(&office, "3")))
        .unwrap();
    service.close_scoring(ME, &id).unwrap();
    let refused = service.file_sheet(ME, &id, &upload("ana.csv", &one_score(&office, "4")));
    assert!(matches!(refused, Err(Error::Denied(Denied::ScoringClosed))));
    let reopened = service
        .reopen_scoring(ME, &id, "a sheet was forgotten")
        .unwrap();
    assert_eq!(reopened.dossier().phase(), Phase::Open);
    service
        .file_sheet(ME, &id, &upload("ana.csv", &one_score(&office, "4")))
        .unwrap();
}

#[test]
fn everything_wrong_with_a_start_is_told_at_once() {
    let office = Office::new();
    let start = Start {
        title: " ".to_owned(),
        criteria: "nothing".to_owned(),
        vendors: names(&["Acme", "Ac\u{200b}me"]),
        evaluators: vec!["x".repeat(201)],
        ..Start::default()
    };
    let Err(Error::Fields(problems)) = office.service.start(ME, &start) else {
        panic!("it is started");
    };
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(
        codes,
        [
            "title-missing",
            "unknown-criteria-set",
            "no-name",
            "no-name"
        ]
    );
    assert!(office.service.evaluations(ME).unwrap().is_empty());
}

#[test]
fn the_sample_goes_in_one_step_and_a_real_evaluation_with_sheets_stays() {
    let office = Office::new();
    let service = &office.service;
    let sample = service.start_sample(ME).unwrap();
    let real = opened(&office, EvaluationKind::Internal);
    service
        .file_sheet(ME, &real, &upload("ana.csv", &one_score(&office, "3")))
        .unwrap();
    service.remove(ME, &sample).unwrap();
    assert!(matches!(
        service.open(ME, &sample),
        Err(Error::NoEvaluation)
    ));
    assert!(matches!(
        service.remove(ME, &real),
        Err(Error::Denied(Denied::Kept))
    ));
    let listed: Vec<EvaluationId> = service
        .evaluations(ME)
        .unwrap()
        .into_iter()
        .map(|one| one.id)
        .collect();
    assert_eq!(listed, [real]);
}

#[test]
fn two_people_at_once_both_get_their_sheets_in() {
    let office = Office::new();
    let service = &office.service;
    let id = opened(&office, EvaluationKind::Internal);
    let set = service.library().find("itsm-one-afternoon").unwrap();
    let criterion = set.criteria().first().unwrap().id();
    std::thread::scope(|threads| {
        for person in 0..8 {
            let id = &id;
            threads.spawn(move || {
                let text = format!(
                    "vendor,criterion,evaluator,score\nAcme,{criterion},Person {person},3\n"
                );
                service
                    .file_sheet(ME, id, &upload("mine.csv", text.as_bytes()))
                    .unwrap();
            });
        }
    });
    let opened = service.open(ME, &id).unwrap();
    let mut numbers: Vec<u32> = opened
        .dossier()
        .filings()
        .iter()
        .map(|filing| filing.number)
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(opened.dossier().evaluation().evaluators().len(), 8);
}

#[test]
fn a_price_whose_point_may_part_thousands_is_asked_for_again() {
    let office = Office::new();
    let start = Start {
        title: "Service desk".to_owned(),
        criteria: "itsm-mid-market".to_owned(),
        prices: vec![PriceRange {
            criterion: "CST-TCO".to_owned(),
            floor: "250.000".to_owned(),
            ceiling: "900.000".to_owned(),
            currency: "EUR".to_owned(),
        }],
        ..Start::default()
    };
    let Err(Error::Fields(problems)) = office.service.start(ME, &start) else {
        panic!("a price of 250 is taken for one of 250000");
    };
    let told: Vec<_> = problems
        .iter()
        .map(|one| (one.field.as_str(), one.code))
        .collect();
    let ambiguous = "ambiguous-number";
    assert_eq!(
        told,
        [
            ("prices.CST-TCO.floor", ambiguous),
            ("prices.CST-TCO.ceiling", ambiguous)
        ]
    );
}
