//! Killed at any moment: what was acknowledged is there, whole, and nothing is half there.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::Duration;

use scorecard::record::Head;
use scorecard::store::{Archive as _, Sqlite};

use crate::support::{Filed, begin, child, given_data, id, say, whole};

const ROUNDS: u64 = 40;
const WRITERS: u8 = 4;

/// Goes on with every log, one thread each, and says what was acknowledged.
#[test]
#[ignore = "is run, and killed, by the test below"]
fn recording_until_killed() {
    let store = Sqlite::open(&given_data()).unwrap();
    std::thread::scope(|threads| {
        for number in 0..WRITERS {
            let store = &store;
            threads.spawn(move || {
                let known = store.log(&id(number)).unwrap();
                let mut head = match known.as_ref().and_then(|log| log.last()) {
                    Some(last) => last.head(),
                    None => begin(store, &id(number)),
                };
                loop {
                    let next = Filed::after(&head, &id(number), 3000);
                    next.record(store).unwrap();
                    head = next.event.head();
                    say(format!("acknowledged {number} {head}"));
                }
            });
        }
    });
}

#[test]
fn killed_at_any_moment_it_has_kept_what_it_acknowledged() {
    let program = std::env::current_exe().unwrap();
    let data = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    let mut before: HashMap<u8, Head> = HashMap::new();
    for round in 0..ROUNDS {
        let mut command = child(&program, "killed::recording_until_killed", data.path());
        let mut running = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(running.stdout.take().unwrap());
        let mut first = String::new();
        while !first.contains("acknowledged") {
            first.clear();
            assert!(
                said.read_line(&mut first).unwrap() > 0,
                "it ended by itself"
            );
        }
        std::thread::sleep(Duration::from_micros(round * 1237 % 40_000));
        running.kill().unwrap();
        running.wait().unwrap();
        let mut last: HashMap<u8, String> = HashMap::new();
        let rest = said.lines().map(Result::unwrap);
        for line in std::iter::once(first.trim().to_owned()).chain(rest) {
            let Some((_, line)) = line.split_once("acknowledged ") else {
                continue;
            };
            // The last line may be cut off by the kill.
            if let Some((number, head)) = line.split_once(' ').filter(|(_, head)| head.len() > 65) {
                acknowledged += 1;
                last.insert(number.parse().unwrap(), head.to_owned());
            }
        }
        let store = Sqlite::open(data.path()).unwrap();
        for number in 0..WRITERS {
            let Some(found) = whole(&store, &id(number)) else {
                assert!(!last.contains_key(&number));
                continue;
            };
            let kept = before.get(&number).map_or(0, Head::seq);
            assert!(found.seq() >= kept, "what an earlier start kept is gone");
            if let Some(head) = last.get(&number) {
                let log = store.log(&id(number)).unwrap().unwrap();
                let is_there = log.iter().any(|sealed| sealed.head().to_string() == *head);
                assert!(is_there, "round {round}: {head} was acknowledged");
            }
            before.insert(number, found);
        }
    }
    assert!(acknowledged > ROUNDS, "{acknowledged}");
}
