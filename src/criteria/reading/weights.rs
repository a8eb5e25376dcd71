//! Weights: what is known of one, and of a sum of them.

use rust_decimal::Decimal;

use super::field::Field;
use super::fields::Fields;
use crate::criteria::WeightMistake;
use crate::exact::plain;

/// The weight of a node that may have one: 0 or more.
pub(super) fn read_weight(fields: &Fields<'_>) -> Field<Decimal> {
    match fields.number("weight") {
        Field::Given(at) if at.value < Decimal::ZERO => {
            let mistake = WeightMistake::Negative {
                of: fields.of.clone(),
                weight: plain(at.value),
            };
            fields.ctx.report(at.span, mistake);
            Field::Broken
        }
        field => field,
    }
}

/// What is known of a node's weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WeightDraft {
    /// It has none, as it is pass-fail or holds nothing else.
    None,
    /// It should have one that can be used; the problem is reported.
    Unknown,
    /// It weighs this.
    Known(Decimal),
}

impl WeightDraft {
    /// A weight that must be there.
    pub fn needed(fields: &Fields<'_>, weight: Field<Decimal>) -> Self {
        if matches!(weight, Field::Absent) {
            let of = fields.of.clone();
            fields
                .ctx
                .report(fields.span, WeightMistake::Missing { of });
        }
        weight.value().map_or(Self::Unknown, Self::Known)
    }

    /// The weight; 0 where there is none.
    pub fn value(self) -> Decimal {
        match self {
            Self::Known(weight) => weight,
            Self::None | Self::Unknown => Decimal::ZERO,
        }
    }

    /// Whether it may turn out to be above 0.
    pub fn may_count(self) -> bool {
        match self {
            Self::Known(weight) => weight > Decimal::ZERO,
            Self::None => false,
            Self::Unknown => true,
        }
    }
}

/// The weights of some nodes, added up as long as all are known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sum {
    pub members: usize,
    pub weight: WeightDraft,
}

impl Sum {
    /// Of nothing.
    pub const EMPTY: Self = Self {
        members: 0,
        weight: WeightDraft::Known(Decimal::ZERO),
    };

    /// Adds a node's weight, if it has one.
    pub fn add(&mut self, weight: WeightDraft) {
        if weight == WeightDraft::None {
            return;
        }
        self.members = self.members.saturating_add(1);
        self.weight = match (self.weight, weight) {
            (WeightDraft::Known(sum), WeightDraft::Known(more)) => sum
                .checked_add(more)
                .map_or(WeightDraft::Unknown, WeightDraft::Known),
            _ => WeightDraft::Unknown,
        };
    }
}

/// `0.5 too much` or `0.5 too little`, seen from what should be; `None` if the two are equal.
pub(super) fn difference(is: Decimal, should_be: Decimal) -> Option<String> {
    let gap = is.checked_sub(should_be)?;
    let side = if gap > Decimal::ZERO {
        "much"
    } else {
        "little"
    };
    (gap != Decimal::ZERO).then(|| format!("{} too {side}", plain(gap.abs())))
}
