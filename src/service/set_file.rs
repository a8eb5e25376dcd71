//! A criteria set that comes as a TOML file.

use crate::criteria::{CriteriaSet, SetLimits};
use crate::table;

use super::{Error, FieldProblem, Service};

/// A criteria set as a file.
#[derive(Debug, Clone, Default)]
pub struct SetFile {
    /// The name of the file.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Service {
    /// The set of a file; it may only have the id of a set on offer if it is a version of that one.
    pub(super) fn set_of(
        &self,
        file: &SetFile,
        version_of: Option<&str>,
    ) -> Result<CriteriaSet, Error> {
        let refuse =
            |code, message: String| Err(Error::field("own", Some(&file.file_name), code, message));
        if file.bytes.len() > self.limits().max_bytes {
            let most = self.limits().max_bytes;
            return refuse(
                "too-many-bytes",
                format!("the file is larger than {most} bytes"),
            );
        }
        let decoded = match table::decode(&file.bytes) {
            Ok(decoded) => decoded,
            Err(why) => return refuse("not-text", why.to_string()),
        };
        let set = CriteriaSet::parse(&decoded.text, &SetLimits::default()).map_err(|problems| {
            let told = problems.into_iter().map(|one| {
                let place = one.line().map(|line| format!("line {line}: "));
                FieldProblem {
                    field: "own".to_owned(),
                    value: None,
                    code: one.code(),
                    message: format!("{}{one}", place.unwrap_or_default()),
                }
            });
            Error::Fields(told.collect())
        })?;
        if version_of != Some(set.id()) && self.library().find(set.id()).is_some() {
            let message = "a set that comes with the service has this id; give yours another";
            return Err(Error::field("own", Some(set.id()), "id-taken", message));
        }
        Ok(set)
    }
}
