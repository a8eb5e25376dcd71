//! Tables with a row for each vendor and a column for each criterion.

use rust_decimal::Decimal;

use crate::table::name::fold;
use crate::table::words;

use super::Question;
use super::columns::Columns;
use super::draft::{Draft, Findings, Weight};
use super::prices;
use super::role::Role;
use super::scale::{SaidScale, beside_name, may_be_of_the_name};
use super::tables::Chosen;
use super::terms::{HeadingNumbers, Terms, Unweighted};
use super::weights;

/// Reads the criteria of a table from its headings, and their weights from a row of weights, if there is one.
pub(super) fn read(
    table: &Chosen,
    columns: &Columns,
    header_row: u32,
    terms: &Terms,
    findings: &mut Findings,
) -> Vec<Draft> {
    let vendor = columns.first(Role::Vendor).unwrap_or(0);
    let row_named = |names: &[&str]| {
        table.body.iter().find(|(_, cells)| {
            cells
                .get(vendor)
                .is_some_and(|name| names.contains(&fold(name).as_str()))
        })
    };
    let weights_row = row_named(&words::WEIGHT);
    let most = row_named(&["max", "max score", "maximum", "max points"]);
    let headings: Vec<&str> = columns.others().map(|at| columns.heading(at)).collect();
    let are_maxima = numbers_are_maxima(&headings, terms, findings);
    let mut drafts = Vec::new();
    for at in columns.others() {
        let heading = columns.heading(at);
        let (title, said) = beside_name(heading)
            .filter(|_| are_maxima || !may_be_of_the_name(heading))
            .map_or((heading, None), |(name, scale)| (name, Some(scale)));
        let mut draft = Draft::new(header_row, title);
        "Criteria".clone_into(&mut draft.category);
        draft.scale = said.or_else(|| {
            let cell = most?.1.get(at)?;
            SaidScale::up_to(weights::plain_number(cell).ok()??)
        });
        if let Some((row, cells)) = weights_row {
            let text = cells.get(at).map_or("", String::as_str);
            draft.weight = weights::read(text, *row, heading, terms, findings);
        }
        prices::declared(&mut draft, terms, findings);
        let cells = table.body.iter().filter_map(|(_, cells)| cells.get(at));
        prices::ask(&draft, cells.map(String::as_str), terms, findings);
        drafts.push(draft);
    }
    weigh_by_maximum(&mut drafts, terms, findings);
    drafts
}

/// Whether the numbers in parentheses behind names are highest scores: they are where all criteria have one and all the same,
/// or 100 in sum. Else `Windows (11)` may be a name, and that is asked.
fn numbers_are_maxima(headings: &[&str], terms: &Terms, findings: &mut Findings) -> bool {
    let doubtful: Vec<&str> = headings
        .iter()
        .copied()
        .filter(|heading| may_be_of_the_name(heading))
        .collect();
    if let Some(said) = terms.heading_numbers {
        return said == HeadingNumbers::Maximum;
    }
    let Some(example) = doubtful.first() else {
        return true;
    };
    let maxima: Option<Vec<Decimal>> = headings
        .iter()
        .map(|heading| Some(beside_name(heading)?.1.max))
        .collect();
    let agree = maxima.is_some_and(|maxima| {
        let same = maxima.windows(2).all(|pair| pair.first() == pair.last());
        let sum = maxima
            .iter()
            .try_fold(Decimal::ZERO, |sum, max| sum.checked_add(*max));
        maxima.len() > 1 && (same || sum == Some(Decimal::ONE_HUNDRED))
    });
    if !agree {
        let message = format!(
            "is the number in \"{example}\" the highest score of the criterion, or part of its name?"
        );
        let question = Question::typed("heading-numbers", "heading-numbers-needed", message);
        findings.ask(question.with([
            ("maximum".to_owned(), "the highest score, from 0".to_owned()),
            ("name".to_owned(), "part of the name".to_owned()),
        ]));
    }
    agree
}

/// Where criteria have no weights but highest scores of their own, those may be meant as weights.
fn weigh_by_maximum(drafts: &mut [Draft], terms: &Terms, findings: &mut Findings) {
    let maxima: Option<Vec<_>> = drafts
        .iter()
        .map(|draft| Some(draft.scale?.max).filter(|_| draft.weight == Weight::Unsaid))
        .collect();
    let Some(maxima) = maxima else {
        return;
    };
    if maxima.windows(2).all(|pair| pair.first() == pair.last()) {
        return;
    }
    match terms.unweighted {
        Some(Unweighted::Equal) => {}
        Some(Unweighted::Maximum) => {
            for (draft, max) in drafts.iter_mut().zip(maxima) {
                draft.weight = Weight::Typed(max.to_string(), max);
            }
        }
        None => {
            let message = "the criteria have no weights, and not all the same highest score; what do they weigh?";
            let question = Question::typed("weights", "weights-needed", message);
            findings.ask(question.with([
                (
                    "maximum".to_owned(),
                    "as much as their highest score, as if scores were added up".to_owned(),
                ),
                ("equal".to_owned(), "all the same".to_owned()),
            ]));
        }
    }
}
