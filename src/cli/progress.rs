//! How far the reading of a large sheet, or a long drawing, has come, for a person who watches.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::scoring::draws::{Plan, Progress};

/// How often it is looked how far the draws are.
const LOOK: Duration = Duration::from_millis(100);

/// Sheets of fewer bytes are read before anybody could see it.
const LARGE: usize = 8 * 1024 * 1024;

/// A line on the terminal that counts answers; `None` for a sheet that is read in no time, or nobody watching.
pub(super) fn of_sheet(name: &str, bytes: usize, on_terminal: bool) -> Option<ProgressBar> {
    if bytes < LARGE || !on_terminal {
        return None;
    }
    let style = ProgressStyle::with_template("{spinner} reading {msg}: {human_pos} answers");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    Some(bar.with_style(style).with_message(name.to_owned()))
}

/// Shows how many answers have been read.
pub(super) fn show(bar: &ProgressBar, answers: usize) {
    bar.set_position(u64::try_from(answers).unwrap_or(u64::MAX));
}

/// Does what draws, and shows meanwhile how much of it is done: beyond the usual draws, and to somebody who watches.
pub(super) fn drawing<T>(plan: Plan, on_terminal: bool, work: impl FnOnce(&Progress) -> T) -> T {
    let progress = Progress::default();
    if plan.draws <= Plan::USUAL.draws || !on_terminal {
        return work(&progress);
    }
    let style = ProgressStyle::with_template("{spinner} drawing weights: {pos} of 100");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
    let bar = ProgressBar::with_draw_target(Some(100), ProgressDrawTarget::stderr());
    let bar = bar.with_style(style);
    let (over, is_over) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let (bar, progress) = (&bar, &progress);
        scope.spawn(move || {
            // The channel closes when the work is over, also by a panic.
            while is_over.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                bar.set_position(progress.percent());
            }
            bar.finish_and_clear();
        });
        let done = work(progress);
        drop(over);
        done
    })
}
