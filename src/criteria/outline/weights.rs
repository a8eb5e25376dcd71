//! Weights as they are written: numbers, percents, and words whose meaning is declared.

use rust_decimal::Decimal;

use crate::exact::read_decimal;
use crate::table::name::fold;

use super::OutlineRule;
use super::Question;
use super::columns::Columns;
use super::draft::{Draft, Findings, Weight};
use super::role::Role;
use super::terms::{Priority, Terms, WeightWord, letters};

/// The column of weights that counts; `Err` while that is open.
pub(super) fn column(
    columns: &Columns,
    terms: &Terms,
    findings: &mut Findings,
) -> Result<Option<usize>, ()> {
    let all: Vec<usize> = columns.all(Role::Weight).collect();
    let names = || all.iter().map(|at| columns.heading(*at).to_owned());
    match (all.as_slice(), &terms.weight_column) {
        ([], None) => Ok(None),
        ([only], None) => Ok(Some(*only)),
        (_, Some(said)) => {
            let is_it = |at: &&usize| {
                fold(columns.heading(**at)) == *said || letters(**at).to_lowercase() == *said
            };
            if let Some(at) = all.iter().find(is_it) {
                return Ok(Some(*at));
            }
            let known: Vec<String> = names().collect();
            let problem = OutlineRule::NoWeightColumn(known.join(", ")).of_file();
            findings.problems.push(problem);
            Err(())
        }
        (several, None) => {
            let options = several.iter().map(|at| {
                let heading = columns.heading(*at);
                let same = names().filter(|other| fold(other) == fold(heading));
                let letter = letters(*at);
                if same.count() > 1 {
                    (letter.clone(), format!("{heading} (column {letter})"))
                } else {
                    (heading.to_owned(), heading.to_owned())
                }
            });
            let message = "several columns are headed as weights; which one counts?";
            let question = Question::typed("weight-column", "weight-column-needed", message);
            findings.ask(question.with(options));
            Err(())
        }
    }
}

/// Reads a cell with a weight.
pub(super) fn read(
    text: &str,
    row: u32,
    heading: &str,
    terms: &Terms,
    findings: &mut Findings,
) -> Weight {
    match terms.weight(text) {
        Some(WeightWord::Weight(weight)) => return Weight::Typed(text.to_owned(), weight),
        Some(WeightWord::PassFail) => return Weight::PassFail,
        None => {}
    }
    let is_word = is_order(heading, terms) && number(text).is_ok();
    match number(text) {
        Ok(_) if is_word => {
            let message = format!(
                "what does priority {text} weigh? Write a number: the higher, the more it counts"
            );
            let field = format!("weight:{text}");
            findings.ask(Question::typed(field, "weight-word", message));
            Weight::Open
        }
        Ok(weight) => Weight::Typed(text.to_owned(), weight),
        Err(OutlineRule::NoWeight) if !text.bytes().any(|byte| byte.is_ascii_digit()) => {
            let message = format!(
                "what does \"{text}\" weigh? Write a number, or pass-fail if it is a must without a weight"
            );
            let field = format!("weight:{text}");
            findings.ask(Question::typed(field, "weight-word", message));
            Weight::Open
        }
        Err(rule) => {
            findings.refuse(rule, row, heading, text);
            Weight::Open
        }
    }
}

/// Whether the numbers under a heading are declared to be an order.
pub(super) fn is_order(heading: &str, terms: &Terms) -> bool {
    terms.priority == Some(Priority::Order) && names_priority(heading)
}

/// Whether a heading is of priorities or says what 1 is: these number from the most important one as often as they weigh.
fn names_priority(heading: &str) -> bool {
    const WORDS: [&str; 7] = [
        "priority",
        "priorities",
        "prio",
        "priorit\u{e4}t",
        "prioritaet",
        "rank",
        "rang",
    ];
    let folded = fold(heading);
    let mut words = folded.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| WORDS.contains(&word)) || folded.contains('=')
}

/// Asks what the numbers of a column of priorities are: in `1, 2, 3` the first may weigh most or least.
pub(super) fn ask_priority(
    drafts: &[Draft],
    heading: &str,
    terms: &Terms,
    findings: &mut Findings,
) {
    let numbers: Vec<Decimal> = drafts
        .iter()
        .filter_map(|draft| match &draft.weight {
            Weight::Typed(text, value) => {
                let is_number = terms.weight(text).is_none() && !text.ends_with('%');
                is_number.then_some(*value)
            }
            Weight::Unsaid | Weight::Open | Weight::PassFail => None,
        })
        .collect();
    let sum = numbers
        .iter()
        .try_fold(Decimal::ZERO, |sum, one| sum.checked_add(*one));
    let are_alike = numbers
        .iter()
        .zip(numbers.iter().skip(1))
        .all(|(one, next)| one == next);
    let is_clear = are_alike || sum == Some(Decimal::ONE_HUNDRED);
    if terms.priority.is_some() || is_clear || !names_priority(heading) {
        return;
    }
    let message = "do higher numbers under this heading weigh more, or is 1 the most important?";
    let question = Question::typed("priority", "priority-needed", message);
    let options = [
        (
            "weights",
            "they are weights: the higher, the more it counts",
        ),
        (
            "order",
            "they are an order: 1 is the most important, and what each weighs is asked next",
        ),
    ];
    let owned = |(value, text): (&str, &str)| (value.to_owned(), text.to_owned());
    findings.ask(question.with(options.map(owned)));
}

/// A weight: a number above 0 with one decimal sign at most, perhaps in percent.
fn number(text: &str) -> Result<Decimal, OutlineRule> {
    match plain_number(text.strip_suffix('%').map_or(text, str::trim_end))? {
        Some(weight) if weight > Decimal::ZERO => Ok(weight),
        Some(_) | None => Err(OutlineRule::NoWeight),
    }
}

/// A declared number; `None` if it is none, or could be two: `1,000`, `10.000`.
pub(super) fn declared_number(text: &str) -> Option<Decimal> {
    plain_number(text.trim()).ok().flatten()
}

/// Refuses numbers up to 1 among percents: `0.5` beside `50%` may be a half or half a percent.
pub(super) fn compare_percents(drafts: &[Draft], heading: &str, findings: &mut Findings) {
    let typed = || {
        drafts.iter().filter_map(|draft| match &draft.weight {
            Weight::Typed(text, value) => Some((draft.row, text.as_str(), *value)),
            Weight::Unsaid | Weight::Open | Weight::PassFail => None,
        })
    };
    if !typed().any(|(_, text, _)| text.ends_with('%')) {
        return;
    }
    for (row, text, value) in typed() {
        if value <= Decimal::ONE && declared_number(text).is_some() {
            findings.refuse(OutlineRule::AmongPercents, row, heading, text);
        }
    }
}

/// A number with one decimal sign at most, which stands before decimals; `None` if it is none.
pub(super) fn plain_number(number: &str) -> Result<Option<Decimal>, OutlineRule> {
    let signs = number.matches(['.', ',']).count();
    let decimals = number
        .split_once(['.', ','])
        .map(|(_, decimals)| decimals.len());
    let digits = number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
    if digits && (signs > 1 || (decimals == Some(3) && !number.starts_with('0'))) {
        return Err(OutlineRule::AmbiguousWeight);
    }
    Ok(read_decimal(&number.replace(',', ".")).ok())
}
