//! How long somebody who signed in stays in, by a clock that is set by hand.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::blocking::Client;

use crate::accounts::{PASSWORD, administrator, asking, get, post, sign_in, user};
use crate::support::{TestApp, Wound};

const START: &str = "2026-11-26T09:00:00Z";

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

/// Whether a browser is let in; one that is not is sent to sign in.
#[track_caller]
fn is_in(app: &TestApp, browser: &Client) -> bool {
    let status = get(app, browser, "/account").status();
    assert!([200, 303].contains(&status.as_u16()), "{status}");
    status == 200
}

/// Waits until it is noted that a browser was in use, which happens behind an answer.
#[track_caller]
fn is_noted(app: &TestApp, browser: &Client, moment: &str) {
    let used = format!("last used {moment}");
    let mut pages = (0..500).map(|_| {
        std::thread::sleep(Duration::from_millis(5));
        get(app, browser, "/account").text().unwrap()
    });
    assert!(pages.any(|page| page.contains(&used)), "{used}");
}

#[test]
fn who_does_nothing_for_an_hour_is_out_and_who_goes_on_stays() {
    let clock = Wound::at(START);
    let app = TestApp::by(&clock, asking());
    let root = administrator(&app);
    let idle = user(&app, &root, "ana");
    clock.by(minutes(59));
    is_noted(&app, &root, "2026-11-26 09:59");
    clock.by(minutes(1));
    assert!(is_in(&app, &root));
    assert!(!is_in(&app, &idle));
    let (again, answer) = sign_in(&app, "ana", PASSWORD);
    assert_eq!(answer.status(), 303);
    assert!(is_in(&app, &again));
    assert!(!is_in(&app, &idle));
}

#[test]
fn twelve_hours_are_the_most_however_busy_somebody_is() {
    let clock = Wound::at(START);
    let app = TestApp::by(&clock, asking());
    let root = administrator(&app);
    for hour in 9..20 {
        for minute in [30, 59] {
            clock.by(minutes(if minute == 30 { 30 } else { 29 }));
            is_noted(&app, &root, &format!("2026-11-26 {hour:02}:{minute}"));
        }
        clock.by(minutes(1));
    }
    clock.by(minutes(30));
    is_noted(&app, &root, "2026-11-26 20:30");
    clock.by(minutes(29));
    assert!(is_in(&app, &root));
    clock.by(minutes(1));
    assert!(!is_in(&app, &root));
}

#[test]
fn a_clock_that_is_set_back_lets_nobody_stay_longer() {
    let clock = Wound::at(START);
    let app = TestApp::by(&clock, asking());
    let root = administrator(&app);
    clock.by(minutes(-61));
    assert!(!is_in(&app, &root));
    let (back, answer) = sign_in(&app, "root", PASSWORD);
    assert_eq!(answer.status(), 303);
    assert!(is_in(&app, &back));
    clock.by(SignedDuration::from_hours(10 * 365 * 24));
    assert!(!is_in(&app, &back));
}

#[test]
fn the_password_counts_for_five_minutes_and_is_then_asked_again() {
    let clock = Wound::at(START);
    let app = TestApp::by(&clock, asking());
    let root = administrator(&app);
    let home = crate::accounts::sample(&app, &root);
    let asks = || {
        let form = [("what", "lock"), ("reason", "The board meets")];
        let answer = post(&app, &root, &format!("{home}/decide"), &form);
        answer
            .headers()
            .get("location")
            .is_some_and(|to| to.to_str().unwrap().contains("/confirm"))
            || answer.text().unwrap().contains("type=\"password\"")
    };
    assert!(!asks());
    clock.by(minutes(4));
    assert!(!asks());
    clock.by(minutes(1));
    assert!(asks());
}
