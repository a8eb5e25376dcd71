//! How many files and connections the system lets this process have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What is open besides connections: the database, its log, the lock, the listener, threads, and some to spare.
const BESIDES: u64 = 100;

/// As many of the connections that are wanted as the system allows at most.
pub(in crate::cli) fn connections_allowed(wanted: usize) -> usize {
    fitting(wanted, getrlimit(Resource::Nofile).maximum)
}

/// Makes room for as many connections as are wanted, as far as the system allows; how many there may be is the answer.
///
/// A server that runs out of files would not answer anybody, not even those who ask whether it lives.
pub(super) fn make_room_for(wanted: usize) -> usize {
    let needed = needed(wanted);
    let found = getrlimit(Resource::Nofile);
    if found.current.is_none_or(|current| current >= needed) {
        return wanted;
    }
    let raised = Rlimit {
        current: Some(found.maximum.map_or(needed, |most| most.min(needed))),
        maximum: found.maximum,
    };
    let limit = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => raised.current,
        // Then it stays as it was found.
        Err(_) => found.current,
    };
    let allowed = fitting(wanted, limit);
    if allowed < wanted {
        tracing::warn!(
            limit,
            "the system lets this process open so few files that there are {allowed} connections at one time and not \
             {wanted}; raise it with `ulimit -n {needed}`, or with LimitNOFILE={needed} in a systemd unit"
        );
    }
    allowed
}

fn needed(connections: usize) -> u64 {
    let connections = u64::try_from(connections).unwrap_or(u64::MAX);
    connections.saturating_add(BESIDES)
}

/// As many connections as fit into a limit of open files; a limit of none is none.
fn fitting(wanted: usize, limit: Option<u64>) -> usize {
    let left = limit.map_or(u64::MAX, |limit| limit.saturating_sub(BESIDES));
    let left = usize::try_from(left).unwrap_or(usize::MAX);
    wanted.min(left.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_fit_into_what_the_system_allows_and_there_is_always_one() {
        for (limit, connections) in [
            (None, 900),
            (Some(1024), 900),
            (Some(1000), 900),
            (Some(256), 156),
            (Some(20), 1),
        ] {
            assert_eq!(fitting(900, limit), connections, "{limit:?}");
        }
    }
}
