//! The same vendor, criterion and evaluator twice in one sheet.

use crate::evaluation::{LineCell, Lines};

/// How many vendors, criteria and evaluators the lines of a sheet speak of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub criteria: usize,
    pub evaluators: usize,
    pub vendors: usize,
}

/// The lines, by position, that answer for the same vendor, criterion and evaluator, in groups of two or more.
pub(super) fn repeated(lines: &Lines, extent: Extent) -> Vec<Vec<usize>> {
    let key = |cell: LineCell| {
        let pair = cell
            .vendor
            .saturating_mul(extent.criteria)
            .saturating_add(cell.criterion.position());
        pair.saturating_mul(extent.evaluators)
            .saturating_add(cell.evaluator)
    };
    let cells = extent
        .vendors
        .saturating_mul(extent.criteria)
        .saturating_mul(extent.evaluators);
    // Nearly every sheet fills most of its cells: then a mark for each is quicker than sorting, and small.
    if cells <= lines.len().saturating_mul(16).max(4096)
        && !any_repeated(lines.cells().map(key), cells)
    {
        return Vec::new();
    }
    let mut order: Vec<(usize, usize)> = lines
        .cells()
        .map(key)
        .enumerate()
        .map(|(at, key)| (key, at))
        .collect();
    order.sort_unstable();
    let groups = order.chunk_by(|left, right| left.0 == right.0);
    let repeated = groups.filter(|group| group.len() > 1);
    repeated
        .map(|group| group.iter().map(|(_, at)| *at).collect())
        .collect()
}

fn any_repeated(mut keys: impl Iterator<Item = usize>, cells: usize) -> bool {
    let mut met = vec![false; cells];
    keys.any(|key| match met.get_mut(key) {
        Some(met) => std::mem::replace(met, true),
        None => true,
    })
}
