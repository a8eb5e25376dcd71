//! How much one table may ask of the machine.

/// The most a table may hold. Each limit is a setting; beyond one the table is refused before it costs memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a file (`--max-bytes`).
    pub max_bytes: usize,
    /// The most rows; a row with several scores counts as that many (`--max-rows`).
    pub max_rows: usize,
    /// The most columns (`--max-columns`).
    pub max_columns: usize,
    /// The most characters of one cell (`--max-cell`).
    pub max_cell: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 32 * 1024 * 1024,
            max_rows: 500_000,
            max_columns: 256,
            max_cell: 32_767,
        }
    }
}
