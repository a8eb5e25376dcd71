//! What starts an evaluation that has a price.

use scorecard::service::{PriceRange, Start};

/// An evaluation whose price counts between 100 and 900 EUR, its method frozen.
pub fn priced() -> Start {
    Start {
        title: "Service desk".to_owned(),
        criteria: "itsm-one-afternoon".to_owned(),
        prices: vec![PriceRange {
            criterion: "CST-TCO".to_owned(),
            floor: "100".to_owned(),
            ceiling: "900".to_owned(),
            currency: "EUR".to_owned(),
        }],
        frozen: true,
        ..Start::default()
    }
}

/// The same of one vendor, its prices sealed.
pub fn sealed() -> Start {
    Start {
        vendors: vec!["Acme".to_owned()],
        sealed_prices: true,
        ..priced()
    }
}
