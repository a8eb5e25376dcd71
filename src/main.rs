//! The `scorecard` binary.

use std::io::{self, BufWriter, IsTerminal};
use std::process::ExitCode;

use scorecard::cli::{self, Streams};

fn main() -> ExitCode {
    let (stdin, stdout, mut stderr) = (io::stdin(), io::stdout(), io::stderr());
    let on_terminal = stderr.is_terminal();
    let mut streams = Streams {
        stdin: &mut stdin.lock(),
        // Not locked: while a server runs, its threads write too.
        stdout: &mut BufWriter::new(stdout),
        stderr: &mut stderr,
        on_terminal,
    };
    cli::run(std::env::args_os(), &mut streams)
}
