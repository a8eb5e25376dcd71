//! Copies that are not what they seem, files of other versions, and who may open a directory.

use std::fs;
use std::path::Path;
use std::process::Command;

use scorecard::record::EvaluationId;
use scorecard::service::evidence;
use scorecard::store::{Archive as _, Look, Sqlite};

use crate::damage::sample;
use crate::kills::{everything_adds_up, run, started};
use crate::process::Process;
use crate::programs::at;
use crate::sheet;

/// The end of a record that a report prints, and whether a bundle of another data directory goes through it.
fn holds(data: &Path, id: &EvaluationId, expected: &str) -> bool {
    let look = Look::at(data).unwrap();
    let bundle = evidence(&look, id, false).unwrap();
    let file = data.with_extension("zip");
    fs::write(&file, &bundle.bytes).unwrap();
    let checked = Command::new(env!("CARGO_BIN_EXE_scorecard"))
        .arg("verify")
        .arg(&file)
        .args(["--expect", expected])
        .output()
        .unwrap();
    let told = String::from_utf8(checked.stdout).unwrap();
    if !checked.status.success() {
        assert!(told.contains("DIFFERS  the record goes through"), "{told}");
    }
    checked.status.success()
}

fn head(server: &Process, id: &str) -> String {
    let state = server.ask(&at(id)).is(200).json();
    state["record"].as_str().unwrap().to_owned()
}

#[test]
fn a_copy_without_its_log_and_a_file_of_yesterday_are_found_by_the_printed_end_of_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy"));
    let yesterday = folder.path().join("yesterday");
    for made in [&data, &copy] {
        fs::create_dir(made).unwrap();
    }
    let server = Process::start(&data, &[]);
    let id = started(&server);
    let first = sheet("ITIL-INC", "first");
    server
        .upload(&id, "a.csv", first.as_bytes(), "Ana")
        .unwrap()
        .is(201);
    let backup = folder.path().join("monday.backup");
    let made = run(&["backup", backup.to_str().unwrap()], &data);
    assert!(made.status.success());
    let printed_yesterday = head(&server, &id);
    // What a checkpoint moved into the file stays there; what came after it lies in the log alone.
    server.kill();
    drop(Sqlite::open(&data).unwrap());
    let server = Process::start(&data, &[]);
    let second = sheet("ITIL-REQ", "second");
    server
        .upload(&id, "b.csv", second.as_bytes(), "Ben")
        .unwrap()
        .is(201);
    let printed = head(&server, &id);
    assert_ne!(printed, printed_yesterday);

    fs::copy(data.join("scorecard.db"), copy.join("scorecard.db")).unwrap();
    let evaluation: EvaluationId = id.parse().unwrap();
    assert!(holds(&data, &evaluation, &printed));
    // The copy is whole in itself, which is what makes it dangerous.
    everything_adds_up(&copy);
    assert!(!holds(&copy, &evaluation, &printed));
    assert!(holds(&copy, &evaluation, &printed_yesterday));

    let restored = run(&["restore", backup.to_str().unwrap()], &yesterday);
    assert!(restored.status.success());
    everything_adds_up(&yesterday);
    assert!(!holds(&yesterday, &evaluation, &printed));
    assert!(holds(&yesterday, &evaluation, &printed_yesterday));
}

#[test]
fn a_second_service_is_refused_at_once_and_told_whose_the_directory_is() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let first = Process::start(&data, &[]);
    let second = run(&["serve", "--no-login", "--listen", "127.0.0.1:0"], &data);
    assert_eq!(second.status.code(), Some(1));
    let told = String::from_utf8(second.stderr).unwrap();
    let named = format!("is in use by process {}", first.id());
    assert!(told.contains(&named), "{told}");
    assert_eq!(first.ask("/health/ready").status, 200);
    // Killed, it leaves no lock that somebody would have to remove.
    first.kill();
    assert_eq!(Process::start(&data, &[]).ask("/health/ready").status, 200);
}

#[test]
fn a_file_of_any_older_version_is_brought_up_whole_and_one_of_a_newer_is_left_alone() {
    let (_folder, data, id) = sample();
    let path = data.join("scorecard.db");
    let honest = fs::read(&path).unwrap();
    let known = Look::at(&data).unwrap().versions().1;
    for later in [known + 1, known + 40, u32::MAX >> 1] {
        let mut bytes = honest.clone();
        bytes[60..64].copy_from_slice(&later.to_be_bytes());
        fs::write(&path, &bytes).unwrap();
        let refused = run(&["serve", "--no-login", "--listen", "127.0.0.1:0"], &data);
        assert_eq!(refused.status.code(), Some(1));
        let told = String::from_utf8(refused.stderr).unwrap();
        assert!(told.contains("by a newer version of scorecard"), "{told}");
        assert!(fs::read(&path).unwrap() == bytes, "it was touched");
    }
    fs::write(&path, &honest).unwrap();
    let log = Sqlite::open(&data).unwrap().log(&id).unwrap().unwrap();
    assert!(!log.is_empty());

    // Backups of released versions, one for each version of the tables.
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/store");
    let Ok(entries) = fs::read_dir(&fixtures) else {
        return;
    };
    for entry in entries {
        let backup = entry.unwrap().path();
        let data = tempfile::tempdir().unwrap();
        let into = data.path().join("data");
        let restored = run(&["restore", backup.to_str().unwrap()], &into);
        let told = String::from_utf8(restored.stderr).unwrap();
        assert!(restored.status.success(), "{}: {told}", backup.display());
        everything_adds_up(&into);
        assert_eq!(Look::at(&into).unwrap().versions(), (known, known));
    }
}

#[test]
fn a_directory_that_can_only_be_read_is_refused_with_the_path_and_the_right() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    mode(folder.path(), 0o755).unwrap();
    let data = folder.path().join("data");
    drop(Sqlite::open(&data).unwrap());
    for name in ["scorecard.db", "scorecard.lock"] {
        mode(&data.join(name), 0o444).unwrap();
    }
    mode(&data, 0o555).unwrap();
    let program = folder.path().join("scorecard");
    fs::copy(env!("CARGO_BIN_EXE_scorecard"), &program).unwrap();
    let as_nobody = |command: &str| {
        let mut run = Command::new(&program);
        run.args([command, "--listen", "127.0.0.1:0", "--data"])
            .arg(&data);
        // Rights do not hold root back, so that root has somebody else try.
        if fs::metadata("/proc/self").unwrap().uid() == 0 {
            run.uid(65534).gid(65534);
        }
        run.output().unwrap()
    };
    let refused = as_nobody("serve");
    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains(data.to_str().unwrap()), "{told}");
    assert!(
        told.contains("the right to read, write and enter"),
        "{told}"
    );
    let looked = as_nobody("doctor");
    let told = String::from_utf8(looked.stdout).unwrap();
    assert!(told.contains("fault    rights"), "{told}");
}
