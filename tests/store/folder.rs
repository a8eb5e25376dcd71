//! The data directory: private, held by one process, and left alone if it is not ours.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;

use scorecard::store::{OpenError, Sqlite, open_to_others};

use crate::support::{begun, child, database, given_data, id, say, whole};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn only_the_user_who_runs_it_can_look_into_what_it_makes() {
    let above = tempfile::tempdir().unwrap();
    let data = above.path().join("kept/here");
    let _store = begun(&data).0;
    assert_eq!(mode(&data), 0o700);
    for name in ["scorecard.db", "scorecard.db-wal", "scorecard.lock"] {
        assert_eq!(mode(&data.join(name)), 0o600, "{name}");
    }
}

#[test]
fn what_others_can_look_into_is_named() {
    let above = tempfile::tempdir().unwrap();
    let data = above.path().join("kept");
    drop(begun(&data).0);
    let loosen = |path: &Path| fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    assert!(open_to_others(&data).is_empty());
    let database = data.join("scorecard.db");
    loosen(&database);
    assert!(open_to_others(&data).is_empty(), "nobody else gets to it");
    loosen(&data);
    assert_eq!(open_to_others(&data), [data.clone(), database]);
}

#[test]
fn a_store_that_was_closed_leaves_one_file_and_the_lock() {
    let data = tempfile::tempdir().unwrap();
    drop(begun(data.path()));
    let mut names: Vec<_> = fs::read_dir(data.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["scorecard.db", "scorecard.lock"]);
}

#[test]
fn a_second_process_is_refused_and_told_who_has_the_directory() {
    let data = tempfile::tempdir().unwrap();
    let (store, ..) = begun(data.path());
    match Sqlite::open(data.path()) {
        Err(OpenError::InUse { pid, .. }) => assert_eq!(pid, Some(std::process::id())),
        other => panic!("{other:?}"),
    }
    drop(store);
    Sqlite::open(data.path()).unwrap();
}

#[test]
#[ignore = "is run by the test below, as another user"]
fn opening_as_another_user() {
    match Sqlite::open(&given_data()) {
        Ok(_) => say("opened"),
        Err(why) => say(format!("told: {why}")),
    }
}

#[test]
fn a_directory_without_the_rights_is_refused_and_the_right_is_named() {
    // Rights do not hold root back, so that root has somebody else try.
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let above = tempfile::tempdir().unwrap();
    fs::set_permissions(above.path(), Permissions::from_mode(0o755)).unwrap();
    let program = above.path().join("program");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let data = above.path().join("data");
    drop(begun(&data));
    let open = || {
        let mut command = child(&program, "folder::opening_as_another_user", &data);
        if is_root {
            command.uid(65534).gid(65534);
        }
        let output = command.output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let allow = |directory, files| {
        for name in ["scorecard.db", "scorecard.lock"] {
            fs::set_permissions(data.join(name), Permissions::from_mode(files)).unwrap();
        }
        fs::set_permissions(&data, Permissions::from_mode(directory)).unwrap();
    };
    let path = data.display();
    for (directory, files, told) in [
        (
            0o555,
            0o444,
            format!("told: {path} cannot be written by this user"),
        ),
        (
            0o777,
            0o444,
            format!("told: {path} cannot be written by this user"),
        ),
        (0o444, 0o666, format!("told: {path} cannot be")),
    ] {
        allow(directory, files);
        let said = open();
        assert!(said.contains(&told), "{directory:o}, {files:o}: {said}");
        assert!(
            said.contains("give the user who runs scorecard the right"),
            "{said}"
        );
    }
    allow(0o777, 0o666);
    fs::set_permissions(data.join("scorecard.db"), Permissions::from_mode(0o444)).unwrap();
    let said = open();
    let told = format!("told: {path}/scorecard.db cannot be read and written by this user");
    assert!(said.contains(&told), "{said}");
    allow(0o777, 0o666);
    assert!(open().contains("opened"));
}

#[test]
fn a_database_of_a_later_program_and_a_file_that_is_none_are_left_as_they_are() {
    let data = tempfile::tempdir().unwrap();
    let (store, ..) = begun(data.path());
    drop(store);
    let later = database(data.path());
    later.pragma_update(None, "user_version", 99).unwrap();
    drop(later);
    let refused = Sqlite::open(data.path()).unwrap_err().to_string();
    assert!(
        refused.contains("99") || refused.contains("later") || refused.contains("newer"),
        "{refused}"
    );

    let other = tempfile::tempdir().unwrap();
    let text =
        "this is no database, but it is long enough to look like one at first sight".repeat(10);
    std::fs::write(other.path().join("scorecard.db"), &text).unwrap();
    Sqlite::open(other.path()).unwrap_err();
    assert_eq!(
        std::fs::read_to_string(other.path().join("scorecard.db")).unwrap(),
        text
    );
}

#[test]
fn a_database_of_another_program_is_refused_and_left_as_it_is() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().join("scorecard.db");
    let other = database(data.path());
    other
        .execute_batch("CREATE TABLE recipes (name TEXT)")
        .unwrap();
    drop(other);
    let before = fs::read(&path).unwrap();
    let refused = Sqlite::open(data.path()).unwrap_err();
    assert!(matches!(refused, OpenError::Foreign { .. }), "{refused:?}");
    assert!(refused.to_string().contains("belongs to another program"));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_first_start_that_was_killed_half_way_is_a_first_start() {
    let data = tempfile::tempdir().unwrap();
    fs::write(data.path().join("scorecard.db"), "").unwrap();
    fs::write(data.path().join("scorecard.lock"), "4000000\n").unwrap();
    let (store, ..) = begun(data.path());
    assert!(whole(&store, &id(1)).is_some());
}

#[test]
fn a_path_that_is_a_file_is_no_data_directory() {
    let above = tempfile::tempdir().unwrap();
    let path = above.path().join("file");
    fs::write(&path, "mine").unwrap();
    for path in [path.clone(), path.join("below")] {
        let refused = Sqlite::open(&path).unwrap_err();
        assert!(matches!(refused, OpenError::Unusable { .. }), "{refused:?}");
    }
    assert_eq!(fs::read_to_string(path).unwrap(), "mine");
}
