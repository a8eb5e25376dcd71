//! The real program, serving from a directory of its own.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A running server; it ends with the test.
pub struct Server {
    process: Child,
    link: String,
    _data: TempDir,
}

impl Server {
    /// Starts the program and waits for the link it prints.
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// The same, with criteria sets from a directory beside those it ships.
    pub fn offering(sets: &Path) -> Self {
        Self::with(&["--criteria".as_ref(), sets.as_os_str()])
    }

    fn with(arguments: &[&OsStr]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_scorecard"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path().join("data"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let link = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let link = line.split_whitespace().find(|word| word.contains("?t="))?;
                Some(link.to_owned())
            })
            .expect("the server prints a link");
        // Whoever stops reading stops the writer.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            process,
            link,
            _data: data,
        }
    }

    /// The link with the one-time secret.
    pub fn link(&self) -> &str {
        &self.link
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
