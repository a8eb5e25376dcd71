//! Connections: how many may wait to be let in, and what one may cost that does not take what was asked for.

use std::any::Any;
use std::io;
use std::net::TcpListener;
use std::time::Duration;

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::rt::net::TcpStream;

/// As many may wait to be let in, if the system allows; whoever comes to a full queue tries again after a second.
const QUEUE: i32 = 4096;

/// Lets more wait to be let in than is usual: many who come at once are no reason to keep one waiting.
pub(super) fn lengthen_queue(listener: &TcpListener) -> io::Result<()> {
    Ok(rustix::net::listen(listener, QUEUE)?)
}

/// Lets the system close a connection once what was sent has not been taken for so long. Nothing else ends such a wait: the
/// answer lies in memory, and the socket is never ready for more of it.
pub(super) fn give_up_on_who_takes_nothing(connection: &dyn Any, patience: Duration) {
    let plain = connection.downcast_ref::<TcpStream>();
    let encrypted = connection.downcast_ref::<TlsStream<TcpStream>>();
    let Some(stream) = plain.or_else(|| Some(encrypted?.get_ref().0)) else {
        tracing::warn!(
            "a connection of an unknown kind has no limit on how long an answer may wait to be taken"
        );
        return;
    };
    if let Err(why) = bound(stream, patience) {
        tracing::warn!(%why, "a connection has no limit on how long an answer may wait to be taken");
    }
}

#[cfg(target_os = "linux")]
fn bound(stream: &TcpStream, patience: Duration) -> io::Result<()> {
    let milliseconds = u32::try_from(patience.as_millis()).unwrap_or(u32::MAX);
    rustix::net::sockopt::set_tcp_user_timeout(stream, milliseconds)?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn bound(_: &TcpStream, _: Duration) -> io::Result<()> {
    Ok(())
}
