//! How much a row looks like a header, and which headings are known to be vendors.

use crate::table::{Name, NameList, write};

use super::role::Role;
use super::{Declared, costs};

/// Whom and what the uploader and the evaluation name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    pub declared: &'a Declared,
    pub vendors: &'a NameList,
}

impl Known<'_> {
    /// Whether a heading surely is a vendor's: the evaluation lists it, or the uploader says whose it is.
    pub(super) fn is_vendor(self, heading: &str) -> bool {
        let means = self.declared.name(heading);
        let name = Name::parse(means).ok();
        means != heading || name.is_some_and(|name| self.vendors.find(&name).is_ok())
    }
}

/// How much a row looks like a header to somebody who was told what some columns are.
pub(super) fn likeness_with(cells: &[&str], declared: &Declared) -> usize {
    let role = |(column, cell): (usize, &&str)| {
        let heading = write::restore(cell.trim());
        let said = (!heading.is_empty()).then(|| declared.role(heading, column));
        said.flatten().unwrap_or_else(|| Role::of(heading))
    };
    let known = likeness_of(cells.iter().enumerate().map(role), cells).max(costs::likeness(cells));
    let names_it = |(column, cell): (usize, &&str)| {
        let heading = write::restore(cell.trim());
        !heading.is_empty() && declared.role(heading, column).is_some()
    };
    if known == 0 && declared.vendor().is_some() && cells.iter().enumerate().any(names_it) {
        return 1;
    }
    known
}

fn likeness_of(roles: impl Iterator<Item = Role>, cells: &[&str]) -> usize {
    let known: Vec<Role> = roles
        .filter(|role| !matches!(role, Role::Other | Role::Aside))
        .collect();
    let several = cells.iter().filter(|cell| !cell.trim().is_empty()).count() > 1;
    let is_header =
        known.contains(&Role::Criterion) || known.len() > 1 || (several && known == [Role::Vendor]);
    if is_header { known.len() } else { 0 }
}
