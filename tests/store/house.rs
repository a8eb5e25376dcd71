//! The log of the house: appended to, never changed; and the keys that change with it.

use jiff::Timestamp;
use scorecard::accounts::{Fingerprint, Login, Session};
use scorecard::record::{Head, HouseChange, HouseSealed};
use scorecard::store::{
    Archive as _, KeyChange, LinkKey, Sqlite, Store as _, StoreError, TokenKey,
};

use crate::support::database;

fn ana() -> Login {
    Login::parse("ana").unwrap()
}

fn created(after: &Head) -> HouseSealed {
    let change = HouseChange::UserCreated {
        user: ana(),
        administrator: true,
    };
    HouseSealed::seal(after, Timestamp::UNIX_EPOCH, "console", change)
}

fn session(secret: &str, seen: i64) -> Session {
    Session {
        fingerprint: Fingerprint::of(secret),
        login: ana(),
        made: Timestamp::UNIX_EPOCH,
        seen: Timestamp::from_second(seen).unwrap(),
        confirmed: Timestamp::UNIX_EPOCH,
        device: "Firefox".to_owned(),
    }
}

#[test]
fn what_is_recorded_of_the_house_is_read_back_and_goes_on_where_it_ended() {
    let data = tempfile::tempdir().unwrap();
    let store = Sqlite::open(data.path()).unwrap();
    assert!(store.house().unwrap().is_empty());
    let first = created(&Head::NONE);
    store
        .record_house(std::slice::from_ref(&first), &[])
        .unwrap();
    // The same place again, as from somebody who has not read on.
    let late = store.record_house(std::slice::from_ref(&first), &[]);
    assert!(matches!(late, Err(StoreError::Stale)));
    drop(store);
    let store = Sqlite::open(data.path()).unwrap();
    assert_eq!(store.house().unwrap(), [first]);
}

#[test]
fn nobody_changes_or_removes_an_event_of_the_house_and_who_gets_around_that_is_found() {
    let data = tempfile::tempdir().unwrap();
    let store = Sqlite::open(data.path()).unwrap();
    store.record_house(&[created(&Head::NONE)], &[]).unwrap();
    let tampered = database(data.path());
    let change = "UPDATE house_events SET payload = replace(payload, 'true', 'false')";
    assert!(tampered.execute(change, []).is_err());
    assert!(tampered.execute("DELETE FROM house_events", []).is_err());
    tampered
        .execute_batch("DROP TRIGGER house_events_are_not_changed")
        .unwrap();
    tampered.execute(change, []).unwrap();
    assert!(matches!(store.house(), Err(StoreError::BrokenHouse(_))));
}

#[test]
fn keys_change_with_the_event_that_tells_of_it_or_not_at_all() {
    let data = tempfile::tempdir().unwrap();
    let store = Sqlite::open(data.path()).unwrap();
    let password = KeyChange::SetPassword(ana(), "$argon2id$1".to_owned());
    let first = created(&Head::NONE);
    store
        .record_house(
            std::slice::from_ref(&first),
            std::slice::from_ref(&password),
        )
        .unwrap();
    let other = KeyChange::SetPassword(ana(), "$argon2id$2".to_owned());
    store
        .record_house(&[first], std::slice::from_ref(&other))
        .unwrap_err();
    let kept = store.keys().unwrap().passwords;
    assert_eq!(kept, [(ana(), "$argon2id$1".to_owned())]);
}

#[test]
fn sessions_tokens_and_links_come_change_and_go() {
    let data = tempfile::tempdir().unwrap();
    let store = Sqlite::open(data.path()).unwrap();
    let token = |used| TokenKey {
        fingerprint: Fingerprint::of("token"),
        login: ana(),
        used,
    };
    let link = LinkKey {
        fingerprint: Fingerprint::of("link"),
        login: None,
        until: Timestamp::UNIX_EPOCH,
    };
    let used = Timestamp::from_second(7).unwrap();
    let write = |keys: &[KeyChange]| store.record_house(&[], keys).unwrap();
    write(&[
        KeyChange::KeepSession(session("a", 1)),
        KeyChange::KeepSession(session("b", 1)),
        KeyChange::KeepSession(session("a", 5)),
        KeyChange::KeepToken(token(None)),
        KeyChange::KeepToken(token(Some(used))),
        KeyChange::KeepLink(link.clone()),
    ]);
    let keys = store.keys().unwrap();
    assert_eq!(keys.sessions.len(), 2);
    assert!(keys.sessions.contains(&session("a", 5)));
    assert_eq!(keys.tokens, [token(Some(used))]);
    assert_eq!(keys.links, [link]);
    write(&[
        KeyChange::DropSessions(ana(), Some(Fingerprint::of("b"))),
        KeyChange::DropTokens(ana()),
        KeyChange::DropLinks(None),
    ]);
    let keys = store.keys().unwrap();
    assert_eq!(keys.sessions, [session("b", 1)]);
    assert!(keys.tokens.is_empty() && keys.links.is_empty());
    write(&[KeyChange::DropSessions(ana(), None)]);
    assert!(store.keys().unwrap().sessions.is_empty());
}
