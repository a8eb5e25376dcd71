//! Ids and titles: their characters, and that no two are the same.

use std::collections::HashMap;

use super::context::{Context, clip};
use super::field::{At, Span};
use super::fields::Fields;
use crate::criteria::TreeMistake;
use crate::table::{Name, name};

/// The name of the gate on the total, which no node may take.
const TOTAL: &str = "total";

/// What an id stands for, which decides what else it may not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum IdOf {
    Category,
    Criterion,
    Lens,
    Metric,
}

/// The id of a table. One with a mistake is given all the same, so that references to it are no mistakes of their own.
pub(super) fn read_id<'a>(fields: &Fields<'a>, of: IdOf) -> Option<At<&'a str>> {
    let at = fields.needed_text("id")?;
    let is_plain = |letter: char| {
        letter.is_alphabetic() || letter.is_ascii_digit() || matches!(letter, '.' | '_' | '-')
    };
    let id = clip(at.value);
    if !at.value.chars().all(is_plain) || Name::parse(at.value).is_err() {
        fields.ctx.report(at.span, TreeMistake::BadId { id });
        return Some(at);
    }
    let key = name::fold(at.value);
    if matches!(of, IdOf::Category | IdOf::Criterion) && key == TOTAL {
        fields.ctx.report(at.span, TreeMistake::ReservedId { id });
    }
    Some(at)
}

/// The id of the whole set.
pub(super) fn read_set_id<'a>(fields: &Fields<'a>) -> Option<At<&'a str>> {
    let at = fields.needed_text("id")?;
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !at.value.bytes().all(is_plain) {
        let id = clip(at.value);
        fields.ctx.report(at.span, TreeMistake::BadSetId { id });
    }
    Some(at)
}

/// The title of a table, if it can be used.
pub(super) fn read_title(fields: &Fields<'_>) -> Option<At<Name>> {
    let at = fields.needed_text("title")?;
    match Name::parse(at.value) {
        Ok(value) => Some(At {
            value,
            span: at.span,
        }),
        Err(why) => {
            let of = fields.of.clone();
            fields
                .ctx
                .report(at.span, TreeMistake::BadTitle { of, why });
            None
        }
    }
}

/// Ids that must differ from each other: within one kind of node as names do, between two kinds in any character.
#[derive(Debug, Default)]
pub(super) struct IdSpace<'a> {
    names: HashMap<(IdOf, String), Span>,
    exact: HashMap<&'a str, Span>,
}

impl<'a> IdSpace<'a> {
    /// Takes an id, and reports it if it is taken.
    pub fn take(&mut self, ctx: &Context<'_>, of: IdOf, id: &At<&'a str>) {
        let name = (of, name::fold(id.value));
        let same = self.exact.get(id.value).copied();
        if let Some(first) = same.or_else(|| self.names.get(&name).copied()) {
            let mistake = TreeMistake::DuplicateId {
                id: clip(id.value),
                first: ctx.line(first),
                only_case: same.is_none(),
            };
            ctx.report(id.span, mistake);
        } else {
            self.names.insert(name, id.span);
            self.exact.insert(id.value, id.span);
        }
    }
}
