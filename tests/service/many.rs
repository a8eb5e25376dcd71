//! Many evaluations: listed at once, few of them held, none of them twice.

use std::sync::{Arc, Barrier};
use std::time::Instant;

use scorecard::accounts::Actor;
use scorecard::record::EvaluationId;
use scorecard::service::{Error, Service, Start};

use crate::support::Office;

fn start(service: &Service, number: usize) -> EvaluationId {
    let start = Start {
        title: format!("Evaluation {number}"),
        criteria: "itsm-one-afternoon".to_owned(),
        vendors: vec!["Acme".to_owned(), "Bolt".to_owned()],
        ..Start::default()
    };
    service.start(Actor::Local, &start).unwrap()
}

#[test]
fn the_list_of_a_thousand_is_kept_up_to_date_without_reading_them_again() {
    let office = Office::new();
    let service = &office.service;
    let ids: Vec<EvaluationId> = (0..1000).map(|number| start(service, number)).collect();
    let office = office.restarted();
    let service = &office.service;
    let first = Instant::now();
    assert_eq!(service.evaluations(Actor::Local).unwrap().len(), 1000);
    let first = first.elapsed();
    let again = Instant::now();
    assert_eq!(service.evaluations(Actor::Local).unwrap().len(), 1000);
    let again = again.elapsed();
    assert!(again * 4 < first, "{first:?}, then {again:?}");

    service
        .add_vendors(Actor::Local, &ids[3], &["Cobalt".to_owned()])
        .unwrap();
    service.remove(Actor::Local, &ids[4]).unwrap();
    let late = start(service, 1000);
    let list = service.evaluations(Actor::Local).unwrap();
    assert_eq!(list.len(), 1000);
    assert_eq!(list[0].id, late);
    assert!(list.iter().all(|summary| summary.id != ids[4]));
    let office = office.restarted();
    assert_eq!(office.service.evaluations(Actor::Local).unwrap(), list);
}

#[test]
fn people_who_open_and_change_the_same_evaluation_at_once_see_one() {
    let mut office = Office::new();
    for round in 0..10 {
        let id = start(&office.service, round);
        office = office.restarted();
        let service = &office.service;
        let together = Barrier::new(8);
        std::thread::scope(|threads| {
            for person in 0..8 {
                let (together, id) = (&together, &id);
                threads.spawn(move || {
                    together.wait();
                    let vendor = format!("Vendor {person}");
                    service.add_vendors(Actor::Local, id, &[vendor]).unwrap();
                });
            }
        });
        let opened = service.open(Actor::Local, &id).unwrap();
        assert_eq!(opened.dossier().evaluation().vendors().len(), 10);
        let again = service.open(Actor::Local, &id).unwrap();
        assert!(Arc::ptr_eq(&opened, &again));
    }
}

#[test]
fn more_evaluations_than_are_held_open_are_changed_all_the_same() {
    let office = Office::new();
    let service = &office.service;
    let ids: Vec<EvaluationId> = (0..100).map(|number| start(service, number)).collect();
    std::thread::scope(|threads| {
        for person in 0..4 {
            let ids = &ids;
            threads.spawn(move || {
                for id in ids {
                    let vendor = format!("Vendor {person}");
                    service.add_vendors(Actor::Local, id, &[vendor]).unwrap();
                }
            });
        }
    });
    for id in &ids {
        let opened = service.open(Actor::Local, id).unwrap();
        assert_eq!(opened.dossier().evaluation().vendors().len(), 6);
    }
}

#[test]
fn what_is_removed_and_what_never_was_is_not_opened_and_not_changed() {
    let office = Office::new();
    let service = &office.service;
    let id = start(service, 0);
    service.remove(Actor::Local, &id).unwrap();
    for id in [id, EvaluationId::from_random([9; 12])] {
        let opened = service.open(Actor::Local, &id);
        assert!(matches!(opened, Err(Error::NoEvaluation)), "{opened:?}");
        let changed = service.add_vendors(Actor::Local, &id, &["Cobalt".to_owned()]);
        assert!(matches!(changed, Err(Error::NoEvaluation)), "{changed:?}");
    }
}
