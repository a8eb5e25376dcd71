//! What is to be drawn, as people ask for it, and how far it has got.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

use thiserror::Error;

/// How weights are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spread {
    /// Each weight times a number drawn from within so many percent of 1, then each group of siblings brought back to its whole.
    Band(u8),
    /// All shares of the criteria alike likely, as if nothing were known about weights but which of them are none.
    Uniform,
}

impl Spread {
    /// The band that is meant where none is named.
    pub const AGREED: Self = Self::Band(25);
}

impl fmt::Display for Spread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Band(percent) => write!(out, "band:{percent}"),
            Self::Uniform => out.write_str("uniform"),
        }
    }
}

/// Why a text is no way to draw weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("write band: and a whole number of percent from 1 to 100, like band:25, or uniform")]
pub struct NotASpread;

impl FromStr for Spread {
    type Err = NotASpread;

    fn from_str(text: &str) -> Result<Self, NotASpread> {
        if text == "uniform" {
            return Ok(Self::Uniform);
        }
        let percent = text.strip_prefix("band:").ok_or(NotASpread)?;
        let is_plain = percent.bytes().all(|byte| byte.is_ascii_digit());
        match percent.parse() {
            Ok(percent) if is_plain && (1..=100).contains(&percent) => Ok(Self::Band(percent)),
            _ => Err(NotASpread),
        }
    }
}

/// What is to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Plan {
    /// How many draws.
    pub draws: u32,
    /// Where the counter starts.
    pub seed: u64,
    /// How weights are drawn.
    pub weights: Spread,
}

impl Plan {
    /// What is drawn where nothing else is asked for. The verdict rests on these draws, whatever is drawn to be shown: so
    /// it is the same for the same answers wherever it stands.
    pub const USUAL: Self = Self {
        draws: 100_000,
        seed: 1,
        weights: Spread::AGREED,
    };
}

/// How far a drawing has got; it may be asked from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    of: AtomicU64,
}

impl Progress {
    /// How much of the work is done, in percent, rounded down.
    #[must_use]
    pub fn percent(&self) -> u64 {
        let of = self.of.load(Ordering::Relaxed);
        let done = self.done.load(Ordering::Relaxed).min(of);
        done.saturating_mul(100).checked_div(of).unwrap_or(0)
    }

    /// So many draws are to come, each time for all of them.
    pub(super) fn expect(&self, draws: u32, times: usize) {
        let times = u64::try_from(times).unwrap_or(u64::MAX);
        let of = u64::from(draws).saturating_mul(times);
        self.of.store(of, Ordering::Relaxed);
    }

    pub(super) fn add(&self, draws: usize) {
        let draws = u64::try_from(draws).unwrap_or(u64::MAX);
        self.done.fetch_add(draws, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_to_draw_weights_is_read_as_it_is_written() {
        for spread in [Spread::Band(1), Spread::Band(100), Spread::Uniform] {
            assert_eq!(spread.to_string().parse(), Ok(spread));
        }
        for wrong in [
            "", "band", "band:", "band:0", "band:101", "band:+5", "Uniform",
        ] {
            assert_eq!(wrong.parse::<Spread>(), Err(NotASpread), "{wrong}");
        }
    }

    #[test]
    fn progress_never_says_more_than_all() {
        let progress = Progress::default();
        assert_eq!(progress.percent(), 0);
        progress.expect(200, 2);
        progress.add(100);
        assert_eq!(progress.percent(), 25);
        progress.add(1000);
        assert_eq!(progress.percent(), 100);
    }
}
