//! The lines of a cost sheet, and what they add up to.

use std::collections::BTreeMap;

use crate::criteria::{Costs, CriterionIndex, LayerIndex, Priced};
use crate::evaluation::{Answer, CostLine, Entry, Line, Sheet, present_value, quoted};
use crate::exact;
use crate::table::write;

use super::super::cell::read_cost;
use super::super::texts::{is_blank, text_of};
use super::super::{CostRule, DecimalSign, OtherRows, Problem, Rule};
use super::{Asked, Reading};

/// A row of a cost sheet, before its amount is read; what of it cannot be taken is told already and `None`.
#[derive(Debug, Clone, Copy)]
pub(in crate::sheets) struct CostCells<'r> {
    pub row: u32,
    /// The column of the amount.
    pub column: usize,
    pub criterion: CriterionIndex,
    pub vendor: Option<usize>,
    pub layer: Option<LayerIndex>,
    pub year: Option<u8>,
    pub amount: &'r [u8],
    pub comment: &'r [u8],
    /// Whether the comment's column is the next after the amount's.
    pub comment_follows: bool,
}

impl Reading<'_> {
    /// What a cell means, if it can be taken; else it is told why not.
    pub(in crate::sheets) fn taken<T>(
        &mut self,
        row: u32,
        column: usize,
        cell: &[u8],
        read: Result<T, Rule>,
    ) -> Option<T> {
        read.map_err(|rule| self.problem(row, column, text_of(cell), rule))
            .ok()
    }

    /// Reads the amount of a line and keeps the line.
    pub(in crate::sheets) fn cost(&mut self, cells: &CostCells<'_>) {
        let Some(entry) = self.cost_entry(cells) else {
            return;
        };
        let (Some(vendor), Some(layer), Some(year)) = (cells.vendor, cells.layer, cells.year)
        else {
            return;
        };
        let amount = match entry {
            Entry::Answer(Answer::Scored(amount)) => Some(amount),
            _ => None,
        };
        if amount.is_none() {
            let text = text_of(cells.amount);
            self.warning(cells.row, cells.column, text, CostRule::NotNamed.into());
        }
        let said = !is_blank(cells.comment);
        self.costs.push(CostLine {
            vendor,
            layer,
            year,
            amount,
            comment: said.then(|| write::restore(text_of(cells.comment)).into()),
            row: cells.row,
        });
    }

    fn cost_entry(&mut self, cells: &CostCells<'_>) -> Option<Entry> {
        let (row, column, text) = (cells.row, cells.column, text_of(cells.amount));
        if self.is_merged_over(row, column, cells.amount) {
            return None;
        }
        let nobody = usize::MAX;
        let asked = Asked {
            row,
            column,
            vendor: nobody,
            evaluator: nobody,
            criterion: cells.criterion,
            score: cells.amount,
            comment: cells.comment,
            comment_follows: cells.comment_follows,
            has_reason: true,
        };
        if self.might_be_decimals(&asked) {
            let rule = Rule::NumberInComment;
            self.problem(row, column.saturating_add(1), text_of(cells.comment), rule);
            return None;
        }
        let currency = self.set().costed();
        let currency = currency.and_then(|(_, priced, _)| priced.currency());
        let meant = self.form.declared.word(text).unwrap_or(text);
        match read_cost(meant, currency, self.writing_at(row, column)) {
            Ok(_) if self.shows_other_currency(&asked, currency) => None,
            Ok(cell) => {
                self.signs.meet(cell.sign);
                self.meet_point(&cell, &asked, true);
                for notice in cell.notices {
                    self.warning(row, column, text, notice);
                }
                Some(cell.entry)
            }
            Err(rule) => {
                let rule = match rule {
                    Rule::NotANumber(_) | Rule::BesideAmount(_) => CostRule::NotAnAmount.into(),
                    other => other,
                };
                self.problem(row, column, text, rule);
                None
            }
        }
    }

    /// Makes the lines of each vendor the answer about its price: what they are worth on the day of signing, to the cent.
    /// A vendor with a line that is not named has no price: an earlier one is taken away.
    pub(in crate::sheets) fn total_costs(
        &mut self,
        priced: &Priced,
        costs: &Costs,
        criterion: CriterionIndex,
        column: usize,
    ) {
        self.refuse_repeated_costs(column);
        let lines = std::mem::take(&mut self.costs);
        if lines.is_empty() && self.problems.is_empty() {
            self.problems.push(Problem::of_file(CostRule::Empty.into()));
        }
        let mut by_vendor: BTreeMap<usize, Vec<&CostLine>> = BTreeMap::new();
        for line in &lines {
            by_vendor.entry(line.vendor).or_default().push(line);
        }
        for (vendor, own) in by_vendor {
            let Some(first) = own.first() else {
                continue;
            };
            let total = present_value(costs, own.iter().copied());
            let amount = total.as_ref().map(quoted);
            let entry = match amount {
                None => Entry::Clear,
                Some(None) => {
                    self.problem(first.row, column, "", CostRule::TotalTooLarge.into());
                    continue;
                }
                Some(Some(amount)) if amount.is_zero() && !priced.rule().allows_zero() => {
                    self.problem(first.row, column, "", CostRule::TotalOfNothing.into());
                    continue;
                }
                Some(Some(amount)) => Entry::Answer(Answer::Scored(amount)),
            };
            let reason = own.iter().find_map(|line| line.comment.clone());
            self.price_of(
                vendor,
                first.row,
                column,
                criterion,
                (priced, entry, reason),
            );
        }
        self.costs = lines;
    }

    fn price_of(
        &mut self,
        vendor: usize,
        row: u32,
        column: usize,
        criterion: CriterionIndex,
        (priced, entry, reason): (&Priced, Entry, Option<std::sync::Arc<str>>),
    ) {
        let Some(evaluator) = self.unsigned_or_named(criterion) else {
            return;
        };
        let is_consensus = self.consensus == Some(evaluator);
        if is_consensus && reason.is_none() {
            let rule = Rule::ConsensusWithoutReason;
            if self.context.consensus_needs_reason {
                self.problem(row, column, "", rule);
            } else {
                self.warning(row, column, "", rule);
            }
        }
        if let (Entry::Answer(Answer::Scored(total)), Some(range)) = (entry, priced.range())
            && !priced.rule().is_relative()
            && !(range.floor()..=range.ceiling()).contains(&total)
        {
            let rule = Rule::PriceOutsideRange(range.floor(), range.ceiling());
            self.warning(row, column, &exact::plain(total), rule);
        }
        self.lines.push(&Line {
            vendor,
            evaluator,
            criterion,
            entry,
            comment: reason.as_deref().filter(|_| is_consensus),
            row,
            column: u16::try_from(column).unwrap_or(u16::MAX),
        });
    }

    fn refuse_repeated_costs(&mut self, column: usize) {
        let mut groups: BTreeMap<(usize, LayerIndex, u8), Vec<u32>> = BTreeMap::new();
        for line in &self.costs {
            let key = (line.vendor, line.layer, line.year);
            groups.entry(key).or_default().push(line.row);
        }
        for rows in groups.values().filter(|rows| rows.len() > 1) {
            for &row in rows {
                let others = OtherRows::but(row, rows.iter().copied());
                self.problem(row, column, "", CostRule::Duplicate(others).into());
            }
        }
    }

    /// The sheet of what was read, with its costs; or everything that is wrong with it.
    pub(in crate::sheets) fn finish_with_costs(
        mut self,
    ) -> Result<(Sheet, DecimalSign, Vec<Problem>), Vec<Problem>> {
        let costs = std::mem::take(&mut self.costs);
        let (sheet, signs, warnings) = self.finish()?;
        Ok((sheet.with_costs(costs), signs, warnings))
    }
}
