//! Tailoring through the service: what is on record is what was done, and it comes back after a restart.

use scorecard::accounts::{Actor, Denied};
use scorecard::criteria::{Stakeholder, Wishes};
use scorecard::record::{Change, EvaluationId};
use scorecard::service::{Error, Start};
use scorecard::store::{Archive, Sqlite};

use crate::support::Office;

const ME: Actor = Actor::Local;

fn started(office: &Office) -> EvaluationId {
    let start = Start {
        title: "Service desk".to_owned(),
        criteria: "itsm-one-afternoon".to_owned(),
        ..Start::default()
    };
    office.service.start(ME, &start).unwrap()
}

fn wishes() -> Wishes {
    Wishes {
        drop: vec!["scale".to_owned(), "ITIL-REQ".to_owned()],
        price_share: "17,50".to_owned(),
        categories: vec![("security".to_owned(), "20".to_owned())],
        stakeholders: vec![Stakeholder {
            title: "CFO".to_owned(),
            points: vec![
                ("cost".to_owned(), "70".to_owned()),
                ("security".to_owned(), "30".to_owned()),
            ],
            ..Stakeholder::default()
        }],
        ..Wishes::default()
    }
}

#[test]
fn what_was_done_stands_in_the_log_and_the_set_comes_back_after_a_restart() {
    let office = Office::new();
    let id = started(&office);
    let head = |office: &Office| office.service.open(ME, &id).unwrap().dossier().head();
    let before = head(&office);
    let (_, preview) = office.service.check_tailoring(ME, &id, &wishes()).unwrap();
    assert_eq!(head(&office), before, "a look stores nothing");
    let opened = office.service.tailor_method(ME, &id, &wishes()).unwrap();
    let sha256 = opened.dossier().set().sha256().to_owned();
    assert_eq!(sha256, preview.set.sha256());

    let office = office.restarted();
    let opened = office.service.open(ME, &id).unwrap();
    assert_eq!(opened.dossier().set().sha256(), sha256);
    assert_eq!(
        office.service.evaluations(ME).unwrap()[0]
            .set
            .sha256
            .to_string(),
        sha256
    );
    let data = office.data;
    drop(office.service);
    let log = Sqlite::open(data.path())
        .unwrap()
        .log(&id)
        .unwrap()
        .unwrap();
    let Change::MethodTailored {
        dropped,
        dropped_lenses,
        price_share,
        categories,
        lenses,
        set,
    } = &log.last().unwrap().event().change
    else {
        unreachable!("the last event is another one");
    };
    assert_eq!(dropped, &["scale", "ITIL-REQ"]);
    assert!(dropped_lenses.is_empty());
    assert_eq!(price_share.as_deref(), Some("17.5"));
    assert_eq!(categories["security"], "20");
    assert_eq!(
        (lenses[0].id.as_str(), lenses[0].points["cost"].as_str()),
        ("cfo", "70")
    );
    assert_eq!(set.sha256.to_string(), sha256);
}

#[test]
fn once_the_method_is_frozen_nothing_is_tailored_and_nothing_is_shown_as_if_it_were() {
    let office = Office::new();
    let id = started(&office);
    let without_price = Wishes {
        drop: vec!["cost".to_owned()],
        ..Wishes::default()
    };
    office
        .service
        .tailor_method(ME, &id, &without_price)
        .unwrap();
    office.service.freeze_method(ME, &id).unwrap();
    let late = Wishes {
        drop: vec!["security".to_owned()],
        ..Wishes::default()
    };
    for refused in [
        office.service.tailor_method(ME, &id, &late).err(),
        office.service.check_tailoring(ME, &id, &late).err(),
    ] {
        assert!(
            matches!(refused, Some(Error::Denied(Denied::MethodFrozen))),
            "{refused:?}"
        );
    }
}
