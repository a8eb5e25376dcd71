//! Who is first in every mix of two weightings, with the exact points where that changes.

use crate::criteria::{CriteriaSet, Node, Weighting};
use crate::evaluation::VendorIndex;
use crate::exact::Fraction;
use crate::scoring::card::{Scorecard, VendorCard};

use super::polynomial::{Polynomial, Root, halfway};
use super::profile::{End, points, running};
use super::rational::Rational;

/// Who is first as the weights run from one weighting to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mix {
    /// The stretches of the way, in order; each begins where the one before ends.
    pub stretches: Vec<Stretch>,
}

/// A part of the way on which the same vendors are first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The part of the second weighting at its beginning.
    pub from: Fraction,
    /// The part of the second weighting at its end.
    pub to: Fraction,
    /// Whether the end is exactly that; else it is within 10^-12, since it is no fraction.
    pub exact: bool,
    /// Who is certain to be first between the ends; several if they share it, nobody if it is undecided.
    pub first: Vec<VendorIndex>,
}

/// Mixes two weightings from none to all of the second: each criterion weighs its share under the one and the other.
///
/// `card` is the result under any weighting; of it only answers, points and gates are taken.
#[must_use]
pub fn mix(set: &CriteriaSet, card: &Scorecard, one: &Weighting, other: &Weighting) -> Mix {
    let path = Path::new(set, one, other);
    let totals: Vec<Totals> = running(card)
        .filter_map(|vendor| Totals::of(&path, vendor))
        .collect();
    let mut breaks = breaks(&totals);
    breaks.push(Root::exactly(Fraction::one()));
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut from = Fraction::zero();
    for root in breaks {
        let first = first_at(&totals, &halfway(&from, &root.low));
        let to = root.high;
        match stretches.last_mut() {
            Some(last) if last.first == first => {
                last.to = to.clone();
                last.exact = root.exact;
            }
            _ => stretches.push(Stretch {
                from,
                to: to.clone(),
                exact: root.exact,
                first,
            }),
        }
        from = to;
    }
    Mix { stretches }
}

/// Where any vendor's worst and another's best cross, in order, each point once.
fn breaks(totals: &[Totals]) -> Vec<Root> {
    let pairs = totals
        .iter()
        .flat_map(|one| totals.iter().map(move |other| (one, other)))
        .filter(|(one, other)| one.vendor != other.vendor);
    let mut roots: Vec<Root> = pairs
        .flat_map(|(one, other)| {
            let lead = one.low.lead_over(&other.high);
            lead.sign_changes(&Fraction::zero(), &Fraction::one())
        })
        .collect();
    roots.sort_by(|one, other| (&one.low, &one.high).cmp(&(&other.low, &other.high)));
    let mut apart: Vec<Root> = Vec::new();
    for root in roots {
        match apart.last_mut() {
            Some(last) if root.low <= last.high => {
                if root.exact {
                    *last = root;
                } else if !last.exact {
                    last.high = last.high.clone().max(root.high);
                }
            }
            _ => apart.push(root),
        }
    }
    apart
}

fn first_at(totals: &[Totals], t: &Fraction) -> Vec<VendorIndex> {
    let values: Vec<(VendorIndex, Fraction, Fraction)> = totals
        .iter()
        .filter_map(|one| Some((one.vendor, one.low.at(t)?, one.high.at(t)?)))
        .collect();
    let is_first = |vendor: VendorIndex, low: &Fraction| {
        let mut others = values.iter().filter(|other| other.0 != vendor);
        others.all(|other| other.2 <= *low)
    };
    let mut first: Vec<VendorIndex> = values
        .iter()
        .filter(|(vendor, low, _)| is_first(*vendor, low))
        .map(|(vendor, ..)| *vendor)
        .collect();
    first.sort_unstable();
    first
}

/// The weights of all nodes on the way, each a straight line.
struct Path {
    groups: Vec<(Option<usize>, Vec<Node>)>,
    criteria: Vec<Polynomial>,
    categories: Vec<Polynomial>,
}

impl Path {
    fn new(set: &CriteriaSet, one: &Weighting, other: &Weighting) -> Self {
        let leaves = |weighting: &Weighting| {
            let shares = weighting.shares();
            let criteria = set.indexed_criteria();
            let leaves = criteria
                .map(|(index, _)| shares.of_criterion(index))
                .collect();
            Weighting::of_leaves(set, leaves)
        };
        let (from, to) = (leaves(one), leaves(other));
        let line = |node| Polynomial::line(&from.weight(node), &to.weight(node));
        let groups = from.groups();
        Self {
            groups: groups
                .map(|(of, nodes)| (of.map(crate::criteria::CategoryIndex::position), nodes))
                .collect(),
            criteria: set
                .indexed_criteria()
                .map(|(index, _)| line(Node::Criterion(index)))
                .collect(),
            categories: set
                .indexed_categories()
                .map(|(index, _)| line(Node::Category(index)))
                .collect(),
        }
    }

    fn weight(&self, node: Node) -> Option<&Polynomial> {
        match node {
            Node::Category(index) => self.categories.get(index.position()),
            Node::Criterion(index) => self.criteria.get(index.position()),
        }
    }
}

/// A vendor's total on the way, as a part of the whole.
struct Totals {
    vendor: VendorIndex,
    low: Rational,
    high: Rational,
}

impl Totals {
    fn of(path: &Path, card: &VendorCard) -> Option<Self> {
        Some(Self {
            vendor: card.vendor,
            low: total(path, &points(card, End::Low))?,
            high: total(path, &points(card, End::High))?,
        })
    }
}

/// `None` if nothing of any weight applies.
fn total(path: &Path, points: &[Option<Fraction>]) -> Option<Rational> {
    // By category: what it adds to its parent, weighed.
    let mut reached: Vec<Option<Rational>> = vec![None; path.categories.len()];
    for (of, nodes) in &path.groups {
        let mut left = Polynomial::constant(Fraction::zero());
        let mut sum = Rational::constant(Fraction::zero());
        for &node in nodes {
            let (Some(weight), Some(part)) =
                (path.weight(node), part(&reached, points, path, node))
            else {
                continue;
            };
            left = left.plus(weight);
            sum = sum.plus(&part);
        }
        if left.is_zero() {
            continue;
        }
        match of.and_then(|at| Some((at, path.categories.get(at)?))) {
            Some((at, whole)) => {
                if let Some(slot) = reached.get_mut(at) {
                    *slot = Some(sum.spread_over(whole, &left));
                }
            }
            None => return Some(sum.spread_over(&Polynomial::constant(Fraction::one()), &left)),
        }
    }
    None
}

/// What a node adds to the group it is in; `None` where nothing applies.
fn part(
    reached: &[Option<Rational>],
    points: &[Option<Fraction>],
    path: &Path,
    node: Node,
) -> Option<Rational> {
    match node {
        Node::Category(index) => reached.get(index.position())?.clone(),
        Node::Criterion(index) => {
            let points = points.get(index.position())?.as_ref()?;
            Some(Rational::polynomial(path.weight(node)?.scaled(points)))
        }
    }
}
