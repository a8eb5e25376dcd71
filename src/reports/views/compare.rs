//! A few vendors side by side: what sets them furthest apart comes first.

use crate::criteria::{CategoryIndex, Criterion, CriterionIndex, Kind};
use crate::evaluation::VendorIndex;
use crate::exact::Fraction;
use crate::reports::figure::{Figure, numbers};
use crate::reports::published::{Published, PublishedCriterion, PublishedVendor};
use crate::reports::score::ScoreText;
use crate::reports::sentence::About;
use crate::reports::words;
use crate::scoring::State;

use super::gates;
use super::matrix::{colour, score_text};
use super::ranking::coverage;
use super::vendors::{AnswerView, answer_views, owed_by};
use super::{Addresses, tree};

/// A few vendors side by side.
pub(crate) struct CompareView<'a> {
    pub(crate) vendors: Vec<Compared<'a>>,
    /// What is told of each as a whole: rank, total, gates, prices.
    pub(crate) facts: Vec<Fact<'a>>,
    pub(crate) categories: Vec<CategoryGap<'a>>,
    /// The criteria that make a difference, the largest first.
    pub(crate) criteria: Vec<CriterionGap<'a>>,
    /// Those that make none.
    pub(crate) alike: Vec<CriterionGap<'a>>,
    pub(crate) gates: Vec<gates::GateRow<'a>>,
}

/// One of the vendors.
pub(crate) struct Compared<'a> {
    pub(crate) name: &'a str,
    pub(crate) href: Option<String>,
}

/// One fact about each.
pub(crate) struct Fact<'a> {
    pub(crate) title: &'a str,
    pub(crate) cells: Vec<String>,
}

/// What a category adds to each total.
pub(crate) struct CategoryGap<'a> {
    pub(crate) number: Option<usize>,
    pub(crate) colour: usize,
    pub(crate) title: &'a str,
    pub(crate) difference: String,
    pub(crate) cells: Vec<GapCell>,
}

/// A category's contribution to one total.
pub(crate) struct GapCell {
    pub(crate) href: Option<String>,
    pub(crate) contribution: String,
    pub(crate) percent: String,
    /// Whether none of the others gets more; not told where all get the same.
    pub(crate) is_most: bool,
}

/// A criterion with everybody's scores and reasons.
pub(crate) struct CriterionGap<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) href: Option<String>,
    pub(crate) difference: String,
    pub(crate) cells: Vec<CriterionCell<'a>>,
}

/// One vendor in one criterion.
pub(crate) struct CriterionCell<'a> {
    pub(crate) href: Option<String>,
    pub(crate) score: ScoreText,
    /// `score` or `price`.
    pub(crate) asked: &'static str,
    /// The currency of a price, or nothing.
    pub(crate) unit: &'a str,
    pub(crate) points: String,
    pub(crate) contribution: String,
    pub(crate) is_missing: bool,
    pub(crate) is_most: bool,
    pub(crate) owed_by: Option<String>,
    pub(crate) answers: Vec<AnswerView<'a>>,
}

/// Lays a few vendors out side by side, in the order they are asked for; the result must be published in full.
pub(crate) fn compare<'a>(
    published: &'a Published<'a>,
    asked: &[VendorIndex],
    addresses: &dyn Addresses,
) -> CompareView<'a> {
    let find = |vendor: &VendorIndex| {
        let mut all = published.vendors.iter();
        all.find(|one| one.vendor == *vendor)
    };
    let vendors: Vec<&PublishedVendor> = asked.iter().filter_map(find).collect();
    let side = Sides {
        published,
        vendors,
        addresses,
    };
    let (criteria, alike) = side.criteria();
    CompareView {
        facts: side.facts(),
        categories: side.categories(),
        criteria,
        alike,
        gates: side.gates(),
        vendors: side
            .vendors
            .iter()
            .map(|one| Compared {
                name: published.vendor_name(one),
                href: addresses.of(About::Vendor(one.vendor)),
            })
            .collect(),
    }
}

struct Sides<'a, 'b> {
    published: &'a Published<'a>,
    vendors: Vec<&'a PublishedVendor>,
    addresses: &'b dyn Addresses,
}

impl<'a> Sides<'a, '_> {
    fn facts(&self) -> Vec<Fact<'a>> {
        let fact = |title, told: &dyn Fn(&PublishedVendor) -> String| Fact {
            title,
            cells: self.vendors.iter().map(|one| told(one)).collect(),
        };
        let mut facts = vec![
            fact("Rank", &|one| match one.rank_shown() {
                none if none.is_empty() => "–".to_owned(),
                rank => rank,
            }),
            fact("Total", &|one| one.total.shown()),
            fact("Status", &|one| words::vendor_status(one.status).to_owned()),
            fact("Coverage, of the weight", &coverage),
        ];
        let criteria = self.published.evaluation.set().criteria().iter();
        for (position, criterion) in criteria.enumerate() {
            let Kind::Priced(priced) = criterion.kind() else {
                continue;
            };
            facts.push(fact(criterion.title(), &|one| {
                let card = one.criteria.get(position);
                let amount = card.map_or_else(String::new, |card| score_text(card).to_string());
                format!("{amount} {}", priced.currency().unwrap_or_default())
                    .trim()
                    .to_owned()
            }));
        }
        facts
    }

    fn categories(&self) -> Vec<CategoryGap<'a>> {
        let nodes = tree::nodes(self.published.evaluation.set());
        let top = nodes.into_iter().filter(|node| node.number.is_some());
        let told = top.map(|node| {
            let figures = self.figures(|one| {
                let card = one.categories.get(node.index.position())?;
                Some(&card.contribution)
            });
            (spread(&figures), (node, figures))
        });
        let told = largest_first(told.collect());
        let printed = numbers(&column(&told));
        told.into_iter()
            .zip(printed)
            .map(|((_, (node, figures)), difference)| CategoryGap {
                number: node.number,
                colour: colour(node.number.unwrap_or(1)),
                title: node.category.title(),
                difference: difference.map_or_else(|| "–".to_owned(), |one| one.text),
                cells: self.category_cells(node.index, &figures),
            })
            .collect()
    }

    fn figures(
        &self,
        of: impl Fn(&'a PublishedVendor) -> Option<&'a Figure>,
    ) -> Vec<Option<&'a Figure>> {
        self.vendors.iter().map(|one| of(one)).collect()
    }

    fn category_cells(&self, category: CategoryIndex, figures: &[Option<&Figure>]) -> Vec<GapCell> {
        let cells = self.vendors.iter().zip(figures);
        cells
            .filter_map(|(one, figure)| {
                let card = one.categories.get(category.position())?;
                Some(GapCell {
                    href: self.addresses.of(About::Category(one.vendor, category)),
                    contribution: card.contribution.shown(),
                    percent: card.percent.shown_percent(),
                    is_most: is_most(*figure, figures),
                })
            })
            .collect()
    }

    /// The criteria that set the vendors apart, and those that do not.
    fn criteria(&self) -> (Vec<CriterionGap<'a>>, Vec<CriterionGap<'a>>) {
        let set = self.published.evaluation.set();
        let told = set.criteria().iter().enumerate().map(|(position, _)| {
            let figures = self.figures(|one| Some(&one.criteria.get(position)?.contribution));
            (spread(&figures), (position, figures))
        });
        let told = largest_first(told.collect());
        let printed = numbers(&column(&told));
        let mut apart = Vec::new();
        let mut alike = Vec::new();
        for ((gap, (position, figures)), printed) in told.into_iter().zip(printed) {
            let difference = printed.map_or_else(|| "–".to_owned(), |one| one.text);
            let Some(row) = self.criterion(position, &figures, difference) else {
                continue;
            };
            if gap.is_some_and(|gap| !gap.is_zero()) {
                apart.push(row);
            } else {
                alike.push(row);
            }
        }
        (apart, alike)
    }

    fn criterion(
        &self,
        position: usize,
        figures: &[Option<&Figure>],
        difference: String,
    ) -> Option<CriterionGap<'a>> {
        let criterion = self.published.evaluation.set().criteria().get(position)?;
        let cards = || {
            let vendors = self.vendors.iter();
            vendors.filter_map(move |one| Some((*one, one.criteria.get(position)?)))
        };
        let index = cards().next().map(|(_, card)| card.criterion)?;
        Some(CriterionGap {
            id: criterion.id(),
            title: criterion.title(),
            href: self.addresses.of(About::Criterion(index)),
            difference,
            cells: cards()
                .zip(figures)
                .map(|((one, card), figure)| {
                    self.cell((one, card), index, is_most(*figure, figures))
                })
                .collect(),
        })
    }

    fn cell(
        &self,
        (one, card): (&'a PublishedVendor, &'a PublishedCriterion),
        index: CriterionIndex,
        is_most: bool,
    ) -> CriterionCell<'a> {
        let criteria = self.published.evaluation.set().criteria();
        let kind = criteria.get(index.position()).map(Criterion::kind);
        let asked = match (kind, card.state) {
            (Some(Kind::Priced(priced)), State::Scored) => {
                ("price", priced.currency().unwrap_or_default())
            }
            (Some(Kind::Priced(_)), _) => ("price", ""),
            (Some(Kind::Rated(_) | Kind::PassFail) | None, _) => ("score", ""),
        };
        CriterionCell {
            href: self.addresses.of(About::Cell(one.vendor, index)),
            score: score_text(card),
            asked: asked.0,
            unit: asked.1,
            points: card.points.shown(),
            contribution: card.contribution.shown(),
            is_missing: !card.state.is_complete(),
            is_most,
            owed_by: owed_by(self.published, card),
            answers: answer_views(self.published, one.vendor, index, self.addresses),
        }
    }

    fn gates(&self) -> Vec<gates::GateRow<'a>> {
        let set = self.published.evaluation.set();
        gates::rows_of(set, &self.vendors)
    }
}

/// How far values lie apart at most, with what is missing at its worst for one and at its best for the other.
fn spread(figures: &[Option<&Figure>]) -> Option<Fraction> {
    let ends = |pick: fn(&Figure) -> Option<&Fraction>| {
        let known = figures.iter().flatten();
        known.filter_map(move |one| pick(one))
    };
    let least = ends(low).min()?;
    let most = ends(high).max()?;
    Some(most - least)
}

fn low(figure: &Figure) -> Option<&Fraction> {
    let end = figure.known.as_ref().or(figure.low.as_ref());
    end.map(|number| &number.exact)
}

fn high(figure: &Figure) -> Option<&Fraction> {
    let end = figure.known.as_ref().or(figure.high.as_ref());
    end.map(|number| &number.exact)
}

/// Whether nothing among the others can be more, and something is less.
fn is_most(figure: Option<&Figure>, all: &[Option<&Figure>]) -> bool {
    let Some(mine) = figure.and_then(low) else {
        return false;
    };
    let mut highs = all.iter().flatten().filter_map(|one| high(one));
    let mut lows = all.iter().flatten().filter_map(|one| low(one));
    highs.all(|other| other <= mine) && lows.any(|other| other < mine)
}

fn largest_first<T>(mut rows: Vec<(Option<Fraction>, T)>) -> Vec<(Option<Fraction>, T)> {
    rows.sort_by(|(one, _), (other, _)| other.cmp(one));
    rows
}

fn column<T>(rows: &[(Option<Fraction>, T)]) -> Vec<Option<Fraction>> {
    rows.iter().map(|(gap, _)| gap.clone()).collect()
}

#[cfg(test)]
mod tests {
    use crate::reports::figure::{Ends, figures};
    use crate::scoring::Bounds;

    use super::*;

    fn between(ends: &[(i64, i64)]) -> Vec<Figure> {
        let bounds: Vec<_> = ends
            .iter()
            .map(|(low, high)| {
                Some(Bounds {
                    low: Fraction::whole(*low),
                    high: Fraction::whole(*high),
                })
            })
            .collect();
        figures(&bounds, Ends::WhereOpen)
    }

    #[test]
    fn what_is_missing_makes_a_difference_as_large_as_it_can_be() {
        let found = between(&[(3, 3), (1, 4)]);
        let found: Vec<_> = found.iter().map(Some).collect();
        assert_eq!(spread(&found), Some(Fraction::whole(3)));
        assert_eq!(spread(&[None, None]), None);
    }

    #[test]
    fn the_most_is_told_only_where_it_is_certain_and_makes_a_difference() {
        let most = |ends: &[(i64, i64)]| -> Vec<bool> {
            let found = between(ends);
            let found: Vec<_> = found.iter().map(Some).collect();
            found.iter().map(|one| is_most(*one, &found)).collect()
        };
        assert_eq!(most(&[(3, 3), (1, 1), (3, 3)]), [true, false, true]);
        assert_eq!(most(&[(2, 2), (2, 2)]), [false, false]);
        assert_eq!(most(&[(3, 3), (1, 4)]), [false, false]);
    }
}
