//! Another version of the method under answers that were given already: in an internal choice, with a reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::accounts::{Action, Actor};
use crate::criteria::{CriteriaSet, Kind};
use crate::evaluation::{NotAMapping, Revised, ScaleMapping, Unmapped};
use crate::exact::{Fraction, plain, trimmed};
use crate::record::{Attached, Change, Dossier, EvaluationId, SetRef};

use super::method::{freezing_sheet, imprint_of, needed};
use super::opened::Opened;
use super::{Entry, Error, FieldProblem, File, Service, SetFile};

/// What becomes of every criterion whose scale is another one and that is not named.
const ALL: &str = "*";

/// Another version of the method, as it is asked for.
#[derive(Debug, Clone, Default)]
pub struct Revise {
    /// The criteria set in a file.
    pub own: SetFile,
    /// What values become where a scale is another one: `ID: 0=0, 3=6` or `ID: x*2`, one criterion a line, `*` for the others.
    pub mapping: String,
    /// Why.
    pub reason: String,
}

impl Service {
    /// What another version of the method would make of the answers; nothing changes.
    ///
    /// # Errors
    /// As [`Service::revise_method`], without asking for a reason.
    pub fn preview_revision(
        &self,
        actor: Actor,
        id: &EvaluationId,
        wanted: &Revise,
    ) -> Result<(Arc<Opened>, Revised), Error> {
        let opened = self.open(actor, id)?;
        let dossier = opened.dossier();
        self.ask(actor, Action::ReviseMethod, dossier)?;
        let set = self.version_of(dossier, wanted)?;
        let (_, revised) = gone_over(dossier, &set, &wanted.mapping)?;
        Ok((opened, revised))
    }

    /// Puts another version of the method under the answers.
    ///
    /// # Errors
    /// [`Error::Denied`] in a tender, [`Error::Fields`] with everything that is wrong with the set, with every criterion whose
    /// values need a mapping, or without a reason.
    pub fn revise_method(
        &self,
        actor: Actor,
        id: &EvaluationId,
        wanted: &Revise,
    ) -> Result<Arc<Opened>, Error> {
        let reason = super::settle::reason(&wanted.reason)?;
        self.change(actor, Action::ReviseMethod, id, |dossier| {
            let set = self.version_of(dossier, wanted)?;
            let (mapping, _) = gone_over(dossier, &set, &wanted.mapping)?;
            let (before, result) = super::lock::pin(dossier)?;
            let imprint = imprint_of(dossier, self.now(), false);
            let sheet = freezing_sheet(&set, &imprint)?;
            let change = Change::MethodRevised {
                set: SetRef::of(&set),
                reason,
                mapping: mapping
                    .into_iter()
                    .map(|(id, mapping)| (id, mapping.to_string()))
                    .collect(),
                sheet: sheet.digest,
                before,
            };
            let source = File::new(set.source().as_bytes().to_vec());
            Ok(vec![Entry {
                change,
                files: vec![source, sheet, result],
                attached: Attached::Set(set),
            }])
        })
    }

    /// The set that is asked for: another one, and one that can be told from the one before.
    fn version_of(&self, dossier: &Dossier, wanted: &Revise) -> Result<Arc<CriteriaSet>, Error> {
        let before = dossier.set();
        let set = Arc::new(self.set_of(&wanted.own, Some(before.id()))?);
        let refuse =
            |code, message: &str| Err(Error::field("own", Some(set.version()), code, message));
        if set.sha256() == before.sha256() {
            return refuse(
                "same-method",
                "this is the method that stands; change something in it",
            );
        }
        if (set.id(), set.version()) == (before.id(), before.version()) {
            let message =
                "the method that stands has this id and version; write another version in the set";
            return refuse("same-version", message);
        }
        let needed = needed(&set);
        if needed.is_empty() {
            Ok(set)
        } else {
            Err(Error::Fields(
                needed
                    .into_iter()
                    .map(|problem| FieldProblem {
                        field: "own".to_owned(),
                        ..problem
                    })
                    .collect(),
            ))
        }
    }
}

type Mapping = BTreeMap<String, ScaleMapping>;

/// The answers under another set, and the mapping by which they went over.
fn gone_over(
    dossier: &Dossier,
    set: &Arc<CriteriaSet>,
    typed: &str,
) -> Result<(Mapping, Revised), Error> {
    let evaluation = dossier.evaluation();
    let mut mapping = read_mapping(typed, dossier.set())?;
    let rest = mapping.remove(ALL);
    let first = evaluation.revised(set, &mapping);
    let revised = match (first, rest) {
        (Err(unmapped), Some(rest)) => {
            let open = unmapped.iter().filter(|one| !one.was_given);
            mapping.extend(open.map(|one| (one.criterion.clone(), rest.clone())));
            evaluation.revised(set, &mapping)
        }
        (first, _) => first,
    };
    let revised = revised.map_err(|unmapped| {
        let problems = unmapped.iter();
        Error::Fields(
            problems
                .map(|one| problem(one, dossier.set(), set))
                .collect(),
        )
    })?;
    Ok((mapping, revised))
}

fn read_mapping(typed: &str, set: &CriteriaSet) -> Result<Mapping, Error> {
    let mut mapping = Mapping::new();
    let mut problems = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match mapping_of(line, set) {
            Ok((id, one)) => {
                mapping.insert(id, one);
            }
            Err(message) => problems.push(FieldProblem {
                field: "mapping".to_owned(),
                value: Some(line.to_owned()),
                code: "not-a-mapping",
                message,
            }),
        }
    }
    if problems.is_empty() {
        Ok(mapping)
    } else {
        Err(Error::Fields(problems))
    }
}

fn mapping_of(line: &str, set: &CriteriaSet) -> Result<(String, ScaleMapping), String> {
    let (id, text) = line.split_once(':').ok_or_else(|| {
        "write the id of the criterion, a colon and what its values become, like ITIL-INC: x*2"
            .to_owned()
    })?;
    let id = id.trim();
    if id != ALL && set.criterion_index(id).is_none() {
        return Err(format!("the method that stands has no criterion \"{id}\""));
    }
    let mapping = text.parse().map_err(|why: NotAMapping| why.to_string())?;
    Ok((id.to_owned(), mapping))
}

/// What to write where values have no place on the new scale.
fn problem(unmapped: &Unmapped, before: &CriteriaSet, after: &CriteriaSet) -> FieldProblem {
    let id = &unmapped.criterion;
    let judged = |set: &CriteriaSet| {
        let index = set.criterion_index(id)?;
        let criterion = set.criteria().get(index.position())?;
        Some(match criterion.kind() {
            Kind::Rated(rated) => {
                let scale = rated.scale();
                let step = scale
                    .step()
                    .map(|step| format!(" in steps of {}", plain(step)));
                let ends = format!("{} to {}", plain(scale.min()), plain(scale.max()));
                format!("{ends}{}", step.unwrap_or_default())
            }
            Kind::Priced(priced) => format!("a price in {}", priced.currency().unwrap_or("money")),
            Kind::PassFail => "pass or fail".to_owned(),
        })
    };
    let values: Vec<String> = unmapped.values.iter().map(|value| plain(*value)).collect();
    let table: Vec<String> = values.iter().map(|value| format!("{value}=…")).collect();
    let line = line_between(id, before, after).map(|line| format!(", or a line: {id}: {line}"));
    let was_given = if unmapped.was_given {
        " (what is written leaves these out, or leads off the new scale)"
    } else {
        ""
    };
    FieldProblem {
        field: "mapping".to_owned(),
        value: Some(id.clone()),
        code: "scale-mapping-needed",
        message: format!(
            "\"{}\" was judged by {} and now is by {}: write what {} become{was_given}, like {id}: {}{}",
            unmapped.title,
            judged(before).unwrap_or_default(),
            judged(after).unwrap_or_default(),
            values.join(", "),
            table.join(", "),
            line.unwrap_or_default()
        ),
    }
}

/// The line that leads one scale onto another, ends on ends, if it can be written in decimals.
fn line_between(id: &str, before: &CriteriaSet, after: &CriteriaSet) -> Option<String> {
    let ends = |set: &CriteriaSet| {
        let criterion = set.criteria().get(set.criterion_index(id)?.position())?;
        match criterion.kind() {
            Kind::Rated(rated) => Some((
                Fraction::from(rated.scale().min()),
                Fraction::from(rated.scale().max()),
            )),
            Kind::Priced(_) | Kind::PassFail => None,
        }
    };
    let ((min, max), (least, most)) = (ends(before)?, ends(after)?);
    let times = (&most - &least).over(&(&max - &min))?;
    let plus = &least - &(&times * &min);
    let line = format!("x*{}+{}", trimmed(&times, 6), trimmed(&plus, 6)).replace("+-", "-");
    let line = line.replace('−', "-");
    line.parse::<ScaleMapping>().ok().map(|_| line)
}
