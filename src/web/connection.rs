//! One connection: what it may cost somebody who does not take what was asked for.

use std::any::Any;
use std::time::Duration;

use actix_web::rt::net::TcpStream;

/// Lets the system close a connection once what was sent has not been taken for so long. Nothing else ends such a wait: the
/// answer lies in memory, and the socket is never ready for more of it.
pub(super) fn give_up_on_who_takes_nothing(connection: &dyn Any, patience: Duration) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else {
        return;
    };
    if let Err(why) = bound(stream, patience) {
        tracing::warn!(%why, "a connection has no limit on how long an answer may wait to be taken");
    }
}

#[cfg(target_os = "linux")]
fn bound(stream: &TcpStream, patience: Duration) -> std::io::Result<()> {
    let milliseconds = u32::try_from(patience.as_millis()).unwrap_or(u32::MAX);
    rustix::net::sockopt::set_tcp_user_timeout(stream, milliseconds)?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn bound(_: &TcpStream, _: Duration) -> std::io::Result<()> {
    Ok(())
}
