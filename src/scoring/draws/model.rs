//! One result as numbers to draw around.

use crate::criteria::Weighting;
use crate::evaluation::{Evaluation, VendorIndex};
use crate::scoring::card::{Bounds, Scorecard, VendorCard, VendorStatus};
use crate::scoring::view::View;

use super::Spread;
use super::missing::Missing;
use super::tree::{Path, Tree};

/// One result as numbers to draw around.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) tree: Tree,
    /// The ways from weights to shares that occur; the first is that of a vendor to whom everything applies.
    pub(super) paths: Vec<Path>,
    pub(super) vendors: Vec<Vendor>,
}

/// A vendor that may stay.
#[derive(Debug)]
pub(super) struct Vendor {
    pub(super) index: VendorIndex,
    /// Which way.
    pub(super) path: usize,
    /// The criteria whose points are known and have a share, with their points.
    pub(super) known: Vec<(usize, f64)>,
    /// Those whose points are drawn.
    pub(super) missing: Vec<Missing>,
}

impl Model {
    pub(super) fn of(
        evaluation: &Evaluation,
        card: &Scorecard,
        view: View,
        spread: Spread,
    ) -> Self {
        let set = evaluation.set();
        let weighting = view.weighting(set);
        let mut model = Self {
            tree: Tree::of(set, &weighting, spread),
            paths: vec![Path::of(set, &weighting, None)],
            vendors: Vec::new(),
        };
        let mut word = 0;
        for card in card.vendors.iter().filter(|card| may_stay(card)) {
            let vendor = model.vendor(evaluation, &weighting, card, &mut word);
            model.vendors.push(vendor);
        }
        model
    }

    fn vendor(
        &mut self,
        evaluation: &Evaluation,
        weighting: &Weighting,
        card: &VendorCard,
        word: &mut usize,
    ) -> Vendor {
        let path = Path::of(evaluation.set(), weighting, Some(card));
        let at = self.paths.iter().position(|known| known.is_like(&path));
        let at = at.unwrap_or_else(|| {
            self.paths.push(path);
            self.paths.len().saturating_sub(1)
        });
        let has_share = |criterion: usize| {
            let path = self.paths.get(at);
            path.and_then(|path| path.has_share.get(criterion).copied())
                .unwrap_or(false)
        };
        let (mut known, mut missing) = (Vec::new(), Vec::new());
        for (criterion, cell) in card.criteria.iter().enumerate() {
            if !has_share(criterion) || cell.state.is_left_out() {
                continue;
            }
            if let Some(points) = cell.points.as_ref().and_then(Bounds::exact) {
                known.push((criterion, points.nearest_double()));
            } else {
                let cell = Missing::of(evaluation, card.vendor, cell, *word);
                *word = cell.next_word();
                missing.push(cell);
            }
        }
        Vendor {
            index: card.vendor,
            path: at,
            known,
            missing,
        }
    }

    /// Whether anything but weights is drawn.
    pub(super) fn draws_scores(&self) -> bool {
        self.vendors.iter().any(|vendor| !vendor.missing.is_empty())
    }
}

/// Whoever has failed a gate, is excluded, or to whom nothing applies takes no rank.
fn may_stay(card: &VendorCard) -> bool {
    let stays = matches!(
        card.status,
        VendorStatus::Ranked | VendorStatus::Provisional
    );
    stays && card.total.is_some()
}
