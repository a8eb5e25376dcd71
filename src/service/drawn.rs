//! What is drawn from one evaluation, kept as long as the evaluation stands as it is.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::criteria::Lens;
use crate::evaluation::Evaluation;
use crate::exact::Fraction;
use crate::scoring::draws::{Drawn, Plan, Progress, draw_telling};
use crate::scoring::{Scorecard, View};

/// The most results of draws that are kept of one evaluation, beside those that are being made.
const MOST: usize = 24;
/// The most drawings of one evaluation that are begun while nobody waits for them.
const MOST_BEGUN: usize = 4;

/// One drawing of weights: asked for, going on or done.
#[derive(Debug, Default)]
pub struct Drawing {
    progress: Progress,
    result: OnceLock<Arc<Drawn>>,
    begun: AtomicBool,
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

    /// Whether somebody has begun it and it is not done.
    fn goes_on(&self) -> bool {
        self.begun.load(Ordering::Acquire) && self.result.get().is_none()
    }

    /// Draws, or waits for whoever draws already.
    pub(super) fn finish(
        &self,
        evaluation: &Evaluation,
        card: &Scorecard,
        view: View,
        plan: Plan,
    ) -> Arc<Drawn> {
        self.finish_with(|| draw_telling(evaluation, card, view, plan, &self.progress))
    }

    fn finish_with(&self, draw: impl FnOnce() -> Drawn) -> Arc<Drawn> {
        self.begun.store(true, Ordering::Release);
        let over = Over(&self.begun);
        let drawn = Arc::clone(self.result.get_or_init(|| Arc::new(draw())));
        drop(over);
        drawn
    }
}

/// Once the work is over, also by a panic, nobody has it in hand: what is not done then may be begun again.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

/// The lens, if any, and what is drawn.
type Key = (Option<String>, Plan);

/// The drawings of one evaluation, by lens and plan.
#[derive(Debug, Default)]
pub(super) struct Drawings {
    known: Mutex<HashMap<Key, Arc<Drawing>>>,
    verdicts: Mutex<HashMap<Option<String>, Arc<OnceLock<Fraction>>>>,
}

impl Drawings {
    pub(super) fn find_or_add(&self, lens: Option<&Lens>, plan: Plan) -> Arc<Drawing> {
        let key = (lens.map(|lens| lens.id().to_owned()), plan);
        let mut known = self.known();
        if known.len() >= MOST && !known.contains_key(&key) {
            // Who looks at one that goes on again must find it, or it would be begun a second time.
            known.retain(|(_, plan), drawing| *plan == Plan::USUAL || drawing.goes_on());
        }
        Arc::clone(known.entry(key).or_default())
    }

    /// Whether whoever asks is to begin a drawing: not while it goes on already, or as many others do as may.
    pub(super) fn is_mine_to_begin(&self, drawing: &Drawing) -> bool {
        let known = self.known();
        let going_on = known.values().filter(|one| one.goes_on()).count();
        going_on < MOST_BEGUN
            && drawing.result.get().is_none()
            && !drawing.begun.swap(true, Ordering::AcqRel)
    }

    /// The part of the usual draws in which the vendor in first place is first, once somebody has asked.
    pub(super) fn of_verdict(&self, lens: Option<&Lens>) -> Arc<OnceLock<Fraction>> {
        let key = lens.map(|lens| lens.id().to_owned());
        let mut verdicts = self.verdicts.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(verdicts.entry(key).or_default())
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Key, Arc<Drawing>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    fn seeded(seed: u64) -> Plan {
        Plan {
            seed,
            ..Plan::USUAL
        }
    }

    #[test]
    fn the_same_plan_is_the_same_drawing_and_the_usual_one_stays() {
        let drawings = Drawings::default();
        let usual = drawings.find_or_add(None, Plan::USUAL);
        for seed in 2..100 {
            let one = drawings.find_or_add(None, seeded(seed));
            assert!(Arc::ptr_eq(&one, &drawings.find_or_add(None, seeded(seed))));
            assert!(drawings.known().len() <= MOST);
        }
        assert!(Arc::ptr_eq(
            &usual,
            &drawings.find_or_add(None, Plan::USUAL)
        ));
    }

    #[test]
    fn what_goes_on_stays_and_no_more_than_a_few_are_begun() {
        let drawings = Drawings::default();
        let all: Vec<_> = (2..20)
            .map(|seed| drawings.find_or_add(None, seeded(seed)))
            .collect();
        let begun = all.iter().filter(|one| drawings.is_mine_to_begin(one));
        assert_eq!(begun.count(), MOST_BEGUN);
        assert!(!drawings.is_mine_to_begin(&all[0]));
        for seed in 20..200 {
            drawings.find_or_add(None, seeded(seed));
        }
        for (at, one) in all.iter().enumerate().take(MOST_BEGUN) {
            let seed = u64::try_from(at).unwrap() + 2;
            assert!(Arc::ptr_eq(one, &drawings.find_or_add(None, seeded(seed))));
        }
    }

    #[test]
    fn what_breaks_off_may_be_begun_again_and_what_is_done_may_not() {
        let drawings = Drawings::default();
        let one = drawings.find_or_add(None, Plan::USUAL);
        assert!(drawings.is_mine_to_begin(&one));
        let broken = catch_unwind(AssertUnwindSafe(|| {
            one.finish_with(|| panic!("a mistake in the program"))
        }));
        assert!(broken.is_err() && one.done().is_none());
        assert!(drawings.is_mine_to_begin(&one));
        let drawn = one.finish_with(|| Drawn {
            plan: Plan::USUAL,
            vendors: Vec::new(),
        });
        assert_eq!(one.done(), Some(drawn));
        assert!(!drawings.is_mine_to_begin(&one));
    }
}
