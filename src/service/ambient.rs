//! What comes from outside without being asked for: the time and chance.

use std::fmt;
use std::time::SystemTime;

use jiff::{Timestamp, Unit};

/// Tells the time.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The time, in whole milliseconds.
    fn now(&self) -> Timestamp;
}

/// Gives random bytes.
pub trait Chance: Send + Sync + fmt::Debug {
    /// Twelve random bytes.
    ///
    /// # Errors
    /// [`NoChance`] if the system has none.
    fn bytes(&self) -> Result<[u8; 12], NoChance>;

    /// As many random bytes as are asked for.
    ///
    /// # Errors
    /// [`NoChance`] if the system has none.
    fn many(&self, count: usize) -> Result<Vec<u8>, NoChance> {
        let mut bytes = Vec::with_capacity(count);
        while bytes.len() < count {
            bytes.extend(self.bytes()?);
        }
        bytes.truncate(count);
        Ok(bytes)
    }
}

/// The system gives no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no random bytes")]
pub struct NoChance;

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    fn now(&self) -> Timestamp {
        let now = Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH);
        now.round(Unit::Millisecond).unwrap_or(now)
    }
}

/// The random bytes of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsChance;

impl Chance for OsChance {
    fn bytes(&self) -> Result<[u8; 12], NoChance> {
        let mut bytes = [0; 12];
        getrandom::fill(&mut bytes).map_err(|_| NoChance)?;
        Ok(bytes)
    }
}
