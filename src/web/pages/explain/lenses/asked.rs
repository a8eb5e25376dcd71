//! Which two views are mixed, and how much of each.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::exact::{Fraction, plain, read_typed};
use crate::service::{self, FieldProblem, Opened};
use crate::web::Error;

/// What the record's own weights are called beside the ids of lenses.
pub(super) const RECORD: &str = "record";

/// What stands behind the question mark: two views, and how many percent of the second.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Asked {
    one: Option<String>,
    other: Option<String>,
    at: Option<String>,
}

/// Two views, `None` being the record, and the percentage of the second.
#[derive(Debug)]
pub(in crate::web::pages) struct Blend {
    pub(in crate::web::pages) one: Option<String>,
    pub(in crate::web::pages) other: Option<String>,
    at: Decimal,
}

impl Asked {
    /// Two views, wherever between them.
    pub(in crate::web::pages) fn between(one: Option<&str>, other: Option<&str>) -> Self {
        Self {
            one: one.map(str::to_owned),
            other: other.map(str::to_owned),
            at: None,
        }
    }

    /// The mix that is asked for; without a word half of each of the first two lenses, or of the record and the only one.
    /// `None` if there is no lens.
    pub(in crate::web::pages) fn blend(&self, opened: &Opened) -> Result<Option<Blend>, Error> {
        let lenses = opened.dossier().set().lenses();
        let usual = |position: usize| lenses.get(position).map(|lens| lens.id().to_owned());
        let view = |asked: Option<&str>, usual: Option<String>| match asked {
            None | Some("") => Ok::<_, Error>(usual),
            Some(RECORD) => Ok(None),
            Some(id) => Ok(opened.lens(Some(id))?.map(|lens| lens.id().to_owned())),
        };
        let (one, other) = match lenses.len() {
            0 => return Ok(None),
            1 => (None, usual(0)),
            _ => (usual(0), usual(1)),
        };
        Ok(Some(Blend {
            one: view(self.one.as_deref(), one)?,
            other: view(self.other.as_deref(), other)?,
            at: self.at()?,
        }))
    }

    fn at(&self) -> Result<Decimal, Error> {
        let Some(text) = self.at.as_deref().filter(|text| !text.is_empty()) else {
            return Ok(Decimal::from(50));
        };
        let read = read_typed(text).ok();
        let inside = |at: &Decimal| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(at);
        read.filter(inside).ok_or_else(|| {
            let problem = FieldProblem {
                field: "at".to_owned(),
                value: Some(text.to_owned()),
                code: "not-a-percentage",
                message: "this is no number from 0 to 100; write it like 63 or 12.5".to_owned(),
            };
            service::Error::Fields(vec![problem]).into()
        })
    }
}

impl Blend {
    /// The part of the second view.
    pub(super) fn part(&self) -> Fraction {
        let part = Fraction::from(self.at).over(&Fraction::hundred());
        part.unwrap_or_else(Fraction::zero)
    }

    pub(super) fn at_text(&self) -> String {
        plain(self.at)
    }
}
