//! What every page has around it.

use super::assets;

/// What every page has around it; templates that extend `layout.html` have one in a field `layout`.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    no_login: bool,
}

impl Layout {
    pub(super) fn new(no_login: bool) -> Self {
        Self { no_login }
    }

    /// Whether what stands here cannot be attributed to anybody, so that nothing may be awarded on it.
    #[must_use]
    pub fn not_for_an_award(self) -> bool {
        self.no_login
    }

    /// The address of a file of `templates/static/`.
    #[must_use]
    pub fn asset(self, name: &str) -> String {
        assets::href(name)
    }

    /// The version of the program.
    #[must_use]
    pub fn version(self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
