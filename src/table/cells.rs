//! The cells of one row.

/// The cells of a row, in memory that the next row uses again.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    bytes: Vec<u8>,
    /// Where each cell begins and ends.
    spans: Vec<(usize, usize)>,
}

impl Cells {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// One cell; `None` beyond the last.
    #[must_use]
    pub fn get(&self, column: usize) -> Option<&[u8]> {
        let (start, end) = *self.spans.get(column)?;
        self.bytes.get(start..end)
    }

    /// All cells from left to right.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> + Clone {
        let spans = self.spans.iter();
        spans.map(|&(start, end)| self.bytes.get(start..end).unwrap_or_default())
    }

    /// Takes a row without quotes apart.
    pub(super) fn split(&mut self, row: &[u8], delimiter: u8) {
        self.bytes.clear();
        self.bytes.extend_from_slice(row);
        self.spans.clear();
        let mut start = 0;
        for end in memchr::memchr_iter(delimiter, row) {
            self.spans.push((start, end));
            start = end.saturating_add(1);
        }
        self.spans.push((start, row.len()));
    }

    /// Takes the cells over that a reader made of a row: their bytes, and where each ends.
    pub(super) fn fill(&mut self, bytes: &[u8], ends: &[usize]) {
        self.bytes.clear();
        self.bytes.extend_from_slice(bytes);
        self.spans.clear();
        let mut start = 0;
        for &end in ends {
            self.spans.push((start, end));
            start = end;
        }
    }
}
