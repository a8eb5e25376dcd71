//! The smallest change of one collapsed score that lets somebody else be first.

use crate::criteria::{CriteriaSet, CriterionIndex, Direction, Kind, PointsRule, Rated};
use crate::evaluation::VendorIndex;
use crate::exact::Fraction;
use crate::scoring::card::{CriterionCard, Scorecard, State, VendorCard};

use super::profile::running;

/// A change of one collapsed score with which another vendor draws level with the first; beyond it, that one is first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreFlip {
    /// Whose score.
    pub vendor: VendorIndex,
    /// On what.
    pub criterion: CriterionIndex,
    /// The collapsed score now.
    pub from: Fraction,
    /// What it would have to be.
    pub to: Fraction,
    /// The change as a part of what the criterion can give, from 0 to 1.
    pub change: Fraction,
    /// Who would draw level.
    pub winner: VendorIndex,
}

/// The smallest such change, as a part of its scale; `None` unless one vendor alone is certain to be first, or if no
/// single score can do it.
///
/// Only known scores of rated criteria are changed, and gates stay as they were decided.
#[must_use]
pub fn smallest_score_flip(set: &CriteriaSet, card: &Scorecard) -> Option<ScoreFlip> {
    let leaders = card.leaders();
    let leader = match leaders.as_slice() {
        [leader] => card.vendor(*leader)?,
        _ => return None,
    };
    let rivals = running(card).filter(|rival| rival.vendor != leader.vendor);
    let flips = rivals.flat_map(|rival| {
        let lead = lead(leader, rival);
        let down = flips(set, leader, &lead, rival.vendor, Way::Down);
        let up = flips(set, rival, &lead, rival.vendor, Way::Up);
        down.into_iter().chain(up)
    });
    flips.min_by(|one, other| one.change.cmp(&other.change))
}

#[derive(Clone, Copy)]
enum Way {
    Up,
    Down,
}

/// What the first is ahead by at least, in points of 100.
pub(super) fn lead(leader: &VendorCard, rival: &VendorCard) -> Fraction {
    match (&leader.total, &rival.total) {
        (Some(mine), Some(its)) => &mine.low - &its.high,
        _ => Fraction::hundred(),
    }
}

fn flips(
    set: &CriteriaSet,
    changed: &VendorCard,
    lead: &Fraction,
    winner: VendorIndex,
    way: Way,
) -> Vec<ScoreFlip> {
    let rules = set.rules();
    let cells = set.criteria().iter().zip(&changed.criteria);
    cells
        .filter_map(|(criterion, cell)| {
            let Kind::Rated(rated) = criterion.kind() else {
                return None;
            };
            let change = lead.over(&cell.share.percent())?;
            let (from, to) = moved(rated, rules.points(), cell, &change, way)?;
            Some(ScoreFlip {
                vendor: changed.vendor,
                criterion: cell.criterion,
                from,
                to,
                change,
                winner,
            })
        })
        .collect()
}

/// The score before and after a change of its points; `None` if it is not known, or would leave the scale.
fn moved(
    rated: &Rated,
    rule: PointsRule,
    cell: &CriterionCard,
    change: &Fraction,
    way: Way,
) -> Option<(Fraction, Fraction)> {
    if !matches!(cell.state, State::Scored | State::NoResponse) {
        return None;
    }
    let points = cell.points.as_ref()?.exact()?;
    let after = match way {
        Way::Up => points + change,
        Way::Down => points - change,
    };
    let (min, max) = (
        Fraction::from(rated.scale().min()),
        Fraction::from(rated.scale().max()),
    );
    // From 0 to 1 points.
    let (nothing, full) = match (rule, rated.direction()) {
        (PointsRule::OfMax, _) => (Fraction::zero(), max.clone()),
        (PointsRule::FromMin, Direction::Higher) => (min.clone(), max.clone()),
        (PointsRule::FromMin, Direction::Lower) => (max.clone(), min.clone()),
    };
    let score = |points: &Fraction| &nothing + &(&(&full - &nothing) * points);
    let (from, to) = (score(points), score(&after));
    (min <= to && to <= max).then_some((from, to))
}
