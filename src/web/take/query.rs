//! What stands behind the question mark of an address.

use actix_web::{HttpRequest, web};

use crate::service::{self, FieldProblem};
use crate::web::error::Error;

/// The query of an address: only names that it takes, each once.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the query of a request.
    ///
    /// # Errors
    /// [`service::Error::Fields`] for every name that is not among those taken, or that comes twice: a misspelt lens must not
    /// give the ranking of another.
    pub fn of(request: &HttpRequest, taken: &[&str]) -> Result<Self, Error> {
        Self::read(request.query_string(), taken)
    }

    /// The value of a name; `None` if it is not there or empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The names with their values.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn read(query: &str, taken: &[&str]) -> Result<Self, Error> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
            .map_err(|why| Error::Malformed {
                why: why.to_string(),
            })?
            .into_inner();
        let mut problems = Vec::new();
        for (at, (name, value)) in pairs.iter().enumerate() {
            let mut before = pairs.iter().take(at);
            let (code, message) = if !taken.contains(&name.as_str()) {
                let message = match taken {
                    [] => "this address takes nothing behind the question mark".to_owned(),
                    names => format!("this address takes: {}", names.join(", ")),
                };
                ("unknown-parameter", message)
            } else if before.any(|(known, _)| known == name) {
                (
                    "sent-twice",
                    "it stands there twice; write it once".to_owned(),
                )
            } else {
                continue;
            };
            problems.push(FieldProblem {
                field: name.clone(),
                value: Some(value.clone()),
                code,
                message,
            });
        }
        if problems.is_empty() {
            Ok(Self(pairs))
        } else {
            Err(service::Error::Fields(problems).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_gives_the_values_of_its_names() {
        let query = Query::read("lens=cio&sep=", &["lens", "sep"]).unwrap();
        assert_eq!((query.get("lens"), query.get("sep")), (Some("cio"), None));
        assert_eq!(Query::read("", &[]).unwrap(), Query::default());
    }

    #[test]
    fn a_name_nobody_takes_and_a_doubled_one_are_both_told() {
        let refused = Query::read("lense=cio&sep=a&sep=b", &["lens", "sep"]).unwrap_err();
        let problems = refused.problems();
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[0]["code"], "unknown-parameter");
        assert_eq!(problems[1]["code"], "sent-twice");
        assert_eq!(refused.status().as_u16(), 422);
    }
}
