//! The request that a piece of work is done for, as the log of the service calls it: it stands in every event made in it.

use std::cell::RefCell;

thread_local! {
    static REQUEST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Forgets the request when the work is done, or broke off.
struct Done;

impl Drop for Done {
    fn drop(&mut self) {
        REQUEST.with_borrow_mut(|request| *request = None);
    }
}

/// Does a piece of work for a request; all of it on this thread.
pub fn in_request<T>(request: Option<String>, work: impl FnOnce() -> T) -> T {
    let _done = Done;
    REQUEST.with_borrow_mut(|current| *current = request);
    work()
}

/// The request that is being worked for.
pub(super) fn request() -> Option<String> {
    REQUEST.with_borrow(Clone::clone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_known_while_it_is_worked_for_and_no_longer() {
        let told = in_request(Some("ab-1".to_owned()), request);
        assert_eq!(told.as_deref(), Some("ab-1"));
        assert_eq!(request(), None);
        let broken = std::panic::catch_unwind(|| {
            in_request(Some("ab-2".to_owned()), || panic!("broken off"))
        });
        assert!(broken.is_err());
        assert_eq!(request(), None);
    }
}
