//! Gates: minimums and maximums, judged on the record's weights.

use crate::criteria::{Criterion, Kind};
use crate::exact::Fraction;
use crate::reports::workbook::criteria;
use crate::reports::workbook::page::{Deciding, Marks};
use crate::reports::workbook::plan::{Item, WORKING, criteria_cell};
use crate::scoring::{Collapsed, GateBound, GateCard, GateOutcome, GateValue};
use crate::table::workbook::{Sheet, Span, Style, Value};

use super::{Block, col, end};

/// An outcome in the workbook's words.
fn outcome_word(outcome: GateOutcome) -> &'static str {
    match outcome {
        GateOutcome::Passed => "passed",
        GateOutcome::Failed => "failed",
        GateOutcome::Open => "open",
        GateOutcome::NotApplicable => "not applicable",
    }
}

impl Block<'_> {
    /// The gate on a node, if it has one.
    pub(super) fn gate(&self, sheet: &mut Sheet, position: usize, marks: &mut Marks) {
        let Some(gate) = self.plan.gate(self.card, position) else {
            return;
        };
        let bound = self.at(position, col::BOUND);
        match gate.bound {
            GateBound::Minimum(number) | GateBound::Maximum(number) => {
                let of_set = criteria_cell(position, criteria::col::BOUND);
                sheet.formula(
                    bound,
                    &of_set,
                    &number.into(),
                    self.style(position, Style::PLAIN),
                );
            }
            GateBound::Pass => sheet.text(bound, "a pass", Style::PLAIN),
        }
        let formula = match self.plan.nodes[position].item {
            Item::Criterion(index) => match self.plan.criterion(index) {
                Some(criterion) => self.criterion_outcome(position, criterion, gate),
                None => return,
            },
            Item::Total | Item::Category(_) => {
                self.percents(sheet, position, gate);
                let low = self.at(position, col::JUDGED_LOW);
                let high = self.at(position, col::JUDGED_HIGH);
                let decided = decided(&format!("{low}-{bound}"), &format!("{high}-{bound}"));
                format!("IF(ISNUMBER({low}),{decided},\"not applicable\")")
            }
        };
        let deciding = Deciding {
            sheet: WORKING,
            at: self.at(position, col::OUTCOME),
            style: self.style(position, Style::PLAIN),
            is_safe: self.is_safe(gate),
            about: "the gate",
        };
        let outcome = outcome_word(gate.outcome).into();
        marks.decide(sheet, deciding, &formula, &outcome);
    }

    fn criterion_outcome(&self, position: usize, criterion: &Criterion, gate: &GateCard) -> String {
        let at = |column: u16| self.at(position, column);
        let (state, bound) = (at(col::STATE), at(col::BOUND));
        let (worst, best) = (at(col::WORST), at(col::BEST));
        match (criterion.kind(), gate.bound) {
            (Kind::Rated(_), GateBound::Minimum(_)) => {
                decided(&format!("{worst}-{bound}"), &format!("{best}-{bound}"))
            }
            (Kind::Rated(_), _) => decided(&format!("{bound}-{worst}"), &format!("{bound}-{best}")),
            (Kind::Priced(_), _) => format!(
                "IF({state}=\"no response\",\"failed\",IF({state}=\"scored\",\
                 IF(ROUND({bound}-{worst},9)>=0,\"passed\",\"failed\"),\"open\"))"
            ),
            (Kind::PassFail, _) => format!(
                "IF({state}=\"no response\",\"failed\",IF({worst}=\"pass\",\"passed\",\
                 IF({worst}=\"fail\",\"failed\",\"open\")))"
            ),
        }
    }

    /// What is reached of the rated criteria in a category or the whole, in percent.
    fn percents(&self, sheet: &mut Sheet, position: usize, gate: &GateCard) {
        let share = if self.record.is_some() {
            col::RECORD_SHARE
        } else {
            col::SHARE
        };
        let below = &self.plan.nodes[position].below;
        let first = self.plan.working_row(self.vendor, below.start);
        let last = self
            .plan
            .working_row(self.vendor, below.end.saturating_sub(1));
        let span = |column| Span::new(column, first, last);
        let rated = |column| format!("SUMIFS({},{},\"rated\")", span(column), span(col::KIND));
        let whole = rated(share);
        for (column, part, is_high) in [
            (col::JUDGED_LOW, col::RATED_LOW, false),
            (col::JUDGED_HIGH, col::RATED_HIGH, true),
        ] {
            let formula = format!("IF({whole}=0,\"\",{}/{whole}*100)", rated(part));
            let percent = match &gate.value {
                GateValue::Range(range) => Some(end(range, is_high)),
                _ => None,
            };
            let style = self.style(position, Style::POINTS);
            sheet.formula(
                self.at(position, column),
                &formula,
                &Value::maybe(percent),
                style,
            );
        }
    }

    /// Whether doubles decide a gate as exact numbers do.
    fn is_safe(&self, gate: &GateCard) -> bool {
        let bound = match gate.bound {
            GateBound::Minimum(bound) | GateBound::Maximum(bound) => Fraction::from(bound),
            GateBound::Pass => return true,
        };
        let doubles = &self.plan.doubles;
        match &gate.value {
            GateValue::Range(range) => {
                doubles.part_from_bound(&range.low, &bound)
                    && doubles.part_from_bound(&range.high, &bound)
            }
            GateValue::Answer(Collapsed::Computed(value)) => doubles.part_from_bound(value, &bound),
            GateValue::Answer(Collapsed::Written(value)) => {
                let value = Fraction::from(*value);
                value == bound || doubles.part_from_bound(&value, &bound)
            }
            GateValue::Answer(Collapsed::Verdict { .. })
            | GateValue::NoResponse
            | GateValue::Unknown
            | GateValue::NotApplicable => true,
        }
    }
}

/// Passed if even the worst end leaves something over, failed if even the best does not.
fn decided(worst: &str, best: &str) -> String {
    format!("IF(ROUND({worst},9)>=0,\"passed\",IF(ROUND({best},9)<0,\"failed\",\"open\"))")
}
