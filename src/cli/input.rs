//! Reading what the command line names: criteria sets by id or file, and files of bounded size.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use thiserror::Error;

use crate::criteria::{CriteriaSet, SetLimits, SetProblem, Shipped, find_shipped, shipped};

use super::bytes::Bytes;
use super::telling::Telling;
use super::{Failure, Streams, misuse};

/// The file name that means standard input.
pub(super) const STDIN: &str = "-";

/// Why a file cannot be read.
#[derive(Debug, Error)]
pub(super) enum Unreadable {
    #[error("there is no such file; check the path")]
    NotFound,
    #[error("this is a directory; name a file")]
    Directory,
    #[error("the file cannot be read: {0}")]
    Other(io::Error),
    #[error("the file is not UTF-8 text; save it as UTF-8")]
    NotText,
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::IsADirectory => Self::Directory,
            _ => Self::Other(error),
        }
    }
}

/// The text of a criteria set, and everything that is wrong with it.
#[derive(Debug)]
pub(super) struct RefusedSet {
    pub(super) source: String,
    pub(super) problems: Vec<SetProblem>,
}

/// A criteria set that comes with the program.
pub(super) fn read_shipped(shipped: &Shipped) -> Result<CriteriaSet, RefusedSet> {
    shipped.read().map_err(|problems| RefusedSet {
        source: shipped.source().to_owned(),
        problems,
    })
}

/// Reads a file, or standard input for `-`: at most one byte more than the limit, so that the excess can be noticed.
pub(super) fn read_bounded(
    path: &str,
    limit: usize,
    stdin: &mut dyn Read,
) -> Result<Vec<u8>, Unreadable> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if path == STDIN {
        stdin.take(most).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Reads a score sheet as [`read_bounded`] reads a file.
pub(super) fn read_sheet(
    path: &str,
    limit: usize,
    stdin: &mut dyn Read,
) -> Result<Bytes, Unreadable> {
    if path == STDIN {
        return Ok(Bytes::Few(read_bounded(path, limit, stdin)?));
    }
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    Ok(Bytes::of(File::open(path)?, most)?)
}

/// A criteria set from a file, or everything that is wrong with it.
pub(super) fn read_set(
    path: &str,
    limits: &SetLimits,
    stdin: &mut dyn Read,
) -> Result<Result<CriteriaSet, RefusedSet>, Unreadable> {
    let bytes = read_bounded(path, limits.bytes, stdin)?;
    let source = match String::from_utf8(bytes) {
        Ok(source) => source,
        // Cut in the middle of a character, a file beyond the limit is still that, and not a file that is no text.
        Err(error) if error.as_bytes().len() > limits.bytes => {
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        }
        Err(_) => return Err(Unreadable::NotText),
    };
    let parsed = CriteriaSet::parse(&source, limits);
    Ok(parsed.map_err(|problems| RefusedSet { source, problems }))
}

/// The criteria set that `--criteria` names: a shipped one by id, else a file.
pub(super) fn named_set(
    name: &str,
    limits: &SetLimits,
    streams: &mut Streams<'_>,
) -> Result<CriteriaSet, Failure> {
    let mut telling = Telling::default();
    let read = match find_shipped(name) {
        Some(shipped) => Ok(read_shipped(shipped)),
        None if name == STDIN || Path::new(name).exists() => read_set(name, limits, streams.stdin),
        None => return Err(unknown_set(name)),
    };
    match read {
        Ok(Ok(set)) => return Ok(set),
        Ok(Err(refused)) => telling.set_problems(name, &refused, streams.on_terminal),
        Err(unreadable) => telling.unreadable(name, &unreadable),
    }
    Err(telling.refuse(streams))
}

fn unknown_set(name: &str) -> Failure {
    let ids: Vec<&str> = shipped().iter().map(Shipped::id).collect();
    misuse(format!(
        "there is no criteria set and no file \"{name}\"; give the path of a TOML file, or one of: {}",
        ids.join(", ")
    ))
}
