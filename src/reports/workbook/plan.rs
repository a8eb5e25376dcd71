//! Where everything stands in the workbook, so that formulas can name it.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::criteria::{
    CategoryIndex, CriteriaSet, Criterion, CriterionIndex, Kind, Lens, PointsRule, Rated,
    WeightRule,
};
use crate::criteria::{Direction, Rules};
use crate::evaluation::Evaluation;
use crate::exact::Fraction;
use crate::reports::published::Published;
use crate::reports::views::tree;
use crate::scoring::{GateCard, GateOn, GateOutcome, Scorecard, VendorCard, VendorStatus};
use crate::table::workbook::{At, Footer, Span};

use super::near::Doubles;
use super::page::{self, BookImprint};
use super::rows;

/// The row of every sheet's heading, from 0.
pub(super) const HEAD: u32 = 3;
/// The row below it.
pub(super) const FIRST: u32 = 4;

/// The names of the sheets.
pub(super) const RANKING: &str = "Ranking";
pub(super) const MATRIX: &str = "Matrix";
pub(super) const SCORES: &str = "Scores";
pub(super) const CRITERIA: &str = "Criteria";
pub(super) const PRICE: &str = "Price";
pub(super) const METHOD: &str = "Method";
pub(super) const WORKING: &str = "Working";

/// One evaluation, laid out.
pub(super) struct Plan<'a> {
    pub(super) published: &'a Published<'a>,
    pub(super) evaluation: &'a Evaluation,
    pub(super) set: &'a CriteriaSet,
    pub(super) lens: Option<&'a Lens>,
    /// What is decided.
    pub(super) title: &'a str,
    /// The foot of every page.
    pub(super) footer: Footer,
    pub(super) doubles: Doubles,
    /// In page order.
    pub(super) cards: &'a [VendorCard],
    /// The tree from its root on, each node before what lies in it.
    pub(super) nodes: Vec<Node>,
    /// By vendor, then by node: the rows of the sheet of scores that its cell is made of; of a category none.
    blocks: Vec<Vec<Range<u32>>>,
}

/// One row of the tree.
pub(super) struct Node {
    pub(super) item: Item,
    /// The node it lies in; of the root itself.
    pub(super) parent: usize,
    /// The nodes that lie in it, at any depth.
    pub(super) below: Range<usize>,
}

/// What a node is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Total,
    Category(CategoryIndex),
    Criterion(CriterionIndex),
}

/// Whether a vendor is in the running.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stay {
    Out,
    Open,
    Certain,
}

impl Stay {
    pub(super) fn of(card: &VendorCard) -> Self {
        let any = |outcome| card.gates.iter().any(|gate| gate.outcome == outcome);
        if card.status == VendorStatus::Excluded || any(GateOutcome::Failed) {
            Self::Out
        } else if any(GateOutcome::Open) {
            Self::Open
        } else {
            Self::Certain
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::Open => "open",
            Self::Certain => "certain",
        }
    }
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        published: &'a Published<'a>,
        card: &'a Scorecard,
        imprint: &BookImprint<'a>,
    ) -> Self {
        let evaluation = published.evaluation;
        let set: &CriteriaSet = evaluation.set();
        let nodes = nodes(set);
        let mut plan = Self {
            published,
            evaluation,
            set,
            lens: published.lens,
            title: imprint.title,
            footer: page::footer(set, imprint),
            doubles: Doubles::of(set, &card.vendors),
            cards: &card.vendors,
            nodes,
            blocks: Vec::new(),
        };
        plan.blocks = plan.lay_out_scores();
        plan
    }

    fn lay_out_scores(&self) -> Vec<Vec<Range<u32>>> {
        let mut next = FIRST;
        let blocks = self.cards.iter().map(|card| {
            let cells = self.nodes.iter().map(|node| {
                let start = next;
                if let Item::Criterion(index) = node.item {
                    let count = rows::of_cell(self, card, index).len();
                    next = next.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
                }
                start..next
            });
            cells.collect()
        });
        blocks.collect()
    }

    pub(super) fn rules(&self) -> &Rules {
        self.set.rules()
    }

    pub(super) fn criterion(&self, index: CriterionIndex) -> Option<&'a Criterion> {
        self.set.criteria().get(index.position())
    }

    /// The criteria with their nodes, in the order of the tree.
    pub(super) fn criteria(&self) -> impl Iterator<Item = (usize, CriterionIndex, &'a Criterion)> {
        let nodes = self.nodes.iter().enumerate();
        nodes.filter_map(|(position, node)| match node.item {
            Item::Criterion(index) => Some((position, index, self.criterion(index)?)),
            Item::Total | Item::Category(_) => None,
        })
    }

    /// The nodes of the categories at the top.
    pub(super) fn top_level(&self) -> impl Iterator<Item = (usize, CategoryIndex)> {
        let nodes = self.nodes.iter().enumerate();
        nodes.filter_map(|(position, node)| match node.item {
            Item::Category(index) if node.parent == 0 => Some((position, index)),
            _ => None,
        })
    }

    pub(super) fn vendor_name(&self, card: &VendorCard) -> &'a str {
        self.evaluation.vendor_name(card.vendor)
    }

    /// The gate on a node, and what it says of a vendor.
    pub(super) fn gate<'c>(&self, card: &'c VendorCard, node: usize) -> Option<&'c GateCard> {
        let on = match self.nodes.get(node)?.item {
            Item::Total => GateOn::Total,
            Item::Category(index) => GateOn::Category(index),
            Item::Criterion(index) => GateOn::Criterion(index),
        };
        card.gates.iter().find(|gate| gate.on == on)
    }

    /// Whether a category or the total has a gate, which is judged on the record's weights.
    pub(super) fn has_percent_gate(&self) -> bool {
        let on_category = |category: &crate::criteria::Category| category.minimum().is_some();
        self.rules().total_minimum().is_some() || self.set.categories().iter().any(on_category)
    }

    /// Whether the view's weights are not those that gates are judged on.
    pub(super) fn judges_apart(&self) -> bool {
        self.lens.is_some() && self.has_percent_gate()
    }

    /// Whether something does not apply to some vendor.
    pub(super) fn has_not_applicable(&self) -> bool {
        let is_out = |card: &VendorCard| {
            let mut criteria = card.criteria.iter();
            criteria.any(|criterion| criterion.state.is_left_out())
        };
        self.cards.iter().any(is_out)
    }

    /// Whether categories weigh what lies in them.
    pub(super) fn sums_weights(&self, lens: Option<&Lens>) -> bool {
        lens.is_some() || self.set.weight_rule() == WeightRule::Points
    }

    /// The row of a vendor's node on the sheet of workings.
    pub(super) fn working_row(&self, vendor: usize, node: usize) -> u32 {
        let before = vendor.saturating_mul(self.nodes.len());
        nth(FIRST, before.saturating_add(node))
    }

    /// A vendor's node on the sheet of workings, as formulas elsewhere name it.
    pub(super) fn working_cell(&self, vendor: usize, node: usize, column: u16) -> String {
        format!(
            "{WORKING}!{}",
            At::new(self.working_row(vendor, node), column)
        )
    }

    /// A column of all of a vendor's nodes on the sheet of workings, as formulas elsewhere name it.
    pub(super) fn working_span(&self, vendor: usize, column: u16) -> String {
        let first = self.working_row(vendor, 0);
        let last = self.working_row(vendor, self.nodes.len().saturating_sub(1));
        format!("{WORKING}!{}", Span::new(column, first, last))
    }

    /// The rows of the scores that a vendor's criterion is collapsed from.
    pub(super) fn block(&self, vendor: usize, node: usize) -> Range<u32> {
        let block = self.blocks.get(vendor).and_then(|nodes| nodes.get(node));
        block.cloned().unwrap_or(FIRST..FIRST)
    }

    /// A column of those rows, as formulas on another sheet name it.
    pub(super) fn block_span(&self, vendor: usize, node: usize, column: u16) -> String {
        let block = self.block(vendor, node);
        let last = block.end.saturating_sub(1);
        format!("{SCORES}!{}", Span::new(column, block.start, last))
    }

    /// How many rows the scores have.
    pub(super) fn score_rows(&self) -> usize {
        let last = self.blocks.last().and_then(|nodes| nodes.last());
        let end = last.map_or(FIRST, |block| block.end);
        usize::try_from(end.saturating_sub(FIRST)).unwrap_or(usize::MAX)
    }
}

/// The row of a node on the sheets that have one for each.
pub(super) fn node_row(node: usize) -> u32 {
    nth(FIRST, node)
}

/// A node's cell on the sheet of criteria, as formulas elsewhere name it.
pub(super) fn criteria_cell(node: usize, column: u16) -> String {
    format!("{CRITERIA}!{}", At::new(node_row(node), column))
}

/// The row so many below another one.
pub(super) fn nth(first: u32, count: usize) -> u32 {
    first.saturating_add(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The tree from its root on, each node before what lies in it.
fn nodes(set: &CriteriaSet) -> Vec<Node> {
    let mut nodes = vec![Node {
        item: Item::Total,
        parent: 0,
        below: 1..1,
    }];
    let mut placed: Vec<(CategoryIndex, usize)> = Vec::new();
    for branch in tree::nodes(set) {
        let parent = branch.category.parent();
        let above = placed.iter().find(|(index, _)| Some(*index) == parent);
        let above = above.map_or(0, |(_, position)| *position);
        let position = nodes.len();
        placed.push((branch.index, position));
        nodes.push(Node {
            item: Item::Category(branch.index),
            parent: above,
            below: position.saturating_add(1)..position.saturating_add(1),
        });
        let within = set.indexed_criteria();
        let within = within.filter(|(_, criterion)| criterion.category() == branch.index);
        for (index, _) in within {
            let own = nodes.len();
            nodes.push(Node {
                item: Item::Criterion(index),
                parent: position,
                below: own.saturating_add(1)..own.saturating_add(1),
            });
        }
    }
    // From the end on, every node has seen what lies in it when its own parent is told.
    for position in (1..nodes.len()).rev() {
        let (end, parent) = (nodes[position].below.end, nodes[position].parent);
        let above = &mut nodes[parent].below;
        above.end = above.end.max(end);
    }
    nodes
}

/// The ends of a rated criterion's scale, as scores become points.
pub(super) struct Scoring {
    pub(super) worst: Decimal,
    pub(super) best: Decimal,
    /// The score that gives no points.
    pub(super) origin: Decimal,
}

impl Scoring {
    pub(super) fn of(rated: &Rated, rules: &Rules) -> Self {
        let scale = rated.scale();
        let (worst, best) = match rated.direction() {
            Direction::Higher => (scale.min(), scale.max()),
            Direction::Lower => (scale.max(), scale.min()),
        };
        let origin = match rules.points() {
            PointsRule::FromMin => worst,
            PointsRule::OfMax => Decimal::ZERO,
        };
        Self {
            worst,
            best,
            origin,
        }
    }

    /// The score that has these points, from 0 to 1.
    pub(super) fn score(&self, points: &Fraction) -> Fraction {
        let origin = Fraction::from(self.origin);
        &origin + &(&(&Fraction::from(self.best) - &origin) * points)
    }
}

/// The kind of a node, in a word.
pub(super) fn kind_word(plan: &Plan<'_>, item: Item) -> &'static str {
    match item {
        Item::Total => "total",
        Item::Category(_) => "category",
        Item::Criterion(index) => match plan.criterion(index).map(Criterion::kind) {
            Some(Kind::Priced(_)) => "priced",
            Some(Kind::PassFail) => "pass-fail",
            Some(Kind::Rated(_)) | None => "rated",
        },
    }
}
