//! The block of one table in the text of a set: its header, its lines, and the comments that stand above it.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::criteria::splice::{Edit, line_start};

/// How far up the comments of a block reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blocks {
    /// Those right above it.
    Plain,
    /// A heading between blank lines as well.
    Headed,
}

/// Takes a table out of the text; `None` if it stands in no `[[block]]` of its own.
pub(super) fn block(
    source: &str,
    list: &Spanned<DeValue<'_>>,
    at: usize,
    reach: Blocks,
) -> Option<Edit> {
    let item = list.get_ref().as_array()?.get(at)?;
    if !source.get(item.span())?.starts_with("[[") {
        return None;
    }
    let start = above(source, line_start(source, item.span().start), reach);
    let end = last(item.get_ref().as_table()?).max(item.span().end);
    let mut end = next_line(source, end);
    while let Some(line) = line_at(source, end).filter(|line| line.trim().is_empty()) {
        end = end.saturating_add(line.len());
    }
    Some((start..end, String::new()))
}

/// The end of the last thing in a table.
fn last(table: &DeTable<'_>) -> usize {
    let ends = table.iter().map(|(key, value)| {
        let within = match value.get_ref() {
            DeValue::Table(inner) => last(inner),
            DeValue::Array(items) => {
                let inner = items.iter().filter_map(|item| item.get_ref().as_table());
                let inner = inner.map(last).max().unwrap_or(0);
                let items = items.iter().map(|item| item.span().end).max();
                inner.max(items.unwrap_or(0))
            }
            _ => 0,
        };
        key.span().end.max(value.span().end).max(within)
    });
    ends.max().unwrap_or(0)
}

/// Where the line after a place begins.
pub(super) fn next_line(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    let length = rest
        .find('\n')
        .map_or(rest.len(), |end| end.saturating_add(1));
    at.saturating_add(length)
}

/// The line that begins at a place, with its end; `None` at the end of the text.
fn line_at(source: &str, at: usize) -> Option<&str> {
    source.get(at..)?.split_inclusive('\n').next()
}

/// Where the comments above a block begin.
fn above(source: &str, start: usize, reach: Blocks) -> usize {
    let lines: Vec<&str> = source
        .get(..start)
        .unwrap_or_default()
        .split_inclusive('\n')
        .collect();
    let is_comment = |line: &&&str| line.trim_start().starts_with('#');
    let is_blank = |line: &&&str| line.trim().is_empty();
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let direct = lines.iter().rev().take_while(is_comment).count();
    let (rest, own) = lines.split_at(lines.len().saturating_sub(direct));
    let start = start.saturating_sub(length(own));
    if reach == Blocks::Plain || direct > 0 {
        return start;
    }
    let gap = rest.iter().rev().take_while(is_blank).count();
    let (rest, blank) = rest.split_at(rest.len().saturating_sub(gap));
    let heading = rest.iter().rev().take_while(is_comment).count();
    let (before, heading) = rest.split_at(rest.len().saturating_sub(heading));
    // A remark right below something belongs to that.
    let is_apart = before.last().is_none_or(|line| line.trim().is_empty());
    if is_apart && !heading.is_empty() {
        start
            .saturating_sub(length(blank))
            .saturating_sub(length(heading))
    } else {
        start
    }
}
