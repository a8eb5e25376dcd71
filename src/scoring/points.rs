//! Scores to points: the part reached of what a criterion can give.

use crate::criteria::{Direction, PointsRule, Rated};
use crate::exact::Fraction;

use super::card::Bounds;

/// The line from a score to its points: `(score - origin) * per_unit`.
pub(super) struct Line {
    origin: Fraction,
    per_unit: Fraction,
}

impl Line {
    /// The line of a rated criterion under the set's rule.
    pub(super) fn of(rated: &Rated, rule: PointsRule) -> Self {
        let (min, max) = (
            Fraction::from(rated.scale().min()),
            Fraction::from(rated.scale().max()),
        );
        let (origin, end) = match (rule, rated.direction()) {
            (PointsRule::OfMax, _) => (Fraction::zero(), max),
            (PointsRule::FromMin, Direction::Higher) => (min, max),
            (PointsRule::FromMin, Direction::Lower) => (max, min),
        };
        // A proven scale has a width, so the line has a slope.
        let per_unit = Fraction::one()
            .over(&(&end - &origin))
            .unwrap_or_else(Fraction::zero);
        Self { origin, per_unit }
    }

    /// The points of what a score can still be.
    pub(super) fn points(&self, worst: &Fraction, best: &Fraction) -> Bounds {
        if worst == best {
            return Bounds::exactly(self.at(worst));
        }
        Bounds {
            low: self.at(worst),
            high: self.at(best),
        }
    }

    /// The points of a score.
    pub(super) fn at(&self, score: &Fraction) -> Fraction {
        &(score - &self.origin) * &self.per_unit
    }
}
