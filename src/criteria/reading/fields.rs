//! A TOML table, read key by key: what is missing, of another type or unknown is reported and reading goes on.

use std::cell::RefCell;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::context::{Context, clip};
use super::field::{At, Field, Span};
use crate::criteria::{Expected, FormMistake};
use crate::exact::read_decimal;

/// A TOML table being read.
#[derive(Clone)]
pub(super) struct Fields<'a> {
    pub ctx: &'a Context<'a>,
    /// Where the table begins: its header or opening brace.
    pub span: Span,
    /// What the table is, for messages: `criterion "ITIL-INC"`.
    pub of: String,
    pub(super) table: &'a DeTable<'a>,
    /// The keys that unknown ones were perhaps meant to be. They are not missed as well.
    misspelt: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    pub fn new(ctx: &'a Context<'a>, table: &'a DeTable<'a>, span: Span, of: String) -> Self {
        Self {
            ctx,
            span,
            of,
            table,
            misspelt: RefCell::default(),
        }
    }

    /// Reports every key that is not allowed. Comes before reading them, so that a misspelt key is not missed as well.
    pub fn allow_only(&self, allowed: &'static [&'static str]) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !allowed.contains(&name) {
                let near = self.ctx.suggest(name, allowed.iter().copied());
                let meant = allowed.iter().find(|key| near.text() == Some(*key));
                self.misspelt.borrow_mut().extend(meant);
                let mistake = FormMistake::UnknownKey {
                    of: self.of.clone(),
                    key: clip(name),
                    near,
                    allowed,
                };
                self.ctx.report(key.span().into(), mistake);
            }
        }
    }

    /// The keys and values, in the order of the file.
    pub fn entries(&self) -> Vec<(At<&'a str>, &'a Spanned<DeValue<'a>>)> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| {
                let value_of: &str = key.get_ref();
                let at = At {
                    value: value_of,
                    span: key.span().into(),
                };
                (at, value)
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span);
        entries
    }

    /// Where a key stands.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        let (found, _) = self.table.get_key_value(key)?;
        Some(found.span().into())
    }

    /// Where the value of a key stands, else the table.
    pub fn value_span(&self, key: &str) -> Span {
        self.table
            .get(key)
            .map_or(self.span, |value| value.span().into())
    }

    /// A text.
    pub fn text(&self, key: &str) -> Field<&'a str> {
        self.field(key, Expected::Text, |value| value.as_str())
    }

    /// A text with something in it, which must be there.
    pub fn needed_text(&self, key: &'static str) -> Option<At<&'a str>> {
        self.needed(key, Expected::Text, self.text(key))
            .and_then(|at| self.filled(key, at))
    }

    fn filled(&self, key: &'static str, at: At<&'a str>) -> Option<At<&'a str>> {
        if !at.value.trim().is_empty() {
            return Some(at);
        }
        let mistake = FormMistake::EmptyText {
            of: self.of.clone(),
            key,
        };
        self.ctx.report(at.span, mistake);
        None
    }

    /// `true` or `false`; `false` if left out.
    pub fn flag(&self, key: &str) -> bool {
        let flag = self.field(key, Expected::Flag, DeValue::as_bool);
        flag.value().unwrap_or(false)
    }

    /// A number, read from the text of the file.
    pub fn number(&self, key: &str) -> Field<Decimal> {
        match self.table.get(key) {
            Some(value) => self.number_in(key, value),
            None => self.absent(key),
        }
    }

    /// A number that must be there.
    pub fn needed_number(&self, key: &'static str) -> Option<At<Decimal>> {
        self.needed(key, Expected::Number, self.number(key))
    }

    /// The number in a value of this table.
    pub fn number_in(&self, key: &str, value: &Spanned<DeValue<'a>>) -> Field<Decimal> {
        let span = Span::from(value.span());
        let text = match value.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) => self.ctx.slice(span),
            DeValue::String(text) => text,
            _ => return self.wrong_type(key, value, Expected::Number),
        };
        match read_decimal(text) {
            Ok(value) => Field::Given(At { value, span }),
            Err(why) => {
                let mistake = FormMistake::NotANumber {
                    of: self.of.clone(),
                    key: clip(key),
                    text: clip(self.ctx.slice(span)),
                    why,
                };
                self.ctx.report(span, mistake);
                Field::Broken
            }
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, key: &'static str, choices: &[(&'static str, T)]) -> Field<T> {
        let at = match self.text(key) {
            Field::Given(at) => at,
            Field::Absent => return Field::Absent,
            Field::Broken => return Field::Broken,
        };
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == at.value) {
            return Field::Given(At {
                value: *value,
                span: at.span,
            });
        }
        let words: Vec<&'static str> = choices.iter().map(|(word, _)| *word).collect();
        let mistake = FormMistake::UnknownValue {
            of: self.of.clone(),
            key,
            text: clip(at.value),
            near: self.ctx.suggest(at.value, words.iter().copied()),
            choices: words,
        };
        self.ctx.report(at.span, mistake);
        Field::Broken
    }

    /// Whether nothing stands under a key, nor under one that was perhaps meant to be it.
    pub fn lacks(&self, key: &str) -> bool {
        !self.table.contains_key(key) && !self.misspelt.borrow().contains(&key)
    }

    fn absent<T>(&self, key: &str) -> Field<T> {
        if self.lacks(key) {
            Field::Absent
        } else {
            Field::Broken
        }
    }

    pub(super) fn field<T>(
        &self,
        key: &str,
        expected: Expected,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Field<T> {
        let Some(value) = self.table.get(key) else {
            return self.absent(key);
        };
        match read(value.get_ref()) {
            Some(read) => Field::Given(At {
                value: read,
                span: value.span().into(),
            }),
            None => self.wrong_type(key, value, expected),
        }
    }

    pub(super) fn needed<T>(
        &self,
        key: &'static str,
        expected: Expected,
        field: Field<T>,
    ) -> Option<At<T>> {
        if matches!(field, Field::Absent) {
            let mistake = FormMistake::MissingKey {
                of: self.of.clone(),
                key,
                expected,
            };
            self.ctx.report(self.span, mistake);
        }
        field.given()
    }

    pub(super) fn wrong_type<T>(
        &self,
        key: &str,
        value: &Spanned<DeValue<'a>>,
        expected: Expected,
    ) -> Field<T> {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let mistake = FormMistake::WrongType {
            of: self.of.clone(),
            key: clip(key),
            found,
            expected,
        };
        self.ctx.report(value.span().into(), mistake);
        Field::Broken
    }
}
