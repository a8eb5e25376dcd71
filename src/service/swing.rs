//! Step 1: weights by swing. What was said becomes a version of the criteria set, and stays on record with it.

use std::fmt::Write as _;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::accounts::{Action, Actor};
use crate::criteria::elicit::{Elicited, Method, elicit};
use crate::criteria::{CategoryIndex, CriteriaSet, Node};
use crate::exact::{NotTyped, plain, read_amount, read_typed};
use crate::record::{Attached, Change, Digest, EvaluationId, SetRef};

use super::{Entry, Error, FieldProblem, File, Opened, Service};

/// Points for the swings of one group, as typed.
#[derive(Debug, Clone, Default)]
pub struct Swings {
    /// The id of the category whose parts are weighed; `None` for the categories.
    pub of: Option<String>,
    /// By part, its id and its points.
    pub points: Vec<(String, String)>,
}

/// What swings come to.
#[derive(Debug, Clone)]
pub struct Swung {
    /// The parts of the group with their points, in the order of the set.
    pub parts: Vec<(Node, Decimal)>,
    /// The shares, in the same order.
    pub elicited: Elicited,
    /// What was said, as the file that gives these weights again.
    csv: String,
}

impl Service {
    /// Looks at what swings come to, without taking it.
    ///
    /// # Errors
    /// [`Error::Fields`] with everything that cannot be taken.
    pub fn look_at_swings(&self, set: &CriteriaSet, said: &Swings) -> Result<Swung, Error> {
        let of = group(set, said.of.as_deref())?;
        let parts = set.weighed_parts(of);
        let mut csv = "criterion,points\n".to_owned();
        for node in &parts {
            let id = node.id(set);
            // A file has one decimal sign, so that a number is written with a point, however it was typed.
            let text = said.text(id);
            let text = read_typed(text).map_or_else(|_| text.to_owned(), plain);
            // Writing into a text does not fail.
            let _ = writeln!(csv, "{id},\"{}\"", text.replace('"', "\"\""));
        }
        let elicited = elicit(Method::Swing, csv.as_bytes(), self.limits());
        let elicited = elicited.map_err(|problems| {
            let located = problems.into_iter().map(|problem| {
                let at = problem.row().and_then(|row| row.checked_sub(2));
                let at = at.and_then(|at| usize::try_from(at).ok());
                let node = at.and_then(|at| parts.get(at));
                FieldProblem {
                    field: field(node.map_or("", |node| node.id(set))),
                    value: problem.value().map(str::to_owned),
                    code: problem.code(),
                    message: problem.to_string(),
                }
            });
            Error::Fields(located.collect())
        })?;
        let parts = read(set, parts, said)?;
        Ok(Swung {
            parts,
            elicited,
            csv,
        })
    }

    /// Takes the weights that swings give: another version of the set, with what was said beside it on record.
    ///
    /// # Errors
    /// [`Error::Fields`] with everything that cannot be taken, [`Error::Denied`] once the method is frozen.
    pub fn swing_method(
        &self,
        actor: Actor,
        id: &EvaluationId,
        said: &Swings,
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::SetMethod, id, |dossier| {
            let set = dossier.set();
            let swung = self.look_at_swings(set, said)?;
            let is_offered = self.library().find(set.id()).is_some();
            let (own_id, version) = set.next_name(is_offered);
            let weighed = set
                .reweighed(&swung.parts, &own_id, &version)
                .map_err(|why| {
                    Error::field("points", None, "unchangeable-weights", why.to_string())
                })?;
            let set = Arc::new(weighed);
            Ok(vec![Entry {
                change: Change::WeightsElicited {
                    method: Method::Swing.code().to_owned(),
                    of: said.of.clone().filter(|of| !of.is_empty()),
                    judgements: Digest::of(swung.csv.as_bytes()),
                    set: SetRef::of(&set),
                },
                files: vec![
                    File::new(set.source().as_bytes().to_vec()),
                    File::new(swung.csv.into_bytes()),
                ],
                attached: Attached::Set(set),
            }])
        })
    }
}

impl Swings {
    fn text(&self, id: &str) -> &str {
        let found = self.points.iter().find(|(known, _)| known == id);
        found.map_or("", |(_, text)| text.trim())
    }
}

/// The category of an id.
fn group(set: &CriteriaSet, of: Option<&str>) -> Result<Option<CategoryIndex>, Error> {
    let Some(of) = of.filter(|of| !of.is_empty()) else {
        return Ok(None);
    };
    let mut categories = set.indexed_categories();
    let found = categories.find(|(_, category)| category.id() == of);
    found.map(|(index, _)| Some(index)).ok_or_else(|| {
        let message = "the set has no category of this id; load the page again";
        Error::field("of", Some(of), "unknown-category", message)
    })
}

/// The points of each part, as weights.
fn read(set: &CriteriaSet, parts: Vec<Node>, said: &Swings) -> Result<Vec<(Node, Decimal)>, Error> {
    let mut problems = Vec::new();
    let mut read = Vec::new();
    for node in parts {
        let id = node.id(set);
        match read_amount(said.text(id)) {
            Ok(points) => read.push((node, points)),
            Err(why) => problems.push(FieldProblem {
                field: field(id),
                value: Some(said.text(id).to_owned()),
                code: "not-a-number",
                message: match why {
                    NotTyped::TwoWays { .. } => why.to_string(),
                    NotTyped::Number(_) => "write a number like 80 or 12.5".to_owned(),
                },
            }),
        }
    }
    if problems.is_empty() {
        Ok(read)
    } else {
        Err(Error::Fields(problems))
    }
}

fn field(id: &str) -> String {
    if id.is_empty() {
        "points".to_owned()
    } else {
        format!("points.{id}")
    }
}
