//! What every page has around it.

use super::assets;

/// What every page has around it; templates that extend `layout.html` have one in a field `layout`.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    no_login: bool,
    has_accounts: bool,
}

impl Layout {
    pub(super) fn new(no_login: bool, has_accounts: bool) -> Self {
        Self {
            no_login,
            has_accounts,
        }
    }

    /// Whether what stands here cannot be attributed to anybody, so that nothing may be awarded on it.
    #[must_use]
    pub fn not_for_an_award(self) -> bool {
        self.no_login
    }

    /// Whether whoever reads this has an account.
    #[must_use]
    pub fn has_accounts(self) -> bool {
        self.has_accounts
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
