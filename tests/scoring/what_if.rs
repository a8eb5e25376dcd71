//! What would be: other weights, price shares, vendors and evaluators left out.

use proptest::prelude::*;
use scorecard::criteria::{Node, Weighting};
use scorecard::evaluation::Evaluation;
use scorecard::exact::Fraction;
use scorecard::scoring::firmness::without_evaluator;
use scorecard::scoring::what_if::{Outcome, Unweighable, WhatIf, what_if};
use scorecard::scoring::{self, GateOutcome, Scorecard, View, Without};

use crate::made;
use crate::support::{evaluation, fraction, set};

/// Quality and price weigh 50 each; quality has two parts.
const PRICED: &str = r#"
scale = { min = 0, max = 5 }
category = [{ id = "quality", title = "Quality" }, { id = "cost", title = "Cost" }]
criterion = [
  { id = "X", category = "quality", title = "Ex", weight = 30 },
  { id = "Y", category = "quality", title = "Why", weight = 20, minimum = 2 },
  { id = "P", category = "cost", title = "Price", weight = 50, price = { rule = "lowest-ratio", currency = "EUR" } },
]
"#;

const ROWS: [(&str, &str, &str, &str); 10] = [
    ("A", "X", "Ana", "5"),
    ("A", "Y", "Ana", "1"),
    ("A", "X", "Ben", "5"),
    ("A", "Y", "Ben", "3"),
    ("A", "P", "Ben", "100"),
    ("B", "X", "Ana", "3"),
    ("B", "Y", "Ana", "3"),
    ("B", "X", "Ben", "3"),
    ("B", "Y", "Ben", "3"),
    ("B", "P", "Ben", "200"),
];

fn priced() -> Evaluation {
    evaluation(&set(PRICED), &ROWS)
}

fn asked(
    evaluation: &Evaluation,
    shares: &[(&str, Fraction)],
    price: Option<&Fraction>,
    without: Without,
) -> Result<WhatIf, Vec<Unweighable>> {
    let set = evaluation.set();
    let shares: Vec<(Node, Fraction)> = shares
        .iter()
        .map(|(id, share)| (Node::with_id(set, id).unwrap(), share.clone()))
        .collect();
    let base = Weighting::of_record(set);
    WhatIf::new(set, &base, &shares, price, without)
}

fn then(evaluation: &Evaluation, asked: &WhatIf) -> Outcome {
    what_if(evaluation, &scoring::rank(evaluation, None), asked)
}

fn told(card: &Scorecard) -> Vec<String> {
    let vendors = card.vendors.iter();
    vendors
        .map(|one| {
            format!(
                "{:?}",
                (one.vendor, one.rank, one.rank_range, &one.total, &one.gates)
            )
        })
        .collect()
}

#[test]
fn a_price_filed_by_somebody_left_out_stays() {
    let evaluation = priced();
    let ben = evaluation.evaluator_indices().nth(1).unwrap();
    let card = without_evaluator(&evaluation, ben, View::Record);
    // Without Ben's score A misses its gate; B is first, since its price is known still.
    assert_eq!(card.leaders().len(), 1);
    let price = card.vendors[0].criteria[2].points.clone().unwrap();
    assert_eq!(price.exact(), Some(&Fraction::one()));
}

#[test]
fn the_gates_that_leaving_somebody_out_decides_anew_are_told() {
    let evaluation = priced();
    let ben = evaluation.evaluator_indices().nth(1).unwrap();
    let outcome = then(
        &evaluation,
        &asked(&evaluation, &[], None, Without::evaluator(ben)).unwrap(),
    );
    let gate = &outcome.gates[0];
    assert_eq!(
        (outcome.gates.len(), gate.before, gate.then),
        (1, GateOutcome::Passed, GateOutcome::Failed)
    );
    // Whoever is out is behind nobody.
    let gaps: Vec<bool> = outcome.gaps.iter().map(|(_, gap)| gap.is_some()).collect();
    assert_eq!(gaps, [true, false]);
}

#[test]
fn other_weights_decide_no_gate_anew() {
    let evaluation = priced();
    let share = [("Y", fraction(99, 100))];
    let found = then(
        &evaluation,
        &asked(&evaluation, &share, None, Without::default()).unwrap(),
    );
    assert_eq!(found.gates, []);
}

#[test]
fn all_prices_have_the_share_asked_for_and_the_rest_keeps_its_proportions() {
    let evaluation = priced();
    let price = Some(fraction(2, 5));
    let what = asked(&evaluation, &[], price.as_ref(), Without::default()).unwrap();
    let shares = what.weighting().shares();
    let found: Vec<Fraction> = evaluation
        .set()
        .indexed_criteria()
        .map(|(index, _)| shares.of_criterion(index))
        .collect();
    assert_eq!(found, [fraction(9, 25), fraction(6, 25), fraction(2, 5)]);
    // A has 36 + 9.6 + 40, and B, which is dearer, 60 x 0.6 + 40 x 0.5.
    let outcome = then(&evaluation, &what);
    let last = outcome.card.vendors[1].total.clone().unwrap();
    assert_eq!(last.exact(), Some(&Fraction::whole(56)));
    assert_eq!(
        outcome.gaps[1].1.as_ref().unwrap().exact(),
        Some(&fraction(148, 5))
    );
}

#[test]
fn weights_that_cannot_be_so_are_told_all_at_once() {
    let evaluation = priced();
    let shares = [
        ("X", fraction(7, 10)),
        ("Y", fraction(4, 10)),
        ("cost", fraction(1, 2)),
        ("quality", fraction(1, 4)),
    ];
    let refused = asked(
        &evaluation,
        &shares,
        Some(&fraction(1, 2)),
        Without::default(),
    );
    let refused = refused.unwrap_err();
    assert!(matches!(&refused[0], Unweighable::TooMuch { sum, .. } if *sum == fraction(11, 10)));
    assert!(matches!(&refused[1], Unweighable::NothingLeft { sum, .. } if *sum == fraction(3, 4)));
    assert!(matches!(&refused[2], Unweighable::BesidePrice { nodes } if nodes.len() == 2));
    assert_eq!(refused.len(), 3);
    let all = asked(
        &evaluation,
        &[("X", fraction(7, 10)), ("Y", fraction(3, 10))],
        None,
        Without::default(),
    );
    assert!(all.is_ok());
}

proptest! {
    #[test]
    fn with_the_records_own_weights_it_is_the_record(made in made::with_both()) {
        let evaluation = made.evaluation();
        let record = scoring::rank(&evaluation, None);
        let what = asked(&evaluation, &[], None, Without::default()).unwrap();
        let outcome = what_if(&evaluation, &record, &what);
        prop_assert_eq!(told(&outcome.card), told(&record));
        prop_assert_eq!(outcome.card.status, record.status);
        prop_assert!(outcome.gates.is_empty());
    }

    #[test]
    fn a_node_has_exactly_the_share_asked_for_and_its_siblings_keep_their_proportions(
        made in made::complete(), share in 0_i64..=1_000, at in 0_usize..6,
    ) {
        let evaluation = made.evaluation();
        let (id, _) = made::CRITERIA[at];
        let share = fraction(share, 1_000);
        let node = Node::with_id(evaluation.set(), id).unwrap();
        let before = Weighting::of_record(evaluation.set());
        let Ok(what) = asked(&evaluation, &[(id, share.clone())], None, Without::default()) else {
            // Only where nobody else could take the rest.
            prop_assert!(before.siblings(node).into_iter().all(|one| before.weight(one).is_zero()));
            return Ok(());
        };
        let weighting = what.weighting();
        if let Some(found) = weighting.share_among_siblings(node) {
            prop_assert_eq!(found, share.clone());
        }
        if let Some(known) = before.with_share(node, &share) {
            for (index, _) in evaluation.set().indexed_criteria() {
                prop_assert_eq!(weighting.shares().of_criterion(index), known.shares().of_criterion(index));
            }
        }
    }

    #[test]
    fn without_an_evaluator_it_is_an_evaluation_that_they_never_scored(
        scores in prop::collection::vec(0_u8..=5, 12), kept in prop::collection::vec(any::<bool>(), 12),
    ) {
        let set = set(PRICED);
        let texts: Vec<String> = scores.iter().map(ToString::to_string).collect();
        let mut rows = vec![("A", "P", "Cy", "100"), ("B", "P", "Cy", "120")];
        let mut alone = rows.clone();
        for (at, text) in texts.iter().enumerate().filter(|(at, _)| kept[*at]) {
            let row = (["A", "B"][at % 2], ["X", "Y"][at / 2 % 2], ["Ana", "Ben", "Cy"][at / 4], text.as_str());
            rows.push(row);
            if row.2 != "Cy" {
                alone.push(row);
            }
        }
        let (all, alone) = (evaluation(&set, &rows), evaluation(&set, &alone));
        let cy = all.evaluator_indices().next().unwrap();
        let what = asked(&all, &[], None, Without::evaluator(cy)).unwrap();
        prop_assert_eq!(told(&then(&all, &what).card), told(&scoring::rank(&alone, None)));
    }
}
