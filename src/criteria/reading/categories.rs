//! Categories and how they lie in each other.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::context::{Context, clip};
use super::field::{At, Field, Span};
use super::fields::Fields;
use super::gates::read_percent;
use super::ids::{IdOf, read_id, read_title};
use super::weights::read_weight;
use crate::criteria::{Category, CategoryIndex, TreeMistake};
use crate::table::Name;

/// A category as read so far.
#[derive(Debug)]
pub(super) struct CategoryDraft<'a> {
    pub of: String,
    pub span: Span,
    pub id: Option<At<&'a str>>,
    pub parent: Option<usize>,
    /// Whether the parent it names is not there, so that nobody knows what it adds to.
    pub is_lost: bool,
    pub weight: Field<Decimal>,
    pub minimum: Option<At<Decimal>>,
    title: Option<At<Name>>,
    description: Option<String>,
}

impl CategoryDraft<'_> {
    /// The id, or what stands for it in messages.
    pub fn shown_id(&self) -> String {
        self.id
            .as_ref()
            .map_or_else(String::new, |id| clip(id.value))
    }

    /// The category, if nothing of it is missing.
    pub fn finish(self, weight: Decimal) -> Option<Category> {
        Some(Category {
            id: self.id?.value.to_owned(),
            title: self.title?.value.shown().to_owned(),
            description: self.description,
            parent: self.parent.map(CategoryIndex),
            weight,
            minimum: self.minimum.map(|minimum| minimum.value),
        })
    }
}

/// Where categories stand in the file, by id.
pub(super) struct CategoryIds<'a> {
    by_id: HashMap<&'a str, usize>,
    in_order: Vec<&'a str>,
}

impl<'a> CategoryIds<'a> {
    fn new(drafts: &[CategoryDraft<'a>]) -> Self {
        let ids = drafts.iter().map(|draft| draft.id.as_ref());
        let in_order: Vec<&'a str> = ids.map(|id| id.map_or("", |id| id.value)).collect();
        let mut by_id = HashMap::new();
        for (index, id) in in_order.iter().enumerate() {
            by_id.entry(*id).or_insert(index);
        }
        Self { by_id, in_order }
    }

    /// The category that a key names. An unknown one is reported, and the one that was perhaps meant is taken, so that
    /// one slip does not draw others after it.
    pub fn resolve(&self, fields: &Fields<'_>, key: &'static str, id: &At<&str>) -> Option<usize> {
        if let Some(&index) = self.by_id.get(id.value) {
            return Some(index);
        }
        if self.in_order.is_empty() {
            // That the set has no category at all is told once.
            return None;
        }
        let near = fields.ctx.suggest(id.value, self.in_order.iter().copied());
        let guess = near.text().and_then(|text| self.by_id.get(text)).copied();
        let mistake = TreeMistake::UnknownCategory {
            of: fields.of.clone(),
            key,
            id: clip(id.value),
            near,
        };
        fields.ctx.report(id.span, mistake);
        guess
    }
}

/// Reads every `[[category]]`.
pub(super) fn read_categories<'a>(
    root: &Fields<'a>,
    deepest: usize,
) -> (Vec<CategoryDraft<'a>>, CategoryIds<'a>) {
    let tables = root.tables("category");
    let mut drafts: Vec<CategoryDraft<'a>> = tables.iter().map(read_category).collect();
    let ids = CategoryIds::new(&drafts);
    for (draft, table) in drafts.iter_mut().zip(&tables) {
        match table.text("parent") {
            Field::Given(parent) => {
                draft.parent = ids.resolve(table, "parent", &parent);
                draft.is_lost = draft.parent.is_none();
            }
            Field::Broken => draft.is_lost = true,
            Field::Absent => {}
        }
    }
    break_cycles(root.ctx, &mut drafts);
    refuse_deep(root.ctx, &drafts, deepest);
    (drafts, ids)
}

fn read_category<'a>(table: &Fields<'a>) -> CategoryDraft<'a> {
    table.allow_only(&["id", "title", "description", "parent", "weight", "minimum"]);
    CategoryDraft {
        of: table.of.clone(),
        span: table.span,
        id: read_id(table, IdOf::Category),
        title: read_title(table),
        description: table.text("description").value().map(str::to_owned),
        parent: None,
        is_lost: false,
        weight: read_weight(table),
        minimum: read_percent(table, "minimum"),
    }
}

/// The categories above one, nearest first.
pub(super) fn ancestors(drafts: &[CategoryDraft<'_>], of: usize) -> Vec<usize> {
    let mut seen = HashSet::new();
    let mut above = Vec::new();
    let mut at = drafts.get(of).and_then(|draft| draft.parent);
    while let Some(index) = at.filter(|&index| seen.insert(index)) {
        above.push(index);
        at = drafts.get(index).and_then(|draft| draft.parent);
    }
    above
}

/// Reports every cycle of parents once, and takes its members apart.
fn break_cycles(ctx: &Context<'_>, drafts: &mut [CategoryDraft<'_>]) {
    for index in 0..drafts.len() {
        let above = ancestors(drafts, index);
        let Some(end) = above.iter().position(|&other| other == index) else {
            continue;
        };
        let members: Vec<usize> = above.into_iter().take(end.saturating_add(1)).collect();
        let shown = |index: &usize| drafts.get(*index).map(CategoryDraft::shown_id);
        let first = shown(&index).unwrap_or_default();
        let rest = members.iter().filter_map(shown);
        let path: Vec<String> = std::iter::once(first.clone()).chain(rest).collect();
        if let Some(draft) = drafts.get(index) {
            let span = draft.id.as_ref().map_or(draft.span, |id| id.span);
            let path = path.join(" in ");
            ctx.report(span, TreeMistake::ParentCycle { id: first, path });
        }
        for member in members {
            if let Some(draft) = drafts.get_mut(member) {
                draft.parent = None;
                draft.is_lost = true;
            }
        }
    }
}

fn refuse_deep(ctx: &Context<'_>, drafts: &[CategoryDraft<'_>], limit: usize) {
    for (index, draft) in drafts.iter().enumerate() {
        let depth = ancestors(drafts, index).len().saturating_add(1);
        // Those still deeper lie in this one.
        if depth == limit.saturating_add(1) {
            let id = draft.shown_id();
            ctx.report(draft.span, TreeMistake::TooDeep { id, depth, limit });
        }
    }
}
