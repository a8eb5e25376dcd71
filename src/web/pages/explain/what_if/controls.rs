//! The fields of the page: a share for every category and criterion, the share of price, and whom to leave out.

use crate::criteria::{CategoryIndex, CriteriaSet, Node};
use crate::exact::{Fraction, fixed};
use crate::scoring::View;
use crate::service::FieldProblem;
use crate::table::NameList;
use crate::web::pages::results::Looked;
use crate::web::take::{AskedWhatIf, ReadWhatIf, price_share};

/// The fields of the page.
pub(super) struct Controls<'a> {
    pub(super) groups: Vec<Group<'a>>,
    pub(super) price: Option<Control<'a>>,
    pub(super) vendors: Vec<Tick<'a>>,
    pub(super) evaluators: Vec<Tick<'a>>,
}

/// What stands side by side.
pub(super) struct Group<'a> {
    /// The category; `None` for the whole.
    pub(super) title: Option<&'a str>,
    pub(super) is_open: bool,
    pub(super) controls: Vec<Control<'a>>,
}

/// One share.
pub(super) struct Control<'a> {
    pub(super) id: &'a str,
    pub(super) field: String,
    pub(super) title: &'a str,
    /// What was typed.
    pub(super) typed: String,
    /// Its share in percent as it is in this view.
    pub(super) now: String,
    /// In the weights that it starts from.
    pub(super) before: String,
    pub(super) mistake: Option<String>,
}

/// Somebody to leave out.
#[derive(Clone, Copy)]
pub(super) struct Tick<'a> {
    pub(super) name: &'a str,
    pub(super) is_on: bool,
}

impl<'a> Controls<'a> {
    pub(super) fn new(
        looked: &'a Looked,
        asked: &AskedWhatIf,
        read: Option<&ReadWhatIf>,
        problems: &[FieldProblem],
    ) -> Self {
        let evaluation = looked.opened.dossier().evaluation();
        let set = evaluation.set();
        let base = View::from(looked.lens.as_ref()).weighting(set);
        let then = read.map_or_else(|| base.clone(), |read| read.what.weighting().clone());
        let control = |id: &'a str, title: &'a str, field: String, parts: [Option<Fraction>; 2]| {
            let [before, now] = parts.map(|part| part.as_ref().map_or_else(String::new, percent));
            let wrong = problems.iter().find(|problem| problem.field == field);
            Control {
                typed: asked.typed(&field).to_owned(),
                mistake: wrong.map(|problem| problem.message.clone()),
                id,
                title,
                field,
                now,
                before,
            }
        };
        let of_node = |node: Node| {
            let parts = [&base, &then].map(|one| share(one, node));
            let field = format!("w.{}", node.id(set));
            control(node.id(set), node.title(set), field, parts)
        };
        let group = |of: Option<CategoryIndex>| {
            let controls: Vec<Control<'a>> =
                set.weighed_parts(of).into_iter().map(of_node).collect();
            let is_open = |one: &Control<'_>| !one.typed.is_empty() || one.mistake.is_some();
            (controls.len() > 1).then(|| Group {
                title: of.map(|of| Node::Category(of).title(set)),
                is_open: of.is_none() || controls.iter().any(is_open),
                controls,
            })
        };
        let prices = [&base, &then].map(|one| Some(price_share(set, &one.shares())));
        let has_price = prices.iter().flatten().any(|part| !part.is_zero());
        // As they were ticked: they stay so where something beside them is refused.
        let ticks = |list: &str, names: &'a NameList| -> Vec<Tick<'a>> {
            let names = names.names().iter();
            let ticks = names.map(|name| Tick {
                name: name.shown(),
                is_on: asked.names(list, name),
            });
            ticks.collect()
        };
        let (vendors, evaluators) = (
            ticks("without", evaluation.vendors()),
            ticks("without-evaluator", evaluation.evaluators()),
        );
        Self {
            groups: order(set).into_iter().filter_map(group).collect(),
            price: has_price
                .then(|| control("price", "All prices together", "price".to_owned(), prices)),
            vendors: evaluation
                .vendor_indices()
                .filter(|&one| !evaluation.is_excluded(one))
                .filter_map(|one| vendors.get(one.position()).copied())
                .collect(),
            evaluators: evaluation
                .evaluator_indices()
                .filter(|&one| !evaluation.is_consensus(one))
                .filter_map(|one| evaluators.get(one.position()).copied())
                .collect(),
        }
    }
}

/// The fields whose shares are others than those that the page starts from, with what they are.
pub(super) fn moved(
    looked: &Looked,
    asked: &AskedWhatIf,
    read: &ReadWhatIf,
) -> Vec<(String, String)> {
    let controls = Controls::new(looked, asked, Some(read), &[]);
    let groups = controls.groups.into_iter().flat_map(|group| group.controls);
    let moved = groups
        .chain(controls.price)
        .filter(|one| one.now != one.before);
    moved.map(|one| (one.field, one.now)).collect()
}

/// The whole first, then every category.
fn order(set: &CriteriaSet) -> Vec<Option<CategoryIndex>> {
    let categories = set.indexed_categories().map(|(index, _)| Some(index));
    std::iter::once(None).chain(categories).collect()
}

/// A node's part among its siblings; all of it where no sibling has any weight.
fn share(weighting: &crate::criteria::Weighting, node: Node) -> Option<Fraction> {
    let known = weighting.share_among_siblings(node);
    known.or_else(|| (!weighting.weight(node).is_zero()).then(Fraction::one))
}

fn percent(part: &Fraction) -> String {
    fixed(&part.percent(), 2)
}
