//! Lenses made of the points that people spread.

use rust_decimal::Decimal;

use super::kept::{Kept, near_node};
use super::problem::{TailorProblem, TailorRule};
use super::read_percent;
use super::spread::proportion;
use super::wishes::Stakeholder;
use crate::criteria::{CriteriaSet, Node, SetLimits};
use crate::exact::{Fraction, plain};
use crate::table::{Name, name};

/// The name of the record's own weights beside those of lenses, which no lens may take.
const RECORD: &str = "record";

/// A lens made of points.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub id: String,
    pub title: String,
    /// What was given, by category or criterion.
    pub points: Vec<(Node, Decimal)>,
    /// The part of the whole of every criterion of the set; together 1.
    pub weights: Vec<Fraction>,
}

/// Reads what people spread. Within a category points follow the weights of the set: its new ones, or the old ones where
/// all the new ones are 0.
pub(super) fn views(
    set: &CriteriaSet,
    kept: &Kept,
    weights: [&[Fraction]; 2],
    said: &[Stakeholder],
    problems: &mut Vec<TailorProblem>,
) -> Vec<View> {
    let mut taken: Vec<String> = kept
        .lenses(set)
        .map(|(_, lens)| name::fold(lens.id()))
        .collect();
    let mut found = Vec::new();
    for (at, stakeholder) in said.iter().enumerate().filter(|(_, one)| !one.is_blank()) {
        let at = At {
            number: at,
            said: stakeholder,
        };
        let named = at.named(&taken, problems);
        if let Some((id, _)) = &named {
            taken.push(name::fold(id));
        }
        let points = at.points(set, kept, problems);
        let weights = points.and_then(|points| {
            let weights = at.weights(set, kept, weights, &points, problems)?;
            Some((points, weights))
        });
        if let (Some((id, title)), Some((points, weights))) = (named, weights) {
            found.push(View {
                id,
                title,
                points,
                weights,
            });
        }
    }
    let most = SetLimits::default().lenses;
    if !found.is_empty() && taken.len() > most {
        let rule = TailorRule::TooManyLenses { most };
        problems.push(TailorProblem::new("drop_lenses", None, rule));
    }
    found
}

/// One stakeholder among several.
struct At<'a> {
    number: usize,
    said: &'a Stakeholder,
}

impl At<'_> {
    fn problem(&self, part: &str, value: Option<&str>, rule: TailorRule) -> TailorProblem {
        TailorProblem::new(format!("lenses.{}.{part}", self.number), value, rule)
    }

    /// The id and the title of the lens.
    fn named(
        &self,
        taken: &[String],
        problems: &mut Vec<TailorProblem>,
    ) -> Option<(String, String)> {
        let (title, id) = (self.said.title.trim(), self.said.id.trim());
        if title.is_empty() && id.is_empty() {
            problems.push(self.problem("title", None, TailorRule::NoName));
            return None;
        }
        let title = if title.is_empty() { id } else { title };
        let title = match Name::parse(title) {
            Ok(title) => title.shown().to_owned(),
            Err(why) => {
                problems.push(self.problem("title", Some(title), TailorRule::BadName(why)));
                return None;
            }
        };
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        if !id.chars().all(is_plain) {
            problems.push(self.problem("id", Some(id), TailorRule::BadId));
            return None;
        }
        let id = if id.is_empty() {
            slug(&title)
        } else {
            id.to_owned()
        };
        let key = name::fold(&id);
        if key == RECORD || taken.contains(&key) {
            let rule = TailorRule::LensTaken { id };
            problems.push(self.problem("title", Some(&title), rule));
            return None;
        }
        Some((id, title))
    }

    /// The points that were given, which add up to 100.
    fn points(
        &self,
        set: &CriteriaSet,
        kept: &Kept,
        problems: &mut Vec<TailorProblem>,
    ) -> Option<Vec<(Node, Decimal)>> {
        let mut points: Vec<(Node, Decimal)> = Vec::new();
        let before = problems.len();
        let given = self.said.points.iter();
        for (id, text) in given.filter(|(_, text)| !text.trim().is_empty()) {
            match self.one(set, kept, &points, id, text) {
                Ok(one) => points.push(one),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.len() > before {
            return None;
        }
        let sum = Fraction::sum(&parts(&points));
        let gap = &sum - &Fraction::hundred();
        if gap.is_zero() {
            return Some(points);
        }
        let side = if gap.is_negative() { "little" } else { "much" };
        let gap = if gap.is_negative() { -&gap } else { gap };
        let text =
            |value: &Fraction| crate::exact::exact_decimal(value).map_or_else(String::new, plain);
        let rule = TailorRule::PointsSum {
            sum: text(&sum),
            difference: format!("{} too {side}", text(&gap)),
        };
        problems.push(self.problem("points", None, rule));
        None
    }

    fn one(
        &self,
        set: &CriteriaSet,
        kept: &Kept,
        before: &[(Node, Decimal)],
        id: &str,
        text: &str,
    ) -> Result<(Node, Decimal), TailorProblem> {
        let problem = |rule| self.problem(&format!("points.{id}"), Some(text.trim()), rule);
        let node = Node::with_id(set, id).ok_or_else(|| {
            problem(TailorRule::Unknown {
                near: near_node(set, id),
            })
        })?;
        let points = read_percent(text).map_err(problem)?;
        if before.iter().any(|(known, _)| *known == node) {
            return Err(problem(TailorRule::Twice));
        }
        let given = self.said.points.iter();
        let mut given = given.filter(|(other, text)| other != id && !text.trim().is_empty());
        let outer = given.find_map(|(other, _)| match Node::with_id(set, other)? {
            Node::Category(category) if lies_in(set, node, category) => Some(other.clone()),
            Node::Category(_) | Node::Criterion(_) => None,
        });
        if let Some(outer) = outer {
            return Err(problem(TailorRule::Within { outer }));
        }
        if points > Decimal::ZERO && !kept.has(node) {
            return Err(problem(TailorRule::Dropped));
        }
        if points > Decimal::ZERO && kept.weighed_in(set, node).is_empty() {
            return Err(problem(TailorRule::Weightless));
        }
        Ok((node, points))
    }

    /// What points come to for every criterion.
    fn weights(
        &self,
        set: &CriteriaSet,
        kept: &Kept,
        [new, old]: [&[Fraction]; 2],
        points: &[(Node, Decimal)],
        problems: &mut Vec<TailorProblem>,
    ) -> Option<Vec<Fraction>> {
        let mut weights = vec![Fraction::zero(); set.criteria().len()];
        let before = problems.len();
        for (node, part) in points
            .iter()
            .zip(parts(points))
            .map(|((node, _), part)| (*node, part))
        {
            let part = part.over(&Fraction::hundred())?;
            let members = kept.weighed_in(set, node);
            let spread = proportion(new, &part, &members);
            let Some(spread) = spread.or_else(|| proportion(old, &part, &members)) else {
                let field = format!("points.{}", node.id(set));
                problems.push(self.problem(&field, None, TailorRule::NoProportion));
                continue;
            };
            for (index, part) in members.iter().zip(spread) {
                if let Some(slot) = weights.get_mut(index.position()) {
                    *slot = part;
                }
            }
        }
        (problems.len() == before).then_some(weights)
    }
}

fn parts(points: &[(Node, Decimal)]) -> Vec<Fraction> {
    points.iter().map(|(_, points)| (*points).into()).collect()
}

/// Whether a node lies in a category and is not that category.
fn lies_in(set: &CriteriaSet, node: Node, category: crate::criteria::CategoryIndex) -> bool {
    match node {
        Node::Criterion(index) => set.is_within(index, category),
        Node::Category(inner) => {
            let parent =
                |of: crate::criteria::CategoryIndex| set.categories().get(of.position())?.parent();
            let mut at = parent(inner);
            while let Some(one) = at.filter(|one| *one != category) {
                at = parent(one);
            }
            at.is_some()
        }
    }
}

/// A title as an id.
fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let id: String = words.join("-").chars().take(40).collect();
    let id = id.trim_matches('-');
    if id.is_empty() { "lens" } else { id }.to_owned()
}
