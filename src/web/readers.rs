//! How many files are read at one time.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::error::Error;

/// Reading a sheet may take a processor whole for a second or two; with more at one time nobody else is answered meanwhile.
const AT_ONE_TIME: usize = 2;

/// Those who read files that were sent; whoever comes later waits.
#[derive(Debug)]
pub(super) struct Readers(Arc<Semaphore>);

impl Default for Readers {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONE_TIME)))
    }
}

impl Readers {
    /// Waits for a turn, which lasts as long as what is given out: also when whoever asked has gone.
    pub(super) async fn turn(&self) -> Result<OwnedSemaphorePermit, Error> {
        let turn = Arc::clone(&self.0).acquire_owned().await;
        turn.map_err(|_| Error::Broken)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn two_read_and_the_third_waits_until_one_of_them_is_done() {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_time().build().unwrap();
        runtime.block_on(async {
            let readers = Readers::default();
            let soon = Duration::from_millis(20);
            let first = readers.turn().await.unwrap();
            let second = readers.turn().await.unwrap();
            assert!(tokio::time::timeout(soon, readers.turn()).await.is_err());
            drop(first);
            let third = tokio::time::timeout(soon, readers.turn()).await;
            assert!(third.is_ok());
            drop((second, third));
        });
    }
}
