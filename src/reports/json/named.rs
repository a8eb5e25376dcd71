//! Published numbers as members of a JSON object, each with its exact fraction beside it.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::exact::Fraction;
use crate::reports::figure::{Figure, Number};
use crate::reports::published::Printed;

/// The members `name` and `name_exact`; null if the number is unknown.
pub(super) struct Named<'a> {
    name: &'static str,
    text: Option<&'a str>,
    exact: Option<Exact<'a>>,
}

/// A fraction as `numerator/denominator`.
struct Exact<'a>(&'a Fraction);

impl Serialize for Exact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

impl<'a> Named<'a> {
    pub(super) fn number(name: &'static str, number: Option<&'a Number>) -> Self {
        Self {
            name,
            text: number.map(|number| number.text.as_str()),
            exact: number.map(|number| Exact(&number.exact)),
        }
    }

    pub(super) fn printed(name: &'static str, printed: Option<&'a Printed>) -> Self {
        Self {
            name,
            text: printed.map(|printed| printed.text.as_str()),
            exact: printed
                .and_then(|printed| printed.exact.as_ref())
                .map(Exact),
        }
    }

    fn members<M: SerializeMap>(&self, map: &mut M, suffix: &str) -> Result<(), M::Error> {
        let name = self.name;
        map.serialize_entry(&format!("{name}{suffix}"), &self.text)?;
        map.serialize_entry(&format!("{name}{suffix}_exact"), &self.exact)
    }
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.members(&mut map, "")?;
        map.end()
    }
}

/// The members of a [`Named`] number, and `name_low` and `name_high` beside it where the two differ.
pub(super) struct NamedFigure<'a> {
    pub(super) name: &'static str,
    pub(super) figure: &'a Figure,
}

impl Serialize for NamedFigure<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { name, figure } = *self;
        let mut map = serializer.serialize_map(None)?;
        Named::number(name, figure.known.as_ref()).members(&mut map, "")?;
        if figure.known.is_none() && figure.low.is_some() {
            Named::number(name, figure.low.as_ref()).members(&mut map, "_low")?;
            Named::number(name, figure.high.as_ref()).members(&mut map, "_high")?;
        }
        map.end()
    }
}
