//! The value of a matrix game, exactly: whether a mixture of rivals beats a vendor whatever the weights.

use crate::exact::Fraction;

/// What a mixture of the rows is sure of: the largest v with some mixture of rows at least v in every column.
///
/// `None` without rows or columns. Every pivot follows Bland's rule, so that it ends.
pub(super) fn value(rows: &[Vec<Fraction>]) -> Option<Fraction> {
    let columns = rows.first().map_or(0, Vec::len);
    let least = rows.iter().flatten().min()?;
    // All entries above 0 make the value above 0, and the programme below bounded.
    let shift = &Fraction::one() - least;
    let shifted = |entry: &Fraction| entry + &shift;
    // The mixture of the other side: as much as possible in the columns, no row above 1.
    let mut table = Table::new(
        rows.iter()
            .map(|row| row.iter().map(shifted).collect())
            .collect(),
        columns,
    );
    while table.improve() {}
    Some(&Fraction::one().over(&table.best)? - &shift)
}

/// A programme `maximise sum x, A x <= 1, x >= 0`, in the form that names only what is not in the basis.
struct Table {
    rows: Vec<Vec<Fraction>>,
    bounds: Vec<Fraction>,
    gains: Vec<Fraction>,
    best: Fraction,
    /// Which variable each column and each row stands for.
    outside: Vec<usize>,
    basis: Vec<usize>,
}

impl Table {
    fn new(rows: Vec<Vec<Fraction>>, columns: usize) -> Self {
        Self {
            bounds: vec![Fraction::one(); rows.len()],
            gains: vec![Fraction::one(); columns],
            best: Fraction::zero(),
            outside: (0..columns).collect(),
            basis: (columns..columns.saturating_add(rows.len())).collect(),
            rows,
        }
    }

    /// One pivot; false if there is nothing left to gain.
    fn improve(&mut self) -> bool {
        let gaining = (0..self.gains.len()).filter(|&at| {
            let gain = self.gains.get(at);
            gain.is_some_and(|gain| !gain.is_zero() && !gain.is_negative())
        });
        let Some(entering) = gaining.min_by_key(|&at| self.outside.get(at).copied()) else {
            return false;
        };
        let Some(leaving) = self.leaving(entering) else {
            return false;
        };
        self.pivot(leaving, entering).is_some()
    }

    fn leaving(&self, entering: usize) -> Option<usize> {
        let limits =
            self.rows
                .iter()
                .zip(&self.bounds)
                .enumerate()
                .filter_map(|(at, (row, bound))| {
                    let step = row.get(entering).filter(|step| !step.is_negative())?;
                    Some((bound.over(step)?, self.basis.get(at).copied()?, at))
                });
        limits.min().map(|(_, _, at)| at)
    }

    fn pivot(&mut self, leaving: usize, entering: usize) -> Option<()> {
        let inverse = Fraction::one().over(self.rows.get(leaving)?.get(entering)?)?;
        let row = self.rows.get_mut(leaving)?;
        for (at, entry) in row.iter_mut().enumerate() {
            *entry = if at == entering {
                inverse.clone()
            } else {
                &*entry * &inverse
            };
        }
        let row = row.clone();
        let bound = self.bounds.get_mut(leaving)?;
        *bound = &*bound * &inverse;
        let bound = bound.clone();
        for (at, (other, limit)) in self.rows.iter_mut().zip(&mut self.bounds).enumerate() {
            if at != leaving {
                let factor = other.get(entering)?.clone();
                *limit = &*limit - &(&factor * &bound);
                eliminate(other, &row, &factor, entering);
            }
        }
        let factor = self.gains.get(entering)?.clone();
        self.best = &self.best + &(&factor * &bound);
        eliminate(&mut self.gains, &row, &factor, entering);
        std::mem::swap(
            self.outside.get_mut(entering)?,
            self.basis.get_mut(leaving)?,
        );
        Some(())
    }
}

fn eliminate(entries: &mut [Fraction], row: &[Fraction], factor: &Fraction, entering: usize) {
    for (at, (entry, pivot)) in entries.iter_mut().zip(row).enumerate() {
        let change = factor * pivot;
        *entry = if at == entering {
            -&change
        } else {
            &*entry - &change
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn game(rows: &[&[i64]]) -> Option<Fraction> {
        let whole = |row: &&[i64]| row.iter().map(|&entry| Fraction::whole(entry)).collect();
        value(&rows.iter().map(whole).collect::<Vec<_>>())
    }

    #[test]
    fn known_games_have_their_known_values() {
        // Rock, paper, scissors is fair; matching pennies too.
        assert_eq!(
            game(&[&[0, -1, 1], &[1, 0, -1], &[-1, 1, 0]]),
            Some(Fraction::zero())
        );
        assert_eq!(game(&[&[1, -1], &[-1, 1]]), Some(Fraction::zero()));
        assert_eq!(game(&[&[3, 0], &[1, 2]]), Fraction::new(3, 2));
        // A saddle point.
        assert_eq!(game(&[&[4, 5], &[3, 9]]), Some(Fraction::whole(4)));
        assert_eq!(game(&[&[-7]]), Some(Fraction::whole(-7)));
        assert_eq!(game(&[]), None);
    }

    proptest! {
        #[test]
        fn a_game_and_the_same_seen_from_the_other_side_agree(entries in prop::collection::vec(prop::collection::vec(-9_i64..9, 3), 1..5)) {
            let rows: Vec<Vec<Fraction>> = entries.iter().map(|row| row.iter().map(|&entry| Fraction::whole(entry)).collect()).collect();
            let turned: Vec<Vec<Fraction>> = (0..3).map(|at| rows.iter().map(|row| -&row[at]).collect()).collect();
            prop_assert_eq!(value(&rows).unwrap(), -&value(&turned).unwrap());
        }

        #[test]
        fn no_single_row_is_better_than_the_value_and_no_column_worse(entries in prop::collection::vec(prop::collection::vec(-9_i64..9, 3), 1..5)) {
            let rows: Vec<Vec<Fraction>> = entries.iter().map(|row| row.iter().map(|&entry| Fraction::whole(entry)).collect()).collect();
            let value = value(&rows).unwrap();
            let sure = rows.iter().map(|row| row.iter().min().unwrap()).max().unwrap();
            let most = (0..3).map(|at| rows.iter().map(|row| &row[at]).max().unwrap()).min().unwrap();
            prop_assert!(*sure <= value && value <= *most);
        }
    }
}
