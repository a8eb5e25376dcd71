//! From points to contributions: what counts of each weight, the share it makes, and what that adds to the total.

use crate::exact::Fraction;
use crate::reports::workbook::criteria::{self, sum_below};
use crate::reports::workbook::plan::{Item, criteria_cell, kind_word};
use crate::reports::workbook::weights::Weights;
use crate::scoring::Bounds;
use crate::table::workbook::{Sheet, Style};

use super::{Block, col, end};

/// The columns of one set of weights.
pub(super) struct Columns {
    counts: u16,
    sum: u16,
    share: u16,
    /// Where the sheet of criteria has the weights.
    weight: u16,
}

pub(super) const VIEW: Columns = Columns {
    counts: col::COUNTS,
    sum: col::SUM,
    share: col::SHARE,
    weight: criteria::col::WEIGHT,
};
pub(super) const ON_RECORD: Columns = Columns {
    counts: col::RECORD_COUNTS,
    sum: col::RECORD_SUM,
    share: col::RECORD_SHARE,
    weight: criteria::col::RECORD,
};

impl Block<'_> {
    /// What counts of the weight, the share it makes, and what that adds to the total.
    pub(super) fn weigh(
        &self,
        sheet: &mut Sheet,
        position: usize,
        columns: &Columns,
        weights: &Weights,
    ) {
        let plan = self.plan;
        let node = &plan.nodes[position];
        let look = self.style(position, Style::PLAIN);
        let points = self.style(position, Style::POINTS);
        let weight = criteria_cell(position, columns.weight);
        let start = plan.working_row(self.vendor, 0);
        let below = |column| sum_below(plan, position, column, col::WITHIN, start);
        let sum = self.at(position, columns.sum);
        let is_leaf = matches!(node.item, Item::Criterion(_));
        if !is_leaf {
            let result = weights.sums[position].clone().into();
            sheet.formula(sum, &below(columns.counts), &result, look);
        }
        let share = if node.item == Item::Total {
            format!("IF({sum}=0,0,100)")
        } else {
            let counts = if is_leaf {
                let state = self.at(position, col::STATE);
                format!("IF({state}=\"not applicable\",0,{weight})")
            } else {
                format!("IF({sum}=0,0,{weight})")
            };
            let at = self.at(position, columns.counts);
            let result = weights.counts[position].clone().into();
            sheet.formula(at, &counts, &result, look);
            let above = self.at(node.parent, columns.sum);
            let whole = above.in_column(columns.share);
            format!("IF({above}=0,0,{at}/{above}*{whole})")
        };
        let at = self.at(position, columns.share);
        let result = weights.shares[position].clone();
        sheet.formula(at, &share, &result.into(), points);
    }

    /// What a node adds to the total.
    pub(super) fn contributions(&self, sheet: &mut Sheet, position: usize) {
        let plan = self.plan;
        let start = plan.working_row(self.vendor, 0);
        let points = self.style(position, Style::POINTS);
        for (column, from, is_high) in [
            (col::LOW, col::POINTS_LOW, false),
            (col::HIGH, col::POINTS_HIGH, true),
        ] {
            let formula = match plan.nodes[position].item {
                Item::Criterion(_) => self.part(position, col::SHARE, from, is_high),
                Item::Total | Item::Category(_) => {
                    sum_below(plan, position, column, col::WITHIN, start)
                }
            };
            let result = self.contribution(position, &self.weights.shares, is_high);
            sheet.formula(self.at(position, column), &formula, &result.into(), points);
        }
    }

    /// What a rated criterion adds under the record's weights.
    pub(super) fn rated(&self, sheet: &mut Sheet, position: usize) {
        if kind_word(self.plan, self.plan.nodes[position].item) != "rated" {
            return;
        }
        let (share, weights) = match &self.record {
            Some(record) => (col::RECORD_SHARE, record),
            None => (col::SHARE, &self.weights),
        };
        for (column, from, is_high) in [
            (col::RATED_LOW, col::POINTS_LOW, false),
            (col::RATED_HIGH, col::POINTS_HIGH, true),
        ] {
            let formula = self.part(position, share, from, is_high);
            let result = self.contribution(position, &weights.shares, is_high);
            let at = self.at(position, column);
            sheet.formula(at, &formula, &result.into(), Style::POINTS);
        }
    }

    /// The part of its share that a criterion's points reach; without points nothing or everything.
    fn part(&self, position: usize, share: u16, points: u16, is_high: bool) -> String {
        let (share, points) = (self.at(position, share), self.at(position, points));
        let otherwise = if is_high {
            share.to_string()
        } else {
            "0".to_owned()
        };
        format!("IF(ISNUMBER({points}),{share}*{points}/100,{otherwise})")
    }

    /// What a node adds to the total under some shares.
    fn contribution(&self, position: usize, shares: &[Fraction], is_high: bool) -> Fraction {
        let node = &self.plan.nodes[position];
        let of_criterion = |position: usize| {
            let share = &shares[position];
            match self.points_of(position) {
                Some(points) => share * end(points, is_high),
                None if is_high => share.clone(),
                None => Fraction::zero(),
            }
        };
        let is_leaf =
            |position: usize| matches!(self.plan.nodes[position].item, Item::Criterion(_));
        if is_leaf(position) {
            return of_criterion(position);
        }
        let leaves = node.below.clone().filter(|&below| is_leaf(below));
        Fraction::sum(&leaves.map(of_criterion).collect::<Vec<_>>())
    }

    fn points_of(&self, position: usize) -> Option<&Bounds> {
        match self.plan.nodes[position].item {
            Item::Criterion(index) => {
                let cell = self.card.criteria.get(index.position());
                cell.and_then(|cell| cell.points.as_ref())
            }
            Item::Total | Item::Category(_) => None,
        }
    }

    /// What a criterion would add if what does not apply were worth nothing.
    pub(super) fn as_zero(&self, sheet: &mut Sheet, position: usize) {
        let Item::Criterion(_) = self.plan.nodes[position].item else {
            return;
        };
        let share = criteria_cell(position, criteria::col::SHARE);
        let state = self.at(position, col::STATE);
        for (column, from, is_high) in [
            (col::ZERO_LOW, col::POINTS_LOW, false),
            (col::ZERO_HIGH, col::POINTS_HIGH, true),
        ] {
            let points = self.at(position, from);
            let otherwise = if is_high { share.as_str() } else { "0" };
            let formula = format!(
                "IF({state}=\"not applicable\",0,IF(ISNUMBER({points}),{share}*{points}/100,{otherwise}))"
            );
            let result = if self.is_left_out(position) {
                Fraction::zero()
            } else {
                self.contribution(position, &self.whole.shares, is_high)
            };
            sheet.formula(
                self.at(position, column),
                &formula,
                &result.into(),
                Style::POINTS,
            );
        }
    }

    fn is_left_out(&self, position: usize) -> bool {
        match self.plan.nodes[position].item {
            Item::Criterion(index) => {
                let cell = self.card.criteria.get(index.position());
                cell.is_some_and(|cell| cell.state.is_left_out())
            }
            Item::Total | Item::Category(_) => false,
        }
    }
}
