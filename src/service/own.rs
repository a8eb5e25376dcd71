//! A criteria set of one's own, from a TOML file or from the spreadsheet that an office already has.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::accounts::{Action, Actor};
use crate::criteria::{CriteriaSet, Outline, SetLimits, outline};
use crate::exact::read_typed;
use crate::record::{Attached, Change, EvaluationId, SetRef};
use crate::table;

use super::opened::Opened;
use super::{Entry, Error, FieldProblem, File, Service};

/// A file with criteria, and what it does not say itself.
#[derive(Debug, Clone, Default)]
pub struct OwnSet {
    /// The name of the file.
    pub file_name: String,
    /// The file: a criteria set (TOML), CSV or XLSX.
    pub bytes: Vec<u8>,
    /// The title of the set; that of the file if it is blank.
    pub title: String,
    /// The lowest score, as typed.
    pub min: String,
    /// The highest score, as typed.
    pub max: String,
    /// The distance of two scores, as typed; blank if any number between is a score.
    pub step: String,
    /// The tab with the criteria, if the file is a workbook.
    pub tab: Option<String>,
}

impl Service {
    /// Chooses a criteria set that comes in a file.
    ///
    /// # Errors
    /// [`Error::Fields`] with everything that is wrong with it.
    pub fn own_method(
        &self,
        actor: Actor,
        id: &EvaluationId,
        own: &OwnSet,
    ) -> Result<Arc<Opened>, Error> {
        let set = Arc::new(self.own_set(own)?);
        self.change(actor, Action::SetMethod, id, |dossier| {
            if dossier.set().sha256() == set.sha256() {
                return Ok(Vec::new());
            }
            Ok(vec![Entry {
                change: Change::MethodChosen {
                    set: SetRef::of(&set),
                },
                files: vec![File::new(set.source().as_bytes().to_vec())],
                attached: Attached::Set(Arc::clone(&set)),
            }])
        })
    }

    fn own_set(&self, own: &OwnSet) -> Result<CriteriaSet, Error> {
        let limits = self.limits();
        if own.bytes.len() > limits.max_bytes {
            let message = format!("the file is larger than {} bytes", limits.max_bytes);
            return Err(Error::field(
                "own",
                Some(&own.file_name),
                "too-many-bytes",
                message,
            ));
        }
        let is_toml = own.file_name.to_lowercase().ends_with(".toml");
        let source = if is_toml {
            let decoded = table::decode(&own.bytes).map_err(|why| {
                Error::field("own", Some(&own.file_name), "not-text", why.to_string())
            })?;
            decoded.text.into_owned()
        } else {
            let asked = asked(own)?;
            outline(&own.bytes, &asked, limits).map_err(|problems| {
                Error::Fields(
                    problems
                        .into_iter()
                        .map(|one| {
                            let place = one
                                .row
                                .map(|row| format!("row {row}: "))
                                .unwrap_or_default();
                            FieldProblem {
                                field: "own".to_owned(),
                                value: one.value,
                                code: one.code,
                                message: format!("{place}{}", one.message),
                            }
                        })
                        .collect(),
                )
            })?
        };
        let set = CriteriaSet::parse(&source, &SetLimits::default()).map_err(|problems| {
            Error::Fields(
                problems
                    .into_iter()
                    .map(|one| {
                        let place = one
                            .line()
                            .filter(|_| is_toml)
                            .map(|line| format!("line {line}: "));
                        FieldProblem {
                            field: "own".to_owned(),
                            value: None,
                            code: one.code(),
                            message: format!("{}{one}", place.unwrap_or_default()),
                        }
                    })
                    .collect(),
            )
        })?;
        if self.library().find(set.id()).is_some() {
            let message = "a set that comes with the service has this id; give yours another";
            return Err(Error::field("own", Some(set.id()), "id-taken", message));
        }
        Ok(set)
    }
}

fn asked(own: &OwnSet) -> Result<Outline, Error> {
    let mut problems = Vec::new();
    let mut number = |field: &str, text: &str| match read_typed(text) {
        Ok(number) => number,
        Err(why) => {
            problems.push(FieldProblem {
                field: field.to_owned(),
                value: Some(text.to_owned()).filter(|text| !text.is_empty()),
                code: "not-a-number",
                message: format!("write a number, like 5 ({why})"),
            });
            Decimal::ZERO
        }
    };
    let min = number("min", &own.min);
    let max = number("max", &own.max);
    let step = (!own.step.trim().is_empty()).then(|| number("step", &own.step));
    if !problems.is_empty() {
        return Err(Error::Fields(problems));
    }
    let file = own
        .file_name
        .rsplit_once('.')
        .map_or(own.file_name.as_str(), |(name, _)| name);
    let title = Some(own.title.trim())
        .filter(|title| !title.is_empty())
        .unwrap_or(file);
    Ok(Outline {
        id: id_of(title),
        title: title.to_owned(),
        min,
        max,
        step,
        tab: own.tab.clone().filter(|tab| !tab.trim().is_empty()),
    })
}

/// A title as the id of a set.
fn id_of(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let id: String = words.join("-").chars().take(40).collect();
    let id = id.trim_matches('-');
    if id.is_empty() {
        "own-set".to_owned()
    } else {
        id.to_owned()
    }
}
