//! Where things stand within the one document.

use crate::criteria::CriteriaSet;
use crate::evaluation::Origin;
use crate::reports::sentence::About;
use crate::reports::views::{Addresses, criteria, vendors};

/// The places within the document.
pub(super) struct Anchors<'a> {
    set: &'a CriteriaSet,
}

impl<'a> Anchors<'a> {
    pub(super) fn new(set: &'a CriteriaSet) -> Self {
        Self { set }
    }
}

impl Addresses for Anchors<'_> {
    fn of(&self, about: About) -> Option<String> {
        let criteria = self.set.criteria();
        let anchor = match about {
            About::Vendor(vendor) => vendors::anchor(vendor),
            About::Category(vendor, category) => {
                let category = self.set.categories().get(category.position())?;
                format!("{}-{}", vendors::anchor(vendor), category.id())
            }
            About::Cell(vendor, criterion) => {
                let criterion = criteria.get(criterion.position())?;
                format!("{}-{}", vendors::anchor(vendor), criterion.id())
            }
            About::Criterion(criterion) => criteria::anchor(criteria.get(criterion.position())?),
            About::Owner(_) | About::Missing => return None,
        };
        Some(format!("#{anchor}"))
    }

    fn cell(&self, _: Origin) -> Option<String> {
        None
    }
}
