//! The tape of bytes that decides.

pub struct Tape {
    pub bytes: Vec<u8>,
    pub at: usize,
}

impl Tape {
    /// A number below `count`; 0 once the tape has run out.
    pub fn pick(&mut self, count: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at = self.at.saturating_add(1);
        usize::from(byte).checked_rem(count).unwrap_or(0)
    }

    /// True in so many of a hundred draws.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.pick(100).saturating_add(percent) >= 100
    }

    pub fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.pick(choices.len())]
    }
}
