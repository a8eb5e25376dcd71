//! What would change first place: the least that would do it, as it stands beside the ranking.

use crate::evaluation::Evaluation;
use crate::reports::sentence::Sentence;
use crate::reports::words::counted;
use crate::scoring::Scorecard;
use crate::scoring::explain::missing as found;
use crate::scoring::firmness::{Firmness, LeftOut};

use super::firmness::{names, score_flip_told, weight_flip_told};
use super::missing::waited_for;
use super::{Addresses, Said, said};

/// One thing that would change first place.
pub(crate) struct Change {
    /// `One weight`, `One score`, and the like.
    pub(crate) what: &'static str,
    pub(crate) told: Vec<Said>,
}

/// What would change first place, what is missing first.
pub(crate) fn changes(
    evaluation: &Evaluation,
    card: &Scorecard,
    firmness: &Firmness,
    addresses: &dyn Addresses,
) -> Vec<Change> {
    let change = |what, sentence| Change {
        what,
        told: said(sentence, addresses),
    };
    let missing = found(evaluation.set(), card);
    let missing = (!missing.is_empty()).then(|| {
        let told = waited_for(evaluation, &missing);
        change("What is missing", told)
    });
    let weight = firmness.smallest_flip.as_ref().map(|flip| {
        let told = weight_flip_told(evaluation, flip);
        change("One weight", told)
    });
    let score = firmness.smallest_score_flip.as_ref().map(|flip| {
        let told = score_flip_told(evaluation, flip, card.favourite());
        change("One score", told)
    });
    let without = without(evaluation, firmness);
    let without = without.map(|told| change("Somebody left out", told));
    [missing, weight, score, without]
        .into_iter()
        .flatten()
        .collect()
}

/// Without whom another vendor is first; people are counted and not named here.
fn without(evaluation: &Evaluation, firmness: &Firmness) -> Option<Sentence> {
    let changing = || {
        let all = firmness.leave_outs.iter();
        all.filter(|one| one.changes_winner())
            .map(|one| one.left_out)
    };
    let vendors: Vec<_> = changing()
        .filter_map(|one| match one {
            LeftOut::Vendor(vendor) => Some(vendor),
            LeftOut::Evaluator(_) => None,
        })
        .collect();
    let people = changing()
        .filter(|one| matches!(one, LeftOut::Evaluator(_)))
        .count();
    let people = (people > 0)
        .then(|| {
            Sentence::of(format!(
                "any of {}",
                counted(people, "evaluator", "evaluators")
            ))
        })
        .map(|told| match people {
            1 => Sentence::of("one evaluator"),
            _ => told,
        });
    let vendors = (!vendors.is_empty()).then(|| names(evaluation, &vendors));
    let parts: Vec<Sentence> = vendors.into_iter().chain(people).collect();
    let count = parts.len();
    (count > 0).then(|| {
        Sentence::of("Without ")
            .list(parts, count)
            .say(" another vendor is first.")
    })
}
