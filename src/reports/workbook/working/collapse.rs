//! Several answers become one: the state, the score at its worst and at its best.

use rust_decimal::Decimal;

use crate::criteria::{Collapse, Criterion, Kind};
use crate::evaluation::Answer;
use crate::exact::Fraction;
use crate::reports::workbook::near::Doubles;
use crate::reports::workbook::page::{Deciding, Marks};
use crate::reports::workbook::plan::{Scoring, WORKING, criteria_cell};
use crate::reports::workbook::{criteria, rows, scores};
use crate::scoring::{Collapsed, CriterionCard, State};
use crate::table::workbook::{Sheet, Style, Value};

use super::{Block, col, end};

/// A state in the workbook's words.
pub(in crate::reports::workbook) fn state_word(state: State) -> &'static str {
    match state {
        State::Scored => "scored",
        State::NoResponse => "no response",
        State::NotScored => "not scored",
        State::NotApplicable => "not applicable",
        State::Sealed => "sealed",
    }
}

impl Block<'_> {
    /// The state of a criterion and its collapsed score.
    pub(super) fn collapse(
        &self,
        sheet: &mut Sheet,
        position: usize,
        criterion: &Criterion,
        cell: &CriterionCard,
        marks: &mut Marks,
    ) {
        let answers = Answers {
            read_as: self.span(position, scores::col::READ_AS),
            counts: self.span(position, scores::col::COUNTS),
            worst: self.span(position, scores::col::WORST),
            best: self.span(position, scores::col::BEST),
            state: self.at(position, col::STATE).to_string(),
        };
        let state = match criterion.kind() {
            Kind::Rated(_) => answers.rated_state(),
            Kind::Priced(_) => answers.price_state(),
            Kind::PassFail => answers.verdict_state(),
        };
        let deciding = Deciding {
            sheet: WORKING,
            at: self.at(position, col::STATE),
            style: Style::PLAIN,
            is_safe: self.tells_prices_apart(cell),
            about: criterion.id(),
        };
        let word = state_word(cell.state).into();
        marks.decide(sheet, deciding, &state, &word);
        match criterion.kind() {
            Kind::Rated(rated) => {
                let scoring = Scoring::of(rated, self.plan.rules());
                let rule = self.plan.rules().evaluators();
                for (column, edge, of_scale, is_high) in [
                    (col::WORST, &answers.worst, criteria::col::WORST, false),
                    (col::BEST, &answers.best, criteria::col::BEST, true),
                ] {
                    let of_scale = criteria_cell(position, of_scale);
                    let formula = answers.rated_score(rule, edge, &of_scale);
                    let score = cell
                        .points
                        .as_ref()
                        .map(|points| scoring.score(end(points, is_high)));
                    let result = Value::maybe(score.as_ref());
                    let at = self.at(position, column);
                    sheet.formula(at, &formula, &result, score_style(cell));
                }
            }
            Kind::Priced(_) => {
                let formula = format!(
                    "IF({}=\"scored\",MIN({}),\"\")",
                    answers.state, answers.worst
                );
                let amount = amount(cell).map(Fraction::from);
                let result = Value::maybe(amount.as_ref());
                let at = self.at(position, col::WORST);
                sheet.formula(at, &formula, &result, Style::MONEY);
            }
            Kind::PassFail => {
                let passes = format!(
                    "IF(COUNTIF({},\"pass\")>0,\"pass\",\"fail\")",
                    answers.read_as
                );
                let formula = format!("IF({}=\"scored\",{passes},\"\")", answers.state);
                let result = match cell.score {
                    Some(Collapsed::Verdict { passed: true }) => "pass",
                    Some(Collapsed::Verdict { passed: false }) => "fail",
                    _ => "",
                };
                let at = self.at(position, col::WORST);
                sheet.formula(at, &formula, &result.into(), Style::PLAIN);
            }
        }
    }

    fn span(&self, position: usize, column: u16) -> String {
        self.plan.block_span(self.vendor, position, column)
    }

    /// Whether amounts that differ still do as doubles.
    fn tells_prices_apart(&self, cell: &CriterionCard) -> bool {
        if !cell.conflict {
            return true;
        }
        let rows = rows::of_cell(self.plan, self.card, cell.criterion);
        let amounts: Vec<Decimal> = rows
            .iter()
            .filter(|row| row.counts)
            .filter_map(|row| match row.answer {
                Some(Answer::Scored(amount)) => Some(amount),
                _ => None,
            })
            .collect();
        amounts
            .windows(2)
            .all(|pair| Doubles::tell_apart(pair[0], pair[1]))
    }
}

/// A score as it was written, but two decimals of one that was computed.
pub(in crate::reports::workbook) fn score_style(cell: &CriterionCard) -> Style {
    match cell.score {
        Some(Collapsed::Written(_)) => Style::PLAIN,
        _ => Style::POINTS,
    }
}

/// The amount of a priced criterion.
pub(in crate::reports::workbook) fn amount(cell: &CriterionCard) -> Option<Decimal> {
    match (cell.state, &cell.score) {
        (State::Scored, Some(Collapsed::Written(amount))) => Some(*amount),
        _ => None,
    }
}

/// The scores that a cell is made of, as formulas name them.
struct Answers {
    read_as: String,
    counts: String,
    worst: String,
    best: String,
    /// The cell of the state itself.
    state: String,
}

impl Answers {
    fn count(&self, word: &str) -> String {
        format!("COUNTIF({},\"{word}\")", self.read_as)
    }

    fn counting(&self) -> String {
        format!("COUNTIF({},\"yes\")", self.counts)
    }

    /// "Not applicable" must be unanimous; whatever is missing or in conflict leaves the cell not scored.
    fn rated_state(&self) -> String {
        let (aside, missing, silent) = (
            self.count("n/a"),
            self.count("missing"),
            self.count("silent"),
        );
        let all = self.counting();
        let open = format!("OR({all}=0,{aside}>0,{missing}>0)");
        let settled = format!("IF({silent}={all},\"no response\",\"scored\")");
        format!(
            "IF(AND({aside}>0,{aside}={all}),\"not applicable\",IF({open},\"not scored\",{settled}))"
        )
    }

    fn rated_score(&self, rule: Collapse, edge: &str, of_scale: &str) -> String {
        let function = match rule {
            Collapse::Mean => "AVERAGE",
            Collapse::Median => "MEDIAN",
        };
        let nothing = format!("OR({}>0,COUNT({edge})=0)", self.count("n/a"));
        format!(
            "IF({}=\"not applicable\",\"\",IF({nothing},{of_scale},{function}({edge})))",
            self.state
        )
    }

    /// One vendor has one price: all who name one must name the same.
    fn price_state(&self) -> String {
        let (silent, prices) = (self.count("silent"), &self.worst);
        let none = format!("IF({silent}>0,\"no response\",\"not scored\")");
        let differ = format!("OR({silent}>0,MAX({prices})<>MIN({prices}))");
        format!("IF(COUNT({prices})=0,{none},IF({differ},\"not scored\",\"scored\"))")
    }

    /// A verdict is unanimous; a vendor that was silent fails.
    fn verdict_state(&self) -> String {
        let (passes, fails, silent) =
            (self.count("pass"), self.count("fail"), self.count("silent"));
        let failing = format!("{fails}+{silent}");
        let settled = format!("IF(AND({passes}=0,{fails}=0),\"no response\",\"scored\")");
        let open = format!("OR({passes}+{failing}=0,AND({passes}>0,{failing}>0))");
        format!("IF({open},\"not scored\",{settled})")
    }
}
