//! How often who is where when weights are drawn, in words and tables.

use crate::criteria::{CriteriaSet, Weighting};
use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact::{self, Fraction, square_root};
use crate::reports::sentence::{About, Sentence};
use crate::scoring::draws::{Accepted, Drawn, Plan, Spread};
use crate::scoring::firmness::FIRM_IN;

use super::{Addresses, Said, said};

/// The most places with a column of their own; those below share the last one.
const PLACES: usize = 8;
/// The most vendors that are shown in pairs.
const PAIRS: usize = 12;
/// The decimals of percentages that were drawn.
const DECIMALS: usize = 1;

/// How often who is where.
pub(crate) struct DrawsView {
    /// Who comes first how often, the most often first.
    pub(crate) headlines: Vec<Vec<Said>>,
    /// What was drawn: how often, from where, within what.
    pub(crate) plan: String,
    /// The greatest standard error of a figure, in percentage points.
    pub(crate) error: String,
    /// The headings of the places: `1`, `2`, `8 or lower`.
    pub(crate) places: Vec<String>,
    pub(crate) rows: Vec<PlacesRow>,
    /// `None` with more vendors than are shown in pairs.
    pub(crate) pairs: Option<Vec<PairsRow>>,
    /// The vendors that were ever first, whose mean weights the rows below show.
    pub(crate) spoken_for: Vec<String>,
    pub(crate) weights: Vec<WeightRow>,
}

/// One vendor's places.
pub(crate) struct PlacesRow {
    pub(crate) vendor: String,
    pub(crate) href: Option<String>,
    /// By place, in percent of the draws.
    pub(crate) cells: Vec<Part>,
    /// How often it is first under the weights that speak for it; `None` if it never is.
    pub(crate) confidence: Option<String>,
}

/// A part of the draws.
pub(crate) struct Part {
    /// In percent.
    pub(crate) text: String,
    /// How wide its bar is, in percent.
    pub(crate) width: String,
}

/// How often one vendor is ahead of each of the others.
pub(crate) struct PairsRow {
    pub(crate) vendor: String,
    /// `None` for itself.
    pub(crate) cells: Vec<Option<String>>,
}

/// What one criterion weighs: as agreed, and where each vendor came first.
pub(crate) struct WeightRow {
    pub(crate) title: String,
    pub(crate) id: String,
    pub(crate) agreed: String,
    pub(crate) cells: Vec<String>,
}

/// Lays out what came of the draws.
pub(crate) fn draws(
    evaluation: &Evaluation,
    weighting: &Weighting,
    drawn: &Drawn,
    addresses: &dyn Addresses,
) -> DrawsView {
    let count = drawn.vendors.len();
    let places = if count > PLACES {
        let own = 1..PLACES;
        let own = own.map(|place| place.to_string());
        own.chain([format!("{PLACES} or lower")]).collect()
    } else {
        (1..=count).map(|place| place.to_string()).collect()
    };
    let spoken_for: Vec<&Accepted> = drawn
        .vendors
        .iter()
        .filter(|one| one.central_weights.is_some())
        .collect();
    DrawsView {
        headlines: headlines(evaluation, drawn, addresses),
        plan: plan(drawn.plan),
        error: error(drawn),
        rows: drawn
            .vendors
            .iter()
            .map(|one| PlacesRow {
                vendor: evaluation.vendor_name(one.vendor).to_owned(),
                href: addresses.of(About::Vendor(one.vendor)),
                cells: cells(&one.ranks),
                confidence: one.confidence.as_ref().map(percent),
            })
            .collect(),
        places,
        pairs: (count > 1 && count <= PAIRS).then(|| pairs(evaluation, drawn)),
        weights: weights(evaluation.set(), weighting, &spoken_for),
        spoken_for: spoken_for
            .iter()
            .map(|one| evaluation.vendor_name(one.vendor).to_owned())
            .collect(),
    }
}

/// In which part of the draws around the agreed weights a vendor is first, as a sentence, and whether that is firm.
pub(super) fn first_in_band(leader: Sentence, first: &Fraction) -> Sentence {
    let (part, of) = FIRM_IN;
    let counted = if *first == Fraction::one() {
        "In all draws".to_owned()
    } else {
        format!("In {} draws", of_hundred(first))
    };
    Sentence::default()
        .figure(format!("{counted} {}, ", within(Spread::AGREED)))
        .then(leader)
        .say(format!(" comes first; firm asks for {part} of {of}."))
}

fn headlines(evaluation: &Evaluation, drawn: &Drawn, addresses: &dyn Addresses) -> Vec<Vec<Said>> {
    let first = |one: &Accepted| one.ranks.first().cloned().unwrap_or_else(Fraction::zero);
    let mut firsts: Vec<(VendorIndex, Fraction)> = drawn
        .vendors
        .iter()
        .map(|one| (one.vendor, first(one)))
        .filter(|(_, part)| !part.is_zero())
        .collect();
    firsts.sort_by(|(_, one), (_, other)| other.cmp(one));
    let within = within(drawn.plan.weights);
    let told = firsts.iter().enumerate().map(|(at, (vendor, part))| {
        let name = Sentence::on(evaluation.vendor_name(*vendor), About::Vendor(*vendor));
        let counted = match (at, *part == Fraction::one()) {
            (_, true) => format!("In all draws {within}, "),
            (0, false) => format!("In {} draws {within}, ", of_hundred(part)),
            (_, false) => format!("In {}, ", of_hundred(part)),
        };
        said(
            Sentence::of(counted).then(name).say(" comes first."),
            addresses,
        )
    });
    told.collect()
}

/// `83 of 100`, and never 0 or 100 for what is neither.
fn of_hundred(part: &Fraction) -> String {
    let rounded = exact::fixed(&part.percent(), 0);
    match rounded.as_str() {
        "0" => "fewer than 1 of 100".to_owned(),
        "100" => "more than 99 of 100".to_owned(),
        count => format!("{count} of 100"),
    }
}

/// What the draws are of, as a sentence goes on.
fn within(weights: Spread) -> String {
    match weights {
        Spread::Band(25) => "of the weights within a quarter of the agreed ones".to_owned(),
        Spread::Band(percent) => {
            format!("of the weights within {percent} percent of the agreed ones")
        }
        Spread::Uniform => "of any weights at all".to_owned(),
    }
}

fn plan(plan: Plan) -> String {
    let how = match plan.weights {
        Spread::Band(percent) => format!(
            "each weight is multiplied by a number drawn from {} to {} hundredths, and each group is then brought back to its whole",
            100_u8.saturating_sub(percent),
            100_u8.saturating_add(percent)
        ),
        Spread::Uniform => {
            "all ways to share out the whole among the criteria are alike likely, as if nothing were known about the weights"
                .to_owned()
        }
    };
    format!("{} draws, seed {}: {how}.", grouped(plan.draws), plan.seed)
}

/// A count with its thousands apart.
fn grouped(count: u32) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        let left = digits.len().saturating_sub(at);
        if at > 0 && left.is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The root of p (1 − p) / n where it is greatest, in percentage points, rounded up.
fn error(drawn: &Drawn) -> String {
    let times = Fraction::whole(i64::from(drawn.plan.draws));
    let ranks = drawn.vendors.iter().flat_map(|one| &one.ranks);
    let variances = ranks.map(|part| part * &(&Fraction::one() - part));
    let most = variances.max().unwrap_or_else(Fraction::zero);
    let root = most.over(&times).and_then(|most| square_root(&most, 12));
    let hundredths = root.unwrap_or_else(Fraction::zero).percent().percent();
    let up = -&(-&hundredths).floor();
    exact::fixed(&up.over(&Fraction::hundred()).unwrap_or(up), 2)
}

fn cells(ranks: &[Fraction]) -> Vec<Part> {
    if ranks.len() <= PLACES {
        return ranks.iter().map(Part::of).collect();
    }
    let (own, lower) = ranks.split_at(PLACES.saturating_sub(1));
    let lower = Fraction::sum(lower);
    own.iter().chain([&lower]).map(Part::of).collect()
}

impl Part {
    fn of(part: &Fraction) -> Self {
        Self {
            text: percent(part),
            width: exact::fixed(&part.percent(), 2),
        }
    }
}

fn percent(part: &Fraction) -> String {
    let text = exact::fixed(&part.percent(), DECIMALS);
    match text.as_str() {
        "0.0" if !part.is_zero() => "<0.1".to_owned(),
        "100.0" if *part != Fraction::one() => ">99.9".to_owned(),
        _ => text,
    }
}

fn pairs(evaluation: &Evaluation, drawn: &Drawn) -> Vec<PairsRow> {
    let rows = drawn.vendors.iter().filter_map(|one| {
        let ahead = one.ahead_of.as_ref()?.iter().zip(&drawn.vendors);
        let cells = ahead.map(|(part, other)| (other.vendor != one.vendor).then(|| percent(part)));
        Some(PairsRow {
            vendor: evaluation.vendor_name(one.vendor).to_owned(),
            cells: cells.collect(),
        })
    });
    rows.collect()
}

fn weights(set: &CriteriaSet, weighting: &Weighting, spoken_for: &[&Accepted]) -> Vec<WeightRow> {
    let shares = weighting.shares();
    let weighed = set.indexed_criteria().filter_map(|(index, criterion)| {
        let share = shares.of_criterion(index);
        (!share.is_zero()).then_some((index, criterion, share))
    });
    let rows = weighed.map(|(index, criterion, share)| WeightRow {
        title: criterion.title().to_owned(),
        id: criterion.id().to_owned(),
        agreed: exact::fixed(&share.percent(), exact::PLACES),
        cells: spoken_for
            .iter()
            .map(|one| {
                let weights = one.central_weights.as_ref();
                let share = weights.and_then(|weights| weights.get(index.position()));
                share.map_or_else(String::new, |share| {
                    exact::fixed(&share.percent(), exact::PLACES)
                })
            })
            .collect(),
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(numerator: i64) -> Fraction {
        Fraction::new(numerator, 100_000).unwrap()
    }

    #[test]
    fn a_part_that_is_neither_nothing_nor_all_never_reads_like_it() {
        assert_eq!(of_hundred(&part(83_112)), "83 of 100");
        assert_eq!(of_hundred(&part(12)), "fewer than 1 of 100");
        assert_eq!(of_hundred(&part(99_990)), "more than 99 of 100");
        assert_eq!(percent(&part(1)), "<0.1");
        assert_eq!(percent(&part(99_999)), ">99.9");
        assert_eq!(percent(&part(0)), "0.0");
        assert_eq!(percent(&part(100_000)), "100.0");
    }

    #[test]
    fn counts_have_their_thousands_apart() {
        assert_eq!(grouped(100), "100");
        assert_eq!(grouped(12_345), "12,345");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }
}
