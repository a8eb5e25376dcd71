//! Rows that head others and say what those weigh together: `Functional 60` above two criteria of 30.

use rust_decimal::Decimal;

use super::OutlineRule;
use super::draft::{Draft, Findings, Weight};

/// Takes rows that head the ones below them for categories, so that no weight counts twice.
///
/// The weights have to leave no other reading: there are two headings or more and every other row is below one, they weigh
/// exactly what is below them, one of them more than one row, and all criteria weigh 100 or 1 together. A heading with answers of its own is refused.
pub(super) fn fold_in(drafts: &mut Vec<Draft>, silent: &[bool], findings: &mut Findings) {
    let Some(heads) = heads(drafts) else {
        return;
    };
    let mut under = String::new();
    let mut at = 0_usize;
    drafts.retain_mut(|draft| {
        let (is_head, is_silent) = (heads.contains(&at), silent.get(at) == Some(&true));
        at = at.saturating_add(1);
        if !is_head {
            draft.category.clone_from(&under);
            return true;
        }
        under.clone_from(&draft.title);
        if !is_silent {
            findings.refuse(OutlineRule::HeadingAnswered, draft.row, "", &draft.title);
        }
        false
    });
}

/// The places of the headings; `None` if the weights do not say that there are any.
fn heads(drafts: &[Draft]) -> Option<Vec<usize>> {
    let typed = |draft: &Draft| match &draft.weight {
        Weight::Typed(_, weight) => Some(*weight),
        Weight::Unsaid | Weight::Open | Weight::PassFail => None,
    };
    let weights: Vec<Decimal> = drafts.iter().map(typed).collect::<Option<_>>()?;
    let mut heads = Vec::new();
    let (mut at, mut total, mut has_several) = (0_usize, Decimal::ZERO, false);
    while let Some(&head) = weights.get(at) {
        heads.push(at);
        let mut sum = Decimal::ZERO;
        let mut below = at.checked_add(1)?;
        while sum < head {
            sum = sum.checked_add(*weights.get(below)?)?;
            below = below.checked_add(1)?;
        }
        if sum != head || below.saturating_sub(at) < 2 {
            return None;
        }
        has_several |= below.saturating_sub(at) > 2;
        total = total.checked_add(sum)?;
        at = below;
    }
    let is_whole = total == Decimal::ONE_HUNDRED || total == Decimal::ONE;
    (is_whole && has_several && heads.len() > 1).then_some(heads)
}
