//! The metrics of a lens.

use super::context::clip;
use super::fields::Fields;
use super::ids::{IdOf, IdSpace, read_id, read_title};
use super::lenses::CriterionIds;
use crate::criteria::{CriterionIndex, Metric, TreeMistake};

/// Reads every `[[lens.metric]]`; a metric with a mistake is left out.
pub(super) fn read_metrics(lens: &Fields<'_>, ids: &CriterionIds<'_, '_>) -> Vec<Metric> {
    let mut taken = IdSpace::default();
    let mut metrics = Vec::new();
    for fields in lens.tables("metric") {
        fields.allow_only(&["id", "title", "criteria"]);
        let id = read_id(&fields, IdOf::Metric);
        if let Some(id) = &id {
            taken.take(fields.ctx, IdOf::Metric, id);
        }
        let title = read_title(&fields);
        let criteria = read_members(&fields, ids);
        if let (Some(id), Some(title), Some(criteria)) = (id, title, criteria) {
            metrics.push(Metric {
                id: id.value.to_owned(),
                title: title.value.shown().to_owned(),
                criteria,
            });
        }
    }
    metrics
}

fn read_members(metric: &Fields<'_>, ids: &CriterionIds<'_, '_>) -> Option<Vec<CriterionIndex>> {
    let list = metric.needed_texts("criteria")?;
    let of = || metric.of.clone();
    let mut members: Vec<CriterionIndex> = Vec::new();
    if list.value.is_empty() {
        let mistake = TreeMistake::EmptyMetric { of: of() };
        metric.ctx.report(list.span, mistake);
    }
    for at in &list.value {
        let Some(index) = ids.resolve(metric, at) else {
            continue;
        };
        let (of, id) = (of(), clip(at.value));
        if members.contains(&CriterionIndex::at(index)) {
            metric
                .ctx
                .report(at.span, TreeMistake::NamedTwice { of, id });
        } else if ids.is_pass_fail(index) {
            metric
                .ctx
                .report(at.span, TreeMistake::PassFailInMetric { of, id });
        } else {
            members.push(CriterionIndex::at(index));
        }
    }
    Some(members)
}
