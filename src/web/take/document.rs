//! JSON objects that programs send, taken apart member by member, so that everything that is wrong is told at once.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest};
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{FORM_BYTES, demand, whole};
use crate::service::{self, FieldProblem};
use crate::web::error::Error;

/// The most characters of a value that a problem repeats.
const SHOWN: usize = 60;

const TWICE: &str = "it stands there twice; write it once";

/// A JSON object that a program sent. Members are taken out by name; what is left at the end is unknown.
#[derive(Debug, Default)]
pub struct Document {
    members: Vec<(String, Box<RawValue>)>,
    /// The path of the object within the whole document, with a dot at its end.
    within: String,
    asked: Vec<&'static str>,
    problems: Vec<FieldProblem>,
}

impl Document {
    /// Whether a member is there, be it null.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.members.iter().any(|(known, _)| known == name)
    }

    /// Takes a text out; `None` if it is not there or null.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        self.typed(name, "not-a-text", "write it as a text, in quotes")
    }

    /// Takes a list of texts out; `None` if it is not there or null.
    pub fn texts(&mut self, name: &'static str) -> Option<Vec<String>> {
        self.typed(
            name,
            "not-a-list",
            "write it as a list of texts, like [\"Ana\", \"Ben\"]",
        )
    }

    /// Takes true or false out; `None` if it is not there or null.
    pub fn truth(&mut self, name: &'static str) -> Option<bool> {
        self.typed(name, "not-true-or-false", "write true or false")
    }

    /// Takes an amount out, as the digits that were sent: a number never passes through a float.
    pub fn amount(&mut self, name: &'static str) -> Option<String> {
        let raw = self.take(name)?;
        self.digits(name, &raw)
    }

    /// Takes an object out whose members have names of the sender's choosing; each is an amount, null is left out.
    pub fn amounts(&mut self, name: &'static str) -> Vec<(String, String)> {
        let outer = self.take(name).and_then(|raw| self.object(name, &raw));
        let mut amounts: Vec<(String, String)> = Vec::new();
        for (key, raw) in outer.map(|outer| outer.members).unwrap_or_default() {
            let path = format!("{name}.{key}");
            if amounts.iter().any(|(known, _)| *known == key) {
                self.refuse(&path, None, "sent-twice", TWICE);
            } else if raw.get() != "null"
                && let Some(amount) = self.digits(&path, &raw)
            {
                amounts.push((key, amount));
            }
        }
        amounts
    }

    /// Takes a list of objects out.
    pub fn list(&mut self, name: &'static str) -> Vec<Self> {
        let message = "write it as a list of objects, in brackets";
        let items: Option<Vec<Box<RawValue>>> = self.typed(name, "not-a-list", message);
        let items = items.unwrap_or_default().into_iter().enumerate();
        items
            .filter_map(|(at, raw)| self.object(&format!("{name}.{at}"), &raw))
            .collect()
    }

    /// The digits of an amount.
    fn digits(&mut self, name: &str, raw: &RawValue) -> Option<String> {
        let text = raw.get();
        if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            return Some(text.to_owned());
        }
        let message = "write the amount as a number or as a text, like 250000 or \"250000\"";
        self.read(name, raw, "not-a-number", message)
    }

    /// Takes an object out whose members have names of the sender's choosing; each is an object again.
    pub fn objects(&mut self, name: &'static str) -> Vec<(String, Self)> {
        let Some(raw) = self.take(name) else {
            return Vec::new();
        };
        let Some(outer) = self.object(name, &raw) else {
            return Vec::new();
        };
        let mut inner = Vec::new();
        for (key, raw) in outer.members {
            let path = format!("{name}.{key}");
            if inner.iter().any(|(known, _)| *known == key) {
                self.refuse(&path, None, "sent-twice", TWICE);
            } else if let Some(object) = self.object(&path, &raw) {
                inner.push((key, object));
            }
        }
        inner
    }

    /// Notes what is wrong with a member.
    pub fn refuse(
        &mut self,
        name: &str,
        value: Option<&str>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.problems.push(FieldProblem {
            field: format!("{}{name}", self.within),
            value: value.map(shortened),
            code,
            message: message.into(),
        });
    }

    /// Whether something is wrong with a member.
    #[must_use]
    pub fn is_blamed(&self, name: &str) -> bool {
        let path = format!("{}{name}", self.within);
        self.problems.iter().any(|problem| problem.field == path)
    }

    /// Adds what is wrong with an object that was taken out.
    pub fn absorb(&mut self, inner: Self) {
        self.problems.extend(inner.problems());
    }

    /// Everything that is wrong, members nobody asked for among it.
    #[must_use]
    pub fn problems(mut self) -> Vec<FieldProblem> {
        let known = match self.asked.as_slice() {
            [] => "send none".to_owned(),
            names => format!("there are: {}", names.join(", ")),
        };
        for (name, raw) in std::mem::take(&mut self.members) {
            let message = format!("there is no field \"{}\" here; {known}", shortened(&name));
            self.refuse(&name, Some(raw.get()), "unknown-field", message);
        }
        self.problems
    }

    /// The end of it: nothing may be wrong and nothing may be left.
    ///
    /// # Errors
    /// [`service::Error::Fields`] with everything that is wrong.
    pub fn end(self) -> Result<(), Error> {
        let problems = self.problems();
        if problems.is_empty() {
            Ok(())
        } else {
            Err(service::Error::Fields(problems).into())
        }
    }

    fn typed<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
        code: &'static str,
        message: &str,
    ) -> Option<T> {
        let raw = self.take(name)?;
        self.read(name, &raw, code, message)
    }

    fn read<T: DeserializeOwned>(
        &mut self,
        name: &str,
        raw: &RawValue,
        code: &'static str,
        message: &str,
    ) -> Option<T> {
        let read = serde_json::from_str(raw.get());
        if read.is_err() {
            self.refuse(name, Some(raw.get()), code, message);
        }
        read.ok()
    }

    fn object(&mut self, name: &str, raw: &RawValue) -> Option<Self> {
        let Ok(Members(members)) = serde_json::from_str(raw.get()) else {
            let message = "write it as an object, in braces";
            self.refuse(name, Some(raw.get()), "not-an-object", message);
            return None;
        };
        Some(Self {
            members,
            within: format!("{}{name}.", self.within),
            ..Self::default()
        })
    }

    /// Takes a member out as it stands in the source; `None` if it is not there or null.
    fn take(&mut self, name: &'static str) -> Option<Box<RawValue>> {
        self.asked.push(name);
        let members = std::mem::take(&mut self.members);
        let (mut found, rest): (Vec<_>, Vec<_>) =
            members.into_iter().partition(|(key, _)| key == name);
        self.members = rest;
        let (_, raw) = found.pop()?;
        if !found.is_empty() {
            self.refuse(name, None, "sent-twice", TWICE);
            return None;
        }
        (raw.get() != "null").then_some(raw)
    }
}

/// The start of a value, for a person to find it again.
fn shortened(text: &str) -> String {
    let mut letters = text.chars();
    let mut shown: String = letters.by_ref().take(SHOWN).collect();
    if letters.next().is_some() {
        shown.push('…');
    }
    shown
}

/// The members of an object in the order they were sent, doubled ones too.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> serde::Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object, in braces")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

impl FromRequest for Document {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_typed = request.headers().contains_key(CONTENT_TYPE);
        let typed = demand(request, "application/json");
        let mut payload = payload.take();
        Box::pin(async move {
            if is_typed {
                typed?;
                read(&whole(&mut payload, FORM_BYTES).await?)
            } else if whole(&mut payload, FORM_BYTES).await?.is_empty() {
                Ok(Self::default())
            } else {
                typed.map(|()| Self::default())
            }
        })
    }
}

fn read(body: &[u8]) -> Result<Document, Error> {
    let Members(members) = serde_json::from_slice(body).map_err(|why| Error::Malformed {
        why: why.to_string(),
    })?;
    Ok(Document {
        members,
        ..Document::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        read(text.as_bytes()).unwrap()
    }

    fn blamed(document: Document) -> Vec<(String, &'static str)> {
        let problems = document.problems().into_iter();
        problems
            .map(|problem| (problem.field, problem.code))
            .collect()
    }

    #[test]
    fn members_are_taken_out_by_name_and_null_is_absent() {
        let mut said = document(r#"{"a": "x", "b": ["y", "z"], "c": true, "d": null}"#);
        assert_eq!(said.text("a").as_deref(), Some("x"));
        assert_eq!(said.texts("b").unwrap(), ["y", "z"]);
        assert_eq!(said.truth("c"), Some(true));
        assert_eq!((said.text("d"), said.text("e")), (None, None));
        assert!(said.end().is_ok());
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let mut said = document(r#"{"a": 1, "b": "x", "c": "yes", "a": 2, "z": {}}"#);
        let taken = (said.text("a"), said.texts("b"), said.truth("c"));
        assert_eq!(taken, (None, None, None));
        let expected = [
            ("a", "sent-twice"),
            ("b", "not-a-list"),
            ("c", "not-true-or-false"),
            ("z", "unknown-field"),
        ];
        let expected = expected.map(|(field, code)| (field.to_owned(), code));
        assert_eq!(blamed(said), expected);
    }

    #[test]
    fn an_amount_keeps_the_digits_that_were_sent() {
        let mut said =
            document(r#"{"a": 0.1000000000000000055, "b": "12,5", "c": 1e3, "d": true}"#);
        assert_eq!(said.amount("a").as_deref(), Some("0.1000000000000000055"));
        assert_eq!(said.amount("b").as_deref(), Some("12,5"));
        assert_eq!(said.amount("c").as_deref(), Some("1e3"));
        assert_eq!(said.amount("d"), None);
        assert_eq!(blamed(said), [("d".to_owned(), "not-a-number")]);
    }

    #[test]
    fn objects_within_tell_their_problems_by_their_path() {
        let mut said = document(r#"{"prices": {"X": {"floor": [], "more": 1}, "Y": 3, "X": {}}}"#);
        let mut prices = said.objects("prices");
        let (id, mut price) = prices.remove(0);
        assert_eq!((id.as_str(), prices.len()), ("X", 0));
        assert_eq!(price.amount("floor"), None);
        said.absorb(price);
        let expected = [
            ("prices.Y", "not-an-object"),
            ("prices.X", "sent-twice"),
            ("prices.X.floor", "not-a-number"),
            ("prices.X.more", "unknown-field"),
        ];
        let expected = expected.map(|(field, code)| (field.to_owned(), code));
        assert_eq!(blamed(said), expected);
    }

    #[test]
    fn lists_of_objects_and_amounts_by_name_tell_their_problems_by_their_path() {
        let mut said = document(
            r#"{"lenses": [{"points": {"a": 12.50, "b": "7,5", "c": null, "d": [], "a": 1}}, 3], "more": {}}"#,
        );
        let mut lenses = said.list("lenses");
        assert_eq!((lenses.len(), said.list("none").len()), (1, 0));
        let mut lens = lenses.remove(0);
        let points = lens.amounts("points");
        let expected = [("a", "12.50"), ("b", "7,5")];
        assert_eq!(
            points,
            expected.map(|(id, text)| (id.to_owned(), text.to_owned()))
        );
        said.absorb(lens);
        assert!(said.list("more").is_empty());
        let expected = [
            ("lenses.1", "not-an-object"),
            ("lenses.0.points.d", "not-a-number"),
            ("lenses.0.points.a", "sent-twice"),
            ("more", "not-a-list"),
        ];
        let expected = expected.map(|(field, code)| (field.to_owned(), code));
        assert_eq!(blamed(said), expected);
    }

    #[test]
    fn what_is_no_object_is_refused_with_its_place() {
        for (body, place) in [
            (&b"{\"a\": \n  }"[..], "line 2 column 3"),
            (b"", "line 1 column 0"),
            (b"[]", "an object"),
            (b"{} {}", "line 1 column 4"),
            (b"{\"a\": \"\xff\"}", "line 1"),
        ] {
            let refused = read(body).unwrap_err();
            assert_eq!(refused.status().as_u16(), 400, "{body:?}");
            assert!(refused.detail().contains(place), "{}", refused.detail());
        }
        let deep = "[".repeat(100_000);
        assert!(read(deep.as_bytes()).is_err());
    }
}
