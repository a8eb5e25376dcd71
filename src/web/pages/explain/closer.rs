//! The ways from a result to what explains it.

use crate::scoring::{Scorecard, VendorStatus};
use crate::web::pages::results::Looked;

/// A page that looks closer at a result.
pub(in crate::web::pages) struct Closer {
    pub(in crate::web::pages) href: String,
    pub(in crate::web::pages) text: String,
    pub(in crate::web::pages) what: &'static str,
}

/// The pages that explain a result.
pub(in crate::web::pages) fn closer(looked: &Looked, card: &Scorecard) -> Vec<Closer> {
    let places = looked.places();
    let evaluation = looked.opened.dossier().evaluation();
    let mut running = card
        .vendors
        .iter()
        .filter(|one| matches!(one.status, VendorStatus::Ranked | VendorStatus::Provisional));
    let mut found = Vec::new();
    if let (Some(first), Some(second)) = (running.next(), running.next()) {
        let names = (
            evaluation.vendor_name(first.vendor),
            evaluation.vendor_name(second.vendor),
        );
        found.push(Closer {
            href: places.page("why"),
            text: format!("What sets {} apart from {}", names.0, names.1),
            what: "criterion by criterion; any two vendors can be compared",
        });
    }
    if !found.is_empty() {
        found.push(Closer {
            href: places.page("firmness"),
            text: "How firm first place is".to_owned(),
            what: "what would have to be different for another vendor to be first",
        });
    }
    found
}
