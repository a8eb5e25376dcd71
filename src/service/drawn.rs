//! What is drawn from one evaluation, kept as long as the evaluation stands as it is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::criteria::Lens;
use crate::evaluation::Evaluation;
use crate::scoring::draws::{Drawn, Plan, Progress, draw_telling};
use crate::scoring::{Scorecard, View};

/// The most results of draws that are kept of one evaluation.
const MOST: usize = 24;

/// One drawing of weights: asked for, going on or done.
#[derive(Debug, Default)]
pub struct Drawing {
    progress: Progress,
    result: OnceLock<Arc<Drawn>>,
    begun: OnceLock<()>,
}

impl Drawing {
    /// What came of it, once it is done.
    #[must_use]
    pub fn done(&self) -> Option<Arc<Drawn>> {
        self.result.get().cloned()
    }

    /// How much of it is done, in percent.
    #[must_use]
    pub fn percent(&self) -> u64 {
        self.progress.percent()
    }

    /// Whether whoever asks is the first, who is to see to it that it is done.
    #[must_use]
    pub fn is_mine_to_begin(&self) -> bool {
        self.begun.set(()).is_ok()
    }

    /// Draws, or waits for whoever draws already.
    pub(super) fn finish(
        &self,
        evaluation: &Evaluation,
        card: &Scorecard,
        view: View,
        plan: Plan,
    ) -> Arc<Drawn> {
        let _ = self.begun.set(());
        let draw = || Arc::new(draw_telling(evaluation, card, view, plan, &self.progress));
        Arc::clone(self.result.get_or_init(draw))
    }
}

/// The lens, if any, and what is drawn.
type Key = (Option<String>, Plan);

/// The drawings of one evaluation, by lens and plan.
#[derive(Debug, Default)]
pub(super) struct Drawings {
    known: Mutex<HashMap<Key, Arc<Drawing>>>,
}

impl Drawings {
    pub(super) fn find_or_add(&self, lens: Option<&Lens>, plan: Plan) -> Arc<Drawing> {
        let key = (lens.map(|lens| lens.id().to_owned()), plan);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST && !known.contains_key(&key) {
            // Whoever waits for one of these holds on to it.
            known.retain(|(_, plan), _| *plan == Plan::USUAL);
        }
        Arc::clone(known.entry(key).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_plan_is_the_same_drawing_and_the_usual_one_stays() {
        let drawings = Drawings::default();
        let usual = drawings.find_or_add(None, Plan::USUAL);
        assert!(usual.is_mine_to_begin());
        for seed in 2..100 {
            let plan = Plan {
                seed,
                ..Plan::USUAL
            };
            let one = drawings.find_or_add(None, plan);
            assert!(Arc::ptr_eq(&one, &drawings.find_or_add(None, plan)));
            assert!(drawings.known.lock().unwrap().len() <= MOST);
        }
        assert!(!drawings.find_or_add(None, Plan::USUAL).is_mine_to_begin());
    }
}
