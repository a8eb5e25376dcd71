//! How far the reading of a large sheet has come, for a person who watches.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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
