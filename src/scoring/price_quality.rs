//! Price against quality: who offers what nobody offers for less, and what a point of quality costs.

use rust_decimal::Decimal;

use crate::criteria::{CriteriaSet, Criterion, CriterionIndex, Kind};
use crate::evaluation::VendorIndex;
use crate::exact::Fraction;

use super::card::{Bounds, Collapsed, Scorecard, VendorCard, VendorStatus};

/// Every vendor's quality against one price.
#[derive(Debug, Clone)]
pub struct PriceQuality {
    /// The priced criterion.
    pub criterion: CriterionIndex,
    /// The vendors, in the order of the ranking.
    pub vendors: Vec<Offer>,
    /// The steps along the efficient frontier, from the lowest price up. Empty unless two vendors are on it for certain.
    pub steps: Vec<Step>,
}

/// One vendor's quality and price.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The vendor.
    pub vendor: VendorIndex,
    /// The percent reached over everything that is not priced; `None` if nothing of it weighs anything.
    pub quality: Option<Bounds>,
    /// The price; `None` if there is none.
    pub price: Option<Decimal>,
    /// What one percent of quality costs: the price over the quality. `None` while either is open, or for a quality of 0.
    pub per_point: Option<Fraction>,
    /// Whether it is on the efficient frontier.
    pub place: Place,
}

/// Where an offer lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Nobody in the running offers at least its quality for at most its price, one of the two strictly.
    Efficient,
    /// These do, for certain.
    Beaten(Vec<VendorIndex>),
    /// Something missing decides.
    Open,
    /// It is not in the running: disqualified, excluded, or without a price or a quality.
    Outside,
}

/// From one vendor on the frontier to the next dearer one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The cheaper one.
    pub from: VendorIndex,
    /// The dearer one.
    pub to: VendorIndex,
    /// How much more it costs; above 0.
    pub price: Fraction,
    /// How many more percent of quality it has; above 0.
    pub quality: Fraction,
    /// What one more percent of quality costs between the two: the one over the other.
    pub per_point: Fraction,
}

/// Every vendor's quality against the amount of a priced criterion, with quality weighed as on the scorecard.
#[must_use]
pub fn price_quality(
    set: &CriteriaSet,
    card: &Scorecard,
    criterion: CriterionIndex,
) -> PriceQuality {
    let mut vendors: Vec<Offer> = card
        .vendors
        .iter()
        .map(|one| offer(set, one, criterion))
        .collect();
    let places: Vec<Place> = card
        .vendors
        .iter()
        .zip(&vendors)
        .map(|(one, offer)| {
            if in_running(one) {
                place(offer, &rivals(card, &vendors, offer.vendor))
            } else {
                Place::Outside
            }
        })
        .collect();
    for (offer, place) in vendors.iter_mut().zip(places) {
        offer.place = place;
    }
    PriceQuality {
        criterion,
        steps: steps(&vendors),
        vendors,
    }
}

fn in_running(card: &VendorCard) -> bool {
    matches!(
        card.status,
        VendorStatus::Ranked | VendorStatus::Provisional
    )
}

fn rivals<'o>(card: &Scorecard, offers: &'o [Offer], vendor: VendorIndex) -> Vec<&'o Offer> {
    let running = card.vendors.iter().zip(offers);
    running
        .filter(|(one, offer)| in_running(one) && offer.vendor != vendor)
        .map(|(_, offer)| offer)
        .collect()
}

fn offer(set: &CriteriaSet, card: &VendorCard, criterion: CriterionIndex) -> Offer {
    let quality = quality(set, card);
    let price = card.criteria.get(criterion.position());
    let price = price.and_then(|one| match one.score {
        Some(Collapsed::Written(amount)) => Some(amount),
        Some(Collapsed::Computed(_) | Collapsed::Verdict { .. }) | None => None,
    });
    let known = quality.as_ref().and_then(Bounds::exact);
    Offer {
        vendor: card.vendor,
        per_point: price
            .zip(known)
            .and_then(|(price, quality)| Fraction::from(price).over(quality)),
        quality,
        price,
        place: Place::Outside,
    }
}

/// The percent reached over what is not priced, by its shares among those.
fn quality(set: &CriteriaSet, card: &VendorCard) -> Option<Bounds> {
    let is_priced = |one: CriterionIndex| {
        let kind = set.criteria().get(one.position()).map(Criterion::kind);
        matches!(kind, Some(Kind::Priced(_)))
    };
    let parts = || card.criteria.iter().filter(|one| !is_priced(one.criterion));
    let share = Fraction::sum(parts().map(|one| &one.share));
    let low = Fraction::sum(parts().map(|one| &one.contribution.low));
    let high = Fraction::sum(parts().map(|one| &one.contribution.high));
    Some(Bounds {
        low: low.over(&share)?,
        high: high.over(&share)?,
    })
}

fn place(offer: &Offer, rivals: &[&Offer]) -> Place {
    let (Some(quality), Some(price)) = (&offer.quality, offer.price) else {
        return Place::Outside;
    };
    let beats = |rival: &&&Offer| {
        let (Some(theirs), Some(amount)) = (&rival.quality, rival.price) else {
            return false;
        };
        amount <= price
            && theirs.low >= quality.high
            && (amount < price || theirs.low > quality.high)
    };
    let beaten_by: Vec<VendorIndex> = rivals.iter().filter(beats).map(|one| one.vendor).collect();
    if !beaten_by.is_empty() {
        return Place::Beaten(beaten_by);
    }
    let may_beat = |rival: &&Offer| match (&rival.quality, rival.price) {
        (None, _) => false,
        // A price that is not there may turn out lower.
        (Some(theirs), None) => theirs.high >= quality.low,
        (Some(theirs), Some(amount)) => {
            amount <= price
                && theirs.high >= quality.low
                && (amount < price || theirs.high > quality.low)
        }
    };
    if rivals.iter().any(may_beat) {
        Place::Open
    } else {
        Place::Efficient
    }
}

fn steps(offers: &[Offer]) -> Vec<Step> {
    let mut frontier: Vec<(VendorIndex, Fraction, Fraction)> = offers
        .iter()
        .filter(|offer| offer.place == Place::Efficient)
        .filter_map(|offer| {
            let quality = offer.quality.as_ref()?.exact()?.clone();
            Some((offer.vendor, Fraction::from(offer.price?), quality))
        })
        .collect();
    frontier.sort_by(|one, other| (&one.1, &one.2).cmp(&(&other.1, &other.2)));
    let neighbours = frontier.iter().zip(frontier.iter().skip(1));
    neighbours
        .filter_map(|(one, other)| {
            let (price, quality) = (&other.1 - &one.1, &other.2 - &one.2);
            // Two equal offers are both on the frontier, with no step between them.
            let per_point = price.over(&quality)?;
            Some(Step {
                from: one.0,
                to: other.0,
                price,
                quality,
                per_point,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::criteria::{CriteriaSet, SetLimits};
    use crate::evaluation::Evaluation;
    use crate::table::Name;

    fn offers(of: &[(u8, u8, Option<u16>)]) -> Vec<Offer> {
        let toml = "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\n[[category]]\nid = \"c\"\ntitle = \"C\"\n\
                    [[criterion]]\nid = \"P\"\ncategory = \"c\"\ntitle = \"Price\"\nweight = 100\nprice = {}\n";
        let set = CriteriaSet::parse(toml, &SetLimits::default()).unwrap();
        let mut evaluation = Evaluation::new(set.into());
        let made = of.iter().enumerate().map(|(at, (low, width, price))| {
            let name = Name::parse(&format!("V{at}")).unwrap();
            Offer {
                vendor: evaluation.add_vendor(&name).unwrap(),
                quality: Some(Bounds {
                    low: Fraction::whole(i64::from(*low)),
                    high: Fraction::whole(i64::from(low.saturating_add(*width))),
                }),
                price: price.map(Decimal::from),
                per_point: None,
                place: Place::Outside,
            }
        });
        let mut made: Vec<Offer> = made.collect();
        let places: Vec<Place> = made
            .iter()
            .map(|one| place(one, &others(&made, one)))
            .collect();
        for (one, place) in made.iter_mut().zip(places) {
            one.place = place;
        }
        made
    }

    fn others<'o>(all: &'o [Offer], one: &Offer) -> Vec<&'o Offer> {
        all.iter()
            .filter(|other| other.vendor != one.vendor)
            .collect()
    }

    #[test]
    fn what_one_more_point_costs_is_told_between_neighbours_on_the_frontier() {
        let made = offers(&[
            (80, 0, Some(400)),
            (60, 0, Some(300)),
            (70, 0, Some(500)),
            (90, 0, Some(450)),
        ]);
        assert_eq!(made[0].place, Place::Efficient);
        assert_eq!(
            made[2].place,
            Place::Beaten(vec![made[0].vendor, made[3].vendor])
        );
        let told: Vec<String> = steps(&made)
            .iter()
            .map(|step| step.per_point.to_string())
            .collect();
        assert_eq!(told, ["5/1", "5/1"]);
    }

    #[test]
    fn equal_offers_are_both_on_the_frontier_and_no_step_lies_between_them() {
        let made = offers(&[(80, 0, Some(400)), (80, 0, Some(400))]);
        assert!(made.iter().all(|one| one.place == Place::Efficient));
        assert!(steps(&made).is_empty());
    }

    #[test]
    fn a_price_that_is_missing_leaves_open_who_is_on_the_frontier() {
        let made = offers(&[(80, 0, Some(400)), (85, 0, None), (90, 0, Some(500))]);
        assert_eq!(made[0].place, Place::Open);
        assert_eq!(made[1].place, Place::Outside);
        assert_eq!(made[2].place, Place::Efficient);
    }

    proptest! {
        #[test]
        fn the_frontier_is_what_comparing_every_pair_in_every_completion_says(
            of in prop::collection::vec((0_u8..6, 0_u8..3, (1_u16..6).prop_map(Some)), 1..6)
        ) {
            let made = offers(&of);
            for (at, one) in made.iter().enumerate() {
                let price = of[at].2.unwrap();
                // The others are compared one by one, so their best and worst ends are all the completions that matter.
                let dominated = |mine: u8, end: fn(&(u8, u8, Option<u16>)) -> u8| {
                    of.iter().enumerate().any(|(other, theirs)| {
                        let (quality, amount) = (end(theirs), theirs.2.unwrap());
                        other != at && quality >= mine && amount <= price && (quality > mine || amount < price)
                    })
                };
                let (low, high) = (of[at].0, of[at].0.saturating_add(of[at].1));
                let always = dominated(high, |one| one.0);
                let sometimes = dominated(low, |one| one.0.saturating_add(one.1));
                let expected = match (always, sometimes) {
                    (true, _) => "beaten",
                    (false, true) => "open",
                    (false, false) => "efficient",
                };
                let found = match one.place {
                    Place::Beaten(_) => "beaten",
                    Place::Open => "open",
                    Place::Efficient => "efficient",
                    Place::Outside => "outside",
                };
                prop_assert_eq!(found, expected);
            }
        }
    }
}
