//! The method on one document: what is asked, what it weighs, and every formula, gate and rule by which a result comes about.
//!
//! It is made, and kept by its digest, when the method is frozen: before the first answer.

use askama::Template;
use jiff::Timestamp;

use crate::criteria::{
    Collapse, CriteriaSet, Criterion, Direction, Kind, Lens, PointsRule, PriceRule, Priced,
    WeightRule,
};
use crate::evaluation::{EvaluationKind, Results};
use crate::exact::plain;
use crate::reports::filters;
use crate::scoring::METHOD_VERSION;

use super::html::RenderError;
use super::paper::{Paper, minute};
use super::rules::{self, Paragraph};
use super::views::criteria::{CriteriaGroup, groups};

/// What a method sheet says about the evaluation it is of.
#[derive(Debug, Clone, Copy)]
pub struct MethodImprint<'a> {
    /// What is decided.
    pub title: &'a str,
    /// Internal choice or tender.
    pub kind: EvaluationKind,
    /// When results show.
    pub results: Results,
    /// When it is made.
    pub at: Timestamp,
    /// Whether the method may still change.
    pub is_draft: bool,
}

#[derive(Template)]
#[template(path = "method-sheet.html")]
struct MethodSheet<'a> {
    set: &'a CriteriaSet,
    lens: Option<&'a Lens>,
    imprint: &'a MethodImprint<'a>,
    made: String,
    paper: Paper,
    criteria: Vec<CriteriaGroup<'a>>,
    formulas: Vec<Formula<'a>>,
    gates: Vec<Bound<'a>>,
    rules: Vec<Paragraph>,
    method: &'static str,
}

/// A formula: what comes of it, how, and of what.
struct Formula<'a> {
    of: &'a str,
    text: String,
    with: &'static str,
}

/// A bound that must be met whatever the total.
struct Bound<'a> {
    on: &'a str,
    needed: String,
}

/// Renders the method sheet of a criteria set.
///
/// # Errors
/// [`RenderError`] if the template engine fails; writing text into memory gives it no reason to.
pub fn method_sheet(set: &CriteriaSet, imprint: &MethodImprint<'_>) -> Result<String, RenderError> {
    let mut rules = rules::rules(set);
    // In a tender how close a win is is advice, and no part of the record.
    if imprint.kind == EvaluationKind::Internal {
        rules.push(rules::clear_winner(set));
    }
    let sheet = MethodSheet {
        set,
        lens: None,
        imprint,
        made: minute(imprint.at),
        paper: Paper::new(set, None, Some(imprint.at)),
        criteria: groups(set, None),
        formulas: formulas(set),
        gates: gates(set),
        rules,
        method: METHOD_VERSION,
    };
    Ok(sheet.render()?)
}

impl MethodSheet<'_> {
    fn is_tender(&self) -> bool {
        self.imprint.kind == EvaluationKind::Tender
    }

    fn hides(&self) -> bool {
        self.imprint.results == Results::Hidden
    }
}

/// Every formula that a set uses, in the order in which a total comes about (an additive value model: Keeney and Raiffa 1976).
fn formulas(set: &CriteriaSet) -> Vec<Formula<'_>> {
    let formula = |of, formula: &str, with| Formula {
        of,
        text: formula.to_owned(),
        with,
    };
    let mut all = vec![
        match set.rules().evaluators() {
            Collapse::Mean => formula(
                "Score s of several evaluators",
                "s = (s₁ + s₂ + … + sₙ) / n",
                "s₁ to sₙ: what each of n evaluators gave",
            ),
            Collapse::Median => formula(
                "Score s of several evaluators",
                "s = the middle one of s₁ ≤ s₂ ≤ … ≤ sₙ; of an even count the mean of the middle two",
                "s₁ to sₙ: what each of n evaluators gave",
            ),
        },
        match set.rules().points() {
            PointsRule::FromMin => formula(
                "Points p of a score",
                "p = (s − min) / (max − min)",
                "min, max: the ends of the criterion’s scale",
            ),
            PointsRule::OfMax => formula(
                "Points p of a score",
                "p = s / max",
                "max: the upper end of the criterion’s scale",
            ),
        },
    ];
    let lower = |criterion: &Criterion| matches!(criterion.kind(), Kind::Rated(rated) if rated.direction() == Direction::Lower);
    if set.criteria().iter().any(lower) {
        all.push(formula(
            "Points p where lower is better",
            "p = (max − s) / (max − min)",
            "min, max: the ends of the criterion’s scale",
        ));
    }
    let prices = set.criteria().iter();
    all.extend(prices.filter_map(|one| match one.kind() {
        Kind::Priced(by) => Some(price(one.title(), by)),
        Kind::Rated(_) | Kind::PassFail => None,
    }));
    all.push(match set.weight_rule() {
        WeightRule::Points => formula(
            "Share w of a criterion",
            "w = weight / 100",
            "the weights of all criteria add up to 100",
        ),
        WeightRule::Shares => formula(
            "Share w of a criterion",
            "w = weight / 100 × share of its category",
            "the weights of every group of siblings add up to 100",
        ),
        WeightRule::Relative => formula(
            "Share w of a criterion",
            "w = weight / sum of the weights of its group × share of its category",
            "a top-level category’s share is its weight over the sum of theirs",
        ),
    });
    all.push(formula(
        "Contribution c of a criterion",
        "c = w × p × 100",
        "w: its share; p: its points, from 0 to 1",
    ));
    all.push(formula(
        "Total T of a vendor",
        "T = c₁ + c₂ + … + cₘ",
        "over all m criteria; from 0 to 100",
    ));
    all
}

fn price<'a>(title: &'a str, priced: &Priced) -> Formula<'a> {
    let (text, with) = match (priced.rule(), priced.range()) {
        (PriceRule::FixedRange, Some(range)) => {
            let (floor, ceiling) = (plain(range.floor()), plain(range.ceiling()));
            let line = format!("p = ({ceiling} − P) / ({ceiling} − {floor}), kept within 0 and 1");
            (line, "P: the vendor’s price")
        }
        (PriceRule::FixedRange, None) => (
            "p = (ceiling − P) / (ceiling − floor), kept within 0 and 1".to_owned(),
            "P: the vendor’s price; floor and ceiling: to be set before the method is frozen",
        ),
        (PriceRule::LowestRatio, _) => (
            "p = L / P".to_owned(),
            "P: the vendor’s price; L: the lowest of those that stand and are not disqualified",
        ),
        (PriceRule::LinearToLowest, _) => (
            "p = 2 − P / L, kept within 0 and 1".to_owned(),
            "P: the vendor’s price; L: the lowest of those that stand and are not disqualified",
        ),
        (PriceRule::LinearRange, _) => (
            "p = (H − P) / (H − L), kept within 0 and 1; 1 for all if H = L".to_owned(),
            "P: the vendor’s price; L, H: the lowest and highest of those that stand and are not disqualified",
        ),
    };
    Formula {
        of: title,
        text,
        with,
    }
}

/// Every gate of a set: on criteria, on categories, on the total.
fn gates(set: &CriteriaSet) -> Vec<Bound<'_>> {
    let percent = |of: Option<_>| of.map(|bound| format!("at least {} percent", plain(bound)));
    let criteria = set.criteria().iter().filter_map(|criterion| {
        let needed = match criterion.kind() {
            Kind::Rated(rated) => rated.gate().map(|bound| match rated.direction() {
                Direction::Higher => format!("a score of at least {}", plain(bound)),
                Direction::Lower => format!("a score of at most {}", plain(bound)),
            }),
            Kind::Priced(priced) => priced
                .maximum()
                .map(|bound| format!("a price of at most {}", plain(bound))),
            Kind::PassFail => Some("a pass".to_owned()),
        };
        Some(Bound {
            on: criterion.title(),
            needed: needed?,
        })
    });
    let categories = set.categories().iter().filter_map(|category| {
        Some(Bound {
            on: category.title(),
            needed: percent(category.minimum())?,
        })
    });
    let total = percent(set.rules().total_minimum()).map(|needed| Bound {
        on: "The total, over the rated criteria",
        needed,
    });
    criteria.chain(categories).chain(total).collect()
}
