//! The data directory: whose it is, who has it open, and how much room it has.

use std::path::{Path, PathBuf};

use crate::store::{Holder, closed_to_us, free_space, holder, open_to_others};

use super::Finding;

pub(super) fn examine(data: &Path, floor: u64) -> Vec<Finding> {
    vec![rights(data), secrecy(data), room(data, floor), lock(data)]
}

fn rights(data: &Path) -> Finding {
    let closed = closed_to_us(data);
    if closed.is_empty() {
        let told = format!("{} can be read and written", data.display());
        return Finding::ok("rights", told);
    }
    Finding::fault(
        "rights",
        format!("this user may not read and write {}", listed(&closed)),
        "give the user who runs scorecard the right to read, write and enter the data directory and to read and write the \
         files in it, or run this as that user",
    )
}

fn secrecy(data: &Path) -> Finding {
    let open = open_to_others(data);
    if open.is_empty() {
        return Finding::ok("secrecy", "other users of this machine cannot look into it");
    }
    Finding::warning(
        "secrecy",
        format!(
            "other users of this machine can look into {}",
            listed(&open)
        ),
        format!(
            "close it with: chmod go= {}",
            listed(&open).replace(", ", " ")
        ),
    )
}

fn room(data: &Path, floor: u64) -> Finding {
    let left = match free_space(data) {
        Ok(left) => left,
        Err(why) => {
            return Finding::fault(
                "space",
                format!("how much room the disk has cannot be found out: {why}"),
                "look at the disk of the data directory",
            );
        }
    };
    let told = format!("{} MiB of its disk are free", left >> 20);
    if left >= floor {
        return Finding::ok("space", told);
    }
    Finding::fault(
        "space",
        format!("{told}, less than the {} MiB of --min-free", floor >> 20),
        "make room on the disk, or move the data directory to a larger one while the service is stopped",
    )
}

fn lock(data: &Path) -> Finding {
    match holder(data) {
        Ok(Holder::Nobody) => Finding::ok("lock", "no process has it open"),
        Ok(Holder::Process(Some(pid))) => Finding::ok("lock", format!("process {pid} has it open")),
        Ok(Holder::Process(None)) => {
            Finding::ok("lock", "a process has it open that has not said its number")
        }
        Err(why) => Finding::fault(
            "lock",
            format!("its lock file cannot be read: {why}"),
            "give the user who runs scorecard the right to read and write scorecard.lock",
        ),
    }
}

fn listed(paths: &[PathBuf]) -> String {
    let paths: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    paths.join(", ")
}
