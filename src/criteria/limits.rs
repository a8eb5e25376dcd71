//! How large a criteria set may be.

/// Bounds on a criteria set, so that no file can exhaust the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetLimits {
    /// The most bytes of TOML.
    pub bytes: usize,
    /// The most criteria.
    pub criteria: usize,
    /// The most categories.
    pub categories: usize,
    /// The most categories above each other.
    pub depth: usize,
    /// The most lenses.
    pub lenses: usize,
}

impl Default for SetLimits {
    fn default() -> Self {
        Self {
            bytes: 1_048_576,
            criteria: 2_000,
            categories: 500,
            depth: 8,
            lenses: 50,
        }
    }
}

impl SetLimits {
    /// No bounds, for text that was already held to some.
    pub const NONE: Self = Self {
        bytes: usize::MAX,
        criteria: usize::MAX,
        categories: usize::MAX,
        depth: usize::MAX,
        lenses: usize::MAX,
    };
}
