//! How firm a result is, and how much its evaluators agree: computed at most once for an evaluation as it stands.

use std::sync::{Arc, PoisonError};

use crate::accounts::{Action, Actor};
use crate::criteria::Lens;
use crate::criteria::elicit::{Elicited, Method, elicit};
use crate::exact::Fraction;
use crate::record::EvaluationId;
use crate::scoring::agreement::{Agreement, agreement};
use crate::scoring::draws::{self, Drawn, Plan};
use crate::scoring::firmness::{self, Firmness, Verdict};
use crate::scoring::{Assessment, View};

use super::drawn::Drawing;
use super::{Error, Opened, Service};

/// How firm a result is, and what its verdict rests on.
#[derive(Debug, Clone)]
pub struct Judged {
    /// How firm it is; the verdict looks at the usual draws.
    pub firmness: Arc<Firmness>,
    /// In which part of those draws the vendor in first place is first; `None` where the verdict does not depend on it.
    pub first_in_band: Option<Fraction>,
}

impl Opened {
    /// How firm the result is, with the verdict of the usual draws. It ranks the whole anew for every vendor and evaluator
    /// left out, and draws where the verdict depends on it.
    #[must_use]
    pub fn firmness(&self, lens: Option<&Lens>) -> Arc<Firmness> {
        self.judged(lens).firmness
    }

    /// [`Opened::firmness`], with the part of the draws that its verdict rests on.
    #[must_use]
    pub fn judged(&self, lens: Option<&Lens>) -> Judged {
        let known = self.judged_at_hand(lens);
        known.unwrap_or_else(|| {
            let judged = self.judge(lens);
            let key = lens.map(|lens| lens.id().to_owned());
            let mut all = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(key, judged.clone());
            judged
        })
    }

    /// [`Opened::judged`], if it is known already.
    #[must_use]
    pub fn judged_at_hand(&self, lens: Option<&Lens>) -> Option<Judged> {
        let key = lens.map(|lens| lens.id().to_owned());
        let all = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&key).cloned()
    }

    fn judge(&self, lens: Option<&Lens>) -> Judged {
        let firmness = self.computed_firmness(lens);
        if firmness.verdict != Verdict::Firm {
            return Judged {
                firmness,
                first_in_band: None,
            };
        }
        let first_in_band = self.first_in_band(lens);
        let verdict = first_in_band.as_ref().map_or_else(
            || firmness.verdict.clone(),
            |first| firmness.verdict.clone().in_draws(first),
        );
        Judged {
            firmness: Arc::new(Firmness {
                verdict,
                ..Firmness::clone(&firmness)
            }),
            first_in_band,
        }
    }

    /// How firm the result is, with draws.
    #[must_use]
    pub fn assessment(&self, lens: Option<&Lens>, plan: Plan) -> Assessment {
        let firmness = self.computed_firmness(lens);
        let drawn = self.drawn(lens, plan);
        Assessment::new(
            &self.scorecard(lens),
            firmness,
            drawn,
            self.first_in_band(lens),
        )
    }

    /// In which part of the usual draws the vendor in first place is first; `None` without one.
    #[must_use]
    pub fn first_in_band(&self, lens: Option<&Lens>) -> Option<Fraction> {
        let card = self.scorecard(lens);
        let leader = card.leaders().first().copied()?;
        if let Some(usual) = self.drawings.find_or_add(lens, Plan::USUAL).done() {
            return Some(usual.first(leader));
        }
        let of_lens = self.drawings.of_verdict(lens);
        let evaluation = self.dossier().evaluation();
        let first = of_lens
            .get_or_init(|| draws::first_in_band(evaluation, &card, View::from(lens), leader));
        Some(first.clone())
    }

    /// A drawing, which may be asked how far it has got. [`Opened::drawn`] brings it to its end.
    #[must_use]
    pub fn drawing(&self, lens: Option<&Lens>, plan: Plan) -> Arc<Drawing> {
        self.drawings.find_or_add(lens, plan)
    }

    /// Whether whoever asks is to see to it that a drawing is done: the first who asks, while few others go on.
    #[must_use]
    pub fn is_mine_to_begin(&self, drawing: &Drawing) -> bool {
        self.drawings.is_mine_to_begin(drawing)
    }

    /// Whether nobody has to wait for what the verdict asks.
    #[must_use]
    pub fn verdict_is_drawn(&self, lens: Option<&Lens>) -> bool {
        let usual = self.drawings.find_or_add(lens, Plan::USUAL);
        self.scorecard(lens).leaders().is_empty()
            || usual.done().is_some()
            || self.drawings.of_verdict(lens).get().is_some()
    }

    /// What came of the draws; whoever asks while they go on waits for them.
    #[must_use]
    pub fn drawn(&self, lens: Option<&Lens>, plan: Plan) -> Arc<Drawn> {
        let drawing = self.drawing(lens, plan);
        let evaluation = self.dossier().evaluation();
        drawing.finish(evaluation, &self.scorecard(lens), View::from(lens), plan)
    }

    /// How much the evaluators agree.
    #[must_use]
    pub fn agreement(&self) -> Arc<Agreement> {
        let compare = || Arc::new(agreement(self.dossier().evaluation()));
        Arc::clone(self.agreement.get_or_init(compare))
    }

    fn computed_firmness(&self, lens: Option<&Lens>) -> Arc<Firmness> {
        let key = lens.map(|lens| lens.id().to_owned());
        let lock = || self.firmness.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&key).map(Arc::clone);
        known.unwrap_or_else(|| {
            let card = self.scorecard(lens);
            let evaluation = self.dossier().evaluation();
            let found = Arc::new(firmness::firmness(evaluation, &card, View::from(lens)));
            lock().insert(key, Arc::clone(&found));
            found
        })
    }
}

impl Service {
    /// An evaluation whose evaluators may be compared, which is for whoever chairs it.
    ///
    /// # Errors
    /// [`Error::Denied`] while a tender hides its results, [`Error::NoEvaluation`] if there is none of this id.
    pub fn comparison(&self, actor: Actor, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        let opened = self.open(actor, id)?;
        self.ask(actor, Action::CompareEvaluators, opened.dossier())?;
        Ok(opened)
    }

    /// Makes weights of what people said about how much criteria matter.
    ///
    /// # Errors
    /// [`Error::Judgements`] with everything that is wrong with the file.
    pub fn elicit(&self, actor: Actor, method: Method, bytes: &[u8]) -> Result<Elicited, Error> {
        self.ask_house(actor, Action::StartEvaluation)?;
        elicit(method, bytes, self.limits()).map_err(Error::Judgements)
    }
}
