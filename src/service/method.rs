//! Step 1: the criteria set, the currency and the two prices; then it is frozen.

use std::sync::Arc;

use jiff::Timestamp;

use crate::accounts::{Action, Actor};
use crate::criteria::{CriteriaSet, PinError, PricePin};
use crate::evaluation::Phase;
use crate::exact::{NotTyped, read_amount};
use crate::record::{Attached, Change, Digest, Dossier, EvaluationId, SetRef};
use crate::reports::{MethodImprint, method_sheet};

use super::opened::Opened;
use super::start::collected;
use super::{Entry, Error, FieldProblem, File, Service};

/// The price range of a priced criterion, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PriceRange {
    /// The id of the criterion.
    pub criterion: String,
    /// The price that scores full.
    pub floor: String,
    /// The price that scores nothing.
    pub ceiling: String,
    /// The currency, three capital letters.
    pub currency: String,
}

impl Service {
    /// Chooses the criteria set and its price ranges. Ranges that are still missing are asked for when it is frozen.
    ///
    /// # Errors
    /// [`Error::Fields`] with everything that cannot be taken.
    pub fn choose_method(
        &self,
        actor: Actor,
        id: &EvaluationId,
        criteria: &str,
        prices: &[PriceRange],
    ) -> Result<Arc<Opened>, Error> {
        let offered = match self.offered("criteria", criteria) {
            Ok(offered) => offered,
            // A set of the evaluation's own is on no list.
            Err(unknown) => {
                let opened = self.open(actor, id)?;
                let own = opened.dossier().set();
                if own.id() != criteria {
                    return Err(unknown);
                }
                Arc::clone(own)
            }
        };
        let set = pinned(&offered, prices, false)?;
        self.change(actor, Action::SetMethod, id, |dossier| {
            if dossier.set().sha256() == set.sha256() {
                return Ok(Vec::new());
            }
            Ok(vec![Entry {
                change: Change::MethodChosen {
                    set: SetRef::of(&set),
                },
                files: vec![File::new(set.source().as_bytes().to_vec())],
                attached: Attached::Set(Arc::clone(&set)),
            }])
        })
    }

    /// Freezes the method: from here on sheets come in.
    ///
    /// # Errors
    /// [`Error::Fields`] with every price range that is still needed.
    pub fn freeze_method(&self, actor: Actor, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::FreezeMethod, id, |dossier| {
            let needed = needed(dossier.set());
            if needed.is_empty() {
                let imprint = imprint_of(dossier, self.now(), false);
                Ok(vec![freezing(dossier.set(), &imprint)?])
            } else {
                Err(Error::Fields(needed))
            }
        })
    }

    /// The method sheet: as it was made when the method was frozen, with its digest, or as it would be made now.
    ///
    /// # Errors
    /// [`Error::NoEvaluation`] if there is none of this id.
    pub fn method_sheet(
        &self,
        actor: Actor,
        id: &EvaluationId,
    ) -> Result<(Option<Digest>, Vec<u8>), Error> {
        let opened = self.open(actor, id)?;
        let dossier = opened.dossier();
        if let Some(digest) = dossier.method_sheet() {
            return Ok((Some(digest), self.kept(&digest)?));
        }
        // A method that was frozen before sheets were made has none of that day.
        let imprint = imprint_of(dossier, self.now(), dossier.phase() == Phase::Draft);
        Ok((None, sheet(dossier.set(), &imprint)?))
    }

    /// Opens a frozen method again, as long as no sheet was filed under it.
    ///
    /// # Errors
    /// [`Error::Denied`] once a sheet was filed.
    pub fn reopen_method(
        &self,
        actor: Actor,
        id: &EvaluationId,
        reason: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = super::settle::reason(reason)?;
        self.change(actor, Action::ReopenMethod, id, |_| {
            Ok(vec![Entry::plain(Change::MethodReopened { reason })])
        })
    }
}

/// The event that freezes a method, with the method sheet it names.
pub(super) fn freezing(set: &CriteriaSet, imprint: &MethodImprint<'_>) -> Result<Entry, Error> {
    let file = freezing_sheet(set, imprint)?;
    let frozen = Change::MethodFrozen {
        sheet: Some(file.digest),
    };
    Ok(Entry {
        files: vec![file],
        ..Entry::plain(frozen)
    })
}

/// The method sheet as a file.
pub(super) fn freezing_sheet(
    set: &CriteriaSet,
    imprint: &MethodImprint<'_>,
) -> Result<File, Error> {
    Ok(File::new(sheet(set, imprint)?))
}

fn sheet(set: &CriteriaSet, imprint: &MethodImprint<'_>) -> Result<Vec<u8>, Error> {
    let text = method_sheet(set, imprint).map_err(|why| Error::Damaged(why.to_string()))?;
    Ok(text.into_bytes())
}

pub(super) fn imprint_of(dossier: &Dossier, at: Timestamp, is_draft: bool) -> MethodImprint<'_> {
    MethodImprint {
        title: dossier.title(),
        kind: dossier.kind(),
        results: dossier.results(),
        at,
        is_draft,
    }
}

/// The set with price ranges of its own; every range that it needs, if `all` are wanted.
pub(super) fn pinned(
    set: &Arc<CriteriaSet>,
    prices: &[PriceRange],
    all: bool,
) -> Result<Arc<CriteriaSet>, Error> {
    let mut problems = Vec::new();
    let given = prices.iter().filter(|range| !range.is_blank());
    let pins: Vec<PricePin> = given
        .filter_map(|range| collected(pin(range), &mut problems))
        .collect();
    let set = match set.with_prices(&pins) {
        Ok(with_prices) if problems.is_empty() => Arc::new(with_prices),
        Ok(_) => {
            if all {
                let is_given = |field: &str| {
                    let mut given = prices.iter();
                    given.any(|range| field == format!("prices.{}", range.criterion))
                };
                let missing = needed(set).into_iter();
                problems.extend(missing.filter(|problem| !is_given(&problem.field)));
            }
            return Err(Error::Fields(problems));
        }
        Err(wrong) => {
            problems.extend(wrong.into_iter().map(|problem| FieldProblem {
                field: "prices".to_owned(),
                value: None,
                code: problem.code(),
                message: problem.to_string(),
            }));
            return Err(Error::Fields(problems));
        }
    };
    let needed = if all { needed(&set) } else { Vec::new() };
    if needed.is_empty() {
        Ok(set)
    } else {
        Err(Error::Fields(needed))
    }
}

pub(super) fn needed(set: &CriteriaSet) -> Vec<FieldProblem> {
    let criteria = set.prices_needed().into_iter();
    let criteria = criteria.filter_map(|index| set.criteria().get(index.position()));
    criteria
        .map(|criterion| FieldProblem {
            field: format!("prices.{}", criterion.id()),
            value: None,
            code: "price-range-needed",
            message: format!(
                "\"{}\" ({}) is scored between two prices, which depend on your case: give the price that scores full \
                 (floor), the one that scores nothing (ceiling) and the currency",
                criterion.title(),
                criterion.id()
            ),
        })
        .collect()
}

fn pin(range: &PriceRange) -> Result<PricePin, Error> {
    let field = |part: &str| format!("prices.{}.{part}", range.criterion);
    let mut problems = Vec::new();
    let mut amount = |part: &'static str, text: &str| {
        let read = read_amount(text).map_err(|why| {
            let code = match why {
                NotTyped::TwoWays { .. } => "ambiguous-number",
                NotTyped::Number(_) => "not-a-number",
            };
            let message = format!(
                "\"{text}\" is not read as an amount: {why}; write it in digits, like 250000"
            );
            Error::field(&field(part), Some(text), code, message)
        });
        collected(read, &mut problems)
    };
    let ends = (
        amount("floor", &range.floor),
        amount("ceiling", &range.ceiling),
    );
    let (Some(floor), Some(ceiling)) = ends else {
        return Err(Error::Fields(problems));
    };
    PricePin::new(&range.criterion, floor, ceiling, range.currency.trim()).map_err(|error| {
        let (part, value, code) = match &error {
            PinError::NegativeFloor { .. } => ("floor", &range.floor, "negative-price"),
            PinError::EmptyRange { .. } => ("ceiling", &range.ceiling, "empty-price-range"),
            PinError::Currency { .. } => ("currency", &range.currency, "no-currency"),
            PinError::Shape { .. } | PinError::Amount { .. } => {
                ("floor", &range.floor, "not-a-number")
            }
        };
        Error::field(&field(part), Some(value), code, error.to_string())
    })
}

impl PriceRange {
    fn is_blank(&self) -> bool {
        self.floor.trim().is_empty() && self.ceiling.trim().is_empty()
    }
}
