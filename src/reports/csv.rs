//! The two CSV exports: the ranking for procurement, and the scores, which read back to the same result.

use rust_decimal::Decimal;

use crate::criteria::{CriteriaSet, Criterion, Kind, Lens};
use crate::evaluation::{Answer, Evaluation};
use crate::table::{CsvText, Separator};

use super::figure::{Figure, Number};
use super::published::{Published, PublishedCategory};
use super::words;

/// The ranking: one row per vendor in page order, with what each top-level category contributes.
///
/// A cell whose value is still open is empty; low and high stand beside the total.
#[must_use]
pub fn ranking_csv(published: &Published<'_>, separator: Separator) -> Vec<u8> {
    let set = published.evaluation.set();
    let metrics = published.lens.map_or(&[][..], Lens::metrics);
    let mut csv = CsvText::new(separator);
    for header in [
        "rank", "vendor", "status", "total", "low", "high", "coverage",
    ] {
        csv.text(header);
    }
    for category in set.categories() {
        if category.parent().is_none() {
            csv.text(category.id());
        }
    }
    for metric in metrics {
        csv.text(metric.id());
    }
    csv.text("rounding").end_row();
    for vendor in &published.vendors {
        csv.text(&vendor.rank_text())
            .text(published.vendor_name(vendor))
            .text(words::vendor_status(vendor.status))
            .number(vendor.total.text())
            .number(text(vendor.total.low.as_ref()))
            .number(text(vendor.total.high.as_ref()))
            .number(text(vendor.coverage.as_ref()));
        for category in top_level(set, &vendor.categories) {
            csv.number(category.contribution.text());
        }
        for figure in &vendor.metrics {
            csv.number(figure.as_ref().and_then(Figure::text));
        }
        csv.number(vendor.rounding.as_deref()).end_row();
    }
    csv.into_bytes()
}

fn text(number: Option<&Number>) -> Option<&str> {
    number.map(|number| number.text.as_str())
}

fn top_level<'a>(
    set: &'a CriteriaSet,
    categories: &'a [PublishedCategory],
) -> impl Iterator<Item = &'a PublishedCategory> {
    let pairs = set.categories().iter().zip(categories);
    pairs.filter_map(|(category, published)| category.parent().is_none().then_some(published))
}

/// The scores: one row per answer that counts, by vendor, criterion and evaluator. A recused evaluator's are left out:
/// read back they would count again. They stand in the record, marked.
#[must_use]
pub fn scores_csv(evaluation: &Evaluation, separator: Separator) -> Vec<u8> {
    let mut csv = CsvText::new(separator);
    for header in ["vendor", "criterion", "evaluator", "score", "comment"] {
        csv.text(header);
    }
    csv.end_row();
    for vendor in evaluation.vendor_indices() {
        for (index, criterion) in evaluation.set().indexed_criteria() {
            for given in evaluation.counted(vendor, index) {
                csv.text(evaluation.vendor_name(vendor))
                    .text(criterion.id())
                    .text(evaluation.evaluator_name(given.evaluator));
                let comment = evaluation.comment(given);
                score(&mut csv, criterion, given.answer, comment);
                csv.text(comment.unwrap_or_default()).end_row();
            }
        }
    }
    csv.into_bytes()
}

/// The score as written, but `4.0` for a 4 beside a comment of nothing but digits: `4,5` could be read as one number.
fn beside_comment(score: Decimal, comment: Option<&str>) -> String {
    let is_digits = |text: &str| text.trim().bytes().all(|byte| byte.is_ascii_digit());
    match comment {
        Some(comment) if score.scale() == 0 && is_digits(comment) => format!("{score}.0"),
        _ => score.to_string(),
    }
}

/// The score as written, with a fourth decimal after three that could be read as thousands: `250.0000`.
fn not_a_thousand(score: Decimal, criterion: &Criterion) -> Decimal {
    let thousand = Decimal::from(1000);
    let has_group = score.scale() == 3 && (Decimal::ONE..thousand).contains(&score.abs());
    let is_possible = match criterion.kind() {
        Kind::Priced(_) => true,
        Kind::Rated(rated) => {
            let as_thousand = score.checked_mul(thousand);
            as_thousand.is_none_or(|score| rated.scale().contains(score))
        }
        Kind::PassFail => false,
    };
    let mut score = score;
    if has_group && is_possible {
        score.rescale(4);
    }
    score
}

fn score(csv: &mut CsvText, criterion: &Criterion, answer: Answer, comment: Option<&str>) {
    match answer {
        Answer::Scored(score) => {
            let score = not_a_thousand(score, criterion);
            csv.number(Some(&beside_comment(score, comment)))
        }
        Answer::Passed => csv.text("pass"),
        Answer::Failed => csv.text("fail"),
        Answer::NoResponse => csv.text("no response"),
        Answer::NotApplicable => csv.text("N/A"),
    };
}
