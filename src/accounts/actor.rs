//! Who acts.

use std::fmt;

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The person at this machine, who holds the link that was printed at the start.
    Local,
    /// Anybody at this machine: the service asks for no login.
    Unauthenticated,
    /// Whoever runs a command in the data directory.
    Console,
}

/// As the record names them.
impl fmt::Display for Actor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Local => "local",
            Self::Unauthenticated => "local, not logged in",
            Self::Console => "console",
        })
    }
}
