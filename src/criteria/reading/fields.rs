//! A TOML table, read key by key: what is missing, of another type or unknown is reported and reading goes on.

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::context::{At, Context, Field, Span, clip};
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
    table: &'a DeTable<'a>,
}

impl<'a> Fields<'a> {
    pub fn new(ctx: &'a Context<'a>, table: &'a DeTable<'a>, span: Span, of: String) -> Self {
        Self {
            ctx,
            span,
            of,
            table,
        }
    }

    /// Reports every key that is not allowed.
    pub fn allow_only(&self, allowed: &'static [&'static str]) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !allowed.contains(&name) {
                let mistake = FormMistake::UnknownKey {
                    of: self.of.clone(),
                    key: clip(name),
                    near: self.ctx.suggest(name, allowed.iter().copied()),
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
            None => Field::Absent,
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

    /// A list of texts.
    pub fn texts(&self, key: &str) -> Field<Vec<At<&'a str>>> {
        let list = match self.field(key, Expected::Texts, DeValue::as_array) {
            Field::Given(at) => at,
            Field::Absent => return Field::Absent,
            Field::Broken => return Field::Broken,
        };
        let texts = list.value.iter().filter_map(|value| {
            if let Some(text) = value.get_ref().as_str() {
                let span = value.span().into();
                return Some(At { value: text, span });
            }
            self.wrong_type::<()>(key, value, Expected::Texts);
            None
        });
        Field::Given(At {
            value: texts.collect(),
            span: list.span,
        })
    }

    /// A list of texts that must be there.
    pub fn needed_texts(&self, key: &'static str) -> Option<At<Vec<At<&'a str>>>> {
        self.needed(key, Expected::Texts, self.texts(key))
    }

    /// A table within this one, called `of` in messages.
    pub fn table(&self, key: &str, of: String) -> Field<Self> {
        match self.field(key, Expected::Table, DeValue::as_table) {
            Field::Given(At { value, span }) => Field::Given(At {
                value: Self::new(self.ctx, value, span, of),
                span,
            }),
            Field::Absent => Field::Absent,
            Field::Broken => Field::Broken,
        }
    }

    /// A table that must be there.
    pub fn needed_table(&self, key: &'static str, of: String) -> Option<Self> {
        let table = self.table(key, of);
        self.needed(key, Expected::Table, table).map(|at| at.value)
    }

    /// A table if there is one, without any report.
    pub fn peek_table(&self, key: &str) -> Option<Self> {
        let value = self.table.get(key)?;
        let table = value.get_ref().as_table()?;
        Some(Self::new(
            self.ctx,
            table,
            value.span().into(),
            key.to_owned(),
        ))
    }

    /// A list of tables, each called after its id, or its number where it has none.
    pub fn tables(&self, key: &str) -> Vec<Self> {
        if let Some(value) = self.table.get(key)
            && value.get_ref().is_table()
        {
            let mistake = FormMistake::SingleBrackets {
                key: key.to_owned(),
            };
            self.ctx.report(value.span().into(), mistake);
            return Vec::new();
        }
        let list = self.field(key, Expected::Tables, DeValue::as_array).value();
        let numbered = list.into_iter().flat_map(|list| list.iter()).zip(1_usize..);
        let tables = numbered.filter_map(|(value, number)| {
            if let Some(table) = value.get_ref().as_table() {
                let id = table.get("id").and_then(|id| id.get_ref().as_str());
                let of = match id {
                    Some(id) => format!("{key} \"{}\"", clip(id)),
                    None => format!("{key} number {number}"),
                };
                return Some(Self::new(self.ctx, table, value.span().into(), of));
            }
            self.wrong_type::<()>(key, value, Expected::Tables);
            None
        });
        tables.collect()
    }

    /// How many tables a list of tables has.
    pub fn count(&self, key: &str) -> usize {
        let list = self
            .table
            .get(key)
            .and_then(|list| list.get_ref().as_array());
        list.map_or(0, |list| list.len())
    }

    fn field<T>(
        &self,
        key: &str,
        expected: Expected,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Field<T> {
        let Some(value) = self.table.get(key) else {
            return Field::Absent;
        };
        match read(value.get_ref()) {
            Some(read) => Field::Given(At {
                value: read,
                span: value.span().into(),
            }),
            None => self.wrong_type(key, value, expected),
        }
    }

    fn needed<T>(&self, key: &'static str, expected: Expected, field: Field<T>) -> Option<At<T>> {
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

    fn wrong_type<T>(
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
