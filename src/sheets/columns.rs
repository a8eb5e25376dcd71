//! What the columns of each shape are for.

use std::collections::{HashMap, HashSet};

use crate::criteria::{CriteriaSet, CriterionIndex, Kind};
use crate::table::name::fold;

use super::aside::{Beside, beside};
use super::header::{Header, with_role};
use super::known::Known;
use super::names::CriterionNames;
use super::problem::Findings;
use super::reading::says_maximum;
use super::role::{Role, SaidScale, comment_of, is_price, scale_beside, speaks_of_scores};
use super::{Declared, Problem, Rule};

#[derive(Debug)]
pub(super) struct LongColumns {
    /// `None` if the whole sheet is about a declared vendor.
    pub vendor: Option<usize>,
    pub criterion: usize,
    pub score: usize,
    pub evaluator: Option<usize>,
    pub comment: Option<usize>,
    pub weight: Option<usize>,
    /// What the heading of the scores says of the scale.
    pub scale: Option<SaidScale>,
}

#[derive(Debug)]
pub(super) struct ByVendorColumns {
    pub vendor: usize,
    pub evaluator: Option<usize>,
    pub criteria: Vec<CriterionColumn>,
    /// Columns of sums and means.
    pub totals: Vec<usize>,
}

#[derive(Debug)]
pub(super) struct CriterionColumn {
    pub column: usize,
    pub criterion: CriterionIndex,
    pub comment: Option<usize>,
}

#[derive(Debug)]
pub(super) struct WideColumns {
    pub criterion: usize,
    pub evaluator: Option<usize>,
    pub weight: Option<usize>,
    /// Columns about the criterion as a whole.
    pub notes: Vec<usize>,
    pub vendors: Vec<VendorColumn>,
    /// Columns of sums and means.
    pub totals: Vec<usize>,
}

#[derive(Debug)]
pub(super) struct VendorColumn {
    pub column: usize,
    pub comment: Option<usize>,
    /// What the heading says of the scale beside the name.
    pub scale: Option<SaidScale>,
}

impl Header {
    /// The columns of criteria, if there is any; a heading that names none is then a problem.
    pub(super) fn criterion_columns(
        &self,
        set: &CriteriaSet,
        declared: &Declared,
        roles: &[Role],
        problems: &mut Findings,
    ) -> Option<Vec<CriterionColumn>> {
        let mut names = CriterionNames::new(set, declared);
        let others: Vec<(usize, &str)> = with_role(roles, Role::Other)
            .filter_map(|(column, _)| Some((column, self.heading(column)?)))
            .filter(|(_, heading)| !heading.is_empty())
            .collect();
        let mut found: Vec<CriterionColumn> = Vec::new();
        let mut wrong = Vec::new();
        for &(column, heading) in &others {
            match names.of_heading(heading) {
                Ok((criterion, said)) => {
                    wrong.extend(
                        said.and_then(|said| self.wrong_scale(set, column, criterion, said)),
                    );
                    match found.iter().find(|one| one.criterion == criterion) {
                        Some(first) => wrong.push(self.duplicate(first.column, column)),
                        None => found.push(CriterionColumn {
                            column,
                            criterion,
                            comment: None,
                        }),
                    }
                }
                Err(rule) if comment_of(heading).is_none() => {
                    wrong.push(self.problem(column, rule));
                }
                Err(_) => {}
            }
        }
        if found.is_empty() {
            return None;
        }
        for &(column, heading) in &others {
            let Some(of) = comment_of(heading).filter(|_| names.of_heading(heading).is_err())
            else {
                continue;
            };
            let criterion = names.of_heading(of).map(|(criterion, _)| criterion);
            match criterion {
                Ok(criterion) => match found.iter_mut().find(|one| one.criterion == criterion) {
                    Some(one) if one.comment.is_none() => one.comment = Some(column),
                    Some(CriterionColumn {
                        comment: Some(first),
                        ..
                    }) => wrong.push(self.duplicate(*first, column)),
                    Some(_) | None => {
                        wrong.push(self.problem(column, Rule::UnknownCriterion(None)));
                    }
                },
                Err(rule) => wrong.push(self.problem(column, rule)),
            }
        }
        for problem in wrong {
            problems.push(problem);
        }
        Some(found)
    }

    fn wrong_scale(
        &self,
        set: &CriteriaSet,
        column: usize,
        criterion: CriterionIndex,
        said: SaidScale,
    ) -> Option<Problem> {
        let rule = scale_differs(set, criterion, said)?;
        Some(self.problem(column, rule))
    }

    /// The doubt about a column that may hold the scores that count, beside the one that would be read.
    pub(super) fn other_scores(&self, column: usize, score: usize) -> Option<Problem> {
        let heading = self.heading(column)?;
        (speaks_of_scores(heading) && !says_maximum(heading)).then(|| {
            let rule = Rule::OtherScores {
                heading: heading.to_owned(),
                score: self.heading(score).unwrap_or_default().to_owned(),
            };
            self.problem(column, rule)
        })
    }

    pub(super) fn vendor_columns(
        &self,
        roles: &[Role],
        known: Known<'_>,
        problems: &mut Findings,
        warnings: &mut Findings,
    ) -> Vec<VendorColumn> {
        let mut vendors: Vec<VendorColumn> = Vec::new();
        let mut by_name: HashMap<String, usize> = HashMap::new();
        let candidates = self.candidates(roles, known, problems, warnings);
        let others = || candidates.iter().copied();
        // "Acme notes" belongs to Acme only if there is one; "HCL Notes" may well be a vendor.
        let headings: HashSet<String> = others().map(|(_, heading)| fold(heading)).collect();
        let is_comment = |heading: &str| {
            comment_of(heading).is_some_and(|vendor| headings.contains(&fold(vendor)))
        };
        for (column, heading) in others() {
            if heading.is_empty() || is_comment(heading) {
                continue;
            }
            let position = *by_name.entry(fold(heading)).or_insert(vendors.len());
            match vendors.get(position) {
                Some(first) => problems.push(self.duplicate(first.column, column)),
                None => vendors.push(VendorColumn {
                    column,
                    comment: None,
                    scale: scale_beside(heading).or_else(|| self.scale_below(column)),
                }),
            }
        }
        for (column, heading) in others() {
            let Some(vendor) = comment_of(heading).filter(|_| is_comment(heading)) else {
                continue;
            };
            let position = by_name.get(&fold(vendor)).copied();
            match position.and_then(|position| vendors.get_mut(position)) {
                Some(VendorColumn {
                    comment: Some(first),
                    ..
                }) => problems.push(self.duplicate(*first, column)),
                Some(vendor) => vendor.comment = Some(column),
                None => warnings.push(self.problem(column, Rule::ColumnIgnored)),
            }
        }
        vendors
    }

    /// The columns that can be vendors' or about them: not those that are computed from others or explain the scale.
    fn candidates(
        &self,
        roles: &[Role],
        known: Known<'_>,
        problems: &mut Findings,
        warnings: &mut Findings,
    ) -> Vec<(usize, &str)> {
        let others: Vec<(usize, &str)> = with_role(roles, Role::Other)
            .filter_map(|(column, _)| Some((column, self.heading(column)?)))
            .collect();
        let headings: Vec<&str> = others.iter().map(|(_, heading)| *heading).collect();
        let mut candidates = Vec::new();
        for (column, heading) in others {
            let odd = match beside(heading, &headings) {
                _ if known.is_vendor(heading) => None,
                None if is_price(heading) => Some(Beside::Aside),
                odd => odd,
            };
            match odd {
                Some(Beside::Aside) => warnings.push(self.problem(column, Rule::ColumnIgnored)),
                Some(Beside::Doubtful) => problems.push(self.doubtful(column)),
                None => candidates.push((column, heading)),
            }
        }
        candidates
    }
}

/// The columns of comments about criteria as a whole. Where there are several, one right behind each vendor, each is about that vendor.
pub(super) fn notes_beside(vendors: &mut [VendorColumn], roles: &[Role]) -> Vec<usize> {
    let notes: Vec<usize> = with_role(roles, Role::Comment)
        .map(|(column, _)| column)
        .collect();
    let behind = vendors.iter().map(|vendor| vendor.column.saturating_add(1));
    let is_free = vendors.iter().all(|vendor| vendor.comment.is_none());
    if notes.len() < 2 || !is_free || !behind.eq(notes.iter().copied()) {
        return notes;
    }
    for (vendor, column) in vendors.iter_mut().zip(notes) {
        vendor.comment = Some(column);
    }
    Vec::new()
}

/// The problem of a heading that says another scale than the criterion's.
pub(super) fn scale_differs(
    set: &CriteriaSet,
    criterion: CriterionIndex,
    said: SaidScale,
) -> Option<Rule> {
    let criterion = set.criteria().get(criterion.position())?;
    let Kind::Rated(rated) = criterion.kind() else {
        return None;
    };
    let scale = rated.scale();
    (!said.is_of(scale)).then(|| Rule::ScaleDiffers {
        said: said.to_string(),
        min: scale.min(),
        max: scale.max(),
    })
}
