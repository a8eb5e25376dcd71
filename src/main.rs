//! The `scorecard` binary: the command line, and the server it starts.

use std::io::{self, BufWriter, IsTerminal, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use scorecard::cli::{self, Complaint, ServeSettings, Server, Streams};
use scorecard::service::Service;
use scorecard::web::{Application, Secret, Settings, TlsFiles, proxy};

/// The server of the pages and the API.
struct Web;

impl Server for Web {
    fn check(&self, settings: &ServeSettings) -> Result<(), Complaint> {
        Ok(settings_of(settings)?.check()?)
    }

    fn run(&self, settings: &ServeSettings, service: Arc<Service>) -> Result<(), Complaint> {
        let application = Application::build(settings_of(settings)?, service)?;
        Ok(application.run_until_stopped()?)
    }
}

fn settings_of(settings: &ServeSettings) -> Result<Settings, Complaint> {
    let secret = settings.login_secret.as_ref();
    let public = settings.public_url.as_ref();
    Ok(Settings {
        listen: settings.listen,
        no_login: settings.no_login,
        login: settings.login,
        tls: settings
            .tls
            .clone()
            .map(|(certificate, key)| TlsFiles { certificate, key }),
        proxies: settings
            .proxies
            .iter()
            .map(|text| proxy(text))
            .collect::<Result<_, _>>()?,
        public: public.map(|text| text.parse()).transpose()?,
        set_up_file: Some(settings.set_up_file.clone()),
        login_secret: secret
            .map(|text| Secret::parse(text.reveal()))
            .transpose()?,
        max_upload: settings.max_upload,
        max_connections: settings.max_connections,
        body_deadline: settings.body_deadline,
        announce: Arc::new(announce),
        ..Settings::default()
    })
}

/// Tells a line on standard output at once: somebody waits for it, or a program reads it through a pipe.
fn announce(line: &str) {
    let mut out = io::stdout().lock();
    // With standard output closed there is nobody to tell.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn main() -> ExitCode {
    let (stdin, stdout, mut stderr) = (io::stdin(), io::stdout(), io::stderr());
    let on_terminal = stderr.is_terminal();
    let mut streams = Streams {
        stdin: &mut stdin.lock(),
        // Not locked: while a server runs, its threads write too.
        stdout: &mut BufWriter::new(stdout),
        stderr: &mut stderr,
        on_terminal,
        shows_output: io::stdout().is_terminal(),
    };
    cli::run(std::env::args_os(), &Web, &mut streams)
}
