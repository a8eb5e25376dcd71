//! Numbers that JSON carries as numbers: rounded once, like everything that is printed, and never a float on the way.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::exact::{Fraction, trimmed};

/// A number with at most so many decimals.
pub(super) struct Rounded<'a> {
    pub(super) value: &'a Fraction,
    pub(super) places: usize,
}

impl Serialize for Rounded<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = trimmed(self.value, self.places);
        let raw = RawValue::from_string(text).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}
