//! The criteria sets that come with the program.

use super::{CriteriaSet, SetLimits, SetProblem};

/// A criteria set that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    id: &'static str,
    title: &'static str,
    source: &'static str,
}

impl Shipped {
    /// The id, as in the set.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The title for people, as in the set.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// The TOML.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// The set, read.
    ///
    /// # Errors
    /// None, as the tests read every shipped set; the type is that of any other set.
    pub fn read(&self) -> Result<CriteriaSet, Vec<SetProblem>> {
        CriteriaSet::parse(self.source, &SetLimits::default())
    }
}

static SHIPPED: [Shipped; 4] = [
    Shipped {
        id: "itsm-enterprise",
        title: "ITSM platform, enterprise",
        source: include_str!("../../criteria/itsm-enterprise.toml"),
    },
    Shipped {
        id: "itsm-mid-market",
        title: "ITSM platform, mid-market",
        source: include_str!("../../criteria/itsm-mid-market.toml"),
    },
    Shipped {
        id: "itsm-small-business",
        title: "ITSM platform, small business",
        source: include_str!("../../criteria/itsm-small-business.toml"),
    },
    Shipped {
        id: "itsm-one-afternoon",
        title: "ITSM tool, one afternoon",
        source: include_str!("../../criteria/itsm-one-afternoon.toml"),
    },
];

/// The criteria sets that come with the program, the largest first.
#[must_use]
pub fn shipped() -> &'static [Shipped] {
    &SHIPPED
}

/// The shipped criteria set with an id.
#[must_use]
pub fn find_shipped(id: &str) -> Option<&'static Shipped> {
    SHIPPED.iter().find(|one| one.id == id)
}
