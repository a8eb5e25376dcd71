//! Weights by method: what people say about how much criteria matter becomes shares that add up to 1.
//!
//! Every method reads one CSV. Rank-order centroid, rank sum and swing are exact; the principal eigenvector of the analytic
//! hierarchy process is no fraction, and is computed in whole numbers far finer than anything that is printed.

mod ahp;
mod cells;
mod into;
mod listed;
mod pairwise;
mod problem;
mod ranks;

pub use ahp::{Consistency, RandomIndex, Revisit};
pub use into::NotAGroup;
pub use problem::{ElicitProblem, ElicitRule};

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use rust_decimal::Decimal;

use crate::exact::{Fraction, read_decimal, trimmed};
use crate::table::Limits;

use cells::Cells;
use listed::Column;
use problem::Findings;

/// How weights are elicited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Pairwise comparisons, the principal eigenvector (Saaty 1980).
    Ahp,
    /// Rank-order centroid (Barron and Barrett 1996).
    RankOrderCentroid,
    /// Rank sum (Stillwell, Seaver and Edwards 1981).
    RankSum,
    /// Points for the swing from worst to best (von Winterfeldt and Edwards 1986).
    Swing,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 4] = [
        Self::Ahp,
        Self::RankOrderCentroid,
        Self::RankSum,
        Self::Swing,
    ];

    /// The method with a stable name.
    #[must_use]
    pub fn with_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }

    /// The stable name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ahp => "ahp",
            Self::RankOrderCentroid => "roc",
            Self::RankSum => "rank-sum",
            Self::Swing => "swing",
        }
    }
}

/// The weights that a method gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elicited {
    /// The method.
    pub method: Method,
    /// By criterion, in the order of the file: its name and its share of the whole.
    pub weights: Vec<(String, Fraction)>,
    /// How consistent the comparisons are; only the analytic hierarchy process says.
    pub consistency: Option<Consistency>,
}

impl Elicited {
    /// Weights for a criteria set: the least whole numbers that have the shares exactly. The principal eigenvector is no
    /// fraction, so that its weights are [points](Self::points); so are those of numbers too long to write.
    #[must_use]
    pub fn relative(&self) -> Vec<Decimal> {
        let shares = || self.weights.iter().map(|(_, share)| share);
        let whole = shares().fold(BigInt::from(1), |whole, share| {
            whole.lcm(share.to_big().denom())
        });
        let exact = shares().map(|share| {
            let number = share.to_big() * BigRational::from(whole.clone());
            read_decimal(&number.to_integer().to_string()).ok()
        });
        let exact: Option<Vec<Decimal>> = exact.collect();
        let exact = exact.filter(|_| self.method != Method::Ahp);
        exact.unwrap_or_else(|| {
            let points = self.points().into_iter();
            // Hundredths of at most 100 are always read.
            points
                .map(|points| read_decimal(&trimmed(&points, 2)).unwrap_or_default())
                .collect()
        })
    }

    /// What is to be told beside weights that contradict themselves too much (Saaty 1980: a ratio above 0.10).
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let much = Fraction::new(1, 10)?;
        let consistency = self.consistency.as_ref()?;
        let revisit = consistency.revisit.as_ref()?;
        if consistency.ratio <= much {
            return None;
        }
        let name = |at: usize| self.weights.get(at).map_or("", |(name, _)| name);
        let (row, column) = (name(revisit.row), name(revisit.column));
        Some(format!(
            "the comparisons contradict each other too much to rest weights on (consistency ratio above 0.10); look again \
             at \"{row}\" over \"{column}\" first"
        ))
    }

    /// Points for a criteria set: hundredths that add up to exactly 100.
    ///
    /// Each share is rounded down, and the hundredths that are left go to the largest remainders, earlier rows first.
    #[must_use]
    pub fn points(&self) -> Vec<Fraction> {
        let unit = Fraction::hundred();
        let exact: Vec<Fraction> = self
            .weights
            .iter()
            .map(|(_, share)| &share.percent() * &unit)
            .collect();
        let mut points: Vec<Fraction> = exact.iter().map(Fraction::floor).collect();
        let whole = unit.percent();
        let mut order: Vec<usize> = (0..exact.len()).collect();
        let rest_of = |at: &usize| exact.get(*at).map(|exact| exact - &exact.floor());
        order.sort_by_key(|at| std::cmp::Reverse(rest_of(at)));
        let mut left = &whole - &Fraction::sum(&points);
        for at in order {
            if left < Fraction::one() {
                break;
            }
            if let Some(slot) = points.get_mut(at) {
                *slot = &*slot + &Fraction::one();
                left = &left - &Fraction::one();
            }
        }
        let parts = points.iter().filter_map(|points| points.over(&unit));
        parts.collect()
    }
}

/// Reads what people said and makes weights of it.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn elicit(
    method: Method,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Elicited, Vec<ElicitProblem>> {
    let cells = Cells::read(bytes, limits)?;
    let mut findings = Findings::default();
    let answer = match method {
        Method::Ahp => pairwise::read(&cells, &mut findings).map(|comparisons| {
            let (shares, consistency) = ahp::weigh(&comparisons);
            (comparisons.names, shares, Some(consistency))
        }),
        Method::RankOrderCentroid | Method::RankSum => {
            listed::read(&cells, Column::Rank, &mut findings).and_then(|list| {
                let shares = ranks::weigh(method, &list, &mut findings)?;
                Some((list.names, shares, None))
            })
        }
        Method::Swing => listed::read(&cells, Column::Points, &mut findings).and_then(|list| {
            let shares = swing(&list, &mut findings)?;
            Some((list.names, shares, None))
        }),
    };
    match answer {
        Some((names, shares, consistency)) if findings.is_empty() => Ok(Elicited {
            method,
            weights: names.into_iter().zip(shares).collect(),
            consistency,
        }),
        _ => Err(findings.into_problems()),
    }
}

/// Points over their sum. The swing that matters most has 100, which the others are measured by.
fn swing(list: &listed::List, findings: &mut Findings) -> Option<Vec<Fraction>> {
    let most = Fraction::hundred();
    for said in list.values.iter().filter(|said| said.value > most) {
        findings.add(ElicitProblem::of_cell(
            said.row,
            Column::Points.heading(),
            &said.text,
            ElicitRule::OverHundred,
        ));
    }
    let matters = list.values.iter().any(|said| !said.value.is_zero());
    if matters && list.values.iter().all(|said| said.value < most) {
        findings.add(ElicitProblem::of_file(ElicitRule::NoHundred));
    }
    let points: Vec<Fraction> = list.values.iter().map(|said| said.value.clone()).collect();
    let whole = Fraction::sum(&points);
    let shares: Option<Vec<Fraction>> = points.iter().map(|points| points.over(&whole)).collect();
    if shares.is_none() {
        findings.add(ElicitProblem::of_file(ElicitRule::NothingMatters));
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn methods() -> impl Strategy<Value = Method> {
        prop_oneof![
            Just(Method::Ahp),
            Just(Method::RankOrderCentroid),
            Just(Method::RankSum),
            Just(Method::Swing),
        ]
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(method in methods(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Err(problems) = elicit(method, &bytes, &Limits::default()) {
                prop_assert!(!problems.is_empty());
            }
        }

        #[test]
        fn whatever_looks_like_a_file_is_read_or_refused(
            method in methods(), body in "(criterion|),(rank|points|A),?B?\n([AB1/9.,;\"-]{0,9}\n){0,4}",
        ) {
            match elicit(method, body.as_bytes(), &Limits::default()) {
                Ok(elicited) => {
                    let shares: Vec<Fraction> = elicited.weights.iter().map(|(_, share)| share.clone()).collect();
                    prop_assert_eq!(Fraction::sum(&shares), Fraction::one());
                    prop_assert_eq!(Fraction::sum(&elicited.points()), Fraction::hundred());
                }
                Err(problems) => prop_assert!(!problems.is_empty()),
            }
        }

        #[test]
        fn any_consistent_comparisons_give_back_the_weights_they_came_from(weights in prop::collection::vec(1_i64..1000, 1..9)) {
            let ids: Vec<String> = (0..weights.len()).map(|at| format!("C{at}")).collect();
            let rows = ids.iter().zip(&weights).map(|(id, own)| {
                let row: Vec<String> = weights.iter().map(|other| format!("{own}/{other}")).collect();
                format!("{id},{}", row.join(","))
            });
            let rows: Vec<String> = rows.collect();
            let text = format!("criterion,{}\n{}\n", ids.join(","), rows.join("\n"));
            let elicited = elicit(Method::Ahp, text.as_bytes(), &Limits::default()).unwrap();
            let whole: i64 = weights.iter().sum();
            for ((_, share), own) in elicited.weights.iter().zip(&weights) {
                let off = share - &Fraction::new(*own, whole).unwrap();
                let least = Fraction::new(1, 1_000_000_000_000).unwrap();
                prop_assert!(off < least && -&off < least);
            }
            prop_assert_eq!(&elicited.consistency.unwrap().revisit, &None);
        }

        #[test]
        fn points_add_up_to_a_hundred_and_are_near(others in prop::collection::vec(0_u32..=100, 0..20), at in 0_usize..20) {
            let mut points = others;
            points.insert(at.min(points.len()), 100);
            let rows: Vec<String> = points.iter().enumerate().map(|(at, points)| format!("C{at},{points}")).collect();
            let text = format!("criterion,points\n{}\n", rows.join("\n"));
            let elicited = elicit(Method::Swing, text.as_bytes(), &Limits::default()).unwrap();
            let hundredths = elicited.points();
            prop_assert_eq!(Fraction::sum(&hundredths), Fraction::hundred());
            for ((_, share), points) in elicited.weights.iter().zip(&hundredths) {
                let off = &share.percent() - points;
                let unit = Fraction::new(1, 100).unwrap();
                prop_assert!(off < unit && -&off < unit);
            }
            let relative: Vec<Fraction> = elicited.relative().into_iter().map(Fraction::from).collect();
            let whole = Fraction::sum(&relative);
            for ((_, share), weight) in elicited.weights.iter().zip(&relative) {
                prop_assert_eq!(share, &weight.over(&whole).unwrap());
            }
        }
    }
}
