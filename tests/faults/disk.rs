//! A disk that fills up: told before it is full, refused when it is, and gone on with once there is room.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::kills::started;
use crate::process::Process;
use crate::programs::at;
use crate::{say, sheet};

/// A program in a world of its own where its data directory is a disk of three megabytes, of which one is to stay free; none
/// where the system forbids that.
fn on_a_small_disk(data: &Path) -> Option<Process> {
    let script = format!(
        "mount -t tmpfs -o size=3m disk '{}' && export SCORECARD_MIN_FREE=1 && exec \"$@\"",
        data.display()
    );
    let through = ["unshare", "-rm", "sh", "-c", &script, "sh"];
    let try_out = Command::new(through[0])
        .args(&through[1..])
        .arg("true")
        .stderr(Stdio::null())
        .status();
    if try_out.is_ok_and(|status| status.success()) {
        return Some(Process::start(data, &through));
    }
    say(format_args!(
        "this system lets nobody mount a disk of their own: not tried"
    ));
    None
}

#[test]
fn a_disk_that_fills_up_is_told_before_it_is_full_refuses_what_is_new_and_recovers() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let Some(server) = on_a_small_disk(&data) else {
        return;
    };
    let id = started(&server);
    // The disk is seen from outside through the process that has it.
    let inside = format!("/proc/{}/root{}", server.id(), data.display());
    let ballast = PathBuf::from(inside).join("ballast");
    std::fs::write(&ballast, vec![0; 1024 * 1024]).unwrap();
    let is_ready = || server.ask("/health/ready").status == 200;
    assert!(is_ready());
    let (mut filed, mut filed_when_red) = (0, None);
    while add(&server, &id, filed) {
        filed += 1;
        if filed_when_red.is_none() && !is_ready() {
            filed_when_red = Some(filed);
        }
    }
    // There was room for more when it was told, and it was told to the end.
    assert!(
        filed_when_red.is_some_and(|when| when < filed),
        "{filed_when_red:?} of {filed}"
    );
    assert!(!is_ready());
    let listed = || {
        let list = server.ask(&format!("{}/sheets", at(&id))).is(200).json();
        list["sheets"].as_array().unwrap().len()
    };
    assert_eq!(listed(), filed);
    server.ask(&format!("{}/ranking", at(&id))).is(200);
    server
        .ask(&format!("{}/sheets/1/original", at(&id)))
        .is(200);
    assert_eq!(server.ask("/health/live").status, 200);
    std::fs::remove_file(&ballast).unwrap();
    assert!(add(&server, &id, filed));
    assert_eq!(listed(), filed + 1);
}

/// Files a sheet; whether there was room for it.
fn add(server: &Process, id: &str, count: usize) -> bool {
    let text = sheet("ITIL-INC", &format!("{count} {}", "x".repeat(30_000)));
    let name = format!("Person {count}");
    let answer = server.upload(id, "bulk.csv", text.as_bytes(), &name);
    let answer = answer.unwrap();
    if answer.status != 201 {
        let told = answer.problem(507, "disk-full");
        assert!(told["detail"].as_str().unwrap().contains("disk"), "{told}");
    }
    answer.status == 201
}
