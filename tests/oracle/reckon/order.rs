//! Statuses, ranks, ties, rank ranges and the order on the page.

use std::cmp::Reverse;

use crate::model::{Case, Q};

use super::{Outcome, Row, Span, Standing};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Ranked,
    Provisional,
    Disqualified,
    Excluded,
}

impl Status {
    pub fn text(self) -> &'static str {
        match self {
            Self::Ranked => "ranked",
            Self::Provisional => "provisional",
            Self::Disqualified => "disqualified",
            Self::Excluded => "excluded",
        }
    }
}

/// Where a vendor stands among the others.
#[derive(Debug, Clone)]
pub struct Place {
    pub status: Status,
    pub rank: Option<usize>,
    pub range: Option<(usize, usize)>,
    pub tied: bool,
}

pub fn places(rows: &[Row]) -> Vec<Place> {
    (0..rows.len()).map(|vendor| place(rows, vendor)).collect()
}

fn place(rows: &[Row], vendor: usize) -> Place {
    let row = &rows[vendor];
    let open = row.gates.iter().any(|gate| gate.outcome == Outcome::Open);
    let moving = row.total.as_ref().is_some_and(|total| !total.is_settled());
    let status = match row.standing {
        Standing::Excluded => Status::Excluded,
        Standing::Disqualified => Status::Disqualified,
        _ if open || moving => Status::Provisional,
        _ => Status::Ranked,
    };
    // Reading: a vendor without a total (nothing applies) stays unranked and counts for nobody.
    let (true, Some(mine)) = (row.standing.may_stay(), row.total.as_ref()) else {
        return Place {
            status,
            rank: None,
            range: None,
            tied: false,
        };
    };
    let others = |wanted: &dyn Fn(Standing, &Span) -> bool| {
        let others = rows.iter().enumerate().filter(|(at, _)| *at != vendor);
        others
            .filter(|(_, other)| {
                let total = other.total.as_ref();
                total.is_some_and(|total| wanted(other.standing, total))
            })
            .count()
    };
    let ahead = others(&|standing, total| standing == Standing::Certain && total.low > mine.high);
    let perhaps = others(&|standing, total| standing.may_stay() && total.high > mine.low);
    let best = ahead.saturating_add(1);
    let worst = perhaps.saturating_add(1);
    // Reading: another vendor whose gate is still open can be tied with; a disqualified one cannot.
    let twins =
        others(&|standing, total| standing.may_stay() && total.is_settled() && total == mine);
    Place {
        status,
        rank: (best == worst && !open).then_some(best),
        range: Some((best, worst)),
        tied: mine.is_settled() && twins > 0,
    }
}

/// Low descending, high descending, name; those without a total after them; disqualified, then excluded last.
pub fn page(case: &Case, rows: &[Row]) -> Vec<usize> {
    let mut page: Vec<usize> = (0..rows.len()).collect();
    page.sort_by_key(|&vendor| {
        let row = &rows[vendor];
        let block = match row.standing {
            Standing::Excluded => 2,
            Standing::Disqualified => 1,
            _ => 0,
        };
        let end = |end: fn(&Span) -> &Q| row.total.as_ref().map(|total| end(total).clone());
        let low = Reverse(end(|total| &total.low));
        let high = Reverse(end(|total| &total.high));
        (block, low, high, case.vendors[vendor].clone())
    });
    page
}
