//! The same vendor, criterion and evaluator twice in one sheet.

use crate::evaluation::Line;

/// How many vendors, criteria and evaluators the lines of a sheet speak of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub criteria: usize,
    pub evaluators: usize,
    pub vendors: usize,
}

/// The lines, by position, that answer for the same vendor, criterion and evaluator, in groups of two or more.
pub(super) fn repeated(lines: &[Line], extent: Extent) -> Vec<Vec<usize>> {
    let key = |line: &Line| {
        let pair = line
            .vendor
            .saturating_mul(extent.criteria)
            .saturating_add(line.criterion.position());
        pair.saturating_mul(extent.evaluators)
            .saturating_add(line.evaluator)
    };
    let cells = extent
        .vendors
        .saturating_mul(extent.criteria)
        .saturating_mul(extent.evaluators);
    // Nearly every sheet fills most of its cells: then a mark for each is quicker than sorting, and small.
    if cells <= lines.len().saturating_mul(16).max(4096) && !any_repeated(lines, cells, key) {
        return Vec::new();
    }
    let mut order: Vec<(usize, usize)> = lines
        .iter()
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

fn any_repeated(lines: &[Line], cells: usize, key: impl Fn(&Line) -> usize) -> bool {
    let mut met = vec![false; cells];
    lines.iter().any(|line| match met.get_mut(key(line)) {
        Some(met) => std::mem::replace(met, true),
        None => true,
    })
}
