//! The `scorecard` binary.

use std::io::{self, BufWriter, IsTerminal};
use std::process::ExitCode;

use scorecard::cli::{self, Streams};

fn main() -> ExitCode {
    let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
    let on_terminal = stderr.is_terminal();
    let mut streams = Streams {
        stdin: &mut stdin.lock(),
        stdout: &mut BufWriter::new(stdout.lock()),
        stderr: &mut stderr.lock(),
        on_terminal,
    };
    cli::run(std::env::args_os(), &mut streams)
}
