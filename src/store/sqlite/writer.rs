//! The one thread that writes. What waits for it goes to disk together, in one commit.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;

use crate::store::StoreError;

use super::append::{self, Append};
use super::connect::begin;
use super::drafts::DraftRow;
use super::folder::Folder;
use super::house::HouseAppend;
use super::purge::{self, Purge};

/// As many wait for one commit at most.
const MOST_TOGETHER: usize = 128;
/// As many bytes go into one commit at most, give or take the last one.
const MOST_BYTES: usize = 16 << 20;

type Answer = Result<(), StoreError>;

/// What the thread is asked to do, and where the answer goes.
struct Job {
    task: Task,
    answer: SyncSender<Answer>,
}

enum Task {
    Append(Append),
    Draft(DraftRow),
    House(HouseAppend),
    Purge(Purge),
    Probe,
    LimitPages(u32),
}

/// The thread that writes. Dropping it lets it finish what waits.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(connection: Connection, folder: Arc<Folder>) -> io::Result<Self> {
        let (jobs, waiting) = channel();
        let desk = Desk { connection, folder };
        let thread = std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || desk.work(&waiting))?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Appends events, and returns once they are on disk.
    pub(super) fn append(&self, append: Append) -> Answer {
        self.ask(Task::Append(append))
    }

    /// Saves a draft, and returns once it is on disk.
    pub(super) fn keep_draft(&self, draft: DraftRow) -> Answer {
        self.ask(Task::Draft(draft))
    }

    /// Appends events of the house and changes keys, and returns once that is on disk.
    pub(super) fn append_house(&self, append: HouseAppend) -> Answer {
        self.ask(Task::House(append))
    }

    /// Appends the events of a purge, and returns once they are on disk and what they purge is off it.
    pub(super) fn purge(&self, purge: Purge) -> Answer {
        self.ask(Task::Purge(purge))
    }

    /// Whether there could be written.
    pub(super) fn probe(&self) -> Answer {
        self.ask(Task::Probe)
    }

    /// Lets the database grow to so many pages, and no further.
    pub(super) fn limit_pages(&self, pages: u32) -> Answer {
        self.ask(Task::LimitPages(pages))
    }

    fn ask(&self, task: Task) -> Answer {
        let (answer, answered) = sync_channel(1);
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        let job = Job { task, answer };
        jobs.send(job).map_err(|_| StoreError::Closed)?;
        answered.recv().unwrap_or(Err(StoreError::Closed))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A thread that ended badly has answered nobody, which they have noticed.
            let _ = thread.join();
        }
    }
}

/// Those who wait for the next commit.
#[derive(Default)]
struct Group {
    appends: Vec<Append>,
    answers: Vec<SyncSender<Answer>>,
    bytes: usize,
}

impl Group {
    fn add(&mut self, append: Append, answer: SyncSender<Answer>) {
        self.bytes = self.bytes.saturating_add(append.bytes());
        self.appends.push(append);
        self.answers.push(answer);
    }

    fn is_large(&self) -> bool {
        self.appends.len() >= MOST_TOGETHER || self.bytes >= MOST_BYTES
    }

    /// Adds everything that waits; what is no append comes back, to be done next.
    fn gather(&mut self, waiting: &Receiver<Job>) -> Option<Job> {
        while !self.is_large() {
            let job = waiting.try_recv().ok()?;
            match job.task {
                Task::Append(append) => self.add(append, job.answer),
                Task::Draft(_)
                | Task::House(_)
                | Task::Purge(_)
                | Task::Probe
                | Task::LimitPages(_) => return Some(job),
            }
        }
        None
    }
}

/// Where the thread works.
struct Desk {
    connection: Connection,
    folder: Arc<Folder>,
}

impl Desk {
    fn work(mut self, waiting: &Receiver<Job>) {
        let mut next = None;
        while let Some(job) = next.take().or_else(|| waiting.recv().ok()) {
            match job.task {
                Task::Append(append) => {
                    let mut group = Group::default();
                    group.add(append, job.answer);
                    next = group.gather(waiting);
                    self.commit(&group);
                }
                Task::Draft(draft) => answer(&job.answer, self.keep(&draft)),
                Task::House(append) => {
                    let written = append.write(&mut self.connection);
                    answer(&job.answer, written.map_err(|error| self.told(error)));
                }
                Task::Purge(purge) => answer(&job.answer, self.purge(&purge)),
                Task::Probe => answer(&job.answer, self.probe()),
                Task::LimitPages(pages) => answer(&job.answer, self.limit_pages(pages)),
            }
        }
        // Without a log beside it the database is one file. A log that has to stay is read at the next start.
        let _ = self
            .connection
            .pragma_query(None, "wal_checkpoint(TRUNCATE)", |_| Ok(()));
    }

    fn commit(&mut self, group: &Group) {
        let answers = match append::together(&mut self.connection, &group.appends) {
            Ok(answers) => answers,
            // One of them may be too large for the room that is left, and the others not.
            Err(StoreError::Full) if group.appends.len() > 1 => {
                let alone = group.appends.chunks(1);
                alone.map(|append| self.alone(append)).collect()
            }
            Err(error) => vec![Err(self.told(error)); group.appends.len()],
        };
        for (waiting, outcome) in group.answers.iter().zip(answers) {
            answer(waiting, outcome);
        }
    }

    fn alone(&mut self, append: &[Append]) -> Answer {
        let done = append::together(&mut self.connection, append).map_err(|error| self.told(error));
        done?.into_iter().collect()
    }

    fn keep(&mut self, draft: &DraftRow) -> Answer {
        let kept = draft.keep(&mut self.connection);
        kept.map_err(|error| self.told(error))
    }

    fn purge(&mut self, purge: &Purge) -> Answer {
        let written = purge.write(&mut self.connection);
        written.map_err(|error| self.told(error))?;
        // It is on record by now, and done; what could not be swept is swept at the next start.
        if let Err(why) = purge::sweep(&self.connection, &self.folder.old()) {
            tracing::error!(%why, "what was purged may lie in unused parts of the database until the next start");
        }
        Ok(())
    }

    /// A full disk does not always say so: ask it.
    fn told(&self, error: StoreError) -> StoreError {
        match error {
            StoreError::Disk(_) if self.folder.is_full() => StoreError::Full,
            error => error,
        }
    }

    fn probe(&mut self) -> Answer {
        if self.folder.is_full() {
            return Err(StoreError::Full);
        }
        let write = begin(&mut self.connection)?;
        Ok(write.rollback()?)
    }

    fn limit_pages(&self, pages: u32) -> Answer {
        Ok(self
            .connection
            .pragma_update(None, "max_page_count", pages)?)
    }
}

fn answer(waiting: &SyncSender<Answer>, outcome: Answer) {
    // Whoever does not wait any more needs no answer.
    let _ = waiting.send(outcome);
}
