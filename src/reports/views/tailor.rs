//! A set before and after tailoring, row by row: what is kept, what it weighs, and its exact share.

use crate::criteria::{
    Category, CategoryIndex, CriteriaSet, Criterion, CriterionIndex, Kind, Lens, Node, Shares,
    TailorNote, Tailoring, WeightRule, Weighting,
};
use crate::exact::{self, Fraction, plain};

use super::tree;

/// A set that may be tailored, and what it would come to.
pub(crate) struct TailorView<'a> {
    pub(crate) rows: Vec<TailorRow<'a>>,
    /// The lenses of the set: id and title.
    pub(crate) lenses: Vec<(&'a str, &'a str)>,
    pub(crate) weights_now: &'static str,
    pub(crate) after: Option<After<'a>>,
}

/// A category or a criterion.
pub(crate) struct TailorRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) is_category: bool,
    /// Whether it stands at the top of the tree.
    pub(crate) is_top: bool,
    /// Whether it has a weight, or holds something that has.
    pub(crate) is_weighed: bool,
    pub(crate) depth: usize,
    pub(crate) weight: String,
    pub(crate) share: String,
    /// `None` if it is dropped.
    pub(crate) then: Option<Then>,
}

/// What a row is afterwards.
pub(crate) struct Then {
    pub(crate) weight: String,
    pub(crate) share: String,
    /// Its part of the whole, exactly.
    pub(crate) exact: String,
    /// Its share in each lens that is made.
    pub(crate) lenses: Vec<String>,
}

/// The set that would come of it.
pub(crate) struct After<'a> {
    pub(crate) id: &'a str,
    pub(crate) version: &'a str,
    pub(crate) sha256: &'a str,
    pub(crate) weights: &'static str,
    pub(crate) notes: Vec<String>,
    /// The titles of the lenses that are made.
    pub(crate) made: Vec<&'a str>,
    /// The sums below the columns: the shares, exactly, and each lens.
    pub(crate) sum: String,
    pub(crate) sum_exact: String,
    pub(crate) lens_sums: Vec<String>,
}

/// A set as it is, and as it would be.
pub(crate) fn tailor_view<'a>(
    set: &'a CriteriaSet,
    then: Option<(&Tailoring, &'a CriteriaSet, &[TailorNote])>,
) -> TailorView<'a> {
    let now = Weighting::of_record(set).shares();
    let later = then.map(|(tailoring, after, notes)| Later::new(tailoring, after, notes));
    let mut rows = Vec::new();
    for node in tree::nodes(set) {
        let at = Node::Category(node.index);
        rows.push(TailorRow {
            is_category: true,
            is_top: node.depth == 0,
            depth: node.depth.min(3),
            ..row(set, &now, later.as_ref(), at)
        });
        let criteria = set.indexed_criteria();
        let within = criteria.filter(|(_, criterion)| criterion.category() == node.index);
        rows.extend(within.map(|(index, _)| TailorRow {
            depth: node.depth.saturating_add(1).min(3),
            ..row(set, &now, later.as_ref(), Node::Criterion(index))
        }));
    }
    TailorView {
        rows,
        lenses: set
            .lenses()
            .iter()
            .map(|lens| (lens.id(), lens.title()))
            .collect(),
        weights_now: rule_text(set.weight_rule()),
        after: later.map(Later::after),
    }
}

fn row<'a>(
    set: &'a CriteriaSet,
    now: &Shares,
    later: Option<&Later<'a>>,
    node: Node,
) -> TailorRow<'a> {
    TailorRow {
        id: node.id(set),
        title: node.title(set),
        is_category: false,
        is_top: false,
        is_weighed: is_weighed(set, node),
        depth: 0,
        weight: weight(set, node),
        share: percent(&share(now, node)),
        then: later.and_then(|later| later.row(node.id(set))),
    }
}

/// The set afterwards with what is shown of it.
struct Later<'a> {
    set: &'a CriteriaSet,
    shares: Shares,
    made: Vec<(&'a Lens, Shares)>,
    notes: Vec<String>,
}

impl<'a> Later<'a> {
    fn new(tailoring: &Tailoring, set: &'a CriteriaSet, notes: &[TailorNote]) -> Self {
        let made = tailoring.new_lenses().filter_map(|(id, _, _)| {
            let lens = set.lens(id)?;
            Some((lens, Weighting::of_lens(set, lens).shares()))
        });
        Self {
            set,
            shares: Weighting::of_record(set).shares(),
            made: made.collect(),
            notes: notes.iter().map(ToString::to_string).collect(),
        }
    }

    fn row(&self, id: &str) -> Option<Then> {
        let node = Node::with_id(self.set, id)?;
        let part = share(&self.shares, node);
        let lenses = self
            .made
            .iter()
            .map(|(_, shares)| percent(&share(shares, node)));
        Some(Then {
            weight: weight(self.set, node),
            share: percent(&part),
            exact: part.to_string(),
            lenses: lenses.collect(),
        })
    }

    fn after(self) -> After<'a> {
        let sum = |shares: &Shares| {
            let all: Vec<Fraction> = self
                .set
                .indexed_criteria()
                .map(|(index, _)| shares.of_criterion(index))
                .collect();
            Fraction::sum(&all)
        };
        let whole = sum(&self.shares);
        After {
            id: self.set.id(),
            version: self.set.version(),
            sha256: self.set.sha256(),
            weights: rule_text(self.set.weight_rule()),
            made: self.made.iter().map(|(lens, _)| lens.title()).collect(),
            sum: percent(&whole),
            sum_exact: whole.to_string(),
            lens_sums: self
                .made
                .iter()
                .map(|(_, shares)| percent(&sum(shares)))
                .collect(),
            notes: self.notes,
        }
    }
}

fn percent(part: &Fraction) -> String {
    exact::fixed(&part.percent(), exact::PLACES)
}

fn share(shares: &Shares, node: Node) -> Fraction {
    match node {
        Node::Category(index) => shares.of_category(index),
        Node::Criterion(index) => shares.of_criterion(index),
    }
}

/// The weight as it stands in the set; empty for what has none.
fn weight(set: &CriteriaSet, node: Node) -> String {
    if !is_weighed(set, node) {
        return String::new();
    }
    let weight = match node {
        Node::Category(index) => set.categories().get(index.position()).map(Category::weight),
        Node::Criterion(index) => set.criteria().get(index.position()).map(Criterion::weight),
    };
    weight.map_or_else(String::new, plain)
}

fn is_weighed(set: &CriteriaSet, node: Node) -> bool {
    let counts = |index: CriterionIndex| {
        let criterion = set.criteria().get(index.position());
        criterion.is_some_and(|one| !matches!(one.kind(), Kind::PassFail))
    };
    let holds = |category: CategoryIndex| {
        let mut criteria = set.indexed_criteria();
        criteria.any(|(index, _)| counts(index) && set.is_within(index, category))
    };
    match node {
        Node::Category(category) => holds(category),
        Node::Criterion(index) => counts(index),
    }
}

/// How the weights of a set are to be read.
pub(crate) fn rule_text(rule: WeightRule) -> &'static str {
    match rule {
        WeightRule::Points => "points: all criteria together weigh 100",
        WeightRule::Shares => "shares: what stands side by side adds up to 100",
        WeightRule::Relative => {
            "relative: among what stands side by side only the proportions of the numbers count"
        }
    }
}
