//! Lists and tables within a table.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::context::clip;
use super::field::{At, Field};
use super::fields::Fields;
use crate::criteria::{Expected, FormMistake};

impl<'a> Fields<'a> {
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

    /// The keys with dots that a key without quotes became a table of: `ITIL.INC = 3` is a table `ITIL` with a key
    /// `INC`. None if the key is a plain one.
    pub fn unquoted(&self, key: &At<&str>, value: &Spanned<DeValue<'a>>) -> Vec<String> {
        let is_written = self.ctx.slice(value.span().into()).starts_with(['{', '[']);
        match value.get_ref() {
            DeValue::Table(parts) if !is_written => dotted(key.value, parts),
            _ => Vec::new(),
        }
    }
}

fn dotted(prefix: &str, parts: &DeTable<'_>) -> Vec<String> {
    let keys = parts.iter().flat_map(|(part, value)| {
        let key = format!("{prefix}.{}", part.get_ref());
        match value.get_ref() {
            DeValue::Table(parts) => dotted(&key, parts),
            _ => vec![key],
        }
    });
    keys.collect()
}
