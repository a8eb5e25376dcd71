//! Total cost of ownership: what it is made of, over how many years, and what a later year is worth today.

use rust_decimal::Decimal;

use crate::exact::Fraction;
use crate::table::name::{fold, nearest};

/// The layers of cost that count unless a set names its own.
pub const LAYERS: [&str; 7] = [
    "subscription",
    "implementation",
    "integration",
    "administration",
    "unused modules",
    "training",
    "renewal uplift",
];

/// The most layers a set may name.
pub const MAX_LAYERS: usize = 20;
/// The longest horizon, in years.
pub const MAX_HORIZON: u8 = 30;

/// How the total cost of ownership of a priced criterion is made of cost lines.
///
/// The total is the net present value with cash flows at the end of each year: year 0 is the day of signing and counts in
/// full, an amount of year t counts amount / (1 + d)^t, d the discount rate a year. Source: HM Treasury, The Green Book
/// (2022), annex 6 "Discounting"; R. A. Brealey, S. C. Myers, F. Allen, Principles of Corporate Finance, "How to calculate
/// present values".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Costs {
    pub(super) horizon: u8,
    pub(super) discount: Decimal,
    pub(super) layers: Vec<String>,
}

/// One of the layers of cost of a set, in the order it names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LayerIndex(usize);

impl LayerIndex {
    /// The position among the layers.
    #[must_use]
    pub fn position(self) -> usize {
        self.0
    }
}

impl Costs {
    /// The last year that counts, from 1 to [`MAX_HORIZON`]; year 0 is the day of signing.
    #[must_use]
    pub fn horizon(&self) -> u8 {
        self.horizon
    }

    /// The years that count, from 0.
    pub fn years(&self) -> impl Iterator<Item = u8> + use<> {
        0..=self.horizon
    }

    /// The discount rate in percent a year, at least 0 and below 100.
    #[must_use]
    pub fn discount(&self) -> Decimal {
        self.discount
    }

    /// The names of the layers.
    #[must_use]
    pub fn layers(&self) -> &[String] {
        &self.layers
    }

    /// Every layer, in the order the set names them.
    pub fn layer_indices(&self) -> impl Iterator<Item = LayerIndex> + use<> {
        (0..self.layers.len()).map(LayerIndex)
    }

    /// The name of a layer.
    #[must_use]
    pub fn layer_name(&self, layer: LayerIndex) -> &str {
        self.layers.get(layer.0).map_or("", String::as_str)
    }

    /// The layer of a name: case and spacing do not matter, and `unused-modules` is `unused modules`.
    #[must_use]
    pub fn layer(&self, name: &str) -> Option<LayerIndex> {
        let wanted = likened(name);
        let position = self
            .layers
            .iter()
            .position(|layer| likened(layer) == wanted);
        position.map(LayerIndex)
    }

    /// The layer that a name was perhaps meant to be.
    #[must_use]
    pub fn nearest_layer(&self, name: &str) -> Option<&str> {
        nearest(&likened(name), &self.layers, |layer| layer).map(String::as_str)
    }

    /// What one unit of money in a year is worth on the day of signing: `1 / (1 + d)^t`.
    #[must_use]
    pub fn factor(&self, year: u8) -> Fraction {
        let rate = Fraction::from(self.discount).over(&Fraction::hundred());
        let growth = &Fraction::one() + &rate.unwrap_or_else(Fraction::zero);
        (0..year).fold(Fraction::one(), |factor, _| {
            // A rate of 0 or more makes a growth of 1 or more.
            factor.over(&growth).unwrap_or(factor)
        })
    }
}

/// A name of a layer as it is compared.
pub(super) fn likened(name: &str) -> String {
    fold(&name.replace(['-', '_'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(discount: &str) -> Costs {
        Costs {
            horizon: 5,
            discount: crate::exact::read_decimal(discount).unwrap(),
            layers: LAYERS.map(str::to_owned).to_vec(),
        }
    }

    #[test]
    fn a_later_year_is_worth_less_by_the_rate_and_the_day_of_signing_is_worth_all() {
        let ten = costs("10");
        assert_eq!(ten.factor(0), Fraction::one());
        assert_eq!(Some(ten.factor(1)), Fraction::new(10, 11));
        assert_eq!(Some(ten.factor(2)), Fraction::new(100, 121));
        let four = costs("4.5");
        assert_eq!(Some(four.factor(1)), Fraction::new(200, 209));
        assert_eq!(Some(four.factor(2)), Fraction::new(40_000, 43_681));
    }

    #[test]
    fn without_a_rate_every_year_is_worth_the_same() {
        let none = costs("0");
        assert!(
            none.years()
                .all(|year| none.factor(year) == Fraction::one())
        );
        assert_eq!(none.years().count(), 6);
    }

    #[test]
    fn a_layer_is_found_however_it_is_spaced_and_a_misspelt_one_has_its_nearest() {
        let costs = costs("0");
        for name in [
            "unused modules",
            "Unused  Modules",
            "unused-modules",
            "UNUSED_MODULES",
        ] {
            assert_eq!(
                costs.layer(name).map(LayerIndex::position),
                Some(4),
                "{name}"
            );
        }
        assert_eq!(costs.layer("licences"), None);
        assert_eq!(costs.nearest_layer("subscripton"), Some("subscription"));
        assert_eq!(costs.nearest_layer("coffee"), None);
    }
}
